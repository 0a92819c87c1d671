import { describe, expect, test } from '@jest/globals';
import { runGit } from '../../src/git/command.js';
import { startLauncher } from '../../src/git/launcher.js';
import { makeRepository } from '../support/repository.js';

describe('the launcher', () => {
  const root = makeRepository({ 'a.yaml': 'a: 1\n' });
  const commands = [
    ['rev-parse', 'HEAD'],
    ['rev-parse', '--verify', '--quiet', 'elsewhere'],
    ['cat-file', 'commit'],
  ];

  test('runs commands as they are run from here', async () => {
    const launcher = startLauncher();
    const here = await Promise.all(commands.map((args) => runGit(root, args)));
    expect(await Promise.all(commands.map((args) => launcher.run(root, args)))).toEqual(here);
    expect(here.map(({ exitCode }) => exitCode === 0)).toEqual([true, false, false]);
    launcher.close();
  });

  test('leaves them to this process once it has ended', async () => {
    const launcher = startLauncher();
    const waiting = launcher.run(root, ['rev-parse', 'HEAD']);
    launcher.close();
    const here = await runGit(root, ['rev-parse', 'HEAD']);
    expect(await waiting).toEqual(here);
    expect(await launcher.run(root, ['rev-parse', 'HEAD'])).toEqual(here);
  });
});
