import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../../../../src/model/report.js';
import type { ScanRequest } from '../../../../src/scan/request.js';
import { scan } from '../../../../src/scan/scan.js';
import { runCli } from '../../../support/cli.js';
import { git } from '../../../support/repository.js';
import { type World, worldOf } from './stub-world.js';

async function patched(world: World, more: Partial<ScanRequest> = {}) {
  const result = await scan({ ...world, synthesis: 'all', patch: {}, ...more });
  const [file] = result.patched;
  const { before = '', after = '' } = file ?? {};
  const changed = after.split('\n').filter((line, at) => line !== before.split('\n')[at]);
  return { ...result, changed: changed.map((line) => line.trim()), findings: result.report.findings };
}

function patchOf(findings: readonly Finding[], path: string) {
  return findings.find((each) => `${each.logicalId}${each.path}` === path)?.patch;
}

describe('patches of an app that is run', () => {
  test('are of its literals, proven by running it on a copy, all at once', async () => {
    const world = worldOf({ Jobs: { VisibilityTimeout: 45, DelaySeconds: 7 }, Mail: { MaximumMessageSize: 4096 } });
    const { findings, changed, patched: files, report } = await patched(world);
    expect(findings.map(({ patch }) => patch)).toMatchObject(
      [1, 2, 3].map(() => ({ status: 'patchable', proof: 'synth', edits: [{ file: 'lib/orders.ts' }] })),
    );
    expect(files).toHaveLength(1);
    expect(changed).toEqual([
      "new Queue(this, 'Jobs', { visibilityTimeout: 45, delaySeconds: 7, queueName: 'jobs' });",
      "new Queue(this, 'Mail', { both: 8, maximumMessageSize: 4096 });",
    ]);
    expect(findings[0]?.location).toMatchObject({ file: 'lib/orders.ts', line: 5 });
    expect(JSON.stringify(report)).not.toContain('hunter2');
    expect(git(world.repository, 'status', '--porcelain')).toBe('');
  });

  test('of a literal that others use, too, are none, unless all of them drifted alike', async () => {
    const alone = await patched(worldOf({ One: { DelaySeconds: 20 } }));
    expect(patchOf(alone.findings, 'One/DelaySeconds')).toMatchObject({
      status: 'refused',
      reason: expect.stringMatching(/Two/),
    });
    expect(alone.changed).toEqual([]);
    const both = await patched(worldOf({ One: { DelaySeconds: 20 }, Two: { DelaySeconds: 20 } }));
    expect(both.changed).toEqual(['const SHARED = 20;']);
    expect(both.findings.map(({ patch }) => patch.status)).toEqual(['patchable', 'patchable']);
    const apart = await patched(worldOf({ One: { DelaySeconds: 20 }, Two: { DelaySeconds: 21 } }));
    expect(apart.changed).toEqual([]);
  });

  test('of what goes by another name are none: words say what to write', async () => {
    const { findings, changed } = await patched(worldOf({ Mail: { VisibilityTimeout: 9 } }));
    expect(patchOf(findings, 'Mail/VisibilityTimeout')).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining('addPropertyOverride("VisibilityTimeout"'),
    });
    expect(changed).toEqual([]);
  });

  test('are none where the app makes something else of a copy', async () => {
    const { findings } = await patched(worldOf({ Jobs: { DelaySeconds: 7 } }, 'clock'));
    expect(patchOf(findings, 'Jobs/DelaySeconds')).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining('of a copy of the repository'),
    });
  });

  test.each([
    ['tagged', 'would deploy cdk.out/orders with another tags'],
    ['placed', 'would deploy cdk.out/orders with another environment'],
    ['grown', 'would make cdk.out/more, too'],
  ])('are none where the stacks would be deployed otherwise: %s', async (act, reason) => {
    const { findings, changed } = await patched(worldOf({ Jobs: { DelaySeconds: 7, VisibilityTimeout: 45 } }, act));
    expect(patchOf(findings, 'Jobs/DelaySeconds')).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining(reason),
    });
    expect(changed).toEqual([
      "new Queue(this, 'Jobs', { visibilityTimeout: 45, delaySeconds: 5, queueName: 'jobs' });",
    ]);
  });

  test('are none where another stack of the app would change that is not scanned', async () => {
    const files = { 'lib/bills.ts': "new Queue(this, 'Bill', { delaySeconds: SHARED });" };
    const drift = { Jobs: { DelaySeconds: 7 }, One: { DelaySeconds: 20 }, Two: { DelaySeconds: 20 } };
    const { findings, changed } = await patched(worldOf(drift, undefined, files), { stacks: ['orders'] });
    expect(patchOf(findings, 'One/DelaySeconds')).toMatchObject({
      status: 'refused',
      reason: expect.stringMatching(/^cdk\.out\/bills\.template\.json would change, too, and no stack of it/),
    });
    expect(changed).toEqual([
      "new Queue(this, 'Jobs', { visibilityTimeout: 30, delaySeconds: 7, queueName: 'jobs' });",
    ]);
  });

  test('are as good from a saved report, and on a branch', async () => {
    const { repository: cwd, snapshot } = worldOf({ Jobs: { DelaySeconds: 7 } });
    const args = ['--synth', '--snapshot', snapshot];
    const scanned = await runCli(['scan', ...args, '-v', '-o', 'json=.git/drift.json', '-o', 'table'], { cwd });
    expect(scanned).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('password=****') });
    expect(scanned.stdout).toContain('lib/orders.ts:5');
    const diff = await runCli(['patch', '--report', '.git/drift.json'], { cwd });
    expect(diff.stdout).toContain(
      "+    new Queue(this, 'Jobs', { visibilityTimeout: 30, delaySeconds: 7, queueName: 'jobs' });",
    );
    expect(await runCli(['patch', ...args], { cwd })).toMatchObject({ exitCode: 0, stdout: diff.stdout });
    git(cwd, 'config', 'user.name', 'Ada');
    git(cwd, 'config', 'user.email', 'ada@example.com');
    expect(await runCli(['patch', ...args, '--branch', 'adopt'], { cwd })).toMatchObject({ exitCode: 0 });
    expect(git(cwd, 'show', '--format=%b', 'adopt')).toContain('+    new Queue(');
  });

  test('are none without running it, which is not done unasked', async () => {
    const world = worldOf({ Jobs: { DelaySeconds: 7 } });
    await expect(patched(world, { synthesis: undefined })).rejects.toThrow('no cloud assembly');
    expect(existsSync(join(world.repository, 'ran.marker'))).toBe(false);
  });
});
