import { describeScenarios } from '../support/patching.js';

const TEMPLATE = `Resources:
  Pager:
    Type: AWS::SNS::Topic
    Properties: { DisplayName: Pager }
  Office:
    Type: AWS::SNS::Topic
    Properties: { DisplayName: Office }
  Worker:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmActions:
        - !Ref Pager
      OKActions:
        - !Sub arn:\${AWS::Partition}:sns:\${AWS::Region}:\${AWS::AccountId}:calm
      InsufficientDataActions:
        - arn:aws:sns:eu-west-1:111111111111:unsure
  Function:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: shop
      Role: !GetAtt Worker.Arn
      Environment:
        Variables:
          TOPIC: none
          STAGE: Office
`;

const arn = (name: string) => `arn:aws:sns:eu-west-1:111111111111:${name}`;
const common = {
  template: TEMPLATE,
  ids: { Pager: arn('pager'), Office: arn('office'), Worker: 'shop-worker', Function: 'shop', Alarm: 'shop-alarm' },
  attributes: {
    'Pager.TopicArn': arn('pager'),
    'Office.TopicArn': arn('office'),
    'Worker.Arn': 'arn:aws:iam::111111111111:role/shop-worker',
    'Worker.RoleId': 'AROAEXAMPLE',
    'Function.Arn': 'arn:aws:lambda:eu-west-1:111111111111:function:shop',
  },
};

describeScenarios("the template's own terms", [
  {
    ...common,
    name: 'the ARN of another resource of the stack becomes a reference',
    drift: [['set', 'Alarm/AlarmActions/0', arn('office')]],
    diff: ['-        - !Ref Pager', '+        - !Ref Office'],
  },
  {
    ...common,
    name: 'also where a literal stood',
    drift: [['set', 'Alarm/InsufficientDataActions/0', arn('office')]],
    diff: ['-        - arn:aws:sns:eu-west-1:111111111111:unsure', '+        - !Ref Office'],
  },
  {
    ...common,
    name: 'and where an element is added',
    drift: [['insert', 'Alarm/AlarmActions/1', arn('office')]],
    diff: ['+        - !Ref Office'],
  },
  {
    ...common,
    name: 'an attribute becomes Fn::GetAtt',
    drift: [['set', 'Function/Environment/Variables/TOPIC', 'arn:aws:iam::111111111111:role/shop-worker']],
    diff: ['-          TOPIC: none', '+          TOPIC: !GetAtt Worker.Arn'],
  },
  {
    ...common,
    name: 'an ARN of nothing in the stack stays a literal',
    drift: [['set', 'Function/Role', 'arn:aws:iam::111111111111:role/other']],
    diff: ['-      Role: !GetAtt Worker.Arn', '+      Role: arn:aws:iam::111111111111:role/other'],
    notes: ['the reference to Worker.Arn becomes a literal'],
  },
  {
    ...common,
    name: 'account, region and partition stay pseudo parameters',
    drift: [['set', 'Alarm/OKActions/0', arn('quiet')]],
    diff: [
      '-        - !Sub arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:calm',
      '+        - !Sub arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:quiet',
    ],
  },
  {
    ...common,
    name: 'account, region and partition become pseudo parameters beside such',
    drift: [['insert', 'Alarm/OKActions/1', arn('quiet')]],
    diff: ['+        - !Sub arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:quiet'],
  },
  {
    ...common,
    name: 'account, region and partition stay literal beside literals',
    drift: [['set', 'Alarm/InsufficientDataActions/0', arn('quiet')]],
    diff: [`-        - ${arn('unsure')}`, `+        - ${arn('quiet')}`],
  },
  {
    ...common,
    name: 'a name that is also a logical ID stays a literal',
    drift: [['set', 'Function/Environment/Variables/STAGE', 'shop-worker']],
    diff: ['-          STAGE: Office', '+          STAGE: shop-worker'],
  },
  {
    ...common,
    name: 'the account by itself becomes a reference beside such',
    drift: [['insert', 'Alarm/OKActions/1', '111111111111']],
    diff: ['+        - !Ref AWS::AccountId'],
  },
]);
