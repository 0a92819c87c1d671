import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from '@jest/globals';

/** Files by path; a value is the file's content. */
export type Files = Record<string, string | Buffer>;

const directories: string[] = [];

afterAll(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** A new empty directory, removed after the test file's last test. */
export function temporaryDirectory(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'gitops-drift-test-')));
  directories.push(directory);
  return directory;
}

/** Writes files under a directory, making folders as needed. */
export function writeFiles(directory: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
}

/** Runs Git in a directory, untouched by this machine's own configuration, and returns its trimmed output. */
export function git(directory: string, ...args: string[]): string {
  const env = {
    PATH: process.env['PATH'],
    HOME: directory,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.com',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.com',
    GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
    GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
  };
  const { status, stdout, stderr, error } = launched({ program: 'git', args, cwd: directory, env });
  if (status !== 0) throw new Error(`git ${args.join(' ')} failed: ${error ?? stderr}`);
  return stdout.trim();
}

interface Launch {
  program: string;
  args: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
}

interface Launched {
  /** Null where a signal ended the program, or it could not be started. */
  status: number | null;
  stdout: string;
  stderr: string;
  error?: string;
}

/** Runs a program to its end, from the process that the tests' environment has for it, where there is one. */
function launched(request: Launch): Launched {
  const { launch } = globalThis as unknown as { launch?(request: Launch): Launched };
  if (launch !== undefined) return launch(request);
  const { program, args, cwd, env } = request;
  const { error, ...ended } = spawnSync(program, args, { cwd, env, encoding: 'utf8' });
  return error === undefined ? ended : { ...ended, error: error.message };
}

let prepared: string | undefined;

/** Starts a repository without commits, on the branch `main`: copies what `git init` made once. */
function startRepository(directory: string): void {
  if (prepared === undefined) {
    prepared = temporaryDirectory();
    git(prepared, 'init', '--quiet', '--initial-branch=main', '--template=');
    mkdirSync(join(prepared, '.git/hooks'));
  }
  cpSync(join(prepared, '.git'), join(directory, '.git'), { recursive: true });
}

/** A repository without commits, on the branch `main`. */
export function makeEmptyRepository(): string {
  const directory = temporaryDirectory();
  startRepository(directory);
  return directory;
}

/** A repository whose branch `main` holds these files in one commit. */
export function makeRepository(files: Files): string {
  const directory = makeEmptyRepository();
  commitFiles(directory, files);
  return directory;
}

/** Writes files and commits everything in the work tree; returns the commit. */
export function commitFiles(directory: string, files: Files): string {
  writeFiles(directory, files);
  git(directory, 'add', '--all');
  // Git names the commit in full, and looks for nothing to tidy up.
  const settings = ['core.abbrev=no', 'gc.auto=0', 'maintenance.auto=false'].flatMap((each) => ['-c', each]);
  const said = git(directory, ...settings, 'commit', '--allow-empty', '--message', 'Change files');
  const commit = /^\[.* ([0-9a-f]{40,64})\] /m.exec(said)?.[1];
  if (commit === undefined) throw new Error(`Git names no commit: ${said}`);
  return commit;
}

/** A bare clone of a repository. */
export function makeBareClone(repository: string): string {
  const directory = temporaryDirectory();
  git(directory, 'clone', '--quiet', '--bare', repository, 'clone.git');
  return join(directory, 'clone.git');
}

/** A bare remote that holds the demo in one commit. */
export function makeDemoRemote(): string {
  const demo = temporaryDirectory();
  cpSync(new URL('../../fixtures/demo', import.meta.url), demo, { recursive: true });
  startRepository(demo);
  commitFiles(demo, {});
  return makeBareClone(demo);
}
