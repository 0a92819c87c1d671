import { describeScenarios } from '../support/patching.js';

const QUEUE = `Resources:
  Orders: # every order passes here
    Type: AWS::SQS::Queue
    Properties:
      QueueName: orders   # known to the till
      VisibilityTimeout: 60 # seconds
      Tags:
        - Key: Team # who to call
          Value: shop
        - { Key: Stage, Value: 'prod' }
`;

const JSON_QUEUE = `{
  "Resources": {
    "Orders": {
      "Type": "AWS::SQS::Queue",
      "Properties": { "VisibilityTimeout": 60, "QueueName": "orders" }
    }
  }
}
`;

const COMPACT_QUEUE =
  '{"Resources":{"Orders":{"Type":"AWS::SQS::Queue","Properties":{"VisibilityTimeout":60,"Tags":[{"Key":"Team","Value":"shop"}]}}}}';

const GROUP = `Resources:
  Api:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Api
      SecurityGroupIngress:
        # from the office
        - IpProtocol: tcp
          FromPort: 443
          ToPort: 443
          CidrIp: 10.0.0.0/8
        - IpProtocol: tcp
          FromPort: 80
          ToPort: 80
          CidrIp: 10.0.0.0/8
`;

const RULE = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '10.1.0.0/16' };

const FUNCTION = `Resources:
  Worker:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: worker
      Handler: index.handler
      Layers:
        - arn:aws:lambda:eu-west-1:222222222222:layer:one:1
        - arn:aws:lambda:eu-west-1:222222222222:layer:two:1
      Environment:
        Variables:
          STAGE: prod # not dev
          LEVEL: info
    Metadata: { Owner: shop }
`;

const LAYER = 'arn:aws:lambda:eu-west-1:222222222222:layer:new:1';

const BUCKET = `Resources:
  Assets:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: shop-assets
      VersioningConfiguration:
        Status: Enabled

  # the next one
  Logs:
    Type: AWS::S3::Bucket
`;

const windows = (text: string) => text.replaceAll('\n', '\r\n');

describeScenarios('a literal', [
  {
    name: 'number in YAML, with its comment',
    template: QUEUE,
    drift: [['set', 'Orders/VisibilityTimeout', 90]],
    diff: ['-      VisibilityTimeout: 60 # seconds', '+      VisibilityTimeout: 90 # seconds'],
  },
  {
    name: 'quoted tag value in flow style',
    template: QUEUE,
    drift: [['set', 'Orders/Tags/1/Value', 'yes']],
    diff: ["-        - { Key: Stage, Value: 'prod' }", "+        - { Key: Stage, Value: 'yes' }"],
  },
  {
    name: 'plain text that needs quotes',
    template: QUEUE,
    drift: [['set', 'Orders/Tags/0/Value', '012345678901']],
    diff: ['-          Value: shop', "+          Value: '012345678901'"],
  },
  {
    name: 'number in quotes',
    template: QUEUE.replace('Timeout: 60', 'Timeout: "60"'),
    drift: [['set', 'Orders/VisibilityTimeout', 90]],
    diff: ['-      VisibilityTimeout: "60" # seconds', '+      VisibilityTimeout: "90" # seconds'],
  },
  {
    name: 'JSON',
    template: JSON_QUEUE,
    drift: [['set', 'Orders/VisibilityTimeout', 90]],
    diff: [
      '-      "Properties": { "VisibilityTimeout": 60, "QueueName": "orders" }',
      '+      "Properties": { "VisibilityTimeout": 90, "QueueName": "orders" }',
    ],
  },
  {
    name: 'compact JSON without a final newline',
    template: COMPACT_QUEUE,
    drift: [['set', 'Orders/VisibilityTimeout', 90]],
    diff: [
      `-${COMPACT_QUEUE}`,
      '\\ No newline at end of file',
      `+${COMPACT_QUEUE.replace('60', '90')}`,
      '\\ No newline at end of file',
    ],
  },
  {
    name: 'CRLF',
    template: windows(QUEUE),
    drift: [['set', 'Orders/VisibilityTimeout', 90]],
    diff: ['-      VisibilityTimeout: 60 # seconds\r', '+      VisibilityTimeout: 90 # seconds\r'],
  },
]);

describeScenarios('a list element', [
  {
    name: 'added to a set, in the style of its neighbours',
    template: GROUP,
    drift: [['insert', 'Api/SecurityGroupIngress/2', RULE]],
    diff: [
      '+        - IpProtocol: tcp',
      '+          FromPort: 22',
      '+          ToPort: 22',
      '+          CidrIp: 10.1.0.0/16',
    ],
  },
  {
    name: 'taken out from the first place, its comment stays',
    template: GROUP,
    drift: [['delete', 'Api/SecurityGroupIngress/0']],
    diff: [
      '-          FromPort: 443',
      '-          ToPort: 443',
      '-          CidrIp: 10.0.0.0/8',
      '-        - IpProtocol: tcp',
    ],
  },
  {
    name: 'taken out from the last place',
    template: GROUP,
    drift: [['delete', 'Api/SecurityGroupIngress/1']],
    diff: [
      '-        - IpProtocol: tcp',
      '-          FromPort: 80',
      '-          ToPort: 80',
      '-          CidrIp: 10.0.0.0/8',
    ],
  },
  {
    name: 'scalar, added first in an ordered list',
    template: FUNCTION,
    drift: [['insert', 'Worker/Layers/0', LAYER]],
    diff: [`+        - ${LAYER}`],
  },
  {
    name: 'scalar, added in the middle of an ordered list',
    template: FUNCTION,
    drift: [['insert', 'Worker/Layers/1', LAYER]],
    diff: [`+        - ${LAYER}`],
  },
  {
    name: 'scalar, added last in an ordered list',
    template: FUNCTION,
    drift: [['insert', 'Worker/Layers/2', LAYER]],
    diff: [`+        - ${LAYER}`],
  },
  {
    name: 'scalar, taken out',
    template: FUNCTION,
    drift: [['delete', 'Worker/Layers/0']],
    diff: ['-        - arn:aws:lambda:eu-west-1:222222222222:layer:one:1'],
  },
  {
    name: 'the only one taken out',
    template: FUNCTION.replace(/\n.*layer:two:1/, ''),
    drift: [['delete', 'Worker/Layers/0']],
    diff: ['-      Layers:', '-        - arn:aws:lambda:eu-west-1:222222222222:layer:one:1', '+      Layers: []'],
  },
  {
    name: 'tag in flow style',
    template: QUEUE,
    drift: [['insert', 'Orders/Tags/2', { Key: 'Owner', Value: 'ada' }]],
    diff: ["+        - { Key: Owner, Value: 'ada' }"],
  },
  {
    name: 'tag taken out',
    template: QUEUE,
    drift: [['delete', 'Orders/Tags/0']],
    diff: ['-        - Key: Team # who to call', '-          Value: shop'],
  },
  {
    name: 'tag in compact JSON',
    template: COMPACT_QUEUE,
    drift: [['insert', 'Orders/Tags/1', { Key: 'Owner', Value: 'ada' }]],
    diff: [
      `-${COMPACT_QUEUE}`,
      '\\ No newline at end of file',
      `+${COMPACT_QUEUE.replace('"shop"}]', '"shop"},{"Key":"Owner","Value":"ada"}]')}`,
      '\\ No newline at end of file',
    ],
  },
  {
    name: 'with CRLF',
    template: windows(FUNCTION),
    drift: [['insert', 'Worker/Layers/2', LAYER]],
    diff: [`+        - ${LAYER}\r`],
  },
]);

describeScenarios('a map', [
  {
    name: 'gets a key',
    template: FUNCTION,
    drift: [['set', 'Worker/Environment/Variables/TRACE', '1']],
    diff: ['+          TRACE: "1"'],
  },
  {
    name: 'loses a key',
    template: FUNCTION,
    drift: [['delete', 'Worker/Environment/Variables/STAGE']],
    diff: ['-          STAGE: prod # not dev'],
  },
  {
    name: 'loses a sub-object',
    template: BUCKET,
    drift: [['delete', 'Assets/VersioningConfiguration']],
    diff: ['-      VersioningConfiguration:', '-        Status: Enabled'],
  },
  {
    name: 'of tags gets, changes and loses one',
    template: `Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      Name: api
      ProtocolType: HTTP
      Tags:
        Team: shop
        Stage: prod
        Cost: "1042"
`,
    drift: [
      ['set', 'Api/Tags/Team', 'till'],
      ['delete', 'Api/Tags/Stage'],
      ['set', 'Api/Tags/Owner', 'ada'],
    ],
    diff: ['-        Team: shop', '-        Stage: prod', '+        Team: till', '+        Owner: ada'],
  },
]);
