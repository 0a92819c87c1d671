import { readFileSync } from 'node:fs';
import type { StackStatus as AwsStatus, ResourceChange } from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from '@jest/globals';
import { stackNow } from '../../src/cloud/aws/change-sets/stack-now.js';
import { changeSetOf } from '../../src/cloud/aws/change-sets/told.js';
import type { ChangeSets } from '../../src/cloud/change-sets.js';
import { withAws } from '../support/aws.js';
import { changeSetsIn } from '../support/aws-simulator/change-sets.js';
import type { SimulatorOptions } from '../support/aws-simulator/server.js';
import type { ChangeSetBehaviour } from '../support/aws-simulator/state.js';
import { describeShared } from '../support/shared.js';

const ACCOUNT = '111111111111';
const SAMPLE = 'aws/describe-change-set-revert-drift.json';
const TARGET = { name: 'shop', region: 'eu-west-1' };

function cloudOf(changeSets: ChangeSetBehaviour = {}, template = 'Resources: {}', parameters = {}): SimulatorOptions {
  const queue = (index: number) => ({
    ...{ logicalId: `Queue${index}`, type: 'AWS::SQS::Queue', physicalId: `queue-${index}` },
    properties: { DelaySeconds: index, Other: { a: [1, { b: 2 }] } },
  });
  const resources = [1, 2, 3, 4, 5].map(queue);
  const tags = { team: 'shop', 'aws:cloudformation:x': 'y' };
  const stack = { name: 'shop', template, tags, parameters, resources };
  return {
    accounts: {
      [ACCOUNT]: {
        snapshotVersion: 1,
        capturedAt: '',
        account: ACCOUNT,
        regions: { 'eu-west-1': { stacks: [stack] } },
      },
    },
    facts: { shop: { capabilities: ['CAPABILITY_IAM'] } },
    drift: {
      expected: Object.fromEntries(resources.map(({ logicalId }) => [`shop/${logicalId}`, { DelaySeconds: 0 }])),
    },
    changeSets,
    pageSize: 2,
  };
}

async function inCloud(
  cloud: SimulatorOptions,
  run: (
    changeSets: ChangeSets,
    log: { operation: string; input: Record<string, unknown> }[],
    waits: number[],
  ) => Promise<void>,
): Promise<void> {
  const waits: number[] = [];
  const wait = async (ms: number) => void waits.push(ms);
  await withAws(
    cloud,
    async ({ changeSets }, { log }) => {
      if (changeSets === undefined) throw new Error('it can not write');
      await run(changeSets, log, waits);
    },
    { writes: true, wait },
  );
}

async function make(changeSets: ChangeSets) {
  const stack = await changeSets.stack(TARGET);
  return changeSets.create(stack, { name: 'gitops-drift-00000001', description: 'a test' });
}

describe('change sets of AWS', () => {
  test('are made of all parameters by their values, own tags and capabilities, and read page by page', async () => {
    const cloud = cloudOf({ polls: 3 }, undefined, { A: '1', B: '****' });
    await inCloud(cloud, async (changeSets, log, waits) => {
      const id = await make(changeSets);
      const made = await changeSets.read(TARGET, id);
      expect(made).toMatchObject({
        id,
        name: 'gitops-drift-00000001',
        state: 'ready',
        revertsDrift: true,
        stackName: 'shop',
      });
      expect(made?.effects.map(({ logicalId }) => logicalId)).toEqual([
        'Queue1',
        'Queue2',
        'Queue3',
        'Queue4',
        'Queue5',
      ]);
      expect(made?.effects[1]).toMatchObject({
        ...{ action: 'modify', replacement: 'never', deletes: false, isGone: false, physicalId: 'queue-2' },
        values: [{ path: '/DelaySeconds', change: 'modify', before: '2', after: '0', replaces: false }],
        properties: [{ DelaySeconds: 2 }, { DelaySeconds: 0 }],
      });
      // It waits longer each time.
      expect(waits).toEqual([500, 750]);
      const created = log.find(({ operation }) => operation === 'CreateChangeSet')?.input ?? {};
      const given = Object.entries(created).filter(([key]) => /^(?:Parameters|Tags|Capabilities)/.test(key));
      expect(Object.fromEntries(given)).toEqual({
        ...{ 'Parameters.member.1.ParameterKey': 'A', 'Parameters.member.1.UsePreviousValue': 'true' },
        ...{ 'Parameters.member.2.ParameterKey': 'B', 'Parameters.member.2.UsePreviousValue': 'true' },
        ...{ 'Tags.member.1.Key': 'team', 'Tags.member.1.Value': 'shop' },
        'Capabilities.member.1': 'CAPABILITY_IAM',
      });
    });
  });

  test.each([
    ['Transform: AWS::LanguageExtensions\n', 51_200, 'TemplateBody'],
    ['Transform: [AWS::LanguageExtensions]\n', 51_201, undefined],
    ['Transform: AWS::Serverless-2016-10-31\n', 51_201, 'UsePreviousTemplate'],
  ])('of a template that begins with %j and has %i bytes', async (beginning, bytes, given) => {
    const template = `${beginning}Resources: {} #`.padEnd(bytes, 'x');
    await inCloud(cloudOf({}, template), async (changeSets, log) => {
      if (given === undefined) return expect(make(changeSets)).rejects.toThrow(/too long to be passed as text/);
      await make(changeSets);
      const { TemplateBody: body, UsePreviousTemplate: previous } =
        log.find(({ operation }) => operation === 'CreateChangeSet')?.input ?? {};
      expect([body, previous]).toEqual(given === 'TemplateBody' ? [template, undefined] : [undefined, 'true']);
    });
  });

  test('are empty or failed by their reason, and gone where somebody deleted them', async () => {
    const cloud = cloudOf({ failing: { shop: 'Early validation failed' } });
    await inCloud(cloud, async (changeSets) => {
      const id = await make(changeSets);
      expect(await changeSets.read(TARGET, id)).toMatchObject({ state: 'failed', reason: 'Early validation failed' });
      await changeSets.remove(TARGET, 'gitops-drift-00000001');
      await changeSets.remove(TARGET, 'gitops-drift-00000001');
      expect(await changeSets.read(TARGET, id)).toBeUndefined();
      expect(await changeSets.list(TARGET)).toEqual([]);
    });
    await inCloud({ ...cloudOf(), drift: {} }, async (changeSets) => {
      expect(await changeSets.read(TARGET, await make(changeSets))).toMatchObject({ state: 'empty', effects: [] });
    });
  });

  test('are deleted as soon as they can be, and listed page by page', async () => {
    const cloud = cloudOf({ polls: 3 });
    await inCloud(cloud, async (changeSets, _, waits) => {
      const stack = await changeSets.stack(TARGET);
      for (const name of ['a', 'b', 'c']) await changeSets.create(stack, { name, description: `of ${name}` });
      expect((await changeSets.list(TARGET)).map(({ name, description }) => [name, description])).toEqual([
        ['a', 'of a'],
        ['b', 'of b'],
        ['c', 'of c'],
      ]);
      await changeSets.remove(TARGET, 'b');
      expect(waits).toHaveLength(2);
      expect(changeSetsIn(cloud).map(({ name }) => name)).toEqual(['a', 'c']);
    });
  });

  test('are executed once, and followed event by event to the end', async () => {
    const cloud = cloudOf({ deployPolls: 3 });
    await inCloud(cloud, async (changeSets, log) => {
      const id = await make(changeSets);
      await changeSets.read(TARGET, id);
      await changeSets.execute(TARGET, id);
      const seen: string[] = [];
      const end = await changeSets.follow(
        TARGET,
        id,
        ({ logicalId, status }) => void seen.push(`${logicalId ?? '-'} ${status}`),
      );
      expect(end).toEqual({ status: 'UPDATE_COMPLETE', isComplete: true });
      expect(seen).toEqual([
        '- UPDATE_IN_PROGRESS',
        ...[1, 2, 3, 4, 5].map((each) => `Queue${each} UPDATE_IN_PROGRESS`),
        ...[1, 2, 3, 4, 5].map((each) => `Queue${each} UPDATE_COMPLETE`),
        '- UPDATE_COMPLETE',
      ]);
      expect(await changeSets.read(TARGET, id)).toMatchObject({ state: 'executed' });
      await expect(changeSets.execute(TARGET, id)).rejects.toThrow(/execute the change set of stack shop in eu-west-1/);
      const [{ ClientRequestToken: token } = {}] = log.flatMap(({ operation, input }) =>
        operation === 'ExecuteChangeSet' ? [input] : [],
      );
      expect(token).toMatch(/^[a-zA-Z0-9-]{1,128}$/);
    });
  });

  test('are not there of a provider that only reads', async () => {
    await withAws(cloudOf(), async ({ changeSets }) => expect(changeSets).toBeUndefined());
  });

  test.each<[Partial<ResourceChange>, object]>([
    [{ Action: 'Remove' }, { action: 'remove', deletes: true, replacement: 'never' }],
    [
      { Action: 'Remove', PolicyAction: 'Retain' },
      { action: 'remove', deletes: false },
    ],
    [
      { Action: 'Remove', PolicyAction: 'Snapshot' },
      { action: 'remove', deletes: true },
    ],
    [
      { Action: 'Remove', PolicyAction: 'Delete' },
      { action: 'remove', deletes: true },
    ],
    [
      { Action: 'Modify', PolicyAction: 'ReplaceAndDelete' },
      { replacement: 'always', deletes: true },
    ],
    [
      { Action: 'Modify', PolicyAction: 'ReplaceAndRetain' },
      { replacement: 'always', deletes: false },
    ],
    [
      { Action: 'Modify', PolicyAction: 'ReplaceAndSnapshot' },
      { replacement: 'always', deletes: true },
    ],
    [{ Action: 'Modify', Replacement: 'True' }, { replacement: 'always' }],
    [{ Action: 'Modify', Replacement: 'Conditional' }, { replacement: 'maybe' }],
    [
      { Action: 'Modify', Replacement: 'False' },
      { replacement: 'never', deletes: false },
    ],
    [{ Action: 'Import' }, { action: 'import' }],
    [{ Action: 'Dynamic' }, { action: 'dynamic' }],
    [{ ResourceDriftStatus: 'NOT_CHECKED' }, { isUncompared: true }],
    [{ ResourceDriftStatus: 'UNKNOWN' }, { isUncompared: true }],
  ])('%j', (change, effect) => {
    expect(changeSetOf({}, [change]).effects[0]).toMatchObject(effect);
  });

  test.each([
    ['FAILED', 'UNAVAILABLE', "The submitted information didn't contain changes. Submit different …", 'empty'],
    ['FAILED', 'UNAVAILABLE', 'No updates are to be performed.', 'empty'],
    ['FAILED', 'UNAVAILABLE', 'other', 'failed'],
    ['CREATE_COMPLETE', 'AVAILABLE', undefined, 'ready'],
    ['CREATE_COMPLETE', 'OBSOLETE', undefined, 'obsolete'],
    ['CREATE_COMPLETE', 'EXECUTE_IN_PROGRESS', undefined, 'executed'],
    ['CREATE_COMPLETE', 'EXECUTE_FAILED', undefined, 'executed'],
    ['CREATE_COMPLETE', 'EXECUTE_COMPLETE', undefined, 'executed'],
    ['CREATE_COMPLETE', 'UNAVAILABLE', undefined, 'failed'],
    ['DELETE_FAILED', 'UNAVAILABLE', undefined, 'failed'],
  ] as const)('%s, %s: %s', (Status, ExecutionStatus, StatusReason, state) => {
    expect(changeSetOf({ Status, ExecutionStatus, StatusReason }, []).state).toBe(state);
  });
});

describeShared(SAMPLE, 'the sample of a change set', () => {
  test('tell all that the documentation promises', () => {
    const told = JSON.parse(readFileSync(new URL(`../../../shared/${SAMPLE}`, import.meta.url), 'utf8'));
    const changes = told.Changes.map(({ ResourceChange: change }: { ResourceChange: ResourceChange }) => change);
    const { state, effects } = changeSetOf(told, changes);
    expect(state).toBe('ready');
    expect(
      effects.map(({ logicalId, action, isGone, isUncompared, ignored }) => ({
        logicalId,
        action,
        isGone,
        isUncompared,
        ignored,
      })),
    ).toEqual([
      {
        logicalId: 'Fn',
        action: 'modify',
        isGone: false,
        isUncompared: false,
        ignored: [{ path: '/Code', reason: 'write only property' }],
      },
      { logicalId: 'Q', action: 'sync', isGone: false, isUncompared: false, ignored: [] },
      { logicalId: 'LogBucket', action: 'add', isGone: true, isUncompared: false, ignored: [] },
      {
        logicalId: 'Asg',
        action: 'modify',
        isGone: false,
        isUncompared: false,
        ignored: [{ path: '/DesiredCapacity', reason: 'managed by aws' }],
      },
      { logicalId: 'Kafka', action: 'modify', isGone: false, isUncompared: true, ignored: [] },
    ]);
  });
});

test.each([
  ...[
    'CREATE_COMPLETE',
    'UPDATE_COMPLETE',
    'UPDATE_ROLLBACK_COMPLETE',
    'IMPORT_COMPLETE',
    'IMPORT_ROLLBACK_COMPLETE',
  ].map((status) => [status, undefined] as const),
  ['UPDATE_IN_PROGRESS', /deployment has ended/],
  ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', /deployment has ended/],
  ['UPDATE_ROLLBACK_FAILED', /continue-update-rollback/],
  ['ROLLBACK_COMPLETE', /delete the stack/],
  ['CREATE_FAILED', /delete the stack/],
  ['DELETE_FAILED', /delete it for good/],
  ['UPDATE_FAILED', /deploy it/],
] as const)('a stack that is %s', (StackStatus, instead) => {
  const { blocked } = stackNow(TARGET, {
    StackName: 'shop',
    StackStatus: StackStatus as AwsStatus,
    CreationTime: new Date(0),
  });
  if (instead === undefined) expect(blocked).toBeUndefined();
  else
    expect(blocked).toEqual({ reason: expect.stringContaining(StackStatus), instead: expect.stringMatching(instead) });
});
