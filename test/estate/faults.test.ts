import { describe, expect, test } from '@jest/globals';
import type { SnapshotResource, SnapshotStack } from '../../src/cloud/snapshot/snapshot.js';
import type { Report } from '../../src/model/report.js';
import { stackOf } from '../cloud/cloud.js';
import type { Fault } from '../support/aws-simulator/faults.js';
import type { SimulatorOptions } from '../support/aws-simulator/server.js';
import { accountOf, scanEstate } from '../support/estate.js';

const ACCOUNTS = ['111111111111', '222222222222'];
const REGIONS = ['eu-west-1', 'us-east-1'];
const KINDS = ['SQS::Queue', 'SNS::Topic', 'S3::Bucket', 'Logs::LogGroup'];
const NAME: Record<string, string> = {
  'SQS::Queue': 'QueueName',
  'SNS::Topic': 'TopicName',
  'S3::Bucket': 'BucketName',
  'Logs::LogGroup': 'LogGroupName',
};

/** A template of resources of four types, `size` of each. */
function templateOf(size: number): string {
  const resources = KINDS.flatMap((kind) =>
    Array.from({ length: size }, (_, index) => {
      const id = `${kind.replace(/.*::/, '')}${index}`;
      return `  ${id}: { Type: "AWS::${kind}", Properties: { ${NAME[kind]}: ${id.toLowerCase()}, Tags: [{ Key: a, Value: "1" }] } }\n`;
    }),
  );
  return `Resources:\n${resources.join('')}`;
}

/** The stack that was made of it; in each, one resource has drifted and one is gone. */
function deployed(name: string, size: number): SnapshotStack {
  const resources = KINDS.flatMap((kind) =>
    Array.from({ length: size }, (_, index): SnapshotResource => {
      const logicalId = `${kind.replace(/.*::/, '')}${index}`;
      const physicalId = logicalId.toLowerCase();
      const Value = logicalId === 'Queue0' ? '2' : '1';
      const properties = { [NAME[kind] ?? '']: physicalId, Tags: [{ Key: 'a', Value }] };
      const isGone = logicalId === 'Topic0';
      return { logicalId, type: `AWS::${kind}`, physicalId, properties: isGone ? null : properties };
    }),
  );
  return stackOf(name, resources, { template: templateOf(size) });
}

const CONFIG = `version: 1
accounts:
${ACCOUNTS.map((id) => `  - { id: "${id}", roleArn: "arn:aws:iam::${id}:role/reader", regions: [${REGIONS.join(', ')}] }\n`).join('')}stacks:
${ACCOUNTS.map((id) => `  - { name: shop, template: shop.yaml, account: "${id}" }\n  - { name: data, template: data.yaml, account: "${id}" }\n`).join('')}`;
const FILES = { 'shop.yaml': templateOf(3), 'data.yaml': templateOf(2), 'gitops-drift.yaml': CONFIG };

function cloud(more: Partial<SimulatorOptions> = {}): SimulatorOptions {
  const accounts = ACCOUNTS.map((id) => {
    const regions = REGIONS.map((region) => [region, [deployed('shop', 3), deployed('data', 2)]]);
    const account = accountOf(id, Object.fromEntries(regions) as Record<string, SnapshotStack[]>);
    for (const [region, content] of Object.entries(account.regions)) {
      const arn = `arn:aws:sns:${region}:${id}:stray`;
      content.unmanaged = [{ type: 'AWS::SNS::Topic', identifier: arn, arn, properties: {} }];
    }
    return [id, account];
  });
  const queue = { QueueName: 'queue0', Tags: [{ Key: 'a', Value: '1' }] };
  const expected = { 'shop/Queue0': queue, 'data/Queue0': queue };
  return { accounts: Object.fromEntries(accounts), drift: { expected }, pageSize: 4, ...more };
}

/** All of a report that is not about this very run. */
function lasting(report: Report): unknown {
  return { ...report, scan: { ...report.scan, startedAt: '', durationMs: 0, repository: '', commit: '' } };
}

describe('when 5% of all answers fail at random, the report is the same as without', () => {
  const faults: Fault[] = (['unavailable', 'throttle', 'cut'] as const).map((kind) => ({ kind, share: 0.05 / 3 }));

  test.each([
    ['comparing, with a cross-check, and looking for what no stack owns', ['--cross-check', '--unmanaged']],
    ['with AWS as the judge', ['--provider', 'cloudformation']],
  ])('%s', async (_, args) => {
    const [calm, rough] = await Promise.all([
      scanEstate(FILES, cloud(), args),
      scanEstate(FILES, cloud({ faults }), args),
    ]);
    expect(calm.report.findings.length).toBeGreaterThan(8);
    expect(calm.exitCode).toBe(1);
    expect(lasting(rough.report)).toEqual(lasting(calm.report));
    const count = (calls: Record<string, number>) => Object.values(calls).reduce((sum, each) => sum + each, 0);
    expect(count(rough.aws.calls)).toBeGreaterThan(count(calm.aws.calls));
  });
});

describe('a stack that changes during the scan is an error, and no drift; the others go on', () => {
  const FIRST = { account: '111111111111', region: 'eu-west-1' };
  const CHANGED = /^stack shop in eu-west-1 was changed while it was scanned, .*\n.*scan again/;

  /** Changes the first account's stack `shop` when the first resource of all is read, or as said. */
  function changing(change: (stack: SnapshotStack, stacks: SnapshotStack[]) => void, at = 'GetResource') {
    const options = cloud();
    const stacks = options.accounts[FIRST.account]?.regions[FIRST.region]?.stacks ?? [];
    const shop = stacks.find(({ name }) => name === 'shop');
    return {
      ...options,
      onRequest(operation: string, count: number) {
        if (shop && operation === at && count === 1) change(shop, stacks);
      },
    };
  }

  test.each<[string, RegExp, ReturnType<typeof changing>]>([
    [
      'deleted while its resources are read',
      CHANGED,
      changing((shop, stacks) => {
        for (const resource of shop.resources) resource.properties = null;
        stacks.splice(stacks.indexOf(shop), 1);
      }),
    ],
    [
      'being deleted',
      CHANGED,
      changing((shop) => {
        shop.status = 'DELETE_IN_PROGRESS';
        for (const resource of shop.resources.slice(3)) resource.properties = null;
      }),
    ],
    [
      'with a resource replaced',
      CHANGED,
      changing((shop) => {
        shop.status = 'UPDATE_COMPLETE';
        for (const resource of shop.resources.slice(0, 1)) resource.physicalId = 'other';
      }),
    ],
    [
      'gone before it could be read',
      /^stack shop does not exist in eu-west-1/,
      changing((shop, stacks) => stacks.splice(stacks.indexOf(shop), 1), 'AssumeRole'),
    ],
  ])('%s', async (_, message, options) => {
    const { report, exitCode } = await scanEstate(FILES, options);
    expect(exitCode).toBe(2);
    expect(report.stacks.filter(({ status }) => status === 'error')).toEqual([
      expect.objectContaining({ name: 'shop', ...FIRST, error: expect.stringMatching(message) }),
    ]);
    const own = report.findings.filter(
      ({ stack, account, region }) => stack === 'shop' && account === FIRST.account && region === FIRST.region,
    );
    expect(own).toEqual([]);
    expect(report.findings).toHaveLength(7 * 2);
  });
});

test('of many stacks with drift, all but the changed ones are known by their list', async () => {
  const names = Array.from({ length: 15 }, (_, index) => `shop${index}`);
  const stacks = names.map((name) => deployed(name, 1));
  const [account = ''] = ACCOUNTS;
  const config = names.map((name) => `  - { name: ${name}, template: shop.yaml }\n`).join('');
  const files = {
    'shop.yaml': templateOf(1),
    'gitops-drift.yaml': `version: 1\nregion: eu-west-1\nstacks:\n${config}`,
  };
  const changing = (faults: Fault[]): SimulatorOptions => ({
    accounts: { [account]: accountOf(account, { 'eu-west-1': stacks.map((stack) => ({ ...stack })) }) },
    faults,
    onRequest(operation, count) {
      const [first] = this.accounts[account]?.regions['eu-west-1']?.stacks ?? [];
      if (first && operation === 'GetResource' && count === 1) first.status = 'UPDATE_IN_PROGRESS';
    },
  });
  const { report, aws } = await scanEstate(files, changing([]));
  expect(report.stacks.filter(({ status }) => status === 'error').map(({ name }) => name)).toEqual(['shop0']);
  expect(report.findings).toHaveLength(2 * 14);
  expect(aws.calls).toMatchObject({ ListStacks: 1, DescribeStacks: 15 + 1 });
  const denied = await scanEstate(files, changing([{ operation: 'ListStacks', kind: 'deny' }]));
  expect(denied.report.findings).toEqual(report.findings);
});

test('a type whose reads are denied is unreadable, never deleted, and fails with 3', async () => {
  const inSync = (stack: SnapshotStack): SnapshotStack => ({
    ...stack,
    resources: stack.resources.map((resource) => ({
      ...resource,
      properties: {
        [NAME[resource.type.replace('AWS::', '')] ?? '']: resource.physicalId ?? '',
        Tags: [{ Key: 'a', Value: '1' }],
      },
    })),
  });
  const [account = ''] = ACCOUNTS;
  const options: SimulatorOptions = {
    accounts: { [account]: accountOf(account, { 'eu-west-1': [inSync(deployed('shop', 3))] }) },
    faults: [{ type: 'AWS::SQS::Queue', kind: 'deny' }],
  };
  const config = `version: 1\nregion: eu-west-1\nstacks: [{ name: shop, template: shop.yaml, account: "${account}" }]\n`;
  const files = { 'shop.yaml': templateOf(3), 'gitops-drift.yaml': config };
  const strict = await scanEstate(files, options, ['--strict']);
  const statuses = strict.report.resources.map(({ type, status }) => `${type} ${status}`);
  expect(new Set(statuses)).toEqual(
    new Set([
      'AWS::SQS::Queue unreadable',
      'AWS::SNS::Topic inSync',
      'AWS::S3::Bucket inSync',
      'AWS::Logs::LogGroup inSync',
    ]),
  );
  expect(strict.report.findings).toEqual([]);
  expect(strict.exitCode).toBe(3);
  const lenient = await scanEstate(files, options);
  expect(lenient.exitCode).toBe(3);
  const accepting = `${config}accept:\n  - { type: AWS::SQS::Queue, reason: the role may not read queues }\n`;
  const accepted = await scanEstate({ ...files, 'gitops-drift.yaml': accepting }, options);
  expect(accepted.exitCode).toBe(0);
});
