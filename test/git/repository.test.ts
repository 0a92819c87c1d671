import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { DriftError } from '../../src/base/errors.js';
import { type Checkout, openRepository } from '../../src/git/repository.js';
import {
  commitFiles,
  git,
  makeBareClone,
  makeEmptyRepository,
  makeRepository,
  temporaryDirectory,
  writeFiles,
} from '../support/repository.js';

const TEMPLATE = 'Resources:\r\n  Bucket: {Type: AWS::S3::Bucket}\r\n';

/** The message of the `DriftError` that something rejects with. */
async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DriftError);
  return (error as DriftError).message;
}

async function checkout(path: string, ref?: string): Promise<Checkout> {
  return (await openRepository(path)).checkout(ref);
}

describe('opening', () => {
  test('a directory in a work tree opens the repository around it', async () => {
    const root = makeRepository({ 'deploy/templates/shop.yaml': TEMPLATE });
    const repository = await openRepository(join(root, 'deploy/templates'));
    expect(repository).toMatchObject({ root, bare: false });
    expect(repository.originUrl).toBeUndefined();
    expect((await (await repository.checkout()).read('deploy/templates/shop.yaml')).text).toBe(TEMPLATE);
  });

  test('a bare repository opens, and reads its HEAD', async () => {
    const root = makeBareClone(makeRepository({ 'shop.yaml': TEMPLATE }));
    const repository = await openRepository(root);
    expect(repository).toMatchObject({ root, bare: true });
    const files = await repository.checkout();
    expect(files).toMatchObject({ ref: 'HEAD', dirty: false });
    expect(await files.list()).toEqual(['shop.yaml']);
    expect((await files.read('shop.yaml')).text).toBe(TEMPLATE);
  });

  test("the origin's URL comes without credentials", async () => {
    const root = makeEmptyRepository();
    git(root, 'remote', 'add', 'origin', 'https://ada:ghp_secret@github.com/acme/infra.git');
    expect((await openRepository(root)).originUrl).toBe('https://github.com/acme/infra.git');
  });

  test('what is no repository says what to do', async () => {
    const directory = temporaryDirectory();
    expect(await refusal(openRepository(directory))).toBe(
      `"${directory}" is not in a Git repository\n  give the path of a clone, or start one here with \`git init\``,
    );
    expect(await refusal(openRepository(join(directory, 'nowhere')))).toContain('there is no directory');
    writeFiles(directory, { 'file.txt': '' });
    expect(await refusal(openRepository(join(directory, 'file.txt')))).toContain('is not a directory');
    expect(await refusal(openRepository(join(makeEmptyRepository(), '.git')))).toContain(
      "is inside a repository's .git",
    );
  });

  test("the origin's last URL counts, whatever characters are in the path", async () => {
    const root = join(temporaryDirectory(), ' with blanks\tand ü ');
    mkdirSync(root);
    git(root, 'init', '--quiet');
    git(root, 'config', '--add', 'remote.origin.url', 'https://example.com/old.git');
    git(root, 'config', '--add', 'remote.origin.url', 'https://example.com/new.git');
    expect(await openRepository(root)).toMatchObject({ root, originUrl: 'https://example.com/new.git' });
  });

  test('a path that looks like an option stays a path', async () => {
    expect(await refusal(openRepository('--help'))).toContain('there is no directory "--help"');
  });

  test('a broken repository tells what Git says', async () => {
    const root = makeRepository({ 'shop.yaml': TEMPLATE });
    writeFileSync(join(root, '.git/config'), '[core\n');
    expect(await refusal(openRepository(root))).toMatch(/^Git failed: bad config line 1/);
  });
});

describe('the surroundings', () => {
  const before = { ...process.env };

  afterEach(() => {
    process.env = { ...before };
  });

  test('a missing Git says so', async () => {
    const root = makeRepository({ 'shop.yaml': TEMPLATE });
    process.env['PATH'] = join(root, 'nowhere');
    expect(await refusal(openRepository(root))).toBe(
      'the command "git" was not found\n  install Git (https://git-scm.com) and make sure that it is on the PATH',
    );
  });

  test("another user's repository says how to trust it", async () => {
    const root = makeRepository({ 'shop.yaml': TEMPLATE });
    const strangers = {
      GIT_TEST_ASSUME_DIFFERENT_OWNER: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
    };
    Object.assign(process.env, strangers);
    expect(await refusal(openRepository(root))).toBe(
      `the repository "${root}" belongs to another user\n  if you trust it, run: git config --global --add safe.directory ${root}`,
    );
  });

  test("what the user's own environment sets for Git is heeded, and refused by nothing", async () => {
    const root = makeRepository({ 'shop.yaml': TEMPLATE });
    Object.assign(process.env, {
      ...{
        EDITOR: 'vi',
        PAGER: 'less',
        GIT_SSH_COMMAND: 'ssh -v',
        GIT_ASKPASS: '/bin/false',
        SSH_ASKPASS: '/bin/false',
      },
      ...{ GIT_TEST_ASSUME_DIFFERENT_OWNER: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
      ...{ GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'a@b' },
      ...{ GIT_CONFIG_COUNT: '2', GIT_CONFIG_KEY_0: 'safe.directory', GIT_CONFIG_VALUE_0: root },
      ...{ GIT_CONFIG_KEY_1: 'remote.origin.url', GIT_CONFIG_VALUE_1: 'https://token@example.com/a.git' },
    });
    const repository = await openRepository(root);
    expect(repository).toMatchObject({ root, originUrl: 'https://example.com/a.git' });
    await repository.checkBranch('drift/shop');
  });

  test("a hook's variables do not lead to its own repository", async () => {
    const root = makeRepository({ 'shop.yaml': TEMPLATE });
    process.env['GIT_DIR'] = join(makeRepository({ 'other.yaml': '' }), '.git');
    process.env['GIT_INDEX_FILE'] = join(root, 'nowhere');
    const repository = await openRepository(root);
    expect(repository.root).toBe(root);
    expect(await (await repository.checkout()).list()).toEqual(['shop.yaml']);
    expect(await (await repository.checkout('HEAD')).list()).toEqual(['shop.yaml']);
  });
});

describe('the work tree', () => {
  test('is clean after a commit', async () => {
    const root = makeRepository({ 'shop.yaml': TEMPLATE });
    expect(await checkout(root)).toMatchObject({
      ref: null,
      commit: git(root, 'rev-parse', 'HEAD'),
      dirty: false,
      dirtyFiles: [],
    });
  });

  test('lists tracked and new files, neither deleted nor ignored ones, nor links', async () => {
    const root = makeRepository({
      '.gitignore': 'ignored/\n',
      'b.yaml': '1',
      'a.yaml': '1',
      'gone.yaml': '1',
      'ü "quoted".yaml': '1',
    });
    unlinkSync(join(root, 'gone.yaml'));
    writeFiles(root, { 'ignored/x.yaml': '1', 'new/c.yaml': '1' });
    symlinkSync('a.yaml', join(root, 'link.yaml'));
    mkdirSync(join(root, 'nested'));
    git(join(root, 'nested'), 'init', '--quiet');
    const files = await checkout(root);
    expect(await files.list()).toEqual(['.gitignore', 'a.yaml', 'b.yaml', 'new/c.yaml', 'ü "quoted".yaml']);
    expect((await files.read('ignored/x.yaml')).text).toBe('1');
    expect((await files.read('ü "quoted".yaml')).text).toBe('1');
  });

  test('tells what is not committed', async () => {
    const root = makeRepository({ 'modified.yaml': '1', 'gone.yaml': '1', 'moved.yaml': 'long enough to be a rename' });
    writeFiles(root, { 'modified.yaml': '2', 'new/x.yaml': '1', 'staged.yaml': '1' });
    unlinkSync(join(root, 'gone.yaml'));
    git(root, 'mv', 'moved.yaml', 'to.yaml');
    git(root, 'add', 'staged.yaml');
    const files = await checkout(root);
    expect(files.dirty).toBe(true);
    expect(files.dirtyFiles).toEqual([
      'gone.yaml',
      'modified.yaml',
      'moved.yaml',
      'new/x.yaml',
      'staged.yaml',
      'to.yaml',
    ]);
    expect((await files.read('modified.yaml')).text).toBe('2');
  });

  test('works before the first commit', async () => {
    const root = makeEmptyRepository();
    writeFiles(root, { 'shop.yaml': TEMPLATE });
    const files = await checkout(root);
    expect(files).toMatchObject({ commit: null, dirty: true });
    expect(await files.list()).toEqual(['shop.yaml']);
    expect((await files.read('shop.yaml')).text).toBe(TEMPLATE);
  });

  test('reading changes nothing in the repository', async () => {
    const root = makeRepository({ 'shop.yaml': TEMPLATE });
    // A rewritten file with the same content makes the index stale, which `git status` would refresh on disk.
    writeFiles(root, { 'shop.yaml': TEMPLATE });
    const before = readFileSync(join(root, '.git/index'));
    const { mtimeNs, ino } = statSync(join(root, '.git/index'), { bigint: true });
    const files = await checkout(root);
    await files.list();
    await files.read('shop.yaml');
    expect(statSync(join(root, '.git/index'), { bigint: true })).toMatchObject({ mtimeNs, ino });
    expect(readFileSync(join(root, '.git/index'))).toEqual(before);
  });

  test("a repository's configuration runs no program", async () => {
    const root = makeRepository({ 'shop.yaml': TEMPLATE });
    const proof = join(temporaryDirectory(), 'ran');
    writeFiles(root, { '.git/evil': `#!/bin/sh\ntouch ${proof}\n`, 'shop.yaml': 'changed' });
    execFileSync('chmod', ['+x', join(root, '.git/evil')]);
    for (const setting of ['core.fsmonitor', 'core.pager', 'core.editor', 'alias.branch', 'alias.config'])
      git(root, 'config', setting, join(root, '.git/evil'));
    for (const command of ['branch', 'config']) git(root, 'config', `pager.${command}`, 'true');
    git(root, 'config', 'user.name', 'Ada');
    git(root, 'config', 'user.email', 'ada@example.com');
    const files = await checkout(root);
    await files.list();
    await (await openRepository(root)).checkBranch('drift/shop');
    expect(files.dirtyFiles).toEqual(['shop.yaml']);
    expect(statSync(proof, { throwIfNoEntry: false })).toBeUndefined();
  });
});

describe('a ref', () => {
  test('reads the commit and leaves the work tree alone', async () => {
    const root = makeRepository({ 'shop.yaml': 'old', 'sub/other.yaml': 'other' });
    git(root, 'tag', 'v1');
    const first = git(root, 'rev-parse', 'HEAD');
    commitFiles(root, { 'shop.yaml': 'new', 'later.yaml': '1' });
    writeFiles(root, { 'shop.yaml': 'uncommitted' });
    for (const ref of ['v1', 'HEAD~1', first, first.slice(0, 8), 'main^']) {
      const files = await checkout(root, ref);
      expect(files).toMatchObject({ ref, commit: first, dirty: false, dirtyFiles: [] });
      expect(await files.list()).toEqual(['shop.yaml', 'sub/other.yaml']);
      expect((await files.read('shop.yaml')).text).toBe('old');
      expect(await files.exists('later.yaml')).toBe(false);
    }
    expect(readFileSync(join(root, 'shop.yaml'), 'utf8')).toBe('uncommitted');
  });

  test('works on a bare repository', async () => {
    const root = makeRepository({ 'shop.yaml': 'old' });
    commitFiles(root, { 'shop.yaml': 'new' });
    const files = await checkout(makeBareClone(root), 'main~1');
    expect((await files.read('shop.yaml')).text).toBe('old');
  });

  test('many files come through together, in any order, empty and big ones too', async () => {
    const contents = Object.fromEntries(
      Array.from({ length: 300 }, (_, at) => [`f/${at}.yaml`, `${'line\n'.repeat(at * 7)}${at}`]),
    );
    const files = await checkout(makeRepository({ ...contents, 'f/empty.yaml': '' }), 'HEAD');
    const texts = await Promise.all(Object.keys(contents).map(async (path) => (await files.read(path)).text));
    expect(texts).toEqual(Object.values(contents));
    expect((await files.read('f/empty.yaml')).text).toBe('');
  });

  test('awkward names and attributes are read as they are', async () => {
    const root = makeRepository({
      '.gitattributes': '* text eol=crlf export-subst\n',
      'a\nb "c" ü.yaml': 'x\ny $Format:%H$\n',
    });
    expect((await (await checkout(root, 'HEAD')).read('a\nb "c" ü.yaml')).text).toBe('x\ny $Format:%H$\n');
  });

  test('that names no commit says so', async () => {
    const root = makeRepository({ 'shop.yaml': TEMPLATE });
    for (const ref of ['nope', '', 'HEAD:shop.yaml', 'HEAD..HEAD', '--output=x', '-h', 'a\0b']) {
      const shown = ref.replace('\0', '\\x00');
      expect(await refusal(checkout(root, ref))).toContain(`"${shown}" names no commit of this repository`);
    }
    git(root, 'commit', '--quiet', '--allow-empty', '--message', 'Second');
    const shallow = join(temporaryDirectory(), 'shallow');
    git(root, 'clone', '--quiet', '--depth=1', `file://${root}`, shallow);
    expect(await refusal(checkout(shallow, 'HEAD~1'))).toContain('fetch-depth: 0');
  });

  test('needs a commit', async () => {
    expect(await refusal(checkout(makeEmptyRepository(), 'HEAD'))).toContain('this repository has no commits yet');
    const bare = temporaryDirectory();
    git(bare, 'init', '--quiet', '--bare');
    expect(await refusal(checkout(bare))).toContain('this repository has no commits yet');
  });

  test('a missing object is named', async () => {
    const root = makeRepository({ 'shop.yaml': TEMPLATE, 'other.yaml': 'other' });
    const object = git(root, 'rev-parse', 'HEAD:shop.yaml');
    unlinkSync(join(root, '.git/objects', object.slice(0, 2), object.slice(2)));
    const files = await checkout(root, 'HEAD');
    expect(await refusal(files.read('shop.yaml'))).toContain(`the repository lacks the object ${object}`);
    expect((await files.read('other.yaml')).text).toBe('other');
  });
});

describe.each([['the work tree'], ['a commit']])('reading from %s', (mode) => {
  const open = (root: string) => checkout(root, mode === 'a commit' ? 'HEAD' : undefined);
  const place = mode === 'a commit' ? 'at HEAD, commit' : 'in the work tree';

  test('follows links inside the repository to the real file', async () => {
    const root = makeRepository({ 'real/shop.yaml': TEMPLATE });
    mkdirSync(join(root, 'links'));
    symlinkSync('../real/shop.yaml', join(root, 'links/shop.yaml'));
    symlinkSync('../links/./shop.yaml', join(root, 'links/again.yaml'));
    symlinkSync('real', join(root, 'folder'));
    commitFiles(root, {});
    const files = await open(root);
    for (const path of ['links/shop.yaml', 'links/again.yaml', 'folder/shop.yaml', './real//../folder/shop.yaml']) {
      expect(await files.read(path)).toMatchObject({ path: 'real/shop.yaml', text: TEMPLATE });
      expect(await files.exists(path)).toBe(true);
    }
  });

  test('refuses links out of the repository, and names them', async () => {
    const outside = temporaryDirectory();
    writeFiles(outside, { 'secret.yaml': 'secret' });
    const root = makeRepository({ 'a/shop.yaml': TEMPLATE });
    symlinkSync(join(outside, 'secret.yaml'), join(root, 'absolute.yaml'));
    symlinkSync('../../outside.yaml', join(root, 'a/relative.yaml'));
    symlinkSync(outside, join(root, 'folder'));
    symlinkSync('.git/config', join(root, 'config.yaml'));
    symlinkSync('loop.yaml', join(root, 'loop.yaml'));
    symlinkSync('nowhere.yaml', join(root, 'dangling.yaml'));
    commitFiles(root, {});
    const files = await open(root);
    expect(await refusal(files.read('absolute.yaml'))).toContain(
      `"absolute.yaml" leads out of the repository: "absolute.yaml" is a symbolic link to "${outside}/secret.yaml"`,
    );
    expect(await refusal(files.read('a/relative.yaml'))).toContain('"a/relative.yaml" is a symbolic link');
    expect(await refusal(files.read('folder/secret.yaml'))).toContain('"folder" is a symbolic link');
    expect(await refusal(files.exists('folder/secret.yaml'))).toContain('"folder" is a symbolic link');
    expect(await refusal(files.read('config.yaml'))).toContain("in Git's own folder");
    expect(await refusal(files.read('loop.yaml'))).toContain('round in circles');
    expect(await refusal(files.read('dangling.yaml'))).toContain('(it stands for "nowhere.yaml")');
  });

  test('refuses paths out of the repository', async () => {
    const files = await open(makeRepository({ 'a/shop.yaml': TEMPLATE }));
    for (const path of ['../x.yaml', 'a/../../x.yaml', '..', 'a/../..']) {
      expect(await refusal(files.read(path))).toBe(`"${path}" leads out of the repository`);
    }
    for (const path of ['/etc/passwd', 'C:/x.yaml', 'c:x']) {
      expect(await refusal(files.read(path))).toContain(`"${path}" is an absolute path`);
    }
    expect(await refusal(files.read('a\\..\\..\\x'))).toContain('write paths with forward slashes');
    expect(await refusal(files.read('.git/config'))).toContain("in Git's own folder");
    expect(await refusal(files.read('a/../.GIT/config'))).toContain("in Git's own folder");
    expect(await refusal(files.read('a\0b'))).toContain('NUL');
  });

  test('says what is missing or no file', async () => {
    const files = await open(makeRepository({ 'a/shop.yaml': TEMPLATE }));
    expect(await refusal(files.read('a/nope.yaml'))).toContain(`"a/nope.yaml" does not exist ${place}`);
    expect(await refusal(files.read('a/shop.yaml/x'))).toContain(`does not exist ${place}`);
    expect(await refusal(files.read('a'))).toBe('"a" is a directory, not a file');
    expect(await refusal(files.read(''))).toContain('is a directory');
    expect(await files.exists('a')).toBe(false);
    expect(await files.exists('a/nope.yaml')).toBe(false);
  });

  test('refuses submodules', async () => {
    const inner = makeRepository({ 'shop.yaml': TEMPLATE });
    const root = makeRepository({ 'a.yaml': '1' });
    git(root, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'modules/shop');
    commitFiles(root, {});
    const files = await open(root);
    expect(await refusal(files.read('modules/shop/shop.yaml'))).toBe(
      '"modules/shop/shop.yaml" is in the submodule "modules/shop", which is another repository\n  scan the submodule by itself: gitops-drift scan modules/shop',
    );
    expect(await files.list()).toEqual(['.gitmodules', 'a.yaml']);
  });

  test('takes a file of 10 MB, refuses one beyond 16, and goes on', async () => {
    const root = makeRepository({
      'big.yaml': Buffer.alloc(10 * 1024 * 1024, 'a'),
      'bomb.yaml': Buffer.alloc(32 * 1024 * 1024 + 1, 'a'),
      'small.yaml': 'small',
    });
    const files = await open(root);
    const [big, bomb, small] = await Promise.all([
      files.read('big.yaml'),
      refusal(files.read('bomb.yaml')),
      files.read('small.yaml'),
    ]);
    expect(big.text.length).toBe(10 * 1024 * 1024);
    expect(bomb).toBe('bomb.yaml: the file is bigger than 32 MB');
    expect(small.text).toBe('small');
  });

  test('keeps a BOM, and refuses what is not UTF-8', async () => {
    const root = makeRepository({
      'bom.yaml': '\ufeffa: ü\r\n',
      'latin1.yaml': Buffer.from('a: 1\nb: caf\xe9\n', 'latin1'),
      'utf16.yaml': Buffer.from('\ufeffa: 1', 'utf16le'),
      'lfs.yaml': 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n',
    });
    const files = await open(root);
    expect((await files.read('bom.yaml')).text).toBe('\ufeffa: ü\r\n');
    expect(await refusal(files.read('latin1.yaml'))).toBe(
      'latin1.yaml:2: the file is not UTF-8 text\n  save it as UTF-8',
    );
    expect(await refusal(files.read('utf16.yaml'))).toContain('utf16.yaml: the file is UTF-16 text');
    expect(await refusal(files.read('lfs.yaml'))).toContain('lfs.yaml: this is a Git LFS pointer, not the file');
  });
});

test('a named pipe is refused, not waited for', async () => {
  const root = makeRepository({ 'a.yaml': '1' });
  execFileSync('mkfifo', [join(root, 'pipe.yaml')]);
  const files = await checkout(root);
  expect(await refusal(files.read('pipe.yaml'))).toBe('"pipe.yaml" is not a regular file');
});

test('reading at a commit does not keep the process alive', async () => {
  const files = await checkout(makeRepository({ 'shop.yaml': TEMPLATE }), 'HEAD');
  await files.read('shop.yaml');
  expect(process.getActiveResourcesInfo()).not.toContain('ProcessWrap');
});

test('a file that must not be read says so', async () => {
  const root = makeRepository({ 'a.yaml': '1' });
  chmodSync(join(root, 'a.yaml'), 0o000);
  const files = await checkout(root);
  // The superuser reads everything.
  if (process.getuid?.() === 0) expect((await files.read('a.yaml')).text).toBe('1');
  else expect(await refusal(files.read('a.yaml'))).toContain('"a.yaml" can\'t be read: permission denied');
});
