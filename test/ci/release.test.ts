import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { runAction } from '../support/composite-action.js';
import { HOME } from '../support/pipeline.js';
import { git, makeDemoRemote, makeRepository, temporaryDirectory } from '../support/repository.js';

const SCRIPT = join(HOME, 'scripts/release-action.js');
let release: string;

function makeRelease(...args: string[]) {
  return spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8', cwd: temporaryDirectory() });
}

beforeAll(() => {
  release = join(temporaryDirectory(), 'release');
  expect(makeRelease(release)).toMatchObject({ status: 0, stderr: '' });
});

test('it has all that the sources read of the package, and nothing to install', () => {
  const sources = readdirSync(join(HOME, 'src'), { recursive: true, encoding: 'utf8' });
  const read = sources
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...readFileSync(join(HOME, 'src', file), 'utf8').matchAll(/packageFile\([`'](.*?)[`'$]/g)])
    .map(([, path = '']) => path.replace(/\$.*/, ''));
  expect(read.length).toBeGreaterThan(5);
  expect(read.filter((path) => !existsSync(join(release, path)))).toEqual([]);
  const manifest = JSON.parse(readFileSync(join(release, 'package.json'), 'utf8')) as Record<string, unknown>;
  const own = JSON.parse(readFileSync(join(HOME, 'package.json'), 'utf8')) as Record<string, unknown>;
  expect(manifest).toMatchObject({ version: own['version'], type: 'module', engines: own['engines'] });
  expect(Object.keys(manifest)).not.toContain('dependencies');
  expect(readdirSync(release).sort()).toEqual(
    [
      'LICENSE',
      'NOTICE',
      'README.md',
      'action.yml',
      'assets',
      'bin',
      'ci',
      'data',
      'dist',
      'fixtures',
      'package.json',
    ].sort(),
  );
});

test('the action runs from it, from start to report, without npm', async () => {
  const workspace = join(temporaryDirectory(), 'checkout');
  git(temporaryDirectory(), 'clone', '--quiet', `file://${makeDemoRemote()}`, workspace);
  const tools = temporaryDirectory();
  for (const name of ['npm', 'npx']) {
    writeFileSync(join(tools, name), '#!/bin/sh\necho "nothing is to be installed" >&2; exit 1\n');
    chmodSync(join(tools, name), 0o755);
  }
  symlinkSync(process.execPath, join(tools, 'node'));
  const { exitCode, outputs, log, summary } = await runAction({
    ...{ action: release, workspace, temporary: temporaryDirectory(), inputs: { comment: 'false' } },
    env: { PATH: `${tools}:${process.env['PATH']}`, GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'shop/infra' },
  });
  expect({ exitCode, findings: outputs['findings'] }).toEqual({ exitCode: 1, findings: '10' });
  expect(summary).toContain('<!-- gitops-drift -->');
  expect(log).toContain('✗ Drift: 10 differences');
  expect(log).not.toMatch(/nothing is to be installed|Cannot find (?:module|package)/);
  for (const name of ['json', 'sarif', 'markdown', 'html', 'patch']) expect(existsSync(outputs[name] ?? '')).toBe(true);
  expect(existsSync(join(release, 'node_modules'))).toBe(false);
});

test('a folder with something else in it is left as it is', () => {
  const folder = temporaryDirectory();
  mkdirSync(join(folder, 'mine'));
  expect(makeRelease(folder)).toMatchObject({ status: 2, stderr: expect.stringContaining('something else') });
  expect(readdirSync(folder)).toEqual(['mine']);
  expect(makeRelease(release).status).toBe(0);
});

test('it is committed on a branch on top of the one before, and the checkout is left alone', () => {
  const repository = makeRepository({ 'a.txt': 'a\n', '.gitignore': 'dist\n' });
  const commit = (folder: string) =>
    spawnSync(process.execPath, [SCRIPT, folder, '--branch', 'action', '--repository', repository], {
      encoding: 'utf8',
    });
  const first = commit(release);
  expect(first).toMatchObject({ status: 0, stderr: '' });
  const tip = git(repository, 'rev-parse', 'action');
  expect(first.stdout).toContain(tip);
  expect(commit(release).stdout).toContain('has this already');
  expect(git(repository, 'rev-parse', 'action')).toBe(tip);
  const files = git(repository, 'ls-tree', '-r', '--name-only', 'action').split('\n');
  expect(files).toEqual(expect.arrayContaining(['action.yml', 'bin/gitops-drift.js', 'dist/bundle/cli.js']));
  expect(git(repository, 'ls-tree', 'action', 'ci/github/scan.sh')).toMatch(/^100755 /);
  expect(git(repository, 'log', '-1', '--format=%s', 'action')).toBe(
    `release: 0.1.0, built from ${git(HOME, 'rev-parse', 'HEAD')}`,
  );
  // The one before is another.
  const before = git(repository, 'commit-tree', 'main^{tree}', '-m', 'release: 0.0.1');
  git(repository, 'update-ref', 'refs/heads/action', before);
  commit(release);
  expect(git(repository, 'rev-parse', 'action^')).toBe(before);
  expect(git(repository, 'status', '--porcelain')).toBe('');
  expect(git(repository, 'branch', '--show-current')).toBe('main');
}, 300_000);
