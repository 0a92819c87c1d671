import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DriftError } from '../../src/base/errors.js';
import { blobId } from '../../src/git/blob-id.js';
import type { FileChange } from '../../src/git/file-change.js';
import { openRepository } from '../../src/git/repository.js';
import {
  commitFiles,
  git,
  makeBareClone,
  makeEmptyRepository,
  makeRepository,
  temporaryDirectory,
  writeFiles,
} from '../support/repository.js';

const SHOP: FileChange = {
  path: 'deploy/shop.yaml',
  before: 'Size: 1\r\nName: ü\r\n',
  after: 'Size: 2\r\nName: ü\r\n',
};
const before = { ...process.env };

beforeEach(() => {
  process.env = {
    ...before,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.com',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.com',
  };
});

afterEach(() => {
  process.env = { ...before };
});

function shopRepository(): string {
  return makeRepository({ 'deploy/shop.yaml': SHOP.before, 'deploy/run.sh': '#!/bin/sh\n', 'other.yaml': 'other' });
}

interface Asked {
  root: string;
  files?: FileChange[];
  branch?: string;
  message?: string;
  parent?: string;
}

async function commit({ root, files = [SHOP], branch = 'drift/shop', message = 'Adopt', parent }: Asked) {
  const repository = await openRepository(root);
  return repository.commitOnBranch({ branch, parent: parent ?? git(root, 'rev-parse', 'HEAD'), message, files });
}

async function refusal(work: Promise<unknown>): Promise<DriftError> {
  const error = await work.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DriftError);
  return error as DriftError;
}

/** Everything of a repository that a commit on another branch must not touch. */
function state(root: string) {
  return {
    head: git(root, 'rev-parse', '--symbolic-full-name', 'HEAD'),
    index: readFileSync(join(root, '.git/index')),
    status: git(root, 'status', '--porcelain', '--untracked-files=all'),
    main: git(root, 'rev-parse', 'main'),
    folder: readdirSync(join(root, '.git')).sort(),
  };
}

describe('a commit on a new branch', () => {
  test('has the new content on top of the parent, and nothing else changes', async () => {
    const root = shopRepository();
    writeFiles(root, { 'other.yaml': 'edited', 'untracked.yaml': '1' });
    git(root, 'add', 'other.yaml');
    const earlier = state(root);
    const id = await commit({ root, message: 'Adopt 1 live value\n\n# kept\nSize: 1 -> 2 ü\n' });
    expect(state(root)).toEqual(earlier);
    expect(git(root, 'rev-parse', 'refs/heads/drift/shop')).toBe(id);
    expect(git(root, 'rev-parse', `${id}^@`)).toBe(earlier.main);
    expect(git(root, 'log', '-1', '--format=%B%an <%ae>', id)).toBe(
      'Adopt 1 live value\n\n# kept\nSize: 1 -> 2 ü\nAda <ada@example.com>',
    );
    expect(git(root, 'diff', '--name-status', 'main', id)).toBe('M\tdeploy/shop.yaml');
    expect(await (await (await openRepository(root)).checkout(id)).read(SHOP.path)).toMatchObject({ text: SHOP.after });
    git(root, 'fsck', '--strict');
  });

  test('starts from the scanned commit, wherever HEAD is now', async () => {
    const root = shopRepository();
    const parent = git(root, 'rev-parse', 'HEAD');
    commitFiles(root, { [SHOP.path]: 'Size: 9\n' });
    const id = await commit({ root, parent });
    expect(git(root, 'rev-parse', `${id}^`)).toBe(parent);
  });

  test('works in a bare repository, and in a linked work tree', async () => {
    const root = shopRepository();
    const bare = makeBareClone(root);
    expect(git(bare, 'diff', '--name-only', 'main', await commit({ root: bare }))).toBe(SHOP.path);
    const linked = join(temporaryDirectory(), 'linked');
    git(root, 'worktree', 'add', '--quiet', '-b', 'topic', linked);
    await commit({ root: join(linked, 'deploy') });
    expect(git(root, 'diff', '--name-only', 'main', 'drift/shop')).toBe(SHOP.path);
    expect(git(linked, 'status', '--porcelain')).toBe('');
  });

  test('keeps modes, bytes and odd names, whatever attributes and configuration say', async () => {
    const odd = 'a\nb "c" ü\t.yaml';
    const root = makeEmptyRepository();
    git(root, 'config', 'core.autocrlf', 'false');
    writeFiles(root, { [odd]: '\ufeffa: 1\r\n', 'run.sh': 'a\n', ':(top)x': 'a', '-x': 'a' });
    chmodSync(join(root, 'run.sh'), 0o755);
    commitFiles(root, {});
    writeFiles(root, { '.git/info/attributes': '* text eol=lf ident working-tree-encoding=UTF-16LE\n' });
    for (const [key, value] of Object.entries({
      'core.autocrlf': 'input',
      'i18n.commitEncoding': 'ISO-8859-1',
      'core.splitIndex': 'true',
      'commit.gpgSign': 'true',
    }))
      git(root, 'config', key, value);
    const files = [
      { path: odd, before: '\ufeffa: 1\r\n', after: '\ufeffa: 2\r\n$Id$' },
      { path: 'run.sh', before: 'a\n', after: '' },
      { path: ':(top)x', before: 'a', after: 'b' },
      { path: '-x', before: 'a', after: 'b' },
    ];
    const folder = readdirSync(join(root, '.git'));
    const id = await commit({ root, files, message: 'Größe' });
    expect(readdirSync(join(root, '.git'))).toEqual(folder);
    for (const { path, after } of files) {
      const object = git(root, 'rev-parse', `${id}:${path}`);
      expect(object).toBe(blobId(after));
      const content = execFileSync('git', ['cat-file', 'blob', object], { cwd: root });
      expect(content.toString()).toBe(after);
    }
    expect(git(root, 'ls-tree', id, 'run.sh')).toMatch(/^100755 /);
    expect(git(root, 'cat-file', 'commit', id)).toContain('Größe');
    expect(git(root, 'cat-file', 'commit', id)).not.toMatch(/^(?:encoding|gpgsig) /m);
  });

  test('works where object names are SHA-256', async () => {
    const root = temporaryDirectory();
    git(root, 'init', '--quiet', '--initial-branch=main', '--object-format=sha256');
    commitFiles(root, { [SHOP.path]: SHOP.before });
    expect(await commit({ root })).toHaveLength(64);
  });

  test('needs only the changed files of a partial clone', async () => {
    const origin = shopRepository();
    git(origin, 'config', 'uploadpack.allowFilter', 'true');
    const root = join(temporaryDirectory(), 'partial');
    git(origin, 'clone', '--quiet', '--no-checkout', '--filter=blob:none', `file://${origin}`, root);
    git(root, 'remote', 'set-url', 'origin', 'file:///nowhere');
    const parent = git(root, 'rev-parse', 'HEAD');
    const id = await commit({ root, parent });
    expect(git(root, 'rev-parse', `${id}:${SHOP.path}`)).toBe(blobId(SHOP.after));
  });

  test("runs none of the repository's hooks", async () => {
    const root = shopRepository();
    const proof = join(temporaryDirectory(), 'ran');
    writeFileSync(join(root, '.git/hooks/reference-transaction'), `#!/bin/sh\ntouch ${proof}\n`, { mode: 0o755 });
    await commit({ root });
    expect(readdirSync(join(proof, '..'))).toEqual([]);
  });
});

describe('refused, with nothing changed', () => {
  test('a branch that exists, or stands in the way', async () => {
    const root = shopRepository();
    git(root, 'branch', 'taken');
    for (const setting of ['color.ui', 'column.ui']) git(root, 'config', setting, 'always');
    const existing = await refusal(commit({ root, branch: 'taken' }));
    expect(existing.code).toBe('git');
    expect(existing.message).toContain('the branch "taken" exists already\n  take another name');
    expect((await refusal(commit({ root, branch: 'main' }))).message).toContain('exists already');
    expect((await refusal(commit({ root, branch: 'taken/below' }))).message).toMatch(
      /the branch "taken\/below" can't be made: .*'refs\/heads\/taken' exists.*\n {2}take another name/,
    );
    expect(git(root, 'for-each-ref', '--format=%(refname)')).toBe('refs/heads/main\nrefs/heads/taken');
  });

  test('only one of two at once gets the branch', async () => {
    const root = shopRepository();
    const results = await Promise.allSettled([1, 2, 3].map((size) => commit({ root, message: `Size ${size}` })));
    const made = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(made).toEqual([git(root, 'rev-parse', 'drift/shop')]);
    for (const result of results) {
      if (result.status === 'rejected') expect(String(result.reason)).toContain('exists already');
    }
  });

  test.each(['', '-x', 'a..b', 'a b', '@{-1}', 'HEAD', 'a/', '.a', 'x.lock', 'a\nb', '--all', 'a\\b', 'refs/../x'])(
    'the branch name %j',
    async (branch) => {
      const root = shopRepository();
      git(root, 'checkout', '--quiet', '-b', 'topic');
      expect((await refusal(commit({ root, branch }))).message).toContain(`"${branch}" can't be the name of a branch`);
    },
  );

  test('a parent that is not here, or is no commit', async () => {
    const root = shopRepository();
    const blob = git(root, 'rev-parse', 'HEAD:other.yaml');
    for (const parent of ['a'.repeat(40), blob, 'main', `--index-output=${root}/x`]) {
      const error = await refusal(commit({ root, parent }));
      expect(error.message).toBe(`the scanned commit "${parent}" is not in this repository\n  fetch it, or scan again`);
    }
    expect(git(root, 'status', '--porcelain')).toBe('');
  });

  test('an unknown committer, telling how to become known', async () => {
    const root = shopRepository();
    for (const name of ['GIT_AUTHOR_NAME', 'GIT_AUTHOR_EMAIL', 'GIT_COMMITTER_NAME', 'GIT_COMMITTER_EMAIL', 'EMAIL'])
      delete process.env[name];
    git(root, 'config', 'user.useConfigOnly', 'true');
    const error = await refusal(commit({ root }));
    expect(error.code).toBe('git');
    expect(error.message).toBe(
      'Git does not know who commits\n  run: git config user.name "Your Name" && git config user.email you@example.com',
    );
    git(root, 'config', 'user.name', 'Grace');
    git(root, 'config', 'user.email', 'grace@example.com');
    expect(git(root, 'log', '-1', '--format=%an %cn', await commit({ root }))).toBe('Grace Grace');
  });

  test.each([
    ['author', 'GIT_AUTHOR', 'GIT_COMMITTER'],
    ['committer', 'GIT_COMMITTER', 'GIT_AUTHOR'],
  ])('an unknown %s, though the other one is known', async (_, unknown, known) => {
    const root = shopRepository();
    for (const name of [`${unknown}_NAME`, `${unknown}_EMAIL`, 'EMAIL']) delete process.env[name];
    expect(process.env[`${known}_EMAIL`]).toBe('ada@example.com');
    git(root, 'config', 'user.useConfigOnly', 'true');
    expect((await refusal(commit({ root }))).message).toContain('Git does not know who commits\n  run: git config');
    const repository = await openRepository(root);
    expect((await refusal(repository.checkBranch('drift/shop'))).message).toContain('Git does not know who commits');
  });

  test('files that are not what was scanned, all of them named', async () => {
    const root = shopRepository();
    symlinkSync('other.yaml', join(root, 'link.yaml'));
    commitFiles(root, {});
    writeFiles(root, { 'new.yaml': 'new' });
    const files = [
      SHOP,
      { path: 'other.yaml', before: 'edited', after: '' },
      { path: 'new.yaml', before: 'new', after: '' },
      { path: 'link.yaml', before: 'other.yaml', after: '' },
      { path: 'deploy', before: '', after: '' },
    ];
    const error = await refusal(commit({ root, files }));
    expect(error.code).toBe('patch');
    expect(error.problems.map(({ file, message }) => `${file}: ${message.replace(/[0-9a-f]{12}/, 'X')}`)).toEqual([
      'other.yaml: the file that was scanned is not the one in commit X',
      'new.yaml: the file is not in commit X',
      'link.yaml: this is not a regular file in commit X',
      'deploy: this is not a regular file in commit X',
    ]);
    expect(error.problems[0]?.hint).toBe('commit its changes first, or scan what is committed with --ref HEAD');
    expect(git(root, 'branch', '--list', 'drift/*')).toBe('');
  });
});

test("an object's name is the one that Git gives", () => {
  const root = makeEmptyRepository();
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const id = execFileSync('git', ['hash-object', '--stdin'], { cwd: root, input: text, encoding: 'utf8' });
      expect(blobId(text)).toBe(id.trim());
    }),
    { numRuns: 30 },
  );
  expect(blobId('', 'sha256')).toBe(createHash('sha256').update('blob 0\0').digest('hex'));
});
