import { describe, expect, test } from '@jest/globals';
import { leastPolicy, type Needs } from '../../src/cloud/aws/iam/permissions.js';
import {
  MANAGED_POLICY_LIMIT,
  type Policy,
  policyOf,
  policySize,
  splitPolicy,
} from '../../src/cloud/aws/iam/policy.js';
import { sortActions } from '../../src/cloud/aws/iam/read-actions.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';

const index = cloudFormationTypes;

function policyFor(needs: Partial<Needs>) {
  const scan: Needs = {
    stacks: [{ name: 'shop' }],
    types: [],
    imports: false,
    zones: false,
    judges: 'own',
    unmanaged: false,
    who: false,
    roles: [],
  };
  return leastPolicy({ ...scan, ...needs }, index);
}

function actionsOf(policy: Policy): string[] {
  return policy.Statement.flatMap(({ Action }) => Action);
}

/** What a policy allows, one line an action and resource. */
function allowed(policies: readonly Policy[]): string[] {
  const lines = policies.flatMap(({ Statement }) =>
    Statement.flatMap(({ Action, Resource }) =>
      Action.flatMap((action) => [Resource].flat().map((each) => `${action} ${each}`)),
    ),
  );
  return lines.sort();
}

describe('actions of read handlers', () => {
  test('are sorted, once each, whatever the case of their prefix', () => {
    expect(
      sortActions(['S3:GetBucketWebsite', 's3:GetBucketWebsite', 'Batch:DescribeJobQueues', 'apigateway:GET']),
    ).toEqual({
      reads: ['apigateway:GET', 'batch:DescribeJobQueues', 's3:GetBucketWebsite'],
      contents: [],
      changes: [],
    });
  });

  test('that a wildcard covers are left out', () => {
    expect(sortActions(['ec2:DescribeVpcs', 'ec2:Describe*', 'ec2:GetConsoleOutput']).reads).toEqual([
      'ec2:Describe*',
      'ec2:GetConsoleOutput',
    ]);
  });

  test('that show contents or change something are told apart', () => {
    expect(sortActions(['iam:PassRole', 'secretsmanager:GetSecretValue', 'cloudwatch:PutMetricAlarm'])).toEqual({
      reads: [],
      contents: ['secretsmanager:GetSecretValue'],
      changes: ['cloudwatch:PutMetricAlarm', 'iam:PassRole'],
    });
  });

  test('in all of AWS read only, but for few', () => {
    const all = index.names().flatMap((name) => index.get(name)?.readPermissions ?? []);
    const { reads, changes } = sortActions(all);
    expect(reads.filter((action) => !/^[a-z0-9-]+:[A-Za-z0-9]+\*?$/.test(action))).toEqual([]);
    expect(
      reads.filter((action) => /:(?:Put|Create|Delete|Update|Pass|Attach|Associate|Modify|Tag)/i.test(action)),
    ).toEqual([]);
    expect(changes.length).toBeLessThan(100);
  });
});

describe('the least policy', () => {
  test('names the stacks, in their partition, region and account', () => {
    const stacks = [
      { name: 'web', region: 'cn-north-1', account: '222222222222' },
      { name: 'shop', region: 'eu-west-1', account: '111111111111' },
      { name: 'any' },
    ];
    expect(policyFor({ stacks }).policy.Statement[0]).toEqual({
      Sid: 'ReadStacks',
      Effect: 'Allow',
      Action: [
        'cloudformation:DescribeStacks',
        'cloudformation:DetectStackResourceDrift',
        'cloudformation:GetTemplate',
        'cloudformation:ListStackResources',
      ],
      Resource: [
        'arn:aws-cn:cloudformation:cn-north-1:222222222222:stack/web/*',
        'arn:aws:cloudformation:*:*:stack/any/*',
        'arn:aws:cloudformation:eu-west-1:111111111111:stack/shop/*',
      ],
    });
  });

  test('has what only some scans need, only for them', () => {
    expect(actionsOf(policyFor({}).policy)).not.toContain('cloudformation:ListExports');
    expect(actionsOf(policyFor({ imports: true }).policy)).toContain('cloudformation:ListExports');
    expect(actionsOf(policyFor({}).policy).join()).not.toContain('ec2:');
    expect(actionsOf(policyFor({ zones: true }).policy)).toEqual(
      expect.arrayContaining(['ec2:DescribeAvailabilityZones', 'ec2:DescribeSubnets']),
    );
    expect(actionsOf(policyFor({}).policy)).not.toContain('cloudformation:DescribeType');
    expect(actionsOf(policyFor({ types: ['Acme::A::B'] }).policy)).toContain('cloudformation:DescribeType');
    expect(actionsOf(policyFor({}).policy)).not.toContain('tag:GetResources');
    expect(actionsOf(policyFor({ unmanaged: true }).policy)).toContain('tag:GetResources');
    expect(actionsOf(policyFor({ types: ['AWS::SQS::Queue'] }).policy)).toEqual(
      expect.arrayContaining(['sqs:GetQueueAttributes']),
    );
    expect(actionsOf(policyFor({ types: ['Custom::Thing', 'AWS::Serverless::Function'] }).policy)).toEqual(
      actionsOf(policyFor({}).policy),
    );
  });

  test('of credentials that only assume roles holds nothing else', () => {
    const { policy } = policyFor({
      stacks: [],
      types: ['AWS::SQS::Queue'],
      roles: [{ arn: 'arn:aws:iam::1:role/b' }, { arn: 'arn:aws:iam::1:role/a' }],
    });
    expect(policy.Statement).toEqual([
      {
        Sid: 'AssumeRoles',
        Effect: 'Allow',
        Action: ['sts:AssumeRole'],
        Resource: ['arn:aws:iam::1:role/a', 'arn:aws:iam::1:role/b'],
      },
    ]);
  });

  test('allows assuming a role that asks for an external ID with that ID only', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => `arn:aws:iam::1:role/${name}`);
    const roles = [{ arn: a ?? '' }, { arn: b ?? '', externalId: 'x' }, { arn: c ?? '', externalId: 'x' }];
    const { policy } = policyFor({ stacks: [], roles });
    expect(policy.Statement.map(({ Sid, Resource, Condition }) => [Sid, Resource, Condition])).toEqual([
      ['AssumeRoles', [a], undefined],
      ['Assume1Roles', [b, c], { StringEquals: { 'sts:ExternalId': 'x' } }],
    ]);
  });

  test('says which types it knows nothing of', () => {
    const { warnings, policy } = policyFor({ types: ['Acme::Shop::Cart', 'AWS::SQS::QueuePolicy', 'AWS::SNS::Topic'] });
    expect(warnings.map(({ message }) => message)).toEqual([
      'what reading these types takes is not known here: Acme::Shop::Cart',
      "AWS's schemas don't say what reading these types takes: AWS::SQS::QueuePolicy",
    ]);
    expect(actionsOf(policy)).toContain('cloudformation:DescribeType');
  });

  test('leaves out what may change something, and says so', () => {
    const { warnings, policy } = policyFor({ types: ['AWS::Events::Rule'] });
    expect(actionsOf(policy).filter((action) => action.startsWith('iam:'))).toEqual(
      ['iam:GetRole'].filter((one) => actionsOf(policy).includes(one)),
    );
    expect(warnings.map(({ message }) => message).join()).toContain('iam:PassRole');
  });
});

describe('splitting', () => {
  const stacks = Array.from({ length: 300 }, (_, number) => ({
    name: `stack-${number}`,
    region: 'eu-west-1',
    account: '111111111111',
  }));
  const { policy } = policyFor({ stacks, types: index.names() });

  test('gives policies within the limit, which together allow the same', () => {
    expect(policySize(policy)).toBeGreaterThan(5 * MANAGED_POLICY_LIMIT);
    const parts = splitPolicy(policy);
    expect(Math.max(...parts.map(policySize))).toBeLessThanOrEqual(MANAGED_POLICY_LIMIT);
    expect(allowed(parts)).toEqual(allowed([policy]));
    for (const { Statement } of parts) expect(new Set(Statement.map(({ Sid }) => Sid)).size).toBe(Statement.length);
    expect(parts.flatMap(({ Statement }) => Statement).every(({ Sid }) => /^[A-Za-z0-9]+$/.test(Sid))).toBe(true);
  });

  test('leaves a small policy whole', () => {
    expect(splitPolicy(policyFor({}).policy)).toEqual([policyFor({}).policy]);
    expect(splitPolicy(policyOf([]))).toEqual([]);
  });
});
