import { describe, expect, test } from '@jest/globals';
import type { LiveResource, Provider, StackTarget } from '../../src/cloud/cloud.js';
import { createProvider } from '../../src/cloud/registry.js';
import { recordSnapshot, type Snapshot } from '../../src/cloud/snapshot/write.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import { withAws } from '../support/aws.js';
import { bucket, requestFor, snapshotOf, stackOf } from './cloud.js';

const SHOP: StackTarget = { name: 'shop', region: 'eu-west-1' };

function open(text: string): Promise<Provider> {
  return createProvider('snapshot', { resourceTypes: cloudFormationTypes, snapshot: { path: 'live.json', text } });
}

function openSnapshot(snapshot: Snapshot): Promise<Provider> {
  return open(JSON.stringify(snapshot, null, 2));
}

/** Records stacks by their physical IDs alone, then reads the recording back. */
async function recordAgain(provider: Provider, targets: StackTarget[]): Promise<{ snapshot: Snapshot; text: string }> {
  const snapshot = await recordSnapshot(provider, targets, async (target) => ({
    types: cloudFormationTypes,
    deployed: await provider.readStack(target),
    live: new Map<string, LiveResource>(),
    zones: new Map(),
  }));
  return { snapshot, text: JSON.stringify(snapshot) };
}

describe('reading a snapshot', () => {
  test('gives live, deleted, unreadable and unsupported resources as recorded', async () => {
    const { stacks } = {
      stacks: [
        stackOf('shop', [
          bucket('Live'),
          bucket('Gone', { properties: null }),
          { ...bucket('Denied'), properties: null, error: 'AccessDenied: no' },
          { logicalId: 'Custom', type: 'Custom::X', physicalId: 'c', unsupported: 'no way' },
          { logicalId: 'Unread', type: 'AWS::S3::Bucket', physicalId: 'u' },
        ]),
      ],
    };
    const provider = await openSnapshot(snapshotOf(stacks));
    const answers = await Promise.all(
      (stacks[0]?.resources ?? []).map((one) => provider.readResource(requestFor('shop', one))),
    );
    expect(answers).toEqual([
      { status: 'live', properties: { BucketName: 'live' } },
      { status: 'deleted' },
      { status: 'unreadable', reason: 'AccessDenied: no' },
      { status: 'unsupported', reason: 'no way' },
      { status: 'unreadable', reason: 'its live state is not in the snapshot' },
    ]);
  });

  test('takes a recording with no more than the contract asks for', async () => {
    const text = JSON.stringify({
      snapshotVersion: 1,
      capturedAt: '2026-01-01T00:00:00Z',
      account: '111111111111',
      regions: {
        'eu-west-1': {
          stacks: [
            {
              name: 'shop',
              template: { Resources: {} },
              parameters: { Count: 3, Env: 'prod' },
              outputs: { Url: 'u' },
              exports: { e: 'u' },
              resources: [{ logicalId: 'A', type: 'AWS::S3::Bucket', physicalId: 'a', properties: {} }],
            },
          ],
          unmanaged: [{ type: 'AWS::S3::Bucket', identifier: 'b', arn: 'arn:aws:s3:::b', tags: {} }],
        },
      },
    });
    const provider = await open(text);
    expect(await provider.connect()).toEqual({ account: '111111111111' });
    expect(await provider.defaultRegion()).toBe('eu-west-1');
    expect(await provider.listStacks('eu-west-1')).toEqual([SHOP]);
    expect(await provider.readTemplate(SHOP)).toBe('{"Resources":{}}');
    expect(await provider.readExports('eu-west-1')).toEqual({ e: 'u' });
    expect(await provider.readStack(SHOP)).toMatchObject({
      account: '111111111111',
      parameters: { Count: { value: '3' }, Env: { value: 'prod' } },
      resources: [{ logicalId: 'A', type: 'AWS::S3::Bucket', physicalId: 'a' }],
    });
  });

  test('names the stacks that are there when one is not', async () => {
    const provider = await openSnapshot(snapshotOf([stackOf('shop', []), stackOf('web', [])]));
    const reading = provider.readStack({ name: 'shpo', region: 'eu-west-1' });
    await expect(reading).rejects.toMatchObject({ code: 'provider' });
    await expect(reading).rejects.toThrow(
      'live.json: stack shpo (eu-west-1) is not in the snapshot\n  recorded stacks: shop (eu-west-1), web (eu-west-1)',
    );
  });

  test('tells stacks of one name apart by the account of the role', async () => {
    const here = stackOf('shop', [], { outputs: { Where: 'here' } });
    const there = stackOf('shop', [], { outputs: { Where: 'there' }, account: '222222222222' });
    const provider = await openSnapshot(snapshotOf([here, there]));
    const roleArn = 'arn:aws:iam::222222222222:role/reader';
    expect((await provider.readStack(SHOP)).outputs).toEqual({ Where: 'here' });
    expect((await provider.readStack({ ...SHOP, roleArn })).outputs).toEqual({ Where: 'there' });
    expect(await provider.connect(roleArn)).toEqual({ account: '222222222222' });
  });
});

describe('a bad snapshot', () => {
  test.each<[string, string, RegExp]>([
    ['broken JSON', '{\n  "snapshotVersion": 1,\n  "regions": {,}\n}', /^live\.json:3:15: JSON not well-formed: /],
    ['cut JSON', '{"snapshotVersion": 1, "regions"', /^live\.json:1:33: JSON not well-formed: /],
    ['something else', '[1]', /^live\.json: this is not a snapshot: it has no snapshotVersion\n/],
    [
      'a later version',
      '{"snapshotVersion": 2}',
      /^live\.json: snapshotVersion 2 is not known here; this version reads 1\n/,
    ],
    ['no regions', '{"snapshotVersion": 1}', /^live\.json:1:1: the snapshot must have required property 'regions'$/],
  ])('%s', async (_, text, message) => {
    const opening = open(text);
    await expect(opening).rejects.toMatchObject({ code: 'snapshot' });
    await expect(opening).rejects.toThrow(message);
  });

  test('all problems are told together, each with its line', async () => {
    const text = [
      '{ "snapshotVersion": 1, "regions": { "eu-west-1": {',
      '  "stacks": [',
      '    { "name": 7, "resources": [',
      '      { "logicalId": "A", "type": "AWS::S3::Bucket", "properties": [] }',
      '    ] } ] } } }',
    ].join('\n');
    await expect(open(text)).rejects.toMatchObject({
      problems: [
        { file: 'live.json', line: 3, column: 15, message: '/regions/eu-west-1/stacks/0/name must be string' },
        { file: 'live.json', line: 4, message: expect.stringContaining('/resources/0/properties must be object,null') },
      ],
    });
  });

  test('keys named like prototypes are data', async () => {
    const text = `{"snapshotVersion":1,"regions":{"eu-west-1":{"stacks":[{"name":"shop",
      "parameters":{"__proto__":"x"},"resources":[]}],"exports":{"__proto__":"x","constructor":"y"}}}}`;
    const provider = await open(text);
    expect(Object.entries(await provider.readExports('eu-west-1'))).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
    expect(Object.keys((await provider.readStack(SHOP)).parameters)).toEqual(['__proto__']);
    expect(await provider.defaultRegion()).toBe('eu-west-1');
  });
});

describe('recording', () => {
  test('holds all that a scan reads, and reads back the same', async () => {
    const stack = stackOf(
      'shop',
      [
        bucket('Live'),
        bucket('Gone', { properties: null }),
        bucket('Broken', { error: 'GeneralServiceException: no such thing' }),
        {
          logicalId: 'Policy',
          type: 'AWS::SQS::QueuePolicy',
          physicalId: 'p',
          properties: { Queues: ['q'] },
          partial: true,
        },
        { logicalId: 'Seed', type: 'Custom::Seed', physicalId: 's' },
        { logicalId: 'New', type: 'AWS::S3::Bucket', status: 'CREATE_IN_PROGRESS' },
      ],
      {
        template: 'Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties: {BucketName: !ImportValue base}\n',
        parameters: { Env: 'prod', Ami: { value: '/ami', resolvedValue: 'ami-1' } },
        outputs: { Url: 'u' },
        exports: { 'shop-url': 'u' },
        tags: { team: 'a' },
      },
    );
    const base = stackOf('base', [], { outputs: { Name: 'n' }, exports: { base: 'n' } });
    await withAws({ accounts: { '111111111111': snapshotOf([stack, base]) }, pageSize: 2 }, async (aws) => {
      const { snapshot, text } = await recordAgain(aws, [SHOP]);
      expect(snapshot).toMatchObject({ snapshotVersion: 1, account: '111111111111' });
      expect(snapshot.regions['eu-west-1']).toMatchObject({ exports: { base: 'n' } });
      const recorded = await open(text);
      const { version, deployedAt, ...structure } = await aws.readStack(SHOP);
      expect(deployedAt).toBeDefined();
      expect(version).toContain('CREATE_COMPLETE');
      expect(await recorded.readStack(SHOP)).toEqual(structure);
      expect(await recorded.readTemplate(SHOP)).toBe(await aws.readTemplate(SHOP));
      expect(await recorded.readExports('eu-west-1')).toEqual(await aws.readExports('eu-west-1'));
      for (const resource of stack.resources.slice(0, 5)) {
        const request = requestFor('shop', resource);
        expect(await recorded.readResource(request)).toEqual(await aws.readResource(request));
      }
    });
  });

  test('tells no secrets', async () => {
    const template = `Parameters:
  Token: {Type: String, NoEcho: true, Default: s3cret-default}
Resources:
  Db: # kept as it is
    Type: AWS::RDS::DBInstance
    Properties:
      MasterUserPassword: hunter2-literal
      KmsKeyId: "{{resolve:ssm:/key}}"
      DBName: shop
`;
    const properties = {
      FunctionName: 'live',
      Environment: { Variables: { DB_PASSWORD: 'hunter2-live', LOG_LEVEL: 'info', COPY: 'hunter2-parameter' } },
    };
    const shop = stackOf('shop', [{ ...bucket('Live'), properties }], {
      template,
      parameters: { NoEcho: '****', DbPassword: 'hunter2-parameter', Env: 'prod' },
      outputs: { AdminPassword: 'hunter2-output' },
    });
    await withAws({ accounts: { '111111111111': snapshotOf([shop]) } }, async (aws) => {
      const { snapshot, text } = await recordAgain(aws, [SHOP]);
      expect(text).not.toMatch(/hunter2|s3cret/);
      const [stack] = snapshot.regions['eu-west-1']?.stacks ?? [];
      expect(stack?.parameters).toEqual({ NoEcho: '****', DbPassword: '****', Env: 'prod' });
      expect(stack?.template).toBe(template.replace('s3cret-default', '"****"').replace('hunter2-literal', '"****"'));
      expect(stack?.resources[0]?.properties).toEqual({
        FunctionName: 'live',
        Environment: { Variables: { DB_PASSWORD: '****', LOG_LEVEL: 'info', COPY: '****' } },
      });
    });
  });

  test('fails with every stack that can not be read, instead of leaving it out', async () => {
    await withAws({ accounts: { '111111111111': snapshotOf([stackOf('shop', [])]) } }, async (aws) => {
      const recording = recordAgain(aws, [SHOP, { ...SHOP, name: 'no' }, { ...SHOP, name: 'none' }]);
      await expect(recording).rejects.toThrow(/stack no does not exist[\s\S]*stack none does not exist/);
    });
  });
});

test('an unknown provider is told with those that there are', async () => {
  const making = createProvider('azure', { resourceTypes: cloudFormationTypes });
  await expect(making).rejects.toMatchObject({ code: 'usage' });
  await expect(making).rejects.toThrow('unknown provider "azure"\n  providers are: aws, cloudformation, snapshot');
});
