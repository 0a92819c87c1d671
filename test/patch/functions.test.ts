import { describeScenarios } from '../support/patching.js';

const TEMPLATE = `Parameters:
  Names: { Type: String, Default: 'one,two' }
  Subnets: { Type: CommaDelimitedList, Default: 'subnet-0a1b2c3d, subnet-1a1b2c3d' }
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Select [1, !Split [',', !Ref Names]]
      DelaySeconds: !Select [0, [5, 6]]
  Machine:
    Type: AWS::EC2::Instance
    Properties:
      SubnetId: !Select [1, !Ref Subnets]
      UserData:
        Fn::Base64: !Sub |
          #!/bin/bash
          echo \${AWS::Region}
          start --slow
`;

const base64 = (text: string) => Buffer.from(text).toString('base64');

describeScenarios('what a function gives', [
  {
    name: 'an element that Fn::Select picks of what Fn::Split makes of a text',
    template: TEMPLATE,
    drift: [['set', 'Queue/QueueName', 'three']],
    diff: ["-  Names: { Type: String, Default: 'one,two' }", "+  Names: { Type: String, Default: 'one,three' }"],
  },
  {
    name: 'an element that Fn::Select picks of a list parameter',
    template: TEMPLATE,
    drift: [['set', 'Machine/SubnetId', 'subnet-2a1b2c3d']],
    diff: [
      "-  Subnets: { Type: CommaDelimitedList, Default: 'subnet-0a1b2c3d, subnet-1a1b2c3d' }",
      "+  Subnets: { Type: CommaDelimitedList, Default: 'subnet-0a1b2c3d, subnet-2a1b2c3d' }",
    ],
  },
  {
    name: 'an element that Fn::Select picks of a list that is written there',
    template: TEMPLATE,
    drift: [['set', 'Queue/DelaySeconds', 9]],
    diff: ['-      DelaySeconds: !Select [0, [5, 6]]', '+      DelaySeconds: !Select [0, [9, 6]]'],
  },
  {
    name: 'a script that Fn::Base64 encodes',
    template: TEMPLATE,
    drift: [['set', 'Machine/UserData', base64('#!/bin/bash\necho eu-west-1\nstart --fast\nstop\n')]],
    diff: ['-          start --slow', '+          start --fast', '+          stop'],
  },
  {
    name: 'what is no text is not written in place of a script',
    template: TEMPLATE,
    drift: [['set', 'Machine/UserData', Buffer.from([0xff, 0xfe, 0x00]).toString('base64')]],
    refused: ['there is no place in the repository where this value could be written: change it by hand'],
  },
]);

const JSON_TEMPLATE = `{
  "Parameters": { "Stage": { "Type": "String", "Default": "prod" } },
  "Resources": {
    "Pager": { "Type": "AWS::SNS::Topic" },
    "Office": { "Type": "AWS::SNS::Topic" },
    "Alarm": {
      "Type": "AWS::CloudWatch::Alarm",
      "Properties": {
        "AlarmName": { "Fn::Sub": "orders-\${Stage}" },
        "AlarmActions": [
          { "Ref": "Pager" }
        ],
        "AlarmDescription": { "Fn::Join": ["", ["Orders of ", { "Ref": "Stage" }, " wait"]] }
      }
    }
  }
}
`;

const arn = (name: string) => `arn:aws:sns:eu-west-1:111111111111:${name}`;
const inJson = { template: JSON_TEMPLATE, ids: { Pager: arn('pager'), Office: arn('office') } };

describeScenarios('a function in JSON', [
  {
    ...inJson,
    name: 'Ref',
    drift: [['set', 'Alarm/AlarmActions/0', arn('office')]],
    diff: ['-          { "Ref": "Pager" }', '+          { "Ref": "Office" }'],
  },
  {
    ...inJson,
    name: 'Ref in a new element',
    drift: [['insert', 'Alarm/AlarmActions/1', arn('office')]],
    diff: ['-          { "Ref": "Pager" }', '+          { "Ref": "Pager" },', '+          { "Ref": "Office" }'],
  },
  {
    ...inJson,
    name: 'Fn::Sub',
    drift: [['set', 'Alarm/AlarmName', 'returns-prod']],
    diff: [
      '-        "AlarmName": { "Fn::Sub": "orders-${Stage}" },',
      '+        "AlarmName": { "Fn::Sub": "returns-${Stage}" },',
    ],
  },
  {
    ...inJson,
    name: 'Fn::Join',
    drift: [['set', 'Alarm/AlarmDescription', 'Orders of prod wait long']],
    diff: [
      '-        "AlarmDescription": { "Fn::Join": ["", ["Orders of ", { "Ref": "Stage" }, " wait"]] }',
      '+        "AlarmDescription": { "Fn::Join": ["", ["Orders of ", { "Ref": "Stage" }, " wait long"]] }',
    ],
  },
]);

const ROLE = `Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement: []
      Policies:
        - PolicyName: one
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: [s3:GetObject, s3:PutObject]
                Resource: !Sub arn:\${AWS::Partition}:s3:::shop-\${AWS::AccountId}/*
        - PolicyName: two
          PolicyDocument:
            Statement:
              Effect: Allow
              Action: s3:*
              Resource: '*'
`;
const STATEMENT = 'Role/Policies/1/PolicyDocument/Statement';
const ALLOW = { Effect: 'Allow', Action: 's3:*', Resource: '*' };

describeScenarios('a value that stands for a list of one', [
  {
    name: 'becomes a list, with the call that it was',
    template: ROLE,
    drift: [
      [
        'set',
        'Role/Policies/0/PolicyDocument/Statement/0/Resource',
        ['arn:aws:s3:::shop-111111111111/*', 'arn:aws:s3:::other-111111111111/*'],
      ],
    ],
    diff: [
      '-                Resource: !Sub arn:${AWS::Partition}:s3:::shop-${AWS::AccountId}/*',
      "+                Resource: [!Sub 'arn:${AWS::Partition}:s3:::shop-${AWS::AccountId}/*', !Sub 'arn:${AWS::Partition}:s3:::other-${AWS::AccountId}/*']",
    ],
  },
  {
    name: 'a lone statement is changed',
    template: ROLE,
    drift: [['set', STATEMENT, [{ ...ALLOW, Action: 's3:List*' }]]],
    diff: ['-              Action: s3:*', '+              Action: s3:List*'],
  },
  {
    name: 'a lone statement gets another one',
    template: ROLE,
    drift: [['set', STATEMENT, [ALLOW, { Effect: 'Deny', Action: 'sqs:*', Resource: '*' }]]],
    diff: [
      '-              Effect: Allow',
      '-              Action: s3:*',
      "-              Resource: '*'",
      '+              - Effect: Allow',
      '+                Action: s3:*',
      "+                Resource: '*'",
      '+              - Effect: Deny',
      '+                Action: sqs:*',
      "+                Resource: '*'",
    ],
  },
  {
    name: 'a lone statement with comments keeps them',
    template: ROLE.replace('Action: s3:*', 'Action: s3:* # for now'),
    drift: [['set', STATEMENT, [ALLOW, { Effect: 'Deny', Action: 'sqs:*', Resource: '*' }]]],
    refused: ['a list would have to be made of it, in which its comments are lost'],
  },
]);
