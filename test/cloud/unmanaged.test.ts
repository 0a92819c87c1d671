import { describe, expect, test } from '@jest/globals';
import { parseArn } from '../../src/cloud/aws/unmanaged/arn.js';
import { madeByAws } from '../../src/cloud/aws/unmanaged/made-by-aws.js';
import { createTypeOfArn } from '../../src/cloud/aws/unmanaged/types.js';
import type { RecordedUnmanaged, Snapshot, SnapshotStack } from '../../src/cloud/snapshot/snapshot.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import { withAws } from '../support/aws.js';
import type { SimulatorOptions } from '../support/aws-simulator/server.js';
import { bucket, stackOf } from './cloud.js';

const ACCOUNT = '111111111111';
const typeOf = createTypeOfArn(cloudFormationTypes);

describe('the type of an ARN', () => {
  test.each([
    ['s3:::files', 'S3::Bucket'],
    ['sqs:R:A:orders', 'SQS::Queue'],
    ['sns:R:A:news', 'SNS::Topic'],
    ['sns:R:A:news:0c0ffee0-1', 'SNS::Subscription'],
    ['lambda:R:A:function:api', 'Lambda::Function'],
    ['lambda:R:A:event-source-mapping:1', 'Lambda::EventSourceMapping'],
    ['dynamodb:R:A:table/orders', 'DynamoDB::Table'],
    ['ec2:R:A:instance/i-1', 'EC2::Instance'],
    ['ec2:R:A:security-group/sg-1', 'EC2::SecurityGroup'],
    ['ec2:R:A:vpc/vpc-1', 'EC2::VPC'],
    ['ec2:R:A:natgateway/nat-1', 'EC2::NatGateway'],
    ['ec2:R:A:elastic-ip/eipalloc-1', 'EC2::EIP'],
    ['ec2:R:A:vpc-endpoint/vpce-1', 'EC2::VPCEndpoint'],
    ['ec2:R:A:launch-template/lt-1', 'EC2::LaunchTemplate'],
    ['ec2:R:A:volume/vol-1', 'EC2::Volume'],
    ['rds:R:A:db:main', 'RDS::DBInstance'],
    ['rds:R:A:cluster:main', 'RDS::DBCluster'],
    ['rds:R:A:subgrp:main', 'RDS::DBSubnetGroup'],
    ['elasticloadbalancing:R:A:loadbalancer/app/web/1', 'ElasticLoadBalancingV2::LoadBalancer'],
    ['elasticloadbalancing:R:A:loadbalancer/web', 'ElasticLoadBalancing::LoadBalancer'],
    ['elasticloadbalancing:R:A:targetgroup/web/1', 'ElasticLoadBalancingV2::TargetGroup'],
    ['elasticloadbalancing:R:A:listener/net/web/1/2', 'ElasticLoadBalancingV2::Listener'],
    ['apigateway:R::/restapis/a1', 'ApiGateway::RestApi'],
    ['apigateway:R::/restapis/a1/stages/prod', 'ApiGateway::Stage'],
    ['apigateway:R::/apis/a1/stages/prod', 'ApiGatewayV2::Stage'],
    ['states:R:A:stateMachine:flow', 'StepFunctions::StateMachine'],
    ['acm:R:A:certificate/1', 'CertificateManager::Certificate'],
    ['es:R:A:domain/search', 'OpenSearchService::Domain'],
    ['logs:R:A:log-group:/app:*', 'Logs::LogGroup'],
    ['events:R:A:rule/nightly', 'Events::Rule'],
    ['firehose:R:A:deliverystream/s', 'KinesisFirehose::DeliveryStream'],
    ['cognito-idp:R:A:userpool/p', 'Cognito::UserPool'],
    ['kms:R:A:key/1', 'KMS::Key'],
    ['secretsmanager:R:A:secret:db-AbCdEf', 'SecretsManager::Secret'],
    ['ssm:R:A:parameter/app/url', 'SSM::Parameter'],
    ['iam::A:role/app/reader', 'IAM::Role'],
    ['iam::A:policy/reader', 'IAM::ManagedPolicy'],
    ['autoscaling:R:A:autoScalingGroup:1:autoScalingGroupName/web', 'AutoScaling::AutoScalingGroup'],
    ['elasticfilesystem:R:A:file-system/fs-1', 'EFS::FileSystem'],
    ['kafka:R:A:cluster/c/1', 'MSK::Cluster'],
    ['wafv2:R:A:regional/webacl/w/1', 'WAFv2::WebACL'],
    ['cloudfront::A:distribution/E1', 'CloudFront::Distribution'],
    ['route53:::hostedzone/Z1', 'Route53::HostedZone'],
    ['codepipeline:R:A:build', 'CodePipeline::Pipeline'],
    ['backup:R:A:backup-vault:v', 'Backup::BackupVault'],
    ['ec2:R:A:snapshot/snap-1', undefined],
    ['nobody:R:A:thing/1', undefined],
  ])('%s', (text, expected) => {
    const arn = parseArn(`arn:aws:${text.replace('R', 'eu-west-1').replace('A', ACCOUNT)}`);
    expect(arn && typeOf(arn)).toBe(expected === undefined ? undefined : `AWS::${expected}`);
  });

  test.each(['', 'arn:aws:s3', 'https://x', 'arn:aws::::'])('%j is no ARN', (text) => {
    expect(parseArn(text)).toBeUndefined();
  });
});

describe('what AWS made', () => {
  const EC2 = `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/i-1`;
  test.each<[string, string, Record<string, string>]>([
    ['of an Auto Scaling group', EC2, { 'aws:autoscaling:groupName': 'web' }],
    ['of EKS', EC2, { 'aws:eks:cluster-name': 'c' }],
    ['of Kubernetes', EC2, { 'kubernetes.io/cluster/c': 'owned' }],
    ['of Elastic Beanstalk', EC2, { 'elasticbeanstalk:environment-id': 'e' }],
    ['a service-linked role', `arn:aws:iam::${ACCOUNT}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX`, {}],
    ['a default parameter group', `arn:aws:rds:eu-west-1:${ACCOUNT}:pg:default.mysql8.0`, {}],
    ['the default event bus', `arn:aws:events:eu-west-1:${ACCOUNT}:event-bus/default`, {}],
    ['a stack', `arn:aws:cloudformation:eu-west-1:${ACCOUNT}:stack/shop/1`, {}],
    ['an automatic snapshot', `arn:aws:rds:eu-west-1:${ACCOUNT}:snapshot:rds:main-2026`, {}],
    ['a task', `arn:aws:ecs:eu-west-1:${ACCOUNT}:task/web/1`, {}],
  ])('%s', (_, arn, tags) => expect(madeByAws(arn, tags)).toEqual(expect.any(String)));

  test.each<[string, string, Record<string, string>]>([
    ['an instance', EC2, { Name: 'web', 'aws:ec2launchtemplate:id': 'lt-1' }],
    ['a subnet that a cluster shares', EC2, { 'kubernetes.io/cluster/c': 'shared' }],
    ['a role', `arn:aws:iam::${ACCOUNT}:role/service-role/app`, {}],
    ['a parameter group of one’s own', `arn:aws:rds:eu-west-1:${ACCOUNT}:pg:defaults-for-shop`, {}],
    ['a bus', `arn:aws:events:eu-west-1:${ACCOUNT}:event-bus/default-shop`, {}],
  ])('not %s', (_, arn, tags) => expect(madeByAws(arn, tags)).toBeUndefined());
});

const QUEUE = 'AWS::SQS::Queue';
const STACK_ID = `arn:aws:cloudformation:eu-west-1:${ACCOUNT}:stack/shop/0c0ffee0`;

/** A queue that the tagging API tells of; without properties it is gone. */
function queue(name: string, tags: Record<string, string> = { team: 'shop' }): RecordedUnmanaged {
  const identifier = `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/${name}`;
  return {
    type: QUEUE,
    identifier,
    arn: `arn:aws:sqs:eu-west-1:${ACCOUNT}:${name}`,
    tags,
    properties: { QueueName: name },
  };
}

function stackTags(stack: string, logicalId: string, id = STACK_ID.replace('shop', stack)): Record<string, string> {
  const tags = { 'stack-name': stack, 'logical-id': logicalId, 'stack-id': id };
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:cloudformation:${key}`, value]));
}

function cloud(
  regions: Record<string, { stacks?: SnapshotStack[]; unmanaged?: RecordedUnmanaged[] }>,
  more: Partial<SimulatorOptions> = {},
): SimulatorOptions {
  const snapshot: Snapshot = {
    snapshotVersion: 1,
    capturedAt: '2026-01-01T00:00:00Z',
    account: ACCOUNT,
    regions: Object.fromEntries(Object.entries(regions).map(([name, region]) => [name, { stacks: [], ...region }])),
  };
  return { accounts: { [ACCOUNT]: snapshot }, ...more };
}

/** `type identifier` of what is found, with its orphan's and its doubt's text. */
async function find(options: SimulatorOptions, regions = ['eu-west-1']): Promise<string[]> {
  let found: string[] = [];
  await withAws(options, async (provider) => {
    const { resources, errors } = (await provider.findUnmanaged?.(regions)) ?? { resources: [], errors: [] };
    found = [
      ...resources.map(({ type, arn, orphan, doubt }) =>
        [type.replace('AWS::', ''), arn.split(':').at(-1), orphan?.reason, doubt && `(${doubt})`]
          .filter(Boolean)
          .join(' '),
      ),
      ...errors.map(({ region, error }) => `${region}: ${error.message}`),
    ];
  });
  return found;
}

const OWN = stackOf('shop', [
  { logicalId: 'Orders', type: QUEUE, physicalId: `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/orders` },
  { ...bucket('Files'), physicalId: 'files' },
  { logicalId: 'Log', type: 'AWS::Logs::LogGroup', physicalId: '/app/shop' },
  { logicalId: 'Url', type: 'AWS::SSM::Parameter', physicalId: '/app/url' },
  { logicalId: 'Cache', type: 'AWS::ElastiCache::ReplicationGroup', physicalId: 'cache' },
  { logicalId: 'Acl', type: 'AWS::WAFv2::WebACL', physicalId: 'acl|id-1|REGIONAL' },
]);

const plain = (arn: string): RecordedUnmanaged => ({
  type: 'x',
  identifier: arn,
  arn: `arn:aws:${arn.replace('R:A', `eu-west-1:${ACCOUNT}`)}`,
});

describe('what no stack owns', () => {
  test('is found through all pages, empty ones too, without what stacks own or AWS made', async () => {
    const owned = [
      queue('orders'),
      plain('s3:::files'),
      plain('logs:R:A:log-group:/app/shop:*'),
      plain('ssm:R:A:parameter/app/url'),
      plain('elasticache:R:A:replicationgroup:cache'),
      plain('elasticache:R:A:cluster:cache-001'),
      plain('wafv2:R:A:regional/webacl/acl/id-1'),
      plain('ec2:R:A:spot-instances-request/sir-1'),
    ];
    const unmanaged = [queue('a'), ...owned, queue('b'), { ...queue('stale'), properties: undefined }];
    const regions = { 'eu-west-1': { stacks: [OWN], unmanaged: JSON.parse(JSON.stringify(unmanaged)) } };
    expect(await find(cloud(regions, { pageSize: 3, emptyPages: true }))).toEqual(['SQS::Queue a', 'SQS::Queue b']);
  });

  test('a resource of another type or region may have an owned name', async () => {
    const topic = plain('sns:R:A:orders');
    const elsewhere = { ...plain('x'), arn: `arn:aws:sqs:us-east-1:${ACCOUNT}:orders`, type: QUEUE };
    const regions = {
      'eu-west-1': {
        stacks: [OWN],
        unmanaged: [{ ...topic, type: 'AWS::SNS::Topic', identifier: topic.arn ?? '', properties: {} }],
      },
      'us-east-1': {
        unmanaged: [
          { ...elsewhere, identifier: `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/orders`, properties: {} },
        ],
      },
    };
    expect(await find(cloud(regions), ['eu-west-1', 'us-east-1'])).toEqual(['SNS::Topic orders', 'SQS::Queue orders']);
  });

  test('of a nested or a failed stack is owned all the same; of a deleted stack it is not', async () => {
    const stacks = [
      stackOf('shop-Child-1', [{ logicalId: 'Q', type: QUEUE, physicalId: 'https://x/a' }]),
      stackOf('broken', [{ logicalId: 'Q', type: QUEUE, physicalId: 'https://x/b' }], { status: 'DELETE_FAILED' }),
      stackOf('shop', [{ logicalId: 'Q', type: QUEUE, physicalId: 'https://x/c', status: 'DELETE_COMPLETE' }]),
    ];
    const regions = { 'eu-west-1': { stacks, unmanaged: ['a', 'b', 'c'].map((name) => queue(name)) } };
    expect(await find(cloud(regions))).toEqual(['SQS::Queue c']);
  });

  test('orphans are told by the tags of a stack, or a logical ID, that is gone', async () => {
    const elsewhere = STACK_ID.replace('eu-west-1', 'us-east-1');
    const regions = {
      'eu-west-1': {
        stacks: [OWN],
        unmanaged: [
          queue('made-for-orders', stackTags('shop', 'Orders')),
          queue('left', stackTags('shop', 'Removed')),
          queue('lost', stackTags('old', 'Queue')),
          queue('replica', stackTags('far', 'Queue', elsewhere.replace('shop', 'far'))),
          queue('stray', stackTags('never', 'Queue', elsewhere.replace('shop', 'never'))),
        ],
      },
      'us-east-1': { stacks: [stackOf('far', [])] },
    };
    expect(await find(cloud(regions))).toEqual([
      'SQS::Queue left stack shop has no Removed any more',
      'SQS::Queue lost stack old is gone',
      'SQS::Queue stray stack never is gone',
    ]);
  });

  test('what could not be verified is told with the reason', async () => {
    const eip = plain('ec2:R:A:elastic-ip/eipalloc-1');
    const role = { ...plain(`iam::${ACCOUNT}:role/app`), type: 'AWS::IAM::Role', identifier: 'app', properties: {} };
    const regions = {
      'eu-west-1': { unmanaged: [eip, plain('ec2:R:A:snapshot/snap-1'), queue('denied'), role] },
    };
    const faults = [{ type: QUEUE, kind: 'deny' as const }];
    expect(await find(cloud(regions, { faults }))).toEqual([
      expect.stringMatching(/^EC2::EIP elastic-ip\/eipalloc-1 \(its ARN does not tell its AllocationId/),
      'ec2:snapshot snapshot/snap-1 (Cloud Control does not read it, so it may be gone already)',
      expect.stringMatching(/^SQS::Queue denied \(it was not verified that it still exists: AccessDenied/),
      'IAM::Role role/app (only stacks of eu-west-1 were looked through)',
    ]);
  });

  test('a region that can not be looked at is an error, and no reason to call its stacks’ resources unmanaged', async () => {
    const regions = {
      'eu-west-1': { stacks: [OWN], unmanaged: [queue('a')] },
      'us-east-1': { unmanaged: [queue('b')] },
    };
    const faults = [{ operation: 'ListStackResources', kind: 'deny' as const }];
    expect(await find(cloud(regions, { faults }), ['eu-west-1'])).toEqual([
      expect.stringMatching(/^eu-west-1: can't read all stacks of eu-west-1: AccessDenied/),
    ]);
    const denied = [{ operation: 'GetResources', region: 'us-east-1', kind: 'deny' as const }];
    expect(await find(cloud(regions, { faults: denied }), ['eu-west-1', 'us-east-1'])).toEqual([
      'SQS::Queue a',
      expect.stringMatching(/^us-east-1: can't list the tagged resources of us-east-1: AccessDenied/),
    ]);
  });
});
