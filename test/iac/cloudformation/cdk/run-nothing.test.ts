import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { runCli } from '../../../support/cli.js';
import { git } from '../../../support/repository.js';
import { words } from './stub-app.js';
import { worldOf } from './stub-world.js';

const { repository: cwd, snapshot } = worldOf({ Jobs: { DelaySeconds: 7 } }, undefined, {}, ['  run: true']);
const quiet = worldOf({ Jobs: { DelaySeconds: 7 } });
const LIVE = ['--snapshot', snapshot];

/** The assembly as somebody left it. */
for (const repository of [cwd, quiet.repository]) {
  const [program = '', ...args] = words();
  mkdirSync(join(repository, 'cdk.out'));
  spawnSync(program, args, {
    cwd: repository,
    env: { ...process.env, CDK_OUTDIR: join(repository, 'cdk.out'), CDK_CONTEXT_JSON: '{}' },
  });
}

/** Whether a command ran the app. */
async function runs(args: readonly string[], env: Record<string, string> = {}, repository = cwd) {
  const marker = join(repository, 'ran.marker');
  rmSync(marker, { force: true });
  const result = await runCli(args, { cwd: repository, env });
  return { ...result, isRun: existsSync(marker) };
}

/** Every command that reads a repository. */
const COMMANDS: [words: string[], exitCode: number | undefined][] = [
  [['scan', ...LIVE, '-o', 'json=.git/drift.json'], 1],
  [['scan', ...LIVE, '--patch', '-'], 1],
  [['report', '.git/drift.json'], 1],
  [['patch', ...LIVE], 0],
  [['patch', ...LIVE, '--check'], 0],
  [['baseline', ...LIVE, '--check'], 1],
  [['snapshot', ...LIVE, '-o', '.git/again.json'], 0],
  [['render', ...LIVE, '--stack', 'orders'], 0],
  [['doctor', ...LIVE], 0],
  [['permissions'], 0],
  [['init', ...LIVE, '-o', '-'], undefined],
  [['triage', ...LIVE], 2],
];

test.each(COMMANDS)('%j runs nothing, though the configuration says that it is to be run', async (args, exitCode) => {
  const result = await runs(args);
  expect(result.isRun).toBe(false);
  if (exitCode !== undefined) expect(result).toMatchObject({ exitCode });
});

test('ignore runs nothing either', async () => {
  await runCli(['scan', ...LIVE, '-o', 'json=.git/drift.json'], { cwd });
  const [{ id }] = JSON.parse(readFileSync(join(cwd, '.git/drift.json'), 'utf8')).findings;
  const { isRun, exitCode } = await runs(['ignore', id, ...LIVE, '--reason', 'it is known']);
  expect(isRun).toBe(false);
  expect(exitCode).toBe(0);
  git(cwd, 'checkout', '--quiet', '.');
});

test('a scan says so, and reads the assembly that there is', async () => {
  const { isRun, stderr, stdout } = await runs(['scan', ...LIVE]);
  expect(isRun).toBe(false);
  expect(stderr).toContain("the CDK app in the repository's root was not run, since the environment does not allow it");
  expect(stdout).toContain('DelaySeconds');
});

test('only together do the configuration and the environment run it; --synth does alone', async () => {
  const scan = ['scan', ...LIVE];
  expect((await runs(scan, { GITOPS_DRIFT_RUN: '1' })).isRun).toBe(true);
  expect((await runs(scan, { GITOPS_DRIFT_RUN: 'true' })).isRun).toBe(false);
  expect((await runs(scan, { GITOPS_DRIFT_RUN: '1' }, quiet.repository)).isRun).toBe(false);
  for (const args of [scan, ['permissions'], ['doctor', ...LIVE], ['render', ...LIVE, '--stack', 'orders']])
    expect((await runs([...args, '--synth'], {}, quiet.repository)).isRun).toBe(true);
});
