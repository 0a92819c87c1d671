import { spawn } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { markOfProcess } from '../../src/cli/revert-io.js';
import type { RevertOptions } from '../../src/cli/revert-options.js';
import { descriptionOf, ownChangeSets } from '../../src/revert/own.js';
import { startAwsSimulator } from '../support/aws-simulator/server.js';
import { BIN, environment, resultOf } from '../support/cli.js';
import type { Drift } from '../support/patching.js';
import {
  inWorld,
  leftIn,
  makeWorld,
  type RevertWorld,
  revertIn,
  savedReport,
  scenarioOf,
} from '../support/reverting.js';

const TIMEOUT: Drift = ['set', 'Orders/VisibilityTimeout', 90];
const MODES: [string, RevertOptions][] = [
  ['shown', {}],
  ['planned', { plan: true }],
  ['planned for programs', { plan: true, output: 'json' }],
  ['executed', { execute: true, yes: true }],
];

const world = makeWorld(scenarioOf([TIMEOUT]));

/** The same, as if nothing had happened. */
function fresh(): RevertWorld {
  return { ...world, cloud: structuredClone(world.cloud) };
}

/** Change sets that nobody has asked to keep, and that are not being executed. */
function leftOver(each: RevertWorld) {
  return leftIn(each).filter(({ execution }) => execution === 'AVAILABLE' || execution === 'UNAVAILABLE');
}

describe('an interrupted revert leaves no change set', () => {
  let moments = 0;

  test.each(MODES)('at whatever request, %s', async (_, options) => {
    let report = '';
    const first = fresh();
    let requests = 0;
    let executedAt = Number.POSITIVE_INFINITY;
    first.cloud.onRequest = (operation) => {
      requests += 1;
      if (operation === 'ExecuteChangeSet') executedAt = requests;
    };
    await inWorld(first, async () => {
      report = await savedReport(first);
      requests = 0;
      await revertIn(first, { ...options, report });
    });
    // What comes long after the execution is a scan as any other.
    const last = Math.min(requests, executedAt + 4);
    for (let at = 1; at <= last; at += 1) {
      // Before the request is answered, and after.
      for (const isLate of at <= executedAt + 2 && options.output === undefined ? [false, true] : [false]) {
        const again = fresh();
        const stop = new AbortController();
        let count = 0;
        again.cloud.onRequest = () => {
          count += 1;
          if (count === at) isLate ? setImmediate(() => stop.abort('SIGTERM')) : stop.abort('SIGTERM');
        };
        await inWorld(again, async () => {
          const outcome = await revertIn(again, { ...options, report }, { signal: stop.signal }).catch(
            (error) => error,
          );
          const isDone = typeof outcome === 'object' && 'exitCode' in outcome;
          if (!isDone) expect(outcome).toBe('SIGTERM');
          const kept = isDone && options.plan ? 1 : 0;
          expect({ at, isLate, left: leftOver(again).length }).toEqual({ at, isLate, left: kept });
        });
        moments += 1;
      }
    }
  });

  test('which were at least fifty moments', () => expect(moments).toBeGreaterThanOrEqual(50));

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by a real %s', async (signal, code) => {
    const { result, left } = await stopped(signal, 'DescribeChangeSet');
    expect(result).toMatchObject({
      exitCode: code,
      stderr: expect.stringContaining(`interrupted by ${signal}: no change set`),
    });
    expect(left).toEqual([]);
  });

  test('and what was killed is deleted by the next run', async () => {
    const { again, left } = await stopped('SIGKILL', 'DescribeChangeSet');
    expect(left).toHaveLength(1);
    again.cloud.onRequest = () => {};
    await inWorld(again, async () => {
      // Another machine's: it may still run.
      const next = await revertIn(again, {}, { now: () => new Date('2026-02-01T00:10:00Z') });
      expect(next.stderr).not.toContain('deleted');
      expect(leftIn(again)).toHaveLength(1);
    });
    await inWorld(again, async (aws) => {
      const result = await resultOf(
        spawn(process.execPath, [BIN, 'revert', '--provider', 'aws'], {
          cwd: again.repository,
          env: environment({ cwd: again.repository, env: aws.env }),
          stdio: ['ignore', 'pipe', 'pipe'],
        }),
      );
      expect(result).toMatchObject({
        exitCode: 0,
        stderr: expect.stringMatching(/^deleted gitops-drift-[0-9a-f]{8} of stack shop/m),
      });
      expect(leftIn(again)).toEqual([]);
    });
  });
});

/** A process that got a signal at a request, and the change sets that it left. */
async function stopped(signal: NodeJS.Signals, operation: string) {
  const again = fresh();
  again.cloud.changeSets = { polls: 2 };
  let stop = () => {};
  again.cloud.onRequest = (asked) => {
    if (asked === operation) stop();
  };
  const aws = await startAwsSimulator(again.cloud);
  const child = spawn(process.execPath, [BIN, 'revert', '--provider', 'aws'], {
    cwd: again.repository,
    env: environment({ cwd: again.repository, env: aws.env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  stop = () => child.kill(signal);
  const result = await resultOf(child);
  await aws.close();
  return { again, result, left: leftIn(again) };
}

describe('change sets of this tool', () => {
  const HERE = markOfProcess('here', 7, (pid) => pid === 8);
  const NOW = Date.parse('2026-04-01T12:00:00Z');
  const listed = (description: string, name = 'gitops-drift-0123abcd', minutes = 5, isExecuted = false) => ({
    ...{ id: 'arn', name, description, isExecuted },
    createdAt: new Date(NOW - minutes * 60_000),
  });
  const by = (machine: string, pid: number) => descriptionOf(markOfProcess(machine, pid), false);

  test.each([
    ['of a run here that has ended', listed(by('here', 9)), 'left'],
    ['of an earlier run with the same number', listed(by('here', 7)), 'left'],
    ['of a run here that goes on', listed(by('here', 8)), 'neither'],
    ['of a run elsewhere', listed(by('there', 9), undefined, 60), 'neither'],
    ['of a run elsewhere, an hour ago', listed(by('there', 9), undefined, 61), 'left'],
    ['that are kept', listed(descriptionOf(HERE, true)), 'kept'],
    ['that are executed', listed(by('here', 9), undefined, 5, true), 'neither'],
    ['of another name', listed(by('here', 9), 'gitops-drift-0123abcde'), 'neither'],
    ['of another name, too', listed(by('here', 9), 'my-gitops-drift-0123abcd'), 'neither'],
    ['that say nothing', listed(''), 'neither'],
  ])('%s', async (_, one, so) => {
    const found = await ownChangeSets({ list: async () => [one] }, { name: 'shop', region: 'x' }, HERE, NOW);
    const expected = { left: so === 'left' ? [one] : [], kept: so === 'kept' ? [one] : [] };
    expect(found).toEqual(expected);
  });

  test('that are kept are told of, and deleted by --clean, those aside that were executed', async () => {
    const again = fresh();
    await inWorld(again, async () => {
      await revertIn(again, { plan: true });
      const next = await revertIn(again);
      expect(next.stderr).toContain('note: stack shop has 1 change set kept by --plan');
      expect(leftIn(again)).toHaveLength(1);
      expect(await revertIn(again, { clean: true })).toMatchObject({
        exitCode: 0,
        stdout: expect.stringMatching(/^deleted gitops-drift-[0-9a-f]{8} of stack shop\n$/),
      });
      expect(leftIn(again)).toEqual([]);
      const { stacks } = JSON.parse((await revertIn(again, { plan: true, output: 'json' })).stdout);
      const { changeSet, digest } = stacks[0];
      expect(await revertIn(again, { execute: true, yes: true, changeSet, digest })).toMatchObject({ exitCode: 0 });
      // The record of what was done is neither kept for an approval, nor left.
      expect(await revertIn(again, { clean: true })).toMatchObject({
        exitCode: 0,
        stderr: expect.stringContaining('no change set of ours is left'),
      });
    });
  });
});
