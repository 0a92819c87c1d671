import { describe, expect, test } from '@jest/globals';
import { withAws } from '../support/aws.js';
import type { StackFacts } from '../support/aws-simulator/state.js';
import { bucket, buckets, requestFor, snapshotOf, stackOf } from './cloud.js';

const PLACE = { region: 'eu-west-1' };

describe('reading structure from AWS', () => {
  test('reads every page of stacks, resources and exports', async () => {
    const stacks = [
      stackOf('shop', buckets(23), { outputs: { Url: 'https://shop' }, exports: { 'shop-url': 'https://shop' } }),
      ...Array.from({ length: 11 }, (_, index) =>
        stackOf(`other-${index}`, [], { outputs: { Id: `v${index}` }, exports: { [`e${index}`]: `v${index}` } }),
      ),
    ];
    await withAws({ accounts: { '111111111111': snapshotOf(stacks) }, pageSize: 5 }, async (provider, aws) => {
      const listed = await provider.listStacks('eu-west-1');
      expect(listed.map(({ name }) => name)).toEqual(stacks.map(({ name }) => name));
      const stack = await provider.readStack({ name: 'shop', ...PLACE });
      expect(stack.resources).toHaveLength(23);
      expect(stack.resources[22]).toEqual({
        logicalId: 'Bucket22',
        type: 'AWS::S3::Bucket',
        physicalId: 'bucket22',
        status: 'CREATE_COMPLETE',
      });
      expect(Object.keys(await provider.readExports('eu-west-1'))).toHaveLength(12);
      expect(aws.calls).toEqual({ ListStacks: 3, DescribeStacks: 1, ListStackResources: 5, ListExports: 3 });
    });
  });

  test('tells parameters, outputs, exports, tags, status, account and ARN of a stack', async () => {
    const shop = stackOf('shop', [], {
      parameters: { Env: 'prod', Secret: '****', Ami: { value: '/aws/ami', resolvedValue: 'ami-1' } },
      outputs: { Url: 'https://a?b=1&c=<d>' },
      exports: { 'shop-url': 'https://a?b=1&c=<d>' },
      tags: { team: 'Köln' },
      status: 'UPDATE_ROLLBACK_COMPLETE',
    });
    await withAws({ accounts: { '111111111111': snapshotOf([shop]) } }, async (provider) => {
      expect(await provider.readStack({ name: 'shop', ...PLACE })).toEqual({
        name: 'shop',
        region: 'eu-west-1',
        id: 'arn:aws:cloudformation:eu-west-1:111111111111:stack/shop/0c0ffee0',
        account: '111111111111',
        version: 'UPDATE_ROLLBACK_COMPLETE 2026-01-02T00:00:00.000Z',
        deployedAt: '2026-01-02T00:00:00.000Z',
        status: 'UPDATE_ROLLBACK_COMPLETE',
        parameters: {
          Env: { value: 'prod' },
          Secret: { value: '****' },
          Ami: { value: '/aws/ami', resolvedValue: 'ami-1' },
        },
        outputs: { Url: 'https://a?b=1&c=<d>' },
        exports: { 'shop-url': 'https://a?b=1&c=<d>' },
        tags: { team: 'Köln' },
        resources: [],
      });
    });
  });

  test('reads the deployed template as it was written', async () => {
    const template = 'Resources:\n  A:\n    Type: AWS::S3::Bucket # a "comment" & more\n';
    await withAws({ accounts: { '1': snapshotOf([stackOf('shop', [], { template })], '1') } }, async (provider) => {
      expect(await provider.readTemplate({ name: 'shop', ...PLACE })).toBe(template);
    });
  });

  test('reads the template before its transforms, as Git has it', async () => {
    const template = 'Transform: AWS::LanguageExtensions\nResources:\n  A:\n    Type: AWS::S3::Bucket\n';
    const stacks = [stackOf('shop', [], { template }), stackOf('orders', [], { template })];
    const facts = { orders: { processed: '{"Resources":{}}' } };
    await withAws({ accounts: { '1': snapshotOf(stacks, '1') }, facts }, async (provider) => {
      for (const name of ['shop', 'orders']) expect(await provider.readTemplate({ name, ...PLACE })).toBe(template);
    });
  });

  // Few stacks are asked for one by one, many are looked for in the list of all.
  test.each([1, 11])('a stack that was updated once more has changed, of %i', async (count) => {
    const stacks = Array.from({ length: count }, (_, index) =>
      stackOf(`shop-${index}`, [], { status: 'UPDATE_COMPLETE' }),
    );
    const facts: Record<string, StackFacts> = {};
    await withAws({ accounts: { '1': snapshotOf(stacks, '1') }, facts }, async (provider) => {
      const read = await Promise.all(stacks.map(({ name }) => provider.readStack({ name, ...PLACE })));
      const versions = new Map(read.map(({ name, version = '' }) => [name, version]));
      expect(await provider.changedStacks?.('eu-west-1', undefined, versions)).toEqual(new Set());
      facts['shop-0'] = { updatedAt: '2026-01-03T00:00:00Z' };
      expect(await provider.changedStacks?.('eu-west-1', undefined, versions)).toEqual(new Set(['shop-0']));
    });
  });

  test('a stack that was never updated has the version of its creation, and another one after its first update', async () => {
    const stacks = [stackOf('shop', [], { status: 'CREATE_COMPLETE' })];
    const facts: Record<string, StackFacts> = {};
    await withAws({ accounts: { '1': snapshotOf(stacks, '1') }, facts }, async (provider) => {
      const { version: created = '' } = await provider.readStack({ name: 'shop', ...PLACE });
      expect(created).toBe('CREATE_COMPLETE 2026-01-01T00:00:00.000Z');
      facts['shop'] = { updatedAt: '2026-01-02T00:00:00Z' };
      const versions = new Map([['shop', created]]);
      expect(await provider.changedStacks?.('eu-west-1', undefined, versions)).toEqual(new Set(['shop']));
    });
  });

  test('says which stack does not exist, and where', async () => {
    await withAws({ accounts: { '111111111111': snapshotOf([]) } }, async (provider) => {
      const reading = provider.readStack({ name: 'shpo', ...PLACE });
      await expect(reading).rejects.toMatchObject({ code: 'provider' });
      await expect(reading).rejects.toThrow(/^stack shpo does not exist in eu-west-1\n {2}check its name/);
    });
  });

  test('uses the region of the environment, unless it is told another', async () => {
    const accounts = { '111111111111': snapshotOf([]) };
    await withAws({ accounts }, async (provider) => expect(await provider.defaultRegion()).toBe('eu-west-1'));
    await withAws({ accounts }, async (provider) => expect(await provider.defaultRegion()).toBe('us-east-2'), {
      region: 'us-east-2',
    });
    await withAws({ accounts }, async (provider) => expect(await provider.defaultRegion()).toBeUndefined(), {
      env: { AWS_REGION: undefined },
    });
  });
});

describe('reading live resources from AWS', () => {
  test('reads a model, and tells what is gone', async () => {
    const kept = bucket('Kept', { properties: { BucketName: 'kept', Tags: [{ Key: 'ünï', Value: '"quoted"' }] } });
    const gone = bucket('Gone', { properties: null });
    await withAws({ accounts: { '1': snapshotOf([stackOf('shop', [kept, gone])], '1') } }, async (provider) => {
      expect(await provider.readResource(requestFor('shop', kept))).toEqual({
        status: 'live',
        properties: kept.properties,
      });
      expect(await provider.readResource(requestFor('shop', gone))).toEqual({ status: 'deleted' });
    });
  });

  test('falls back on drift detection for types that Cloud Control does not read', async () => {
    const policy = {
      logicalId: 'Policy',
      type: 'AWS::SQS::QueuePolicy',
      physicalId: 'p',
      properties: { Queues: ['q'] },
      partial: true,
    };
    const deleted = { ...policy, logicalId: 'Deleted', physicalId: 'd', properties: null };
    const never = { ...policy, logicalId: 'Never', physicalId: 'n', unsupported: 'not supported' };
    const stack = stackOf('shop', [policy, deleted, never]);
    await withAws({ accounts: { '1': snapshotOf([stack], '1') } }, async (provider, aws) => {
      const [found, lost, unsupported] = await Promise.all(
        stack.resources.map((resource) => provider.readResource(requestFor('shop', resource))),
      );
      expect(found).toEqual({ status: 'live', properties: { Queues: ['q'] }, partial: true });
      expect(lost).toEqual({ status: 'deleted' });
      expect(unsupported).toMatchObject({
        status: 'unsupported',
        reason: expect.stringContaining('AWS::SQS::QueuePolicy'),
      });
      expect(aws.calls).toEqual({ DetectStackResourceDrift: 3 });
      expect(aws.peak()).toBe(1);
    });
  });

  test('falls back, too, where a region has no read handler for the type', async () => {
    const queue = { ...bucket('A'), partial: true };
    await withAws({ accounts: { '1': snapshotOf([stackOf('shop', [queue])], '1') } }, async (provider, aws) => {
      expect(await provider.readResource(requestFor('shop', queue))).toMatchObject({ status: 'live', partial: true });
      expect(aws.calls).toEqual({ GetResource: 1, DetectStackResourceDrift: 1 });
    });
  });

  test('looks up a type that it does not know once, and reads by its schema', async () => {
    const type = 'Acme::Cache::Cluster';
    const schema = {
      typeName: type,
      properties: { Id: {} },
      primaryIdentifier: ['/properties/Id'],
      handlers: { read: {} },
    };
    const clusters = ['a', 'b', 'c'].map((id) => ({ logicalId: id, type, physicalId: id, properties: { Id: id } }));
    const cloud = { accounts: { '1': snapshotOf([stackOf('shop', clusters)], '1') } };
    const read = clusters.map((cluster) => requestFor('shop', cluster));
    await withAws({ ...cloud, schemas: { [type]: schema } }, async (provider, aws) => {
      const answers = await Promise.all(read.map((request) => provider.readResource(request)));
      expect(answers.map(({ status }) => status)).toEqual(['live', 'live', 'live']);
      expect(aws.calls).toEqual({ DescribeType: 1, GetResource: 3 });
    });
    const denied = { operation: 'DescribeType', kind: 'deny' as const };
    await withAws({ ...cloud, schemas: { [type]: schema }, faults: [denied] }, async (provider, aws) => {
      const answers = await Promise.all(read.map((request) => provider.readResource(request)));
      expect(answers.map(({ status }) => status)).toEqual(['live', 'live', 'live']);
      expect(aws.calls).toEqual({ DescribeType: 1, DetectStackResourceDrift: 3 });
    });
  });

  test('asks CloudFormation where "not found" may be due to an identifier that only Git tells', async () => {
    const client = {
      logicalId: 'Client',
      type: 'AWS::Cognito::UserPoolClient',
      physicalId: 'client-1',
      properties: {},
    };
    const moved = requestFor('shop', client, { properties: { UserPoolId: 'pool-of-the-next-deployment' } });
    const unknown = requestFor('shop', client);
    for (const [recorded, expected] of [
      [client, { status: 'live', properties: {}, partial: true }],
      [{ ...client, properties: null }, { status: 'deleted' }],
      [
        { ...client, error: 'ValidationError: no' },
        { status: 'unreadable', reason: expect.stringMatching(/; ValidationError: no$/) },
      ],
    ] as const) {
      await withAws(
        { accounts: { '1': snapshotOf([stackOf('shop', [recorded])], '1') }, identifierOf: () => 'other' },
        async (provider) => {
          expect(await provider.readResource(moved)).toEqual(expected);
          expect(await provider.readResource(unknown)).toEqual(expected);
        },
      );
    }
  });

  test('never asks AWS for custom resources', async () => {
    const custom = { logicalId: 'Seed', type: 'Custom::Seed', physicalId: 'x' };
    await withAws({ accounts: { '1': snapshotOf([stackOf('shop', [custom])], '1') } }, async (provider, aws) => {
      expect(await provider.readResource(requestFor('shop', custom))).toMatchObject({ status: 'unsupported' });
      expect(aws.calls).toEqual({});
    });
  });

  test.each([
    ['keeps to its bound on concurrent requests', { concurrency: 7 }, 7],
    ['has 25 requests under way where none is given', {}, 25],
  ])('%s', async (_, options, most) => {
    const all = buckets(60);
    await withAws(
      { accounts: { '1': snapshotOf([stackOf('shop', all)], '1') }, latencyMs: 200 },
      async (provider, aws) => {
        const answers = await Promise.all(all.map((one) => provider.readResource(requestFor('shop', one))));
        expect(answers.every(({ status }) => status === 'live')).toBe(true);
        expect(aws.peak()).toBe(most);
      },
      options,
    );
  });
});
