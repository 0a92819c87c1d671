import { describeScenarios, REGION } from '../support/patching.js';

const CONFIG = `version: 1
provider: snapshot
stacks:
  - name: shop
    template: templates/shop.yaml
    region: ${REGION}
`;

const PARAMETER = `Parameters:
  Timeout: { Type: Number, Default: 60, AllowedValues: [30, 60, 90] }
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: !Ref Timeout
`;

const DRIFT: ['set', string, number] = ['set', 'Orders/VisibilityTimeout', 90];

describeScenarios('a parameter', [
  {
    name: "in CloudFormation's parameter file",
    template: PARAMETER,
    files: {
      'gitops-drift.yaml': `${CONFIG}    parametersFile: parameters/prod.json\n`,
      'parameters/prod.json': '[\n  { "ParameterKey": "Timeout", "ParameterValue": "60" }\n]\n',
    },
    stacks: { shop: { Timeout: '60' } },
    drift: [DRIFT],
    diff: [
      'parameters/prod.json',
      '-  { "ParameterKey": "Timeout", "ParameterValue": "60" }',
      '+  { "ParameterKey": "Timeout", "ParameterValue": "90" }',
    ],
  },
  {
    name: "in CodePipeline's parameter file",
    template: PARAMETER,
    files: {
      'gitops-drift.yaml': `${CONFIG}    parametersFile: parameters/prod.json\n`,
      'parameters/prod.json': '{\n  "Parameters": {\n    "Timeout": "60"\n  }\n}\n',
    },
    stacks: { shop: { Timeout: '60' } },
    drift: [DRIFT],
    diff: ['parameters/prod.json', '-    "Timeout": "60"', '+    "Timeout": "90"'],
  },
  {
    name: "in Git sync's deployment file",
    template: PARAMETER,
    files: {
      'gitops-drift.yaml': `${CONFIG}    parametersFile: deploy/shop.yaml\n`,
      'deploy/shop.yaml':
        "template-file-path: ./templates/shop.yaml\nparameters:\n  Timeout: '60' # seconds\ntags: {}\n",
    },
    stacks: { shop: { Timeout: '60' } },
    drift: [DRIFT],
    diff: ['deploy/shop.yaml', "-  Timeout: '60' # seconds", "+  Timeout: '90' # seconds"],
  },
  {
    name: 'in the configuration',
    template: PARAMETER,
    files: { 'gitops-drift.yaml': `${CONFIG}    parameters: { Timeout: "60" }\n` },
    stacks: { shop: { Timeout: '60' } },
    drift: [DRIFT],
    diff: ['gitops-drift.yaml', '-    parameters: { Timeout: "60" }', '+    parameters: { Timeout: "90" }'],
  },
  {
    name: 'that has its default',
    template: PARAMETER,
    drift: [DRIFT],
    diff: [
      '-  Timeout: { Type: Number, Default: 60, AllowedValues: [30, 60, 90] }',
      '+  Timeout: { Type: Number, Default: 90, AllowedValues: [30, 60, 90] }',
    ],
  },
  {
    name: 'that only the deployed stack has a value for, beside those of the configuration',
    template: PARAMETER.replace('Parameters:', 'Parameters:\n  Stage: { Type: String }'),
    files: { 'gitops-drift.yaml': `${CONFIG}    parameters:\n      Stage: prod\n` },
    stacks: { shop: { Stage: 'prod', Timeout: '60' } },
    drift: [DRIFT],
    diff: ['gitops-drift.yaml', '+      Timeout: "90"'],
    notes: ['sets the parameter Timeout, which so far only the deployed stack has a value for'],
  },
  {
    name: 'that only the deployed stack has a value for, beside those of a parameter file',
    template: PARAMETER,
    files: {
      'gitops-drift.yaml': `${CONFIG}    parametersFile: parameters/prod.json\n`,
      'parameters/prod.json': '[\n  { "ParameterKey": "Timeout", "UsePreviousValue": true }\n]\n',
    },
    stacks: { shop: { Timeout: '60' } },
    drift: [DRIFT],
    diff: [
      'parameters/prod.json',
      '-  { "ParameterKey": "Timeout", "UsePreviousValue": true }',
      '+  { "ParameterKey": "Timeout", "ParameterValue": "90" }',
    ],
    notes: ['sets the parameter Timeout, which so far only the deployed stack has a value for'],
  },
  {
    name: 'that names a parameter in Parameter Store',
    template: PARAMETER.replace(
      'Type: Number, Default: 60',
      "Type: 'AWS::SSM::Parameter::Value<String>', Default: /shop/timeout",
    )
      .replace(', AllowedValues: [30, 60, 90]', '')
      .replace('VisibilityTimeout: !Ref', 'QueueName: !Ref'),
    drift: [['set', 'Orders/QueueName', 'orders']],
  },
  {
    name: 'that only the deployed stack has a value for, and no file',
    template: PARAMETER,
    stacks: { shop: { Timeout: '60' } },
    drift: [DRIFT],
    diff: ['-      VisibilityTimeout: !Ref Timeout', '+      VisibilityTimeout: 90'],
    notes: ['the reference to Timeout becomes a literal'],
  },
  {
    name: 'whose AllowedValues forbid the live value',
    template: PARAMETER,
    drift: [['set', 'Orders/VisibilityTimeout', 45]],
    diff: ['-      VisibilityTimeout: !Ref Timeout', '+      VisibilityTimeout: 45'],
    notes: ['the reference to Timeout becomes a literal: otherwise the edited file would be rejected'],
  },
  {
    name: 'that another resource uses, too',
    template: `${PARAMETER}  Returns:
    Type: AWS::SQS::Queue
    Properties: { VisibilityTimeout: !Ref Timeout }
`,
    drift: [DRIFT],
    diff: ['-      VisibilityTimeout: !Ref Timeout', '+      VisibilityTimeout: 90'],
    notes: ['the reference to Timeout becomes a literal: otherwise the edit would also change Returns'],
  },
  {
    name: 'that another resource uses, too, and that drifted alike',
    template: `${PARAMETER}  Returns:
    Type: AWS::SQS::Queue
    Properties: { VisibilityTimeout: !Ref Timeout }
`,
    drift: [DRIFT, ['set', 'Returns/VisibilityTimeout', 90]],
    diff: [
      '-  Timeout: { Type: Number, Default: 60, AllowedValues: [30, 60, 90] }',
      '+  Timeout: { Type: Number, Default: 90, AllowedValues: [30, 60, 90] }',
    ],
  },
]);

const LISTS = `Parameters:
  Subnets:
    Type: CommaDelimitedList
    Default: subnet-0a1b2c3d, subnet-1a1b2c3d
Resources:
  Databases:
    Type: AWS::RDS::DBSubnetGroup
    Properties:
      DBSubnetGroupDescription: Databases
      SubnetIds: !Ref Subnets
`;

describeScenarios('a comma-joined list parameter', [
  {
    name: 'gets an element',
    template: LISTS,
    drift: [['insert', 'Databases/SubnetIds/2', 'subnet-2a1b2c3d']],
    diff: [
      '-    Default: subnet-0a1b2c3d, subnet-1a1b2c3d',
      '+    Default: subnet-0a1b2c3d, subnet-1a1b2c3d, subnet-2a1b2c3d',
    ],
  },
  {
    name: 'loses an element',
    template: LISTS,
    drift: [['delete', 'Databases/SubnetIds/0']],
    diff: ['-    Default: subnet-0a1b2c3d, subnet-1a1b2c3d', '+    Default: subnet-1a1b2c3d'],
  },
  {
    name: 'has an element changed',
    template: LISTS,
    drift: [['set', 'Databases/SubnetIds/1', 'subnet-2a1b2c3d']],
    diff: ['-    Default: subnet-0a1b2c3d, subnet-1a1b2c3d', '+    Default: subnet-0a1b2c3d, subnet-2a1b2c3d'],
  },
]);

const LISTED = {
  template: LISTS.replace(/ {4}Default.*\n/, ''),
  files: { 'gitops-drift.yaml': `${CONFIG}    parameters:\n      Subnets: [subnet-0a1b2c3d, subnet-1a1b2c3d]\n` },
  stacks: { shop: { Subnets: 'subnet-0a1b2c3d,subnet-1a1b2c3d' } },
};

describeScenarios('a list parameter that is written as a list', [
  {
    ...LISTED,
    name: 'gets an element',
    drift: [['insert', 'Databases/SubnetIds/2', 'subnet-2a1b2c3d']],
    diff: [
      'gitops-drift.yaml',
      '-      Subnets: [subnet-0a1b2c3d, subnet-1a1b2c3d]',
      '+      Subnets: [subnet-0a1b2c3d, subnet-1a1b2c3d, subnet-2a1b2c3d]',
    ],
  },
  {
    ...LISTED,
    name: 'loses an element',
    drift: [['delete', 'Databases/SubnetIds/0']],
    diff: [
      'gitops-drift.yaml',
      '-      Subnets: [subnet-0a1b2c3d, subnet-1a1b2c3d]',
      '+      Subnets: [subnet-1a1b2c3d]',
    ],
  },
  {
    ...LISTED,
    name: 'has an element changed',
    drift: [['set', 'Databases/SubnetIds/1', 'subnet-2a1b2c3d']],
    diff: [
      'gitops-drift.yaml',
      '-      Subnets: [subnet-0a1b2c3d, subnet-1a1b2c3d]',
      '+      Subnets: [subnet-0a1b2c3d, subnet-2a1b2c3d]',
    ],
  },
]);

const MAPPING = `Mappings:
  Sizes:
    dev: { Timeout: 30 }
    prod: { Timeout: 60 } # peak
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: !FindInMap [Sizes, prod, Timeout]
`;

describeScenarios('a mapping', [
  {
    name: 'entry of one resource',
    template: MAPPING,
    drift: [DRIFT],
    diff: ['-    prod: { Timeout: 60 } # peak', '+    prod: { Timeout: 90 } # peak'],
  },
  {
    name: 'entry that two resources share',
    template: `${MAPPING}  Returns:
    Type: AWS::SQS::Queue
    Properties: { VisibilityTimeout: !FindInMap [Sizes, prod, Timeout] }
`,
    drift: [DRIFT],
    diff: ['-      VisibilityTimeout: !FindInMap [Sizes, prod, Timeout]', '+      VisibilityTimeout: 90'],
    notes: ['Fn::FindInMap becomes a literal: otherwise the edit would also change Returns'],
  },
]);

const CHOICE = `Parameters:
  Stage: { Type: String, Default: prod }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: !If [IsProd, 60, 30]
      MessageRetentionPeriod: !If [IsProd, 600, !Ref AWS::NoValue]
      DelaySeconds: !If [IsProd, !Ref AWS::NoValue, 10]
`;

describeScenarios('a condition', [
  {
    name: 'the branch that is taken',
    template: CHOICE,
    drift: [DRIFT],
    diff: ['-      VisibilityTimeout: !If [IsProd, 60, 30]', '+      VisibilityTimeout: !If [IsProd, 90, 30]'],
  },
  {
    name: 'the other branch',
    template: CHOICE.replace('Default: prod', 'Default: dev'),
    drift: [DRIFT],
    diff: ['-      VisibilityTimeout: !If [IsProd, 60, 30]', '+      VisibilityTimeout: !If [IsProd, 60, 90]'],
  },
  {
    name: 'the branch beside NoValue',
    template: CHOICE,
    drift: [['set', 'Orders/MessageRetentionPeriod', 900]],
    diff: [
      '-      MessageRetentionPeriod: !If [IsProd, 600, !Ref AWS::NoValue]',
      '+      MessageRetentionPeriod: !If [IsProd, 900, !Ref AWS::NoValue]',
    ],
  },
  {
    name: 'a branch whose value is gone becomes NoValue',
    template: CHOICE.replace('DelaySeconds', 'RedrivePolicy')
      .replace('10]', '10]')
      .replace(
        '      VisibilityTimeout: !If [IsProd, 60, 30]',
        '      Tags: [{ Key: a, Value: b }, !If [IsProd, { Key: c, Value: d }, { Key: e, Value: f }]]',
      ),
    drift: [['delete', 'Orders/Tags/1']],
    diff: [
      '-      Tags: [{ Key: a, Value: b }, !If [IsProd, { Key: c, Value: d }, { Key: e, Value: f }]]',
      '+      Tags: [{ Key: a, Value: b }, !If [IsProd, !Ref AWS::NoValue, { Key: e, Value: f }]]',
    ],
  },
  {
    name: 'a parameter that decides it can not follow',
    template: `Parameters:
  Stage: { Type: String, Default: prod }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      Tags: [{ Key: Stage, Value: !Ref Stage }]
      VisibilityTimeout: !If [IsProd, 60, 30]
`,
    drift: [['set', 'Orders/Tags/0/Value', 'dev']],
    diff: ['-      Tags: [{ Key: Stage, Value: !Ref Stage }]', '+      Tags: [{ Key: Stage, Value: dev }]'],
    notes: ['the reference to Stage becomes a literal: otherwise the edit would also change a condition'],
  },
]);

const SUB = `Parameters:
  Stage: { Type: String, Default: prod }
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Sub "orders-\${Stage}"
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Join ["-", [orders, !Ref Stage, topic]]
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmDescription: !Sub "Orders of \${Stage} wait too long"
      AlarmActions: [!Sub "arn:aws:sns:\${AWS::Region}:\${AWS::AccountId}:pager-\${Stage}"]
`;

describeScenarios('a composed text', [
  {
    name: 'literal part of Fn::Sub',
    template: SUB,
    drift: [['set', 'Alarm/AlarmDescription', 'Orders of prod wait far too long']],
    diff: [
      '-      AlarmDescription: !Sub "Orders of ${Stage} wait too long"',
      '+      AlarmDescription: !Sub "Orders of ${Stage} wait far too long"',
    ],
  },
  {
    name: 'literal piece of Fn::Join',
    template: SUB,
    drift: [['set', 'Topic/DisplayName', 'orders-prod-events']],
    diff: [
      '-      DisplayName: !Join ["-", [orders, !Ref Stage, topic]]',
      '+      DisplayName: !Join ["-", [orders, !Ref Stage, events]]',
    ],
  },
  {
    name: 'placeholder of Fn::Sub changed, the others stay',
    template: SUB,
    drift: [['set', 'Alarm/AlarmActions/0', 'arn:aws:sns:eu-west-1:111111111111:pager-test']],
    diff: [
      '-      AlarmActions: [!Sub "arn:aws:sns:${AWS::Region}:${AWS::AccountId}:pager-${Stage}"]',
      '+      AlarmActions: [!Sub "arn:aws:sns:${AWS::Region}:${AWS::AccountId}:pager-test"]',
    ],
    notes: ['the reference to Stage becomes a literal: otherwise the edit would also change Orders'],
  },
  {
    name: 'nothing of Fn::Sub is left',
    template: SUB,
    drift: [['set', 'Alarm/AlarmDescription', 'Silence']],
    diff: ['-      AlarmDescription: !Sub "Orders of ${Stage} wait too long"', '+      AlarmDescription: Silence'],
    notes: ['Fn::Sub becomes a literal'],
  },
  {
    name: 'placeholder that nothing else uses: its parameter',
    template: SUB.replace(/ {2}Topic:.*/s, ''),
    drift: [['set', 'Orders/QueueName', 'orders-test']],
    diff: ['-  Stage: { Type: String, Default: prod }', '+  Stage: { Type: String, Default: test }'],
  },
  {
    name: 'placeholder of Fn::Join changed',
    template: SUB,
    drift: [['set', 'Topic/DisplayName', 'orders-test-topic']],
    diff: [
      '-      DisplayName: !Join ["-", [orders, !Ref Stage, topic]]',
      '+      DisplayName: !Join ["-", [orders, test, topic]]',
    ],
    notes: ['the reference to Stage becomes a literal: otherwise the edit would also change Orders'],
  },
]);
