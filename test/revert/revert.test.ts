import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { mustFit, type RevertOptions } from '../../src/cli/revert-options.js';
import { CHANGE_SET_WRITES } from '../../src/cloud/aws/change-sets/change-sets.js';
import { onlyReads } from '../../src/cloud/aws/read-only.js';
import type { Snapshot } from '../../src/cloud/snapshot/snapshot.js';
import type { Report } from '../../src/model/report.js';
import { scanPermissions } from '../../src/scan/permissions.js';
import { scan } from '../../src/scan/scan.js';
import { deployMeanwhile } from '../support/aws-simulator/change-sets.js';
import type { ChangeSetBehaviour } from '../support/aws-simulator/state.js';
import { runCli } from '../support/cli.js';
import { denied } from '../support/iam.js';
import { ACCOUNT, type Drift, REGION } from '../support/patching.js';
import { temporaryDirectory } from '../support/repository.js';
import {
  changedReport,
  DRIFTS,
  idAt,
  inWorld,
  leftIn,
  makeWorld,
  type Reverted,
  type RevertWorld,
  revertIn,
  savedReport,
  scenarioOf,
  schemaProblems,
} from '../support/reverting.js';

const TIMEOUT: Drift = ['set', 'Orders/VisibilityTimeout', 90];
const DELAY: Drift = ['set', 'Orders/DelaySeconds', 9];
const TOPIC_GONE: Drift = ['delete', 'Events'];

interface Plan {
  stacks: {
    changeSet: string | null;
    digest: string | null;
    effects: { logicalId: string; asked: boolean; values: { path: string; asked: boolean }[] }[];
    leftOut: { code: string; path: string; reason: string; instead: string }[];
    refusals: { code: string; reason: string; instead: string }[];
  }[];
  leftOut: { code: string; path: string; reason: string; instead: string }[];
}

function stackIn({ cloud }: RevertWorld) {
  const [stack] = cloud.accounts[ACCOUNT]?.regions[REGION]?.stacks ?? [];
  if (stack === undefined) throw new Error('there is no stack');
  return stack;
}

function emptied({ cloud }: RevertWorld): Snapshot {
  const snapshot = structuredClone(cloud.accounts[ACCOUNT]);
  if (snapshot === undefined) throw new Error('there is no account');
  for (const region of Object.values(snapshot.regions)) region.stacks = [];
  return snapshot;
}

interface Prepared {
  world: RevertWorld;
  report: string;
}

/** By what drifted: preparing a repository and scanning it takes longer than the rest of most tests. */
const prepared = new Map<string, Promise<Prepared>>();

async function prepare(drift: readonly Drift[]): Promise<Prepared> {
  const world = makeWorld(scenarioOf(drift));
  let report = '';
  await inWorld(world, async () => {
    report = await savedReport(world);
  });
  return { world, report };
}

/** A world in which something drifted, and its saved report. */
async function drifted(
  drift: readonly Drift[],
  run: (world: RevertWorld, report: string) => Promise<void>,
  { changeSets, change }: { changeSets?: ChangeSetBehaviour; change?: (report: Report) => void } = {},
): Promise<void> {
  const key = JSON.stringify(drift);
  const preparing = prepared.get(key) ?? prepare(drift);
  prepared.set(key, preparing);
  const { world, report } = await preparing;
  const cloud = { ...structuredClone(world.cloud), ...(changeSets === undefined ? {} : { changeSets }) };
  const file = change === undefined ? report : changedReport(report, change);
  const fresh = { ...world, cloud };
  await inWorld(fresh, () => run(fresh, file));
}

function planIn({ stdout }: Reverted): Plan {
  return JSON.parse(stdout) as Plan;
}

describe('gitops-drift revert', () => {
  test('undoes all kinds of drift: planned, approved, executed, and in sync', async () => {
    const world = makeWorld(scenarioOf(DRIFTS.map(([, drift]) => drift)), { pageSize: 2 });
    await inWorld(world, async (aws) => {
      const plan = await revertIn(world, { plan: true, output: 'json' });
      expect(plan.exitCode).toBe(0);
      const [stack] = planIn(plan).stacks;
      expect(stack?.effects.map(({ asked }) => asked)).toEqual([true, true, true, true, true]);
      const approved = { changeSet: stack?.changeSet ?? '', digest: stack?.digest ?? '' };
      const record = join(temporaryDirectory(), 'reverts.jsonl');
      const executed = await revertIn(world, { execute: true, ...approved, yes: true, record });
      expect(executed).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('in sync again') });
      expect(JSON.parse(readFileSync(record, 'utf8'))).toMatchObject({
        ...{ action: 'executed', stack: 'shop', by: `arn:aws:iam::${ACCOUNT}:user/reader`, notConverged: [] },
        ...approved,
      });
      expect(executed.stdout).toMatch(
        /^Reverted .* of stack shop \(eu-west-1, 111111111111\) by change set arn:.*, asked by arn:/m,
      );
      const { report } = await scan({ repository: world.repository, provider: 'aws' });
      expect(report.summary.exitReason?.code).toBe('inSync');
      const created = aws.log.filter(({ operation }) => operation === 'CreateChangeSet').map(({ input }) => input);
      expect(created).toHaveLength(1);
      expect(created[0]).toMatchObject({
        ...{ DeploymentMode: 'REVERT_DRIFT', ChangeSetType: 'UPDATE', UsePreviousTemplate: 'true' },
        ...{ 'Parameters.member.1.ParameterKey': 'Stage', 'Parameters.member.1.UsePreviousValue': 'true' },
      });
      expect(
        Object.keys(created[0] ?? {}).filter((key) => /^(?:IncludeNested|OnStackFailure|RoleARN)/.test(key)),
      ).toEqual([]);
    });
    expect(leftIn(world)).toEqual([]);
  });

  test('marks of a change set what was asked for, for each kind of drift alone', async () => {
    const drift = DRIFTS.map(([, each]) => each);
    await drifted(drift, async (world, report) => {
      const { findings } = JSON.parse(readFileSync(report, 'utf8')) as Report;
      expect(findings).toHaveLength(DRIFTS.length);
      for (const { id, logicalId, path } of findings) {
        const { stdout, exitCode } = await revertIn(world, { report, finding: [id.slice(0, 8)], output: 'json' });
        const [stack] = planIn({ stdout, stderr: '', exitCode }).stacks;
        const marked = stack?.effects.flatMap((effect) => [
          ...(effect.asked ? [effect.logicalId] : []),
          ...effect.values.flatMap((value) => (value.asked ? [`${effect.logicalId}${value.path}`] : [])),
        ]);
        expect({ place: logicalId + path, marked, exitCode }).toMatchObject({
          marked: [expect.stringContaining(logicalId)],
          exitCode: 1,
        });
      }
    });
  });

  test('shows a change set and deletes it; of one that is nothing new, no more is said', async () => {
    await drifted([TIMEOUT], async (world, report) => {
      const shown = await revertIn(world, { report });
      expect(shown.exitCode).toBe(0);
      expect(shown.stdout).toMatch(/^Stack shop \(eu-west-1, 111111111111\): change set gitops-drift-[0-9a-f]{8}$/m);
      expect(shown.stdout).toContain('  changes Orders (AWS::SQS::Queue)\n    /VisibilityTimeout: 90 → 60\n');
      expect(leftIn(world)).toEqual([]);
    });
    await drifted([], async (world, report) => {
      expect(await revertIn(world, { report })).toMatchObject({
        exitCode: 0,
        stdout: '',
        stderr: expect.stringContaining('nothing has drifted'),
      });
    });
  });

  test('executes what is confirmed by the typed name of the stack alone', async () => {
    await drifted([TIMEOUT], async (world, report) => {
      for (const answer of ['', 'shop-prod', undefined]) {
        const refused = await revertIn(world, { report, execute: true }, { ask: async () => answer });
        expect(refused).toMatchObject({ exitCode: 130, stderr: expect.stringContaining('not executed') });
        expect(leftIn(world)).toEqual([]);
        expect(stackIn(world).resources[0]?.properties?.['VisibilityTimeout']).toBe(90);
      }
      const asked: string[] = [];
      const executed = await revertIn(
        world,
        { report, execute: true },
        { ask: async (text) => `${asked.push(text) && 'shop'}\n` },
      );
      expect(executed).toMatchObject({
        exitCode: 0,
        stderr: expect.stringMatching(/Orders {2}UPDATE_COMPLETE[\s\S]*in sync again/),
      });
      expect(asked).toEqual([expect.stringContaining('(shop)')]);
    });
  });

  test('takes no stack of another name for one that a report calls nested', async () => {
    function renamed({ stacks, findings, resources }: Report): void {
      for (const each of stacks) Object.assign(each, { name: 'dev', deployedAs: 'shop' });
      for (const each of [...findings, ...resources]) Object.assign(each, { stack: 'dev' });
    }
    await drifted(
      [TIMEOUT],
      async (world, report) => {
        const refused = await revertIn(world, { report, execute: true, yes: true });
        expect(refused).toMatchObject({
          exitCode: 1,
          stdout: expect.stringContaining('stack shop is nested in dev, and AWS does not'),
        });
        expect(stackIn(world).resources[0]?.properties?.['VisibilityTimeout']).toBe(90);
      },
      { change: renamed },
    );
  });
});

describe('revert refuses', () => {
  type Case = [
    string,
    {
      drift?: Drift[];
      changeSets?: ChangeSetBehaviour;
      options?: RevertOptions;
      code: string;
      said: RegExp;
      allowed?: RevertOptions;
    },
  ];
  const onOrders = (told: Record<string, unknown>): ChangeSetBehaviour => ({ told: { 'shop/Orders': told } });
  const removed = {
    Action: 'Remove',
    PolicyAction: 'Delete',
    LogicalResourceId: 'Old',
    ResourceType: 'AWS::SNS::Topic',
    Details: [],
  };

  test.each<Case>([
    [
      'a replacement',
      {
        changeSets: onOrders({ Replacement: 'True' }),
        code: 'replacement',
        said: /Orders .*would be replaced/,
        allowed: { allowReplacement: true },
      },
    ],
    [
      'what may be one',
      {
        changeSets: onOrders({ Replacement: 'Conditional' }),
        code: 'replacement',
        said: /may be replaced/,
        allowed: { allowReplacement: true },
      },
    ],
    [
      'one by a policy',
      {
        changeSets: onOrders({ PolicyAction: 'ReplaceAndRetain' }),
        code: 'replacement',
        said: /would be replaced/,
        allowed: { allowReplacement: true },
      },
    ],
    [
      'a deletion',
      {
        changeSets: { more: { shop: [removed] } },
        options: { wholeStack: true },
        code: 'deletion',
        said: /Old .*would be deleted/,
        allowed: { allowReplacement: true, wholeStack: true },
      },
    ],
    [
      'another resource',
      {
        changeSets: { more: { shop: [{ ...removed, Action: 'Add', PolicyAction: undefined }] } },
        code: 'more',
        said: /also changes Old/,
        allowed: { wholeStack: true },
      },
    ],
    [
      'a resource without details',
      {
        changeSets: onOrders({ Details: [] }),
        code: 'more',
        said: /also changes Orders/,
        allowed: { wholeStack: true },
      },
    ],
  ])('%s, unless it is allowed', async (_, { changeSets, options, code, said, allowed }) => {
    await drifted(
      [TIMEOUT],
      async (world, report) => {
        const refused = await revertIn(world, { report, plan: true, output: 'json', ...options });
        const [stack] = planIn(refused).stacks;
        expect({ exitCode: refused.exitCode, stack }).toMatchObject({
          exitCode: 1,
          stack: {
            changeSet: null,
            digest: null,
            refusals: [{ code, reason: expect.stringMatching(said), instead: expect.any(String) }],
          },
        });
        const executed = await revertIn(world, { report, execute: true, yes: true, ...options });
        expect(executed).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(said) });
        expect(leftIn(world)).toEqual([]);
        expect(stackIn(world).resources[0]?.properties?.['VisibilityTimeout']).toBe(90);
        const plan = await revertIn(world, { report, plan: true, output: 'json', ...allowed });
        expect(planIn(plan).stacks[0]).toMatchObject({ digest: expect.stringMatching(/^[0-9a-f]{64}$/), refusals: [] });
      },
      changeSets === undefined ? {} : { changeSets },
    );
  });

  test('more than was asked for: of another resource, of the same one, and what a rule ignores', async () => {
    await drifted(
      [TIMEOUT, DELAY, TOPIC_GONE],
      async (world, report) => {
        const one = await revertIn(world, {
          report,
          finding: [idAt(report, 'Orders/VisibilityTimeout')],
          execute: true,
          yes: true,
        });
        expect(one.exitCode).toBe(1);
        expect(one.stdout).toMatch(/also changes Orders \(AWS::SQS::Queue\) at \/DelaySeconds, which/);
        expect(one.stdout).toMatch(/also changes Events .*which was not asked for\n.*--whole-stack/);
        // What is ignored does not count, so that nobody has asked for it.
        const all = await revertIn(world, { report, execute: true, yes: true });
        expect(all.stdout).toMatch(/refused: it also changes Orders .* at \/DelaySeconds/);
        expect(all.stdout).not.toMatch(/also changes Events/);
        const whole = await revertIn(world, {
          report,
          finding: [idAt(report, 'Orders/VisibilityTimeout')],
          execute: true,
          yes: true,
          wholeStack: true,
        });
        expect(whole.exitCode).toBe(0);
      },
      {
        change({ findings }) {
          const at = findings.findIndex(({ path }) => path === '/DelaySeconds');
          const [finding] = findings.splice(at, 1);
          if (finding) findings.push({ ...finding, suppressed: { reason: 'scaled' } });
        },
      },
    );
  });

  test('what another stack owns, whatever is allowed', async () => {
    const owned = [{ path: '/Layers', stack: 'other', logicalId: 'Extra', type: 'AWS::X::Y' }];
    await drifted(
      [['insert', 'Worker/Layers/0', 'arn:aws:lambda:eu-west-1:111111111111:layer:other:2']],
      async (world, report) => {
        const refused = await revertIn(world, { report, wholeStack: true, allowReplacement: true, plan: true });
        expect(refused.exitCode).toBe(1);
        expect(refused.stdout).toMatch(/refused: it may take away what Extra of stack other put into Worker\/Layers/);
        expect(leftIn(world)).toEqual([]);
      },
      {
        change({ resources }) {
          for (const resource of resources) if (resource.logicalId === 'Worker') resource.owned = owned;
        },
      },
    );
  });

  test('what can only be set at creation, and what no template declares, with the command of its service', async () => {
    const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
    await drifted(
      [['set', 'Worker/FunctionName', 'other'], ['set', 'Role/ManagedPolicyArns', [admin]], TIMEOUT],
      async (world, report) => {
        const { leftOut } = planIn(await revertIn(world, { report, output: 'json' }));
        expect(leftOut).toMatchObject(
          [
            {
              code: 'undeclared',
              path: expect.stringContaining('/ManagedPolicyArns'),
              instead: expect.stringMatching(/^aws iam detach-role-policy /),
            },
            { code: 'createOnly', path: '/FunctionName', reason: expect.stringContaining('created') },
          ].sort(
            (one, other) =>
              leftOut.findIndex(({ code }) => code === one.code) - leftOut.findIndex(({ code }) => code === other.code),
          ),
        );
        const only = await revertIn(world, {
          report,
          finding: [idAt(report, 'Worker/FunctionName')],
          execute: true,
          yes: true,
        });
        expect(only).toMatchObject({
          exitCode: 1,
          stderr: expect.stringMatching(/not undone: Worker\/FunctionName[\s\S]*instead: adopt it/),
        });
      },
    );
  });

  test.each([
    ['UPDATE_IN_PROGRESS', /when the deployment has ended/],
    ['ROLLBACK_COMPLETE', /delete the stack/],
    ['UPDATE_ROLLBACK_FAILED', /continue-update-rollback/],
    ['DELETE_FAILED', /delete it for good/],
  ])('a stack that is %s', async (status, instead) => {
    await drifted([TIMEOUT], async (world, report) => {
      stackIn(world).status = status;
      const refused = await revertIn(world, { report, execute: true, yes: true });
      expect(refused).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(instead) });
      expect(refused.stdout).toContain(`stack shop is ${status}`);
    });
  });

  test.each([
    ['by its version', undefined],
    ['by the time, for a report of an older version', '2026-02-28T00:00:00Z'],
  ])('a stack that has changed since the report: %s', async (_, scannedAt) => {
    const change = (report: Report) => {
      if (scannedAt === undefined) return;
      report.scan.startedAt = scannedAt;
      for (const stack of report.stacks) delete stack.version;
    };
    await drifted(
      [TIMEOUT],
      async (world, report) => {
        expect(await revertIn(world, { report })).toMatchObject({ exitCode: 0 });
        deployMeanwhile(world.cloud, stackIn(world));
        const refused = await revertIn(world, { report, plan: true });
        expect(refused).toMatchObject({
          exitCode: 1,
          stdout: expect.stringMatching(/has changed since it was scanned\n.*scan again/),
        });
      },
      { change },
    );
  });

  test('the stack of another account', async () => {
    const change = (report: Report) => {
      for (const each of [...report.stacks, ...report.findings, ...report.resources])
        Object.assign(each, { account: '222222222222' });
    };
    await drifted(
      [TIMEOUT],
      async (world, report) => {
        const refused = await revertIn(world, { report, plan: true });
        expect(refused).toMatchObject({
          exitCode: 1,
          stdout: expect.stringMatching(/account 222222222222, and the credentials belong to 111111111111/),
        });
      },
      { change },
    );
  });

  test('a cloud that it can not change', async () => {
    const world = makeWorld(scenarioOf([TIMEOUT]));
    await expect(
      revertIn(world, { provider: 'snapshot', snapshot: join(world.repository, 'live.json') }),
    ).rejects.toThrow(/can't read the snapshot/);
    await inWorld(world, async () => {
      const cloudFormation = await revertIn(world, { provider: 'cloudformation' });
      expect(cloudFormation).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('changes Orders') });
    });
  });
});

describe('a change set that', () => {
  test('can not be made is an error, and is deleted', async () => {
    await drifted(
      [TIMEOUT],
      async (world, report) => {
        const failed = await revertIn(world, { report, execute: true, yes: true });
        expect(failed).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('Early validation failed') });
        expect(leftIn(world)).toEqual([]);
      },
      { changeSets: { failing: { shop: 'Early validation failed' } } },
    );
  });

  test('is executed when the run is stopped goes on, which is told and recorded', async () => {
    await drifted(
      [TIMEOUT],
      async (world, report) => {
        const record = join(temporaryDirectory(), 'reverts.jsonl');
        const stop = new AbortController();
        world.cloud.onRequest = (operation) => {
          if (operation === 'DescribeStackEvents') stop.abort('SIGINT');
        };
        const told: string[] = [];
        const options = { report, execute: true, yes: true, record };
        await expect(revertIn(world, options, { signal: stop.signal, told })).rejects.toBe('SIGINT');
        expect(told.join('')).toMatch(
          /goes on in AWS; see: aws cloudformation describe-stack-events[\s\S]*Began to revert Orders/,
        );
        expect(JSON.parse(readFileSync(record, 'utf8'))).toMatchObject({
          action: 'started',
          what: ['Orders/VisibilityTimeout'],
        });
      },
      { changeSets: { deployPolls: 9 } },
    );
  });

  test('can not be deleted, or not even be made, is an error', async () => {
    await drifted([TIMEOUT], async (world, report) => {
      const denying = (...operations: string[]) => {
        const faults = operations.map((operation) => ({ operation, kind: 'deny' as const }));
        return { ...world, cloud: { ...structuredClone(world.cloud), faults } };
      };
      for (const [operations, said] of [
        [['CreateChangeSet'], /make a change set of stack shop[\s\S]*CreateChangeSet\n.*permissions --revert/],
        [['DeleteChangeSet'], /delete the change set gitops-drift-/],
        [['DescribeChangeSet', 'DeleteChangeSet'], /read the change set[\s\S]*delete the change set/],
      ] as const) {
        const each = denying(...operations);
        await inWorld(each, async () => {
          const { exitCode, stderr } = await revertIn(each, { report });
          expect({ operations, exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(said) });
        });
      }
    });
  });

  test('would be of a stack that could not be scanned is an error', async () => {
    const world = makeWorld(scenarioOf([TIMEOUT]));
    const gone = { ...world, cloud: { ...world.cloud, accounts: { [ACCOUNT]: emptied(world) } } };
    await inWorld(gone, async () => {
      const { exitCode, stderr } = await revertIn(gone);
      expect({ exitCode, stderr }).toMatchObject({
        exitCode: 2,
        stderr: expect.stringMatching(
          /warning: stack shop could not be scanned.*nothing has drifted in what could be scanned/s,
        ),
      });
    });
  });

  test('does nothing about a finding leaves it, with the reason', async () => {
    const ignored = [{ Path: '/Properties/DelaySeconds', Reason: 'MANAGED_BY_AWS' }];
    await drifted(
      [DELAY],
      async (world, report) => {
        const { exitCode, stdout } = await revertIn(world, { report, execute: true, yes: true });
        expect({ exitCode, stdout }).toMatchObject({
          exitCode: 1,
          stdout: expect.stringMatching(/nothing to do\n {2}not undone: Orders\/DelaySeconds/),
        });
      },
      { changeSets: { told: { 'shop/Orders': null } } },
    );
    await drifted(
      [DELAY, TIMEOUT],
      async (world, report) => {
        const { stdout } = await revertIn(world, { report });
        expect(stdout).toMatch(/not undone: Orders\/DelaySeconds .*leaves it alone: managed by aws/);
      },
      {
        changeSets: {
          told: {
            'shop/Orders': {
              ResourceDriftIgnoredAttributes: ignored,
              Details: [
                {
                  Target: { Attribute: 'Properties', Name: 'VisibilityTimeout', Path: '/Properties/VisibilityTimeout' },
                },
              ],
            },
          },
        },
      },
    );
  });

  test.each<[string, ChangeSetBehaviour, number, RegExp]>([
    [
      'fails to be executed',
      { breaking: { shop: 'Resource handler returned: \u001b[31mno' } },
      2,
      /UPDATE_FAILED[\s\S]*the execution failed: stack shop is UPDATE_ROLLBACK_COMPLETE/,
    ],
    [
      'does not undo it all',
      { stubborn: ['shop/Orders'] },
      1,
      /still drifted: 1 finding[\s\S]*Orders\/VisibilityTimeout/,
    ],
  ])('%s is told, and recorded', async (_, changeSets, code, said) => {
    await drifted(
      [TIMEOUT],
      async (world, report) => {
        const record = join(temporaryDirectory(), 'reverts.jsonl');
        const executed = await revertIn(world, { report, execute: true, yes: true, record });
        expect(executed).toMatchObject({ exitCode: code, stderr: expect.stringMatching(said) });
        expect(JSON.parse(readFileSync(record, 'utf8'))).toMatchObject(
          code === 2 ? { action: 'failed' } : { action: 'executed', notConverged: ['Orders/VisibilityTimeout'] },
        );
        expect(leftIn(world)).toEqual([]);
      },
      { changeSets },
    );
  });
});

describe('an approved change set is not executed', () => {
  async function planned(world: RevertWorld, report: string) {
    const [stack] = planIn(await revertIn(world, { report, plan: true, output: 'json' })).stacks;
    return { changeSet: stack?.changeSet ?? '', digest: stack?.digest ?? '' };
  }

  test.each<[string, RegExp, (world: RevertWorld) => void]>([
    [
      'where its stack was deployed since',
      /OBSOLETE|obsolete/i,
      (world) => deployMeanwhile(world.cloud, stackIn(world)),
    ],
    [
      'where its stack can not be deployed',
      /UPDATE_IN_PROGRESS|obsolete/,
      (world) => Object.assign(stackIn(world), { status: 'UPDATE_IN_PROGRESS' }),
    ],
    [
      'where it does something else',
      /does not do what was approved/,
      (world) => Object.assign(leftIn(world)[0]?.changes[0] ?? {}, { Replacement: 'True' }),
    ],
    [
      'where it was not made by this tool',
      /was not made by/,
      (world) => Object.assign(leftIn(world)[0] ?? {}, { name: 'other' }),
    ],
    [
      'where it undoes no drift',
      /was not made by/,
      (world) => Object.assign(leftIn(world)[0]?.input ?? {}, { DeploymentMode: undefined }),
    ],
    [
      'where it is gone',
      /not there any more/,
      (world) => Object.assign(leftIn(world)[0] ?? {}, { id: 'x', name: 'x' }),
    ],
  ])('%s', async (_, said, change) => {
    await drifted([TIMEOUT], async (world, report) => {
      const approved = await planned(world, report);
      change(world);
      await expect(revertIn(world, { execute: true, yes: true, ...approved })).rejects.toThrow(said);
      expect(stackIn(world).resources[0]?.properties?.['VisibilityTimeout']).toBe(90);
    });
  });

  test('with another digest, twice, or where its stack changes while the name is typed', async () => {
    await drifted([TIMEOUT], async (world, report) => {
      const approved = await planned(world, report);
      await expect(revertIn(world, { execute: true, yes: true, ...approved, digest: '0'.repeat(64) })).rejects.toThrow(
        /not do what was approved/,
      );
      const ask = async () => {
        deployMeanwhile(world.cloud, stackIn(world));
        return 'shop';
      };
      await expect(revertIn(world, { execute: true, ...approved }, { ask })).rejects.toThrow(/is not executed/);
      const again = await planned(world, await savedReport(world));
      expect(await revertIn(world, { execute: true, yes: true, ...again })).toMatchObject({ exitCode: 0 });
      await expect(revertIn(world, { execute: true, yes: true, ...again })).rejects.toThrow(
        /it has been executed already/,
      );
    });
  });
});

describe('what comes from the cloud', () => {
  const HOSTILE = '\u001b]0;x\u0007\u202e\n::error::x ##[group]';
  const UNSAFE = /(?!\n)\p{Cc}|\p{Cf}/u;
  const clean = (text: string) => expect(text).not.toMatch(/(?!\n)\p{Cc}|\p{Cf}|^ *::|##\[/mu);

  test('is neutral in texts and JSON, and holds no secret', async () => {
    const change = {
      ...{
        Action: 'Modify',
        LogicalResourceId: `Or${HOSTILE}`,
        ResourceType: `AWS::X::${HOSTILE}`,
        Replacement: 'True',
      },
      ResourceDriftIgnoredAttributes: [{ Path: `/Properties/${HOSTILE}`, Reason: HOSTILE }],
      Details: [
        {
          Target: {
            ...{ Attribute: 'Properties', Path: `/Properties/Db${HOSTILE}Password`, RequiresRecreation: 'Always' },
            ...{ BeforeValue: 'hunter2hunter2', AfterValue: HOSTILE },
          },
        },
      ],
    };
    const secret: Drift = ['set', 'Worker/Environment/Variables/DB_PASSWORD', 'changed2changed2'];
    await drifted(
      [secret, ['set', 'Worker/Description', HOSTILE]],
      async (world, report) => {
        const text = await revertIn(world, { report });
        clean(text.stdout + text.stderr);
        expect(text.stdout).toContain('/Environment/Variables/DB_PASSWORD: **** → ****');
        const { stdout } = await revertIn(world, { report, output: 'json' });
        expect(stdout).not.toMatch(UNSAFE);
        const plan = planIn({ ...text, stdout });
        expect(schemaProblems(plan)).toEqual([]);
        expect(plan.stacks[0]?.refusals.length).toBeGreaterThan(0);
        for (const each of [text.stdout, stdout]) expect(each).not.toMatch(/hunter2|changed2/);
      },
      { changeSets: { more: { shop: [change] } } },
    );
    await drifted(
      [TIMEOUT],
      async (world, report) => {
        const failed = await revertIn(world, { report, output: 'json' });
        clean(failed.stderr);
        expect(failed.stdout).not.toMatch(UNSAFE);
        expect(schemaProblems(JSON.parse(failed.stdout))).toEqual([]);
        expect(failed.stdout).not.toContain('hunter2');
      },
      { changeSets: { failing: { shop: `${HOSTILE} postgres://app:hunter2hunter2@db/x` } } },
    );
    await drifted(
      [TIMEOUT],
      async (world, report) => {
        const failed = await revertIn(world, { report, execute: true, yes: true });
        clean(failed.stdout + failed.stderr);
        expect(failed.stderr).toContain('UPDATE_FAILED');
        expect(failed.stdout + failed.stderr).not.toContain('hunter2');
      },
      { changeSets: { breaking: { shop: `${HOSTILE} postgres://app:hunter2hunter2@db/x` } } },
    );
  });
});

test('asks no more than what the policy of --revert allows', async () => {
  const world = makeWorld(scenarioOf([TIMEOUT, TOPIC_GONE]));
  const { policy, warnings } = await scanPermissions({ repository: world.repository, provider: 'aws', reverts: true });
  expect(warnings.map(({ message }) => message)).toContainEqual(expect.stringContaining('changes resources'));
  await inWorld(world, async (aws) => {
    const report = await savedReport(world);
    aws.log.length = 0;
    await revertIn(world, { report, plan: true });
    await revertIn(world, { clean: true });
    await revertIn(world, { report, execute: true, yes: true });
    const writes = aws.log.map(({ operation }) => operation).filter((operation) => !onlyReads(operation));
    expect([...new Set(writes)].sort()).toEqual(CHANGE_SET_WRITES);
    // A change set that is named by its ARN belongs to its stack.
    const asked = aws.log.map((each) => ({ ...each, input: { StackName: stackIn(world).name, ...each.input } }));
    expect(
      denied(
        policy,
        asked.filter(({ action }) => /ChangeSet|Stack/.test(action)),
        ACCOUNT,
      ),
    ).toEqual([]);
  });
  const text = JSON.stringify(policy);
  for (const action of ['CreateChangeSet', 'ExecuteChangeSet', 'DeleteChangeSet', 'gitops-drift-*'])
    expect(text).toContain(action);
  const reading = await scanPermissions({ repository: world.repository, provider: 'aws' });
  expect(JSON.stringify(reading.policy)).not.toContain('ChangeSet');
});

describe('the options of revert', () => {
  const CHANGE_SET = 'arn:aws:cloudformation:eu-west-1:111111111111:changeSet/gitops-drift-00000000/1';
  const digest = 'a'.repeat(64);

  test.each<[RevertOptions, RegExp]>([
    [{ changeSet: CHANGE_SET, execute: true }, /--change-set and --digest go together/],
    [{ digest, execute: true }, /go together/],
    [{ changeSet: CHANGE_SET, digest }, /add --execute/],
    [{ changeSet: 'gitops-drift-00000000', digest, execute: true }, /takes the ARN/],
    [{ changeSet: CHANGE_SET, digest: 'abc', execute: true }, /64 hexadecimal digits/],
    [{ execute: true, output: 'json', yes: true }, /--record/],
    [{ yes: true }, /--yes confirms what --execute does/],
    [{ plan: true, yes: true }, /add --execute/],
    [{ record: 'reverts.jsonl' }, /add one of them/],
    [{ clean: true, record: 'reverts.jsonl' }, /what --plan or --execute did/],
    [{ execute: true }, /needs a terminal/],
  ])('do not go together: %j', (options, said) => expect(() => mustFit(options, false)).toThrow(said));

  test.each<[RevertOptions, boolean]>([
    [{}, false],
    [{ plan: true, output: 'json', record: 'reverts.jsonl' }, false],
    [{ clean: true, yes: true }, false],
    [{ execute: true, yes: true }, false],
    [{ execute: true }, true],
    [{ execute: true, yes: true, changeSet: CHANGE_SET, digest }, false],
  ])('go together: %j', (options, hasTerminal) => expect(() => mustFit(options, hasTerminal)).not.toThrow());

  test('that contradict each other are told by the command itself', async () => {
    for (const args of [
      ['--plan', '--execute'],
      ['--clean', '--plan'],
      ['--report', 'x', '--ref', 'y'],
      // The change set says which stack it is of.
      ...['--stack', '--region'].map((of) => ['--execute', '--change-set', CHANGE_SET, '--digest', digest, of, 'x']),
      ['--execute'],
    ]) {
      expect(await runCli(['revert', ...args])).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining('error: '),
      });
    }
  });
});
