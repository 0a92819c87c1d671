import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { isolate } from '../../src/git/isolation.js';
import { openRepository } from '../../src/git/repository.js';
import { runFresh } from '../support/cli.js';
import { commitFiles, git, makeEmptyRepository, makeRepository, temporaryDirectory } from '../support/repository.js';

const before = { ...process.env };

beforeEach(() => {
  process.env = { ...before, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
});

afterEach(() => {
  process.env = { ...before };
});

/** The user's own configuration. */
function configure(text: string): void {
  const file = join(temporaryDirectory(), '.gitconfig');
  writeFileSync(file, text);
  process.env['GIT_CONFIG_GLOBAL'] = file;
}

describe("another user's repository", () => {
  const trusts: [string, (root: string) => string[], boolean][] = [
    ['itself', (root) => [root], true],
    ['all', () => ['*'], true],
    ['the folder above it', (root) => [`${root}/../*`, `${join(root, '..')}/*`], true],
    ['itself, and then none', (root) => [root, ''], false],
    ['none, and then itself', (root) => ['', root], true],
    ['the folder above it alone', (root) => [join(root, '..')], false],
    ['another whose name begins alike', (root) => [`${root}-2`, root.slice(0, -1)], false],
    ['nothing', () => [], false],
  ];

  test.each(trusts)('is opened as the user trusts %s', async (_, entries, isOpened) => {
    const root = makeRepository({ 'a.yaml': '1' });
    process.env['GIT_TEST_ASSUME_DIFFERENT_OWNER'] = '1';
    configure(
      `[safe]\n${entries(root)
        .map((entry) => `\tdirectory = "${entry}"\n`)
        .join('')}`,
    );
    const opened = openRepository(root);
    if (isOpened) expect((await opened).root).toBe(root);
    else await expect(opened).rejects.toThrow(/belongs to another user/);
  });
});

test('an author whom the user names for a folder alone commits in it', async () => {
  const root = makeRepository({ 'a.yaml': '1\n' });
  const folder = temporaryDirectory();
  writeFileSync(join(folder, 'work.config'), '[user]\n\tname = Ada at work\n\temail = ada@work.example\n');
  configure(`[includeIf "gitdir:${root}/"]\n\tpath = ${join(folder, 'work.config')}\n`);
  const repository = await openRepository(root);
  const files = [{ path: 'a.yaml', before: '1\n', after: '2\n' }];
  await repository.commitOnBranch({ branch: 'x', parent: git(root, 'rev-parse', 'HEAD'), message: 'x', files });
  expect(git(root, 'show', '--no-patch', '--format=%an %ae %cn %ce', 'x')).toBe(
    'Ada at work ada@work.example Ada at work ada@work.example',
  );
});

describe('what Git is shown', () => {
  test('has settings for reading alone', async () => {
    const root = makeRepository({ 'a.yaml': '1' });
    const odd = 'a "b" \\ c; # d';
    git(root, 'config', 'user.name', odd);
    git(root, 'config', 'remote.origin.url', `https://example.com/${odd}`);
    for (const key of ['core.pager', 'filter.x.clean', 'remote.origin.fetch', 'http.proxy', 'some.thing'])
      git(root, 'config', key, 'value');
    const { folder } = await isolate(root, { afresh: true });
    const listed = git(folder, 'config', '--local', '--list').split('\n').sort();
    expect(listed).toEqual(
      [
        ...['core.bare=false', 'core.filemode=true', 'core.logallrefupdates=true', 'core.repositoryformatversion=0'],
        ...[`user.name=${odd}`, `remote.origin.url=https://example.com/${odd}`],
      ].sort(),
    );
  });

  test('follows the repository: commits, branches, the index, what is packed, and where HEAD is', async () => {
    const root = makeEmptyRepository();
    const open = async () => (await openRepository(root)).checkout();
    expect(await open()).toMatchObject({ commit: null });
    const first = commitFiles(root, { 'a.yaml': '1' });
    expect(await open()).toMatchObject({ commit: first, dirty: false });
    git(root, 'pack-refs', '--all');
    git(root, 'gc', '--quiet');
    const second = commitFiles(root, { 'b.yaml': '1' });
    expect(await open()).toMatchObject({ commit: second, dirty: false });
    git(root, 'checkout', '--quiet', '--detach', first);
    expect(await open()).toMatchObject({ commit: first, dirty: false });
    expect(await (await openRepository(root)).checkout('HEAD@{1}')).toMatchObject({ commit: second });
    rmSync(join(root, '.git/HEAD'));
    symlinkSync('refs/heads/main', join(root, '.git/HEAD'));
    expect(await open()).toMatchObject({ commit: second });
  });

  test('is gone when the process ends, and after one that was killed when the next has run', async () => {
    const cwd = makeRepository({ 'a.yaml': 'Resources: {}\n' });
    const temporary = temporaryDirectory();
    const env = { TMPDIR: temporary };
    const { stderr } = await runFresh(['scan', '--region', 'eu-west-1', '--snapshot', 'none.json'], { cwd, env });
    expect(stderr).toContain('none.json');
    expect(readdirSync(temporary)).toEqual([]);
    const { pid } = spawnSync('true');
    const probe = await isolate(cwd, { afresh: true });
    const name = probe.folder.slice(tmpdir().length + 1).replace(/-\d+-[^-]*$/, `-${pid}-killed`);
    mkdirSync(join(temporary, name, '.git'), { recursive: true });
    await runFresh(['doctor', '--snapshot', 'none.json'], { cwd, env });
    expect(existsSync(join(temporary, name))).toBe(false);
  });
});

test('a pipe in the place of a file of Git is not waited for', async () => {
  const root = makeRepository({ 'a.yaml': '1' });
  for (const name of ['config', 'commondir', 'info/exclude']) {
    mkdirSync(join(root, '.git/info'), { recursive: true });
    rmSync(join(root, '.git', name), { force: true });
    spawnSync('mkfifo', [join(root, '.git', name)]);
  }
  expect(await (await openRepository(root)).checkout()).toMatchObject({ dirty: false });
});
