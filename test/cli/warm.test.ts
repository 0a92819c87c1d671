import { rmSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type CliOptions, runCli, runFresh } from '../support/cli.js';
import { makeScenario } from '../support/patching.js';
import { commitFiles, git, makeEmptyRepository, temporaryDirectory } from '../support/repository.js';

const { repository, snapshot } = makeScenario({
  name: 'shop',
  template: 'Resources:\n  Orders: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: 60 } }\n',
  drift: [['set', 'Orders/VisibilityTimeout', 90]],
});
const here = { cwd: repository };
const scan = ['scan', '--snapshot', snapshot];

/** What the tests of the command line rely on: its warm process does not tell from one of its own. */
describe('the command line in a process that has run others before', () => {
  test.each<[string, string[], CliOptions, number]>([
    ['prints the version', ['--version'], {}, 0],
    ['prints help', ['scan', '--help'], {}, 0],
    ['refuses what it does not know', ['scann'], {}, 2],
    ['finds drift', scan, here, 1],
    ['prints a diff', ['patch', '--snapshot', snapshot], here, 0],
    ['colours by its environment', scan, { ...here, env: { FORCE_COLOR: '1' } }, 1],
    ['and does not by the next', scan, here, 1],
    ['stands in another folder', ['scan'], { cwd: temporaryDirectory() }, 2],
    ['has another PATH', scan, { ...here, env: { PATH: '/nonexistent' } }, 2],
    ['and the usual one afterwards', scan, here, 1],
    [
      'takes its region from its environment',
      ['render', '--template', 'templates/shop.yaml'],
      { ...here, env: { AWS_REGION: 'x-1' } },
      0,
    ],
  ])('%s as in one of its own', async (_, args, options, exitCode) => {
    const fresh = await runFresh(args, options);
    expect(fresh.exitCode).toBe(exitCode);
    expect(lasting(await runCli(args, options))).toEqual(lasting(fresh));
  });

  test('runs side by side keep their output and codes apart', async () => {
    const all = await Promise.all([runCli(scan, here), runCli(['scann']), runCli(['--version']), runCli(scan, here)]);
    expect(all.map(({ exitCode }) => exitCode)).toEqual([1, 2, 0, 1]);
    expect(lasting(all[3] ?? {})).toEqual(lasting(all[0] ?? {}));
    expect(all[2]?.stderr).toBe('');
  });

  test('fails where its process comes to an end, and goes on in another', async () => {
    const folder = temporaryDirectory();
    rmSync(folder, { recursive: true });
    await expect(runCli(['--version'], { cwd: folder })).rejects.toThrow(/process has ended[\s\S]*ENOENT/);
    expect((await runCli(['--version'])).exitCode).toBe(0);
  });
});

/** Without the seconds that a scan takes. */
function lasting(result: object): object {
  return JSON.parse(JSON.stringify(result).replace(/\d+(?:\.\d+)? (?:ms|s)\b/g, '')) as object;
}

/** What the tests of repositories rely on: a program that a small process starts ends as one that is started from here. */
describe('Git in the process that starts programs', () => {
  test('gives all of a long output, in any characters', () => {
    const directory = makeEmptyRepository();
    const content = 'ä€😀\n'.repeat(30_000);
    commitFiles(directory, { 'long.txt': content });
    expect(git(directory, 'show', 'HEAD:long.txt')).toBe(content.trim());
  });

  test('throws with what Git complains of, and goes on', () => {
    const directory = makeEmptyRepository();
    expect(() => git(directory, 'checkout', 'nowhere')).toThrow(/git checkout nowhere failed: .*nowhere/);
    expect(git(directory, 'branch', '--show-current')).toBe('main');
  });

  test('tells where it can not be started', () => {
    expect(() => git('/nonexistent', 'status')).toThrow(/git status failed: .*ENOENT/);
  });
});
