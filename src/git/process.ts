import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { devNull } from 'node:os';
import { DriftError } from '../base/errors.js';

/** What a finished Git command left behind. */
export interface GitResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Variables that would point Git at another repository than the one asked for; a Git hook sets them for its children. */
export const REPOSITORY_VARIABLES: readonly string[] = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
  'GIT_SHALLOW_FILE',
  'GIT_GRAFT_FILE',
];

/** What the user's own configuration may ask for, and a scan has no use for: to run or read something, or to tidy up. */
export const SAFE_CONFIG: readonly string[] = [
  'core.fsmonitor=false',
  `core.hooksPath=${devNull}`,
  'log.showSignature=false',
  'gc.auto=0',
  'maintenance.auto=false',
];

/**
 * Runs Git to its end, without a shell, and returns its decoded output whatever its exit code. Throws a `DriftError`
 * (code `git`) when Git itself can't be started.
 */
export function execute(args: readonly string[], env: NodeJS.ProcessEnv, stdin = ''): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const options = { env, maxBuffer: Number.POSITIVE_INFINITY, windowsHide: true };
    const child = execFile('git', withSafeguards(args), options, (error, stdout, stderr) => {
      try {
        resolve(resultOf(error, stdout, stderr));
      } catch (failure) {
        reject(failure);
      }
    });
    // A command that ends without reading its input tells why by its exit code.
    child.stdin?.on('error', () => undefined).end(stdin);
  });
}

/** What a command that has ended left behind. Throws a `DriftError` (code `git`) where it could not be started. */
export function resultOf(
  error: { code?: number | string | null; message: string } | null,
  stdout: string,
  stderr: string,
): GitResult {
  if (error === null) return { exitCode: 0, stdout, stderr };
  if (typeof error.code === 'number') return { exitCode: error.code, stdout, stderr };
  throw cannotStart(error);
}

/** Starts a Git command that talks through pipes. The caller listens for `error`. */
export function start(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcessWithoutNullStreams {
  return spawn('git', withSafeguards(args), { env, windowsHide: true });
}

/** Runs a Git command that needs no repository, and finds none, wherever this process stands. */
export function runOutside(args: readonly string[], stdin?: string): Promise<GitResult> {
  return execute(args, { ...surroundings(), GIT_DIR: devNull }, stdin);
}

/** The error to throw when starting Git failed. */
export function cannotStart(error: { code?: unknown; message: string }): DriftError {
  const missing = error.code === 'ENOENT';
  const message = missing ? 'the command "git" was not found' : `"git" could not be started: ${error.message}`;
  const hint = 'install Git (https://git-scm.com) and make sure that it is on the PATH';
  return new DriftError('git', [{ code: 'git-not-found', message, hint }], { cause: error });
}

/** An error with what Git complained of. */
export function gitError(complaint: string): DriftError {
  return new DriftError('git', [
    { code: 'git-failed', message: `Git failed: ${complaint.trim().replace(/^fatal: /, '')}` },
  ]);
}

/**
 * Git needs the surroundings it always has (PATH, HOME, the user's own configuration), speaks English, and never asks.
 * It talks to nobody, unless a command is given the protocols it may use.
 */
export function surroundings(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !REPOSITORY_VARIABLES.includes(name));
  return {
    ...Object.fromEntries(inherited),
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: '',
    LC_ALL: 'C',
    LANGUAGE: '',
  };
}

/** Reading must not write to a repository. */
export function withSafeguards(args: readonly string[]): string[] {
  return ['--no-optional-locks', '--no-pager', ...SAFE_CONFIG.flatMap((setting) => ['-c', setting]), ...args];
}
