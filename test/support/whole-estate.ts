import type { JsonObject } from '../../src/base/json.js';
import type { Snapshot, SnapshotRegion, SnapshotResource, SnapshotStack } from '../../src/cloud/snapshot/snapshot.js';
import { stackOf } from '../cloud/cloud.js';
import type { SimulatorOptions } from './aws-simulator/server.js';
import { accountOf } from './estate.js';

/** The account of the credentials as they are, one that is read by a role, and one whose role can't be assumed. */
export const HOME = '111111111111';
export const PROD = '222222222222';
export const LOST = '333333333333';
export const ROLE = { prod: `arn:aws:iam::${PROD}:role/reader`, lost: `arn:aws:iam::${LOST}:role/reader` };

const ROOT = `Parameters:
  Env: { Type: String, Default: prod }
Resources:
  Messaging:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: nested/messaging.yaml
      Parameters: { Env: !Ref Env, Timeout: 60 }
  Alerts:
    Type: AWS::SNS::Topic
    Properties: { TopicName: alerts, DisplayName: Alerts }
  News:
    Type: AWS::SNS::Topic
    Properties: { TopicName: news, DisplayName: News }
Outputs:
  Alerts: { Value: !Ref Alerts, Export: { Name: alerts } }
`;
const MESSAGING = `Parameters:
  Env: { Type: String }
  Timeout: { Type: Number }
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties: { QueueName: !Sub "orders-\${Env}", VisibilityTimeout: !Ref Timeout }
  Dead:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: dead-letters.yaml }
`;
const LETTERS = `Resources:
  Letters:
    Type: AWS::SQS::Queue
    Properties: { QueueName: letters, DelaySeconds: 5 }
`;
const EDGE = `Resources:
  Site:
    Type: AWS::S3::Bucket
    Properties: { BucketName: site, Tags: [{ Key: alerts, Value: !ImportValue alerts }] }
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties: { Queues: [letters], PolicyDocument: { Version: "2012-10-17", Statement: [] } }
  Cart:
    Type: Acme::Shop::Cart
    Properties: { Id: cart, Size: 3 }
`;

export const TEMPLATES = {
  'infra/shop.yaml': ROOT,
  'infra/nested/messaging.yaml': MESSAGING,
  'infra/nested/dead-letters.yaml': LETTERS,
  'infra/edge.yaml': EDGE,
};

/** Two accounts in three places, as `accounts:` of a configuration. */
export const ACCOUNTS = `version: 1
accounts:
  - { id: "${HOME}", name: home, regions: [eu-west-1] }
  - { id: "${PROD}", name: prod, regions: [eu-west-1, us-east-1], roleArn: "${ROLE.prod}", externalId: drift }
`;
export const STACKS = `stacks:
  - { name: shop, template: infra/shop.yaml, account: home }
  - { name: edge, template: infra/edge.yaml, account: home }
  - { name: shop, template: infra/shop.yaml, account: prod }
  - { name: edge, template: infra/edge.yaml, account: prod, region: us-east-1 }
`;

/** What is live in one place, where that is not what Git says. */
interface Live {
  alerts?: string;
  news?: string;
  timeout?: number;
  lettersGone?: boolean;
}

/**
 * The estate: in every place the stacks `shop` and `edge` and those nested in them; `shop` was deployed with another name
 * for its news. At home its alerts have drifted and a change is not deployed yet; in production a nested queue has
 * drifted, another is gone, and one change is live already in Europe and one in conflict overseas.
 */
export function wholeEstate(more: Partial<SimulatorOptions> = {}): SimulatorOptions {
  const home = accountOf(HOME, { 'eu-west-1': stacksIn(HOME, 'eu-west-1', { alerts: 'Alarms', news: 'Old news' }) });
  const prod = accountOf(PROD, {
    'eu-west-1': stacksIn(PROD, 'eu-west-1', { news: 'News', timeout: 90 }),
    'us-east-1': stacksIn(PROD, 'us-east-1', { news: 'Hacked', lettersGone: true }),
  });
  addUnmanaged(home, 'eu-west-1', HOME);
  addUnmanaged(prod, 'us-east-1', PROD);
  return {
    accounts: { [HOME]: home, [PROD]: prod },
    roles: { [ROLE.prod]: { externalId: 'drift' } },
    schemas: { 'Acme::Shop::Cart': CART_SCHEMA },
    drift: {
      expected: {
        'shop/Alerts': { TopicName: 'alerts', DisplayName: 'Alerts' },
        'shop/News': { TopicName: 'news', DisplayName: 'Old news' },
        'shop-Messaging-1ABC/Orders': { QueueName: 'orders-prod', VisibilityTimeout: 60 },
      },
    },
    ...more,
  };
}

const CART_SCHEMA = {
  typeName: 'Acme::Shop::Cart',
  properties: { Id: {}, Size: {} },
  primaryIdentifier: ['/properties/Id'],
  handlers: { read: { permissions: [] } },
};

function stacksIn(account: string, region: string, live: Live): SnapshotStack[] {
  const arn = (name: string) => `arn:aws:cloudformation:${region}:${account}:stack/${name}/1`;
  const topic = (name: string) => `arn:aws:sns:${region}:${account}:${name}`;
  const queue = (name: string) => `https://sqs.${region}.amazonaws.com/${account}/${name}`;
  const stack = (name: string, template: string, resources: SnapshotResource[], more: Partial<SnapshotStack> = {}) =>
    stackOf(name, resources, { id: arn(name), template: packaged(template), status: 'UPDATE_COMPLETE', ...more });
  const nested = (logicalId: string, name: string, more: JsonObject = {}): SnapshotResource => ({
    ...{ logicalId, type: 'AWS::CloudFormation::Stack', physicalId: arn(name) },
    properties: { StackName: name, StackId: arn(name), ...more },
  });
  const { alerts = 'Alerts', news = 'Old news', timeout = 60, lettersGone = false } = live;
  return [
    stack(
      'shop',
      ROOT.replace('DisplayName: News', 'DisplayName: Old news'),
      [
        nested('Messaging', 'shop-Messaging-1ABC', { Parameters: { Env: 'prod', Timeout: '60' } }),
        resource('Alerts', 'SNS::Topic', topic('alerts'), { TopicName: 'alerts', DisplayName: alerts }),
        resource('News', 'SNS::Topic', topic('news'), { TopicName: 'news', DisplayName: news }),
      ],
      {
        parameters: { Env: 'prod' },
        outputs: { Alerts: topic('alerts') },
        exports: { alerts: topic('alerts') },
      },
    ),
    stack(
      'shop-Messaging-1ABC',
      MESSAGING,
      [
        resource('Orders', 'SQS::Queue', queue('orders-prod'), {
          QueueName: 'orders-prod',
          VisibilityTimeout: timeout,
        }),
        nested('Dead', 'shop-Messaging-1ABC-Dead-2DEF'),
      ],
      { parameters: { Env: 'prod', Timeout: '60' } },
    ),
    stack('shop-Messaging-1ABC-Dead-2DEF', LETTERS, [
      resource(
        'Letters',
        'SQS::Queue',
        queue('letters'),
        lettersGone ? null : { QueueName: 'letters', DelaySeconds: 5 },
      ),
    ]),
    stack('edge', EDGE, [
      resource('Site', 'S3::Bucket', 'site', {
        BucketName: 'site',
        Tags: [{ Key: 'alerts', Value: topic('alerts') }],
      }),
      {
        ...resource('Policy', 'SQS::QueuePolicy', 'policy', {
          Queues: ['letters'],
          PolicyDocument: { Version: '2012-10-17', Statement: [] },
        }),
        partial: true,
      },
      { logicalId: 'Cart', type: 'Acme::Shop::Cart', physicalId: 'cart', properties: { Id: 'cart', Size: 3 } },
    ]),
  ];
}

function resource(
  logicalId: string,
  type: string,
  physicalId: string,
  properties: JsonObject | null,
): SnapshotResource {
  return { logicalId, type: `AWS::${type}`, physicalId, properties };
}

/** As `aws cloudformation package` leaves a template. */
function packaged(template: string): string {
  return template.replace(/TemplateURL: [^\s}]+/, 'TemplateURL: https://s3.amazonaws.com/bucket/1234.template');
}

/** A queue that somebody made, and the orphan of a stack in a region that nobody looks at. */
function addUnmanaged(snapshot: Snapshot, region: string, account: string): void {
  const found = (name: string, tags: Record<string, string>) => ({
    type: 'AWS::SQS::Queue',
    identifier: `https://sqs.${region}.amazonaws.com/${account}/${name}`,
    arn: `arn:aws:sqs:${region}:${account}:${name}`,
    tags,
    properties: { QueueName: name },
  });
  const unmanaged = [
    found('by-hand', { owner: 'eve' }),
    found('left', {
      'aws:cloudformation:stack-name': 'old',
      'aws:cloudformation:logical-id': 'Left',
      'aws:cloudformation:stack-id': `arn:aws:cloudformation:eu-north-1:${account}:stack/old/1`,
    }),
  ];
  const content: SnapshotRegion | undefined = snapshot.regions[region];
  if (content) content.unmanaged = unmanaged;
}
