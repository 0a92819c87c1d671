import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { fetchTip, pushBranch } from '../../src/ci/remote-branch.js';
import { openRepository } from '../../src/git/repository.js';
import { runCli } from '../support/cli.js';
import { git, makeBareClone, makeRepository, temporaryDirectory } from '../support/repository.js';

/** What names a program that Git would run: the setting, and what it is made of the marker's command. */
const PROGRAMS: readonly [string, (run: string) => string][] = [
  ...[
    'core.fsmonitor',
    'core.sshCommand',
    'core.gitProxy',
    'core.pager',
    'core.editor',
    'core.askPass',
    'core.alternateRefsCommand',
    'sequence.editor',
    'diff.external',
    'diff.evil.command',
    'diff.evil.textconv',
    'merge.evil.driver',
    'filter.evil.clean',
    'filter.evil.smudge',
    'filter.evil.process',
    'filter.required.clean',
    'filter.a=b.clean',
    'gpg.program',
    'gpg.ssh.program',
    'gpg.x509.program',
    'gpg.ssh.defaultKeyCommand',
    'interactive.diffFilter',
    'mergetool.evil.cmd',
    'difftool.evil.cmd',
    'guitool.evil.cmd',
    'browser.evil.cmd',
    'man.evil.cmd',
    'trailer.evil.command',
    'trailer.evil.cmd',
    'pager.status',
    'pager.blame',
    'pager.ls-files',
    'sendemail.sendmailCmd',
    'uploadpack.packObjectsHook',
    'remote.origin.uploadpack',
    'remote.origin.receivepack',
    'imap.tunnel',
    'web.browser',
  ].map((key): [string, (run: string) => string] => [key, (run) => run]),
  ...['alias.status', 'alias.blame', 'credential.helper', 'credential.https://x.helper', 'submodule.sub.update'].map(
    (key): [string, (run: string) => string] => [key, (run) => `!${run}`],
  ),
  ['remote.origin.url', (run) => `ext::${run.replace('; false', '')}`],
  ['remote.origin.vcs', () => 'ext'],
  ['remote.origin.promisor', () => 'true'],
  ['extensions.partialClone', () => 'origin'],
  ['core.hooksPath', () => 'hooks'],
  ['protocol.allow', () => 'always'],
  ['protocol.ext.allow', () => 'always'],
  ['commit.gpgSign', () => 'true'],
  ['log.showSignature', () => 'true'],
  ['filter.required.required', () => 'true'],
  ['status.submoduleSummary', () => 'true'],
  ['diff.ignoreSubmodules', () => 'none'],
];
const HOOKS = [
  ...['post-index-change', 'reference-transaction', 'pre-commit', 'commit-msg', 'post-commit', 'post-checkout'],
  ...['pre-push', 'fsmonitor-watchman', 'applypatch-msg', 'pre-applypatch', 'post-rewrite'],
];
/** What names a file of this machine that Git would read. */
const FILES = ['blame.ignoreRevsFile', 'mailmap.file', 'core.excludesFile', 'core.attributesFile', 'commit.template'];

const TEMPLATE = 'Resources:\n  Jobs: { Type: AWS::SQS::Queue, Properties: { QueueName: jobs } }\n';
const CONFIG = 'version: 1\nstacks:\n  - { name: shop, template: shop.yaml, region: eu-west-1 }\n';
const LIVE = JSON.stringify({
  snapshotVersion: 1,
  capturedAt: '2026-01-01T00:00:00Z',
  account: '111111111111',
  regions: {
    'eu-west-1': {
      stacks: [
        {
          name: 'shop',
          resources: [
            { logicalId: 'Jobs', type: 'AWS::SQS::Queue', physicalId: 'q', properties: { QueueName: 'other' } },
          ],
        },
      ],
    },
  },
});

let markers = '';

/** A command that leaves a file behind, and does nothing else. */
function marking(name: string): string {
  return `touch ${markers}/${name.replaceAll(/\W/g, '_')}; false`;
}

function ran(): string[] {
  return readdirSync(markers);
}

/** Everything at once, in work tree or bare; without the template's blob where it is to be missing. */
function plant(repository: string, { missing = false, except = [] as string[] } = {}): void {
  const folder = git(repository, 'rev-parse', '--absolute-git-dir');
  const info = join(folder, 'info');
  mkdirSync(info, { recursive: true });
  writeFileSync(join(info, 'attributes'), '*.yaml filter=evil diff=evil merge=evil\nlive.json filter=required\n');
  const hooks = join(folder, 'hooks');
  mkdirSync(hooks, { recursive: true });
  for (const name of HOOKS) {
    writeFileSync(join(hooks, name), `#!/bin/sh\n${marking(`hook-${name}`)}\n`);
    chmodSync(join(hooks, name), 0o755);
  }
  const blob = git(repository, 'rev-parse', 'HEAD:shop.yaml');
  if (missing) rmSync(join(folder, 'objects', blob.slice(0, 2), blob.slice(2)));
  git(repository, 'config', 'core.repositoryFormatVersion', '1');
  const secret = join(markers, '..', 'secret.txt');
  writeFileSync(secret, 'top secret line\n');
  const lines = [...PROGRAMS.map(([key, value]) => [key, value(marking(key))]), ...FILES.map((key) => [key, secret])];
  for (const [key = '', value = ''] of lines) {
    if (except.includes(key)) continue;
    const [, section, middle, last] = /^([^.]+)(?:\.(.*))?\.([^.]+)$/.exec(key) ?? [];
    const head = middle === undefined ? `[${section}]` : `[${section} "${middle}"]`;
    appendFileSync(join(folder, 'config'), `${head}\n\t${last} = ${JSON.stringify(value)}\n`);
  }
}

function makeHostile(options: Parameters<typeof plant>[1] = {}): string {
  const attributes = '*.yaml filter=evil diff=evil merge=evil working-tree-encoding=UTF-8\n';
  const files = { 'shop.yaml': TEMPLATE, 'gitops-drift.yaml': CONFIG, 'live.json': LIVE, '.gitattributes': attributes };
  const repository = makeRepository(files);
  plant(repository, options);
  // Git looks into a file whose time is another.
  for (const name of ['shop.yaml', 'live.json']) utimesSync(join(repository, name), 1, 1);
  return repository;
}

function addSubmodule(repository: string): void {
  const inner = makeBareClone(makeRepository({ 'shop.yaml': TEMPLATE }));
  git(repository, '-c', 'protocol.file.allow=always', 'submodule', 'add', '--quiet', inner, 'sub');
}

beforeAll(() => {
  markers = join(temporaryDirectory(), 'ran');
  mkdirSync(markers);
});

afterEach(() => {
  for (const name of ran()) rmSync(join(markers, name));
});

describe('nothing that a repository names is run', () => {
  const live = () => {
    const file = join(temporaryDirectory(), 'live.json');
    writeFileSync(file, LIVE);
    return file;
  };

  test('there are more than forty settings, and plain Git runs what they name', () => {
    expect(PROGRAMS.length + HOOKS.length + FILES.length).toBeGreaterThan(60);
    const repository = makeHostile({ except: ['extensions.partialClone', 'remote.origin.vcs'] });
    const env = { PATH: process.env['PATH'], HOME: repository, GIT_CONFIG_GLOBAL: '/dev/null', GIT_PAGER_IN_USE: '1' };
    for (const args of [
      ['status', '--porcelain'],
      ['blame', 'shop.yaml'],
      ['ls-remote', 'origin'],
      ['commit', '--allow-empty', '-m', 'x'],
    ]) {
      try {
        execFileSync('git', args, { cwd: repository, env, stdio: 'pipe' });
      } catch {
        // What was run has failed, on purpose.
      }
    }
    expect(ran()).toEqual(expect.arrayContaining(['core_fsmonitor', 'filter_evil_process', 'remote_origin_url']));
  });

  const commands: [string, (file: string) => string[]][] = [
    ['scan', (file) => ['scan', '--snapshot', file, '--explain', '--verbose']],
    ['scan at a commit', (file) => ['scan', '--ref', 'HEAD', '--snapshot', file]],
    ['patch', (file) => ['patch', '--snapshot', file]],
    ['patch --apply', (file) => ['patch', '--apply', '--snapshot', file]],
    ['patch --branch', (file) => ['patch', '--branch', 'drift/x', '--ref', 'HEAD', '--snapshot', file]],
    ['snapshot', (file) => ['snapshot', '--snapshot', file, '-o', `${file}.new`]],
    ['render', (file) => ['render', '--snapshot', file]],
    ['doctor', (file) => ['doctor', '--snapshot', file]],
    ['permissions', () => ['permissions']],
    ['init', (file) => ['init', '--snapshot', file, '--config', 'new.yaml']],
  ];

  test.each(commands)('by %s in a work tree', async (_, argsOf) => {
    const cwd = makeHostile();
    const { stdout, stderr } = await runCli(argsOf(live()), { cwd });
    expect(ran()).toEqual([]);
    expect(stdout + stderr).not.toContain('top secret');
  });

  test.each(commands.slice(0, 8))('by %s in a bare repository', async (_, argsOf) => {
    const cwd = makeBareClone(makeRepository({ 'shop.yaml': TEMPLATE, 'gitops-drift.yaml': CONFIG }));
    plant(cwd);
    await runCli(argsOf(live()), { cwd });
    expect(ran()).toEqual([]);
  });

  test.each([
    ['a work tree', []],
    ['a commit', ['--ref', 'HEAD']],
  ])('where the blob of %s is missing, as in a partial clone', async (_, args) => {
    const cwd = makeHostile({ missing: true, except: ['remote.origin.vcs'] });
    const { exitCode, stdout } = await runCli(['scan', '--snapshot', live(), ...args], { cwd });
    expect(ran()).toEqual([]);
    if (args.length === 0) return;
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/Git failed|lacks the object/);
  });

  test('in a submodule', async () => {
    const cwd = makeRepository({ 'shop.yaml': TEMPLATE, 'gitops-drift.yaml': CONFIG });
    addSubmodule(cwd);
    git(cwd, 'commit', '--quiet', '-m', 'sub');
    plant(join(cwd, 'sub'));
    const { exitCode } = await runCli(['scan', '--snapshot', live()], { cwd });
    expect({ exitCode, ran: ran() }).toEqual({ exitCode: 1, ran: [] });
  });
});

test.each([
  ['in the repository is heeded', 'revs', ''],
  ['that is a link to elsewhere is not read', 'link', 'names a file outside of it, link'],
])('a file of revisions for blame %s', async (_, name, warning) => {
  const cwd = makeRepository({ 'shop.yaml': TEMPLATE, 'gitops-drift.yaml': CONFIG, 'live.json': LIVE, revs: '' });
  symlinkSync('/etc/passwd', join(cwd, 'link'));
  git(cwd, 'config', 'blame.ignoreRevsFile', name);
  const { stderr } = await runCli(['scan', '--snapshot', join(cwd, 'live.json')], { cwd });
  expect(stderr).not.toContain('root:');
  if (warning === '') expect(stderr).not.toContain('ignoreRevsFile');
  else expect(stderr).toContain(warning);
});

test('what the user says still holds where a repository says something else', async () => {
  const cwd = makeRepository({ 'shop.yaml': TEMPLATE, 'gitops-drift.yaml': CONFIG });
  const ignored = join(temporaryDirectory(), 'ignored');
  writeFileSync(ignored, '*.secret.yaml\n');
  const home = temporaryDirectory();
  writeFileSync(join(home, '.gitconfig'), `[core]\n\texcludesFile = ${ignored}\n`);
  writeFileSync(join(cwd, 'a.secret.yaml'), TEMPLATE);
  git(cwd, 'config', 'core.excludesFile', '/dev/null');
  const env = { GIT_CONFIG_GLOBAL: join(home, '.gitconfig') };
  const { stderr } = await runCli(['scan', '--snapshot', join(cwd, 'none.json')], { cwd, env });
  expect(stderr).not.toContain('a.secret.yaml');
});

describe('a work tree', () => {
  test('is not elsewhere on this machine', async () => {
    const cwd = makeRepository({ 'shop.yaml': TEMPLATE });
    git(cwd, 'config', 'core.worktree', join(cwd, '..'));
    await expect(openRepository(cwd)).rejects.toThrow(/has its work tree elsewhere/);
  });

  test('may be one of several, and a submodule', async () => {
    const cwd = makeRepository({ 'shop.yaml': TEMPLATE });
    const other = join(temporaryDirectory(), 'other');
    git(cwd, 'worktree', 'add', '--quiet', other);
    expect((await openRepository(other)).root).toBe(other);
    addSubmodule(cwd);
    expect((await openRepository(join(cwd, 'sub'))).root).toBe(join(cwd, 'sub'));
  });
});

test('a ref that stands for all other commits names none', async () => {
  const cwd = makeRepository({ 'shop.yaml': TEMPLATE });
  for (const ref of ['^HEAD', 'HEAD..HEAD', 'HEAD...HEAD', '--all', 'HEAD^@', 'HEAD^!']) {
    await expect((await openRepository(cwd)).checkout(ref)).rejects.toThrow(/names no commit/);
  }
});

test('more names than can be taken back are told', async () => {
  const cwd = makeRepository({ 'shop.yaml': TEMPLATE });
  const many = Array.from({ length: 2001 }, (_, index) => `[alias]\n\ta${index} = x\n`);
  appendFileSync(join(cwd, '.git/config'), many.join(''));
  await expect(openRepository(cwd)).rejects.toThrow(/names more than 2000 programs and files/);
});

describe("CI's fetch and push", () => {
  test('go to the address of the remote, whatever else is said of it', async () => {
    const remote = makeBareClone(makeRepository({ 'shop.yaml': TEMPLATE }));
    const other = makeBareClone(makeRepository({ 'shop.yaml': TEMPLATE }));
    const cwd = makeRepository({ 'shop.yaml': TEMPLATE });
    git(cwd, 'remote', 'add', 'origin', remote);
    git(cwd, 'config', 'remote.origin.pushurl', other);
    git(cwd, 'config', 'remote.origin.receivepack', marking('receivepack'));
    git(cwd, 'config', 'remote.origin.uploadpack', marking('uploadpack'));
    const commit = git(cwd, 'rev-parse', 'HEAD');
    await pushBranch(cwd, 'origin', 'drift/x', { commit, expected: undefined });
    expect(await fetchTip(cwd, 'origin', 'drift/x')).toBe(commit);
    expect(git(remote, 'rev-parse', 'drift/x')).toBe(commit);
    expect(git(other, 'branch', '--list', 'drift/x')).toBe('');
    expect(ran()).toEqual([]);
  });

  test('go nowhere else where the configuration would send them there', async () => {
    const cwd = makeRepository({ 'shop.yaml': TEMPLATE });
    git(cwd, 'remote', 'add', 'origin', 'https://forge.example/shop/infra.git');
    git(cwd, 'config', 'url.https://evil.example/.insteadOf', 'https://forge.example/');
    await expect(fetchTip(cwd, 'origin', 'drift/x')).rejects.toThrow(/sends what is for forge.example to evil.example/);
  });
});
