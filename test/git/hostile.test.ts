import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { fetchTip, pushBranch } from '../../src/ci/remote-branch.js';
import { openRepository } from '../../src/git/repository.js';
import { runCli } from '../support/cli.js';
import { startGitHub, TOKEN } from '../support/fake-forge.js';
import { runCi } from '../support/pipeline.js';
import { commitFiles, git, makeBareClone, makeRepository, temporaryDirectory } from '../support/repository.js';

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
  ...[
    'alias.run',
    'alias.status',
    'alias.blame',
    'credential.helper',
    'credential.https://x.helper',
    'submodule.sub.update',
  ].map((key): [string, (run: string) => string] => [key, (run) => `!${run}`]),
  ['remote.origin.url', (run) => `ext::${run}`],
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
const FILES = [
  ...['blame.ignoreRevsFile', 'mailmap.file', 'core.excludesFile', 'core.attributesFile', 'commit.template'],
  ...['http.cookieFile', 'http.sslCert', 'gpg.ssh.allowedSignersFile', 'fetch.bundleURI', 'include.path'],
];
/** Plain Git runs what these name, asked as follows: planting one alone does do harm. */
const TEETH: readonly [string, string[]][] = [
  ['core.fsmonitor', ['status']],
  ['filter.evil.clean', ['status']],
  ['filter.evil.process', ['status']],
  ['diff.evil.textconv', ['blame', 'shop.yaml']],
  ['diff.evil.command', ['diff', 'HEAD~1']],
  ['diff.external', ['-c', 'core.attributesFile=', 'diff', 'HEAD~1', '--', 'gitops-drift.yaml']],
  ['core.editor', ['commit', '--allow-empty']],
  ['gpg.program', ['commit', '--allow-empty', '-S', '-m', 'x']],
  ['core.sshCommand', ['ls-remote', 'ssh://127.0.0.1/x']],
  ['core.gitProxy', ['ls-remote', 'git://127.0.0.1/x']],
  ['remote.origin.uploadpack', ['ls-remote', 'origin']],
  ['remote.origin.receivepack', ['push', 'origin', 'main']],
  ['trailer.evil.cmd', ['interpret-trailers', '--trailer', 'evil=x', 'shop.yaml']],
  ['alias.run', ['run']],
];

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
let programs = '';
let secret = '';

/** A program that leaves a file behind, and does nothing else. */
function marking(name: string): string {
  const file = name.replaceAll(/\W/g, '_');
  const program = join(programs, file);
  writeFileSync(program, `#!/bin/sh\ntouch ${join(markers, file)}\nexit 1\n`, { mode: 0o755 });
  return program;
}

function ran(): string[] {
  return readdirSync(markers);
}

function set(folder: string, settings: readonly (readonly [string, string])[]): void {
  const lines = settings.map(([key, value]) => {
    const [, section, middle, last] = /^([^.]+)(?:\.(.*))?\.([^.]+)$/.exec(key) ?? [];
    const head = middle === undefined ? `[${section}]` : `[${section} "${middle}"]`;
    return `${head}\n\t${last} = ${JSON.stringify(value)}\n`;
  });
  appendFileSync(join(folder, 'config'), lines.join(''));
}

/** Everything at once, in a work tree or a bare repository; without the template's blob where it is to be missing. */
function plant(repository: string, { missing = false } = {}): void {
  const folder = git(repository, 'rev-parse', '--absolute-git-dir');
  const blob = git(repository, 'rev-parse', 'HEAD:shop.yaml');
  if (missing) rmSync(join(folder, 'objects', blob.slice(0, 2), blob.slice(2)));
  mkdirSync(join(folder, 'info'), { recursive: true });
  writeFileSync(
    join(folder, 'info/attributes'),
    '*.yaml filter=evil diff=evil merge=evil\nlive.json filter=required\n',
  );
  mkdirSync(join(folder, 'hooks'), { recursive: true });
  for (const name of HOOKS) {
    writeFileSync(join(folder, 'hooks', name), `#!/bin/sh\n${marking(`hook-${name}`)}\n`);
    chmodSync(join(folder, 'hooks', name), 0o755);
  }
  const included = join(folder, 'included');
  writeFileSync(included, `[filter "evil"]\n\tclean = "${marking('included')}"\n`);
  set(folder, [
    ['core.repositoryFormatVersion', '1'],
    ['user.name', 'Ada'],
    ['user.email', 'ada@example.com'],
    ...PROGRAMS.map(([key, value]): [string, string] => [key, value(marking(key))]),
    ...FILES.map((key): [string, string] => [key, secret]),
    ...['include.path', `includeIf.gitdir:${folder}.path`].map((key): [string, string] => [key, included]),
  ]);
  // Git looks into a file whose time is another.
  if (!folder.endsWith('.git') || git(repository, 'config', '--file', join(folder, 'config'), 'core.bare') === 'true')
    return;
  for (const name of ['shop.yaml', 'gitops-drift.yaml']) utimesSync(join(repository, name), 1, 1);
}

function makeShop(): string {
  const attributes = '*.yaml filter=evil diff=evil merge=evil working-tree-encoding=UTF-8\n';
  return makeRepository({
    'shop.yaml': TEMPLATE,
    'gitops-drift.yaml': CONFIG,
    'live.json': LIVE,
    '.gitattributes': attributes,
  });
}

function addSubmodule(repository: string): void {
  const inner = makeBareClone(makeShop());
  git(repository, '-c', 'protocol.file.allow=always', 'submodule', 'add', '--quiet', inner, 'sub');
}

/** A snapshot outside of the repository. */
let live = '';

beforeAll(() => {
  const folder = temporaryDirectory();
  [markers, programs] = [join(folder, 'ran'), join(folder, 'programs')];
  [secret, live] = [join(folder, 'secret.txt'), join(folder, 'live.json')];
  for (const each of [markers, programs]) mkdirSync(each);
  writeFileSync(secret, 'top secret line\n');
  writeFileSync(live, LIVE);
});

afterEach(() => {
  for (const name of ran()) rmSync(join(markers, name));
});

describe('plain Git runs what is named by', () => {
  let repository = '';

  beforeAll(() => {
    repository = makeShop();
    commitFiles(repository, { 'shop.yaml': `${TEMPLATE}# more\n`, 'gitops-drift.yaml': `${CONFIG}# more\n` });
    mkdirSync(join(repository, '.git/info'));
    writeFileSync(join(repository, '.git/info/attributes'), 'shop.yaml filter=evil diff=evil\n');
    git(repository, 'remote', 'add', 'origin', makeBareClone(repository));
  });

  test.each(TEETH)('%s', (key, args) => {
    const value = PROGRAMS.find(([name]) => name === key)?.[1](marking(key)) ?? '';
    const env = {
      PATH: process.env['PATH'],
      HOME: repository,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
    };
    writeFileSync(join(repository, 'shop.yaml'), `${TEMPLATE}# more\n`);
    utimesSync(join(repository, 'shop.yaml'), Math.random() * 1e6, 1);
    const who = ['-c', 'user.name=Ada', '-c', 'user.email=a@b', '-c', `${key}=${value}`];
    try {
      execFileSync('git', [...who, ...args], { cwd: repository, env, stdio: 'pipe' });
    } catch {
      // What was run has failed, on purpose.
    }
    expect(ran()).toContain(key.replaceAll(/\W/g, '_'));
  });

  test('more than sixty others are planted as well', () => {
    const keys = [...PROGRAMS.map(([key]) => key), ...FILES, ...HOOKS];
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBeGreaterThan(60);
  });
});

describe('nothing that a repository names is run, nor told of a file', () => {
  const commands: [string, (ref: string[]) => string[]][] = [
    ['scan', (ref) => ['scan', '--snapshot', live, '--explain', '--verbose', ...ref]],
    ['patch', (ref) => ['patch', '--snapshot', live, ...ref]],
    ['snapshot', (ref) => ['snapshot', '--snapshot', live, '-o', `${live}.new`, ...ref]],
    ['render', (ref) => ['render', '--stack', 'shop', '--snapshot', live, ...ref]],
    ['doctor', (ref) => ['doctor', '--snapshot', live, ...ref]],
    ['permissions', (ref) => ['permissions', ...ref]],
    ['init', () => ['init', '--snapshot', live, '-o', '-']],
    ['patch --branch', () => ['patch', '--branch', 'drift/x', '--ref', 'HEAD', '--snapshot', live]],
    ['patch --apply', () => ['patch', '--apply', '--snapshot', live]],
  ];
  const of = (...names: string[]) => commands.filter(([name]) => !names.includes(name));
  let workTree = '';
  let bare = '';
  let partial = '';

  beforeAll(() => {
    workTree = makeShop();
    bare = makeBareClone(workTree);
    addSubmodule(workTree);
    git(workTree, 'commit', '--quiet', '--message', 'Add a submodule');
    partial = makeShop();
    plant(workTree);
    plant(join(workTree, 'sub'));
    plant(bare);
    plant(partial, { missing: true });
  });

  async function expectHarmless(args: string[], cwd: string): Promise<string> {
    const { exitCode, stdout, stderr } = await runCli(args, { cwd });
    // Nothing is refused for how it is asked.
    if (cwd !== partial && args[0] !== 'doctor' && !(cwd === bare && args[0] === 'init'))
      expect({ exitCode, stderr }).toEqual({ exitCode: args[0] === 'scan' ? 1 : 0, stderr: expect.anything() });
    expect(ran()).toEqual([]);
    expect(stdout + stderr).not.toContain('top secret');
    return stdout + stderr;
  }

  test.each(commands)('by %s in a work tree', async (_, argsOf) => {
    await expectHarmless(argsOf([]), workTree);
  });

  test.each(of('init', 'patch --apply', 'patch --branch'))('by %s at a commit', async (_, argsOf) => {
    await expectHarmless(argsOf(['--ref', 'HEAD']), workTree);
  });

  test.each(of('patch --apply'))('by %s in a bare repository', async (_, argsOf) => {
    await expectHarmless(argsOf([]), bare);
  });

  test.each(of('patch --apply', 'init'))('by %s in a partial clone', async (_, argsOf) => {
    await expectHarmless(argsOf(['--ref', 'HEAD']), partial);
  });

  test('the scans do scan', async () => {
    expect(await expectHarmless(['scan', '--snapshot', live], makeHostileCopy())).toContain('Drift: ');
    expect(await expectHarmless(['scan', '--snapshot', live], bare)).toContain('Drift: ');
    expect(await expectHarmless(['scan', '--snapshot', live], join(workTree, 'sub'))).toContain('Drift: ');
    expect(await expectHarmless(['scan', '--snapshot', live, '--ref', 'HEAD'], partial)).toContain('lacks the object');
  });

  function makeHostileCopy(): string {
    const repository = makeShop();
    plant(repository);
    return repository;
  }

  test("by the patches of CI, whose checkout's hooks and settings are hostile", async () => {
    const cwd = makeShop();
    const remote = makeBareClone(cwd);
    const folder = temporaryDirectory();
    const [report, diff, body] = ['drift.json', 'drift.patch', 'drift.md'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await runCli(['scan', '--snapshot', live, '-o', `json=${report}`, '-o', 'table', `--patch=${diff}`], { cwd });
    writeFileSync(body, 'drift');
    plant(cwd);
    const forge = await startGitHub(remote);
    const env = {
      ...{ GITHUB_ACTIONS: 'true', GITHUB_API_URL: forge.url, GITHUB_GRAPHQL_URL: `${forge.url}/graphql` },
      ...{ GITHUB_REPOSITORY: 'shop/infra', GITHUB_EVENT_NAME: 'schedule', GITHUB_REF_TYPE: 'branch' },
      ...{ GITHUB_REF_NAME: 'main', GITHUB_TOKEN: TOKEN },
    };
    const args = ['patches', `--report=${report}`, `--diff=${diff}`, `--body=${body}`, '--branch=adopt'];
    const byName = await runCi(args, { cwd, env });
    expect({ exitCode: byName.exitCode, ran: ran() }).toEqual({ exitCode: 2, ran: [] });
    const { stdout } = await runCi([...args, `--remote=file://${remote}`], { cwd, env });
    expect({ stdout, ran: ran() }).toEqual({ stdout: expect.stringContaining('outcome=opened'), ran: [] });
    expect(git(remote, 'show', 'adopt:shop.yaml')).toContain('other');
  });
});

test.each([
  ['in the repository is heeded', 'revs', false],
  ['that is a link to elsewhere is not', 'link', true],
])('a file of revisions for blame %s', async (_, name, isTold) => {
  const cwd = makeRepository({ 'shop.yaml': TEMPLATE });
  const reformatted = commitFiles(cwd, { 'shop.yaml': TEMPLATE.replace('jobs', 'works'), 'gitops-drift.yaml': CONFIG });
  const elsewhere = join(temporaryDirectory(), 'revs');
  writeFileSync(elsewhere, `${reformatted}\n`);
  writeFileSync(join(cwd, 'revs'), `${reformatted}\n`);
  symlinkSync(elsewhere, join(cwd, 'link'));
  git(cwd, 'config', 'blame.ignoreRevsFile', name);
  const { stdout } = await runCli(['scan', '--snapshot', live, '-o', 'json'], { cwd });
  expect(stdout.includes(`"commit": "${reformatted}",\n          "author"`)).toBe(isTold);
});

test("the user's own list of revisions is no way to a file's text", async () => {
  const cwd = makeRepository({ 'shop.yaml': TEMPLATE, 'gitops-drift.yaml': CONFIG });
  const home = temporaryDirectory();
  writeFileSync(join(home, '.gitconfig'), '[blame]\n\tignoreRevsFile = revs\n');
  symlinkSync(secret, join(cwd, 'revs'));
  const { stderr } = await runCli(['scan', '--snapshot', live], {
    cwd,
    env: { GIT_CONFIG_GLOBAL: join(home, '.gitconfig') },
  });
  expect(stderr).toContain('blame.ignoreRevsFile');
  expect(stderr).not.toContain('top secret');
});

test("the user's own filters are not run either", async () => {
  const cwd = makeShop();
  const global = join(temporaryDirectory(), '.gitconfig');
  writeFileSync(global, `[filter "evil"]\n\tclean = "${marking('global')}"\n\tsmudge = cat\n\trequired = true\n`);
  utimesSync(join(cwd, 'shop.yaml'), 1, 1);
  const { stderr } = await runCli(['scan', '--snapshot', live], { cwd, env: { GIT_CONFIG_GLOBAL: global } });
  expect({ stderr, ran: ran() }).toEqual({ stderr: '', ran: [] });
});

test('a file that a filter stores otherwise counts as changed once it is', async () => {
  const cwd = makeRepository({ '.gitattributes': '*.bin filter=short\n' });
  git(cwd, 'config', 'filter.short.clean', 'head -c 3');
  git(cwd, 'config', 'filter.short.smudge', 'cat');
  commitFiles(cwd, { 'a.bin': 'long enough', 'odd\nname *.bin': 'long enough', 'shop.yaml': 'a: 1' });
  const open = async () => (await openRepository(cwd)).checkout();
  // Written as quickly as the index, so that Git would compare them.
  expect(await open()).toMatchObject({ dirtyFiles: [] });
  writeFileSync(join(cwd, 'odd\nname *.bin'), 'long change');
  writeFileSync(join(cwd, 'shop.yaml'), 'a: 2');
  expect(await open()).toMatchObject({ dirtyFiles: ['odd\nname *.bin', 'shop.yaml'] });
});

test('what the user says still holds where a repository says something else', async () => {
  const cwd = makeRepository({ 'shop.yaml': TEMPLATE, 'gitops-drift.yaml': CONFIG });
  const home = temporaryDirectory();
  writeFileSync(join(home, 'ignored'), '*.secret.yaml\n');
  writeFileSync(join(home, '.gitconfig'), `[core]\n\texcludesFile = ${home}/ignored\n`);
  writeFileSync(join(cwd, 'a.secret.yaml'), TEMPLATE);
  git(cwd, 'config', 'core.excludesFile', '/dev/null');
  const env = { GIT_CONFIG_GLOBAL: join(home, '.gitconfig') };
  const { stderr } = await runCli(['scan', '--snapshot', live], { cwd, env });
  expect(stderr).not.toContain('a.secret.yaml');
});

describe('a work tree', () => {
  test('is not elsewhere on this machine', async () => {
    const cwd = makeRepository({ 'shop.yaml': TEMPLATE });
    git(cwd, 'config', 'core.worktree', join(cwd, '..'));
    await expect(openRepository(cwd)).rejects.toThrow(/says that its files are elsewhere: core.worktree = /);
  });

  test('may be one of several, with a HEAD of its own, and a submodule', async () => {
    const cwd = makeRepository({ 'shop.yaml': TEMPLATE });
    const other = join(temporaryDirectory(), 'other');
    git(cwd, 'worktree', 'add', '--quiet', other);
    const commit = commitFiles(other, { 'new.yaml': '1' });
    const repository = await openRepository(other);
    expect(repository.root).toBe(other);
    expect(await repository.checkout()).toMatchObject({ commit, dirty: false });
    expect(await (await repository.checkout('HEAD')).list()).toEqual(['new.yaml', 'shop.yaml']);
    expect(await (await openRepository(cwd)).checkout()).toMatchObject({ commit: git(cwd, 'rev-parse', 'HEAD') });
    addSubmodule(cwd);
    expect((await openRepository(join(cwd, 'sub'))).root).toBe(join(cwd, 'sub'));
  });

  test('has the line ends that its configuration says', async () => {
    const cwd = makeRepository({ 'shop.yaml': 'a\nb\n' });
    git(cwd, 'config', 'core.autocrlf', 'true');
    rmSync(join(cwd, 'shop.yaml'));
    git(cwd, 'checkout', '--', 'shop.yaml');
    expect(readFileSync(join(cwd, 'shop.yaml'), 'utf8')).toBe('a\r\nb\r\n');
    // Git looks into a file whose time is another.
    utimesSync(join(cwd, 'shop.yaml'), 1, 1);
    expect(await (await openRepository(cwd)).checkout()).toMatchObject({ dirtyFiles: [] });
    git(cwd, 'config', '--unset', 'core.autocrlf');
    expect(await (await openRepository(cwd)).checkout()).toMatchObject({ dirtyFiles: ['shop.yaml'] });
  });

  test('may be of a repository whose object names are of SHA-256', async () => {
    const cwd = temporaryDirectory();
    git(cwd, 'init', '--quiet', '--object-format=sha256', '--initial-branch=main');
    const commit = commitFiles(cwd, { 'shop.yaml': TEMPLATE });
    const files = await (await openRepository(cwd)).checkout('main@{0}');
    expect(files).toMatchObject({ commit });
    expect((await files.read('shop.yaml')).text).toBe(TEMPLATE);
  });
});

test('a ref that stands for several commits is none', async () => {
  const cwd = makeRepository({ 'shop.yaml': TEMPLATE });
  const repository = await openRepository(cwd);
  for (const ref of ['^HEAD', 'HEAD..HEAD', 'HEAD...HEAD', 'HEAD^@', 'HEAD^!', '^']) {
    await expect(repository.checkout(ref)).rejects.toThrow(
      /names no commit of this repository\n {2}it stands for several/,
    );
  }
  await expect(repository.checkout('--all')).rejects.toThrow(/names no commit/);
});

describe("CI's fetch and push", () => {
  const before = { ...process.env };

  afterEach(() => {
    process.env = { ...before };
  });

  test('go to the address of the remote, whatever else is said of it', async () => {
    const shop = makeRepository({ 'shop.yaml': TEMPLATE });
    const [remote, other] = [makeBareClone(shop), makeBareClone(shop)];
    const cwd = makeRepository({ 'shop.yaml': TEMPLATE });
    set(join(cwd, '.git'), [
      [`remote.${remote}.url`, other],
      [`url.${other}.insteadOf`, remote],
      [`url.${other}.pushInsteadOf`, remote],
    ]);
    const commit = git(cwd, 'rev-parse', 'HEAD');
    await pushBranch(cwd, remote, 'drift/x', { commit, expected: undefined });
    expect(await fetchTip(cwd, remote, 'drift/x')).toBe(commit);
    expect(git(other, 'branch', '--list', 'drift/x')).toBe('');
  });

  test('run no hooks on this machine that the repository calls its remote', async () => {
    const cwd = makeRepository({ 'shop.yaml': TEMPLATE });
    const remote = makeBareClone(cwd);
    plant(remote);
    git(cwd, 'remote', 'add', 'origin', remote);
    const commit = git(cwd, 'rev-parse', 'HEAD');
    await expect(pushBranch(cwd, 'origin', 'drift/x', { commit, expected: undefined })).rejects.toThrow(
      /'file' not allowed/,
    );
    expect(ran()).toEqual([]);
  });

  test('log in as actions/checkout has set it up, and go nowhere else', async () => {
    const asked: (string | undefined)[] = [];
    const server = createServer(({ headers }, response) => {
      asked.push(headers.authorization);
      response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/`;
    const runner = temporaryDirectory();
    const secrets = join(runner, 'git-credentials.config');
    writeFileSync(secrets, `[http "${url}"]\n\textraheader = AUTHORIZATION: basic of-the-runner\n`);
    const cwd = makeRepository({ 'shop.yaml': TEMPLATE });
    const fetch = () => fetchTip(cwd, 'origin', 'drift/x').catch((error: Error) => error.message);
    set(join(cwd, '.git'), [
      ['remote.origin.url', `${url}shop.git`],
      ['remote.origin.proxy', 'http://127.0.0.1:1'],
      ['http.proxy', 'http://127.0.0.1:1'],
      ['url.http://127.0.0.1:1/.insteadOf', url],
      ['http.cookieFile', secret],
      [`includeIf.gitdir:${cwd}/.git.path`, secrets],
    ]);
    expect(await fetch()).toContain('not found');
    process.env['RUNNER_TEMP'] = runner;
    await fetch();
    writeFileSync(
      join(cwd, '.git/config'),
      readFileSync(join(cwd, '.git/config'), 'utf8').replace(/\[includeIf[^[]*/, ''),
    );
    set(join(cwd, '.git'), [[`http.${url}.extraheader`, 'AUTHORIZATION: basic of-the-checkout']]);
    await openRepository(cwd);
    await fetch();
    server.close();
    expect(asked).toEqual([undefined, 'basic of-the-runner', 'basic of-the-checkout']);
  });
});
