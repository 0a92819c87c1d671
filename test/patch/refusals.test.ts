import { describeScenarios, REGION } from '../support/patching.js';

const CONFIG = `version: 1
provider: snapshot
stacks:
  - { name: shop, template: templates/shop.yaml, region: ${REGION} }
`;

const SECRETS = `Parameters:
  Password: { Type: String, NoEcho: true, Default: hunter2hunter2 }
Resources:
  Worker:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: worker
      Environment:
        Variables:
          DB_PASSWORD: changeme-soon
          TOKEN: '{{resolve:ssm:/shop/token}}'
          LEVEL: info
  App:
    Type: AWS::Amplify::App
    Properties:
      Name: shop
      Description: plain
`;

describeScenarios('what is not patched', [
  {
    name: 'a secret by its name',
    template: SECRETS,
    drift: [['set', 'Worker/Environment/Variables/DB_PASSWORD', 'correct-horse']],
    refused: ['it holds a secret, which must not stand in Git'],
  },
  {
    name: 'a secret that only the cloud has',
    template: SECRETS,
    drift: [['set', 'Worker/Environment/Variables/API_KEY', 'sk-live-0123456789abcdef']],
    refused: ['it holds a secret, which must not stand in Git'],
  },
  {
    name: 'a text with credentials in it',
    template: SECRETS,
    drift: [['set', 'App/Description', 'postgres://shop:correct-horse@db.example.com/shop']],
    refused: ['it holds a secret, which must not stand in Git'],
  },
  {
    name: 'an element of a list that NoEcho keeps',
    template: `Parameters:
  Tokens: { Type: CommaDelimitedList, NoEcho: true, Default: 'one,two' }
Resources:
  Worker:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: worker
      Layers: !Ref Tokens
`,
    drift: [['insert', 'Worker/Layers/2', 'three']],
    refused: ['it holds a secret, which must not stand in Git'],
  },
  {
    name: 'an alias of a map that holds a secret',
    template: `Resources:
  One:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables: &variables { DB_PASSWORD: changeme-soon, LEVEL: info }
  Two:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables: *variables
`,
    drift: [['set', 'Two/Environment/Variables/LEVEL', 'debug']],
    refused: ['a diff of it would show a secret that stands there: edit it by hand'],
  },
  {
    name: 'a suppressed finding',
    template: SECRETS,
    files: {
      'gitops-drift.yaml': `${CONFIG}ignore:\n  - { path: /Environment/Variables/LEVEL, reason: tuned by hand }\n`,
    },
    drift: [['set', 'Worker/Environment/Variables/LEVEL', 'debug']],
  },
  {
    name: 'what a loop writes for several resources',
    template: `Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Queues:
    - Name
    - [Orders, Returns]
    - \${Name}Queue:
        Type: AWS::SQS::Queue
        Properties:
          QueueName: !Sub \${Name}-queue
          DelaySeconds: 5
`,
    drift: [['set', 'OrdersQueue/DelaySeconds', 9]],
    refused: ['the edit would also change ReturnsQueue'],
  },
]);

describeScenarios('a loop', [
  {
    name: 'whose resources drifted alike is edited once',
    template: `Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Queues:
    - Name
    - [Orders, Returns]
    - \${Name}Queue:
        Type: AWS::SQS::Queue
        Properties:
          QueueName: !Sub \${Name}-queue
          DelaySeconds: 5
`,
    drift: [
      ['set', 'OrdersQueue/DelaySeconds', 9],
      ['set', 'ReturnsQueue/DelaySeconds', 9],
    ],
    diff: ['-          DelaySeconds: 5', '+          DelaySeconds: 9'],
  },
]);

const GONE = `Conditions:
  Never: !Equals [a, b]
Resources:
  # every order
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: orders

  Events:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: Events
`;

const deletions = { patch: { includeDeletions: true } };
const gone = (name: string, more: string) => ({
  name,
  template: GONE + more,
  drift: [['delete', 'Orders']] as [['delete', string]],
  request: deletions,
});

describeScenarios('a resource that is gone', [
  {
    name: 'stays in Git unless asked for',
    template: GONE,
    drift: [['delete', 'Orders']],
    refused: ['the resource is gone: create it again, or take it out of Git with --include-deletions'],
  },
  {
    ...gone('is taken out with --include-deletions, and the comment above it', ''),
    diff: [
      '-  # every order',
      '-  Orders:',
      '-    Type: AWS::SQS::Queue',
      '-    Properties:',
      '-      QueueName: orders',
      '-',
    ],
  },
  {
    name: 'and leaves no double space',
    template: GONE.replace('  # every', '  Returns:\n    Type: AWS::SQS::Queue\n\n  # --- queues ---\n\n  # every'),
    drift: [['delete', 'Orders']],
    request: deletions,
    diff: [
      '-  # every order',
      '-  Orders:',
      '-    Type: AWS::SQS::Queue',
      '-    Properties:',
      '-      QueueName: orders',
      '-',
    ],
  },
  {
    name: 'nor space at the end',
    template: GONE,
    drift: [['delete', 'Events']],
    request: deletions,
    diff: ['-', '-  Events:', '-    Type: AWS::SNS::Topic', '-    Properties:', '-      DisplayName: Events'],
  },
  {
    ...gone(
      'but not where another resource refers to it',
      `  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmDescription: !Sub \${Orders.Arn} is full
`,
    ),
    refused: ['templates/shop.yaml:17 refers to Orders'],
  },
  {
    ...gone('nor an output', 'Outputs:\n  Url:\n    Value: !Ref Orders\n'),
    refused: ['templates/shop.yaml:16 refers to Orders'],
  },
  {
    ...gone('nor DependsOn', '    DependsOn: [Orders]\n'),
    refused: ['templates/shop.yaml:14 refers to Orders'],
  },
  {
    ...gone(
      'nor a resource behind a condition that is false',
      `  Alarm:
    Type: AWS::CloudWatch::Alarm
    Condition: Never
    Properties:
      AlarmDescription: !GetAtt Orders.QueueName
`,
    ),
    refused: ['templates/shop.yaml:18 refers to Orders'],
  },
  {
    name: 'the only one of its template',
    template: 'Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n',
    drift: [['delete', 'Orders']],
    request: deletions,
    refused: ['a template must have at least one resource: delete the stack and the file instead'],
  },
  {
    name: 'one of a loop',
    template: `Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Queues:
    - Name
    - [Orders, Returns]
    - \${Name}Queue:
        Type: AWS::SQS::Queue
`,
    drift: [['delete', 'OrdersQueue']],
    request: deletions,
    refused: ['OrdersQueue is made by Fn::ForEach'],
  },
  {
    name: 'two, of which one refers to the other: one after the other',
    template: `${GONE}  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmDescription: !GetAtt Orders.QueueName
`,
    drift: [
      ['delete', 'Orders'],
      ['delete', 'Alarm'],
    ],
    request: deletions,
    diff: [
      '-  Alarm:',
      '-    Type: AWS::CloudWatch::Alarm',
      '-    Properties:',
      '-      AlarmDescription: !GetAtt Orders.QueueName',
    ],
    refused: ['templates/shop.yaml:17 refers to Orders'],
  },
  {
    name: 'all of a template: one has to stay',
    template: GONE,
    drift: [
      ['delete', 'Orders'],
      ['delete', 'Events'],
    ],
    request: deletions,
    diff: [
      '-  # every order',
      '-  Orders:',
      '-    Type: AWS::SQS::Queue',
      '-    Properties:',
      '-      QueueName: orders',
      '-',
    ],
    refused: ['a template must have at least one resource'],
  },
]);
