import { describeScenarios } from '../support/patching.js';

const TEMPLATE = `Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 60
      DelaySeconds: 5
      MessageRetentionPeriod: 600
      Tags: [{ Key: Team, Value: shop }, { Key: Stage, Value: prod }, { Key: Cost, Value: '1042' }]
  Api:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Api
      SecurityGroupIngress:
        - { IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8 }
        - { IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 10.0.0.0/8 }
        - { IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/8 }
  Pattern:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: |
        {
          "source": ["aws.ec2"],
          "detail-type": ["x"],
          "detail": { "state": ["stopped"] }
        }
`;

const rule = (port: number) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, CidrIp: '10.0.0.0/8' });
const TAGS = "[{ Key: Team, Value: shop }, { Key: Stage, Value: prod }, { Key: Cost, Value: '1042' }]";

describeScenarios('several findings', [
  {
    name: 'on adjacent lines',
    template: TEMPLATE,
    drift: [
      ['set', 'Orders/VisibilityTimeout', 90],
      ['set', 'Orders/DelaySeconds', 9],
      ['delete', 'Orders/MessageRetentionPeriod'],
    ],
    diff: [
      '-      VisibilityTimeout: 60',
      '-      DelaySeconds: 5',
      '-      MessageRetentionPeriod: 600',
      '+      VisibilityTimeout: 90',
      '+      DelaySeconds: 9',
    ],
  },
  {
    name: 'in one flow list: changed, gone and new',
    template: TEMPLATE,
    drift: [
      ['set', 'Orders/Tags/0/Value', 'till'],
      ['delete', 'Orders/Tags/1'],
      ['insert', 'Orders/Tags/2', { Key: 'Owner', Value: 'ada' }],
    ],
    diff: [
      `-      Tags: ${TAGS}`,
      "+      Tags: [{ Key: Team, Value: till }, { Key: Owner, Value: ada }, { Key: Cost, Value: '1042' }]",
    ],
  },
  {
    name: 'in one flow list: all gone',
    template: TEMPLATE,
    drift: [
      ['delete', 'Orders/Tags/0'],
      ['delete', 'Orders/Tags/0'],
      ['delete', 'Orders/Tags/0'],
    ],
    diff: [`-      Tags: ${TAGS}`, '+      Tags: []'],
  },
  {
    name: 'in one flow list: two new',
    template: TEMPLATE,
    drift: [
      ['insert', 'Orders/Tags/3', { Key: 'Owner', Value: 'ada' }],
      ['insert', 'Orders/Tags/4', { Key: 'Tier', Value: 'one' }],
    ],
    diff: [
      `-      Tags: ${TAGS}`,
      `+      Tags: ${TAGS.slice(0, -1)}, { Key: Owner, Value: ada }, { Key: Tier, Value: one }]`,
    ],
  },
  {
    name: 'elements gone and new in a block list',
    template: TEMPLATE,
    drift: [
      ['delete', 'Api/SecurityGroupIngress/0'],
      ['delete', 'Api/SecurityGroupIngress/0'],
      ['insert', 'Api/SecurityGroupIngress/1', rule(8080)],
      ['insert', 'Api/SecurityGroupIngress/2', rule(8443)],
      ['insert', 'Api/SecurityGroupIngress/3', rule(9090)],
    ],
    diff: [
      '-        - { IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8 }',
      '-        - { IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 10.0.0.0/8 }',
      '+        - { IpProtocol: tcp, FromPort: 8080, ToPort: 8080, CidrIp: 10.0.0.0/8 }',
      '+        - { IpProtocol: tcp, FromPort: 8443, ToPort: 8443, CidrIp: 10.0.0.0/8 }',
      '+        - { IpProtocol: tcp, FromPort: 9090, ToPort: 9090, CidrIp: 10.0.0.0/8 }',
    ],
  },
  {
    name: 'in one JSON document',
    template: TEMPLATE,
    drift: [
      [
        'set',
        'Pattern/EventPattern',
        { source: ['aws.ecs'], 'detail-type': ['x'], detail: { state: ['stopped', 'gone'] } },
      ],
    ],
    diff: [
      '-          "source": ["aws.ec2"],',
      '+          "source": ["aws.ecs"],',
      '-          "detail": { "state": ["stopped"] }',
      '+          "detail": { "state": ["stopped", "gone"] }',
    ],
  },
  {
    name: 'of which some can not be patched',
    template: TEMPLATE.replace('DelaySeconds: 5', 'DelaySeconds: &delay 5').replace(
      'GroupDescription: Api',
      'GroupDescription: Api\n      Tags: [{ Key: Delay, Value: *delay }]',
    ),
    drift: [
      ['set', 'Orders/VisibilityTimeout', 90],
      ['set', 'Orders/DelaySeconds', 9],
      ['set', 'Orders/MessageRetentionPeriod', 700],
    ],
    diff: [
      '-      VisibilityTimeout: 60',
      '+      VisibilityTimeout: 90',
      '-      MessageRetentionPeriod: 600',
      '+      MessageRetentionPeriod: 700',
    ],
    refused: ['the edit would also change Api'],
  },
]);
