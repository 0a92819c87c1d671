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
];

/** A repository's own configuration must not make a reading command run programs. */
export const SAFE_CONFIG: readonly string[] = ['core.fsmonitor=false', `core.hooksPath=${devNull}`];

/** What a Git command is given besides its arguments. */
export interface GitInput {
  /** Written to its standard input, as UTF-8. */
  stdin?: string;
  /** The index to work on, in place of the repository's own. */
  indexFile?: string;
}

/**
 * Runs a Git command in a directory to its end, without a shell, and returns its decoded output whatever its exit code.
 * Throws a `DriftError` (code `git`) when Git itself can't be started.
 */
export function runGit(
  directory: string,
  args: readonly string[],
  { stdin = '', indexFile }: GitInput = {},
): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const env = { ...environment(), ...(indexFile === undefined ? {} : { GIT_INDEX_FILE: indexFile }) };
    const options = { env, maxBuffer: Number.POSITIVE_INFINITY, windowsHide: true };
    const child = execFile('git', withSafeguards(directory, args), options, (error, stdout, stderr) => {
      if (error === null) return resolve({ exitCode: 0, stdout, stderr });
      if (typeof error.code === 'number') return resolve({ exitCode: error.code, stdout, stderr });
      reject(cannotStart(error));
    });
    // A command that ends without reading its input tells why by its exit code.
    child.stdin?.on('error', () => undefined).end(stdin);
  });
}

/** The output of a Git command that must succeed. Throws a `DriftError` (code `git`) with Git's complaint when it does not. */
export async function gitOutput(directory: string, args: readonly string[], input?: GitInput): Promise<string> {
  const { exitCode, stdout, stderr } = await runGit(directory, args, input);
  if (exitCode !== 0) throw gitError(stderr);
  return stdout;
}

/** An error with what Git complained of. */
export function gitError(complaint: string): DriftError {
  return new DriftError('git', `Git failed: ${complaint.trim().replace(/^fatal: /, '')}`);
}

/** Starts a Git command that talks through pipes. The caller listens for `error`. */
export function spawnGit(directory: string, args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn('git', withSafeguards(directory, args), { env: environment(), windowsHide: true });
}

/** The error to throw when starting Git failed. */
export function cannotStart(error: Error): DriftError {
  const missing = 'code' in error && error.code === 'ENOENT';
  const message = missing ? 'the command "git" was not found' : `"git" could not be started: ${error.message}`;
  return new DriftError(
    'git',
    [{ message, hint: 'install Git (https://git-scm.com) and make sure that it is on the PATH' }],
    {
      cause: error,
    },
  );
}

/** A repository may be untrusted, and reading must not write to it. */
function withSafeguards(directory: string, args: readonly string[]): string[] {
  return ['-C', directory, '--no-optional-locks', ...SAFE_CONFIG.flatMap((setting) => ['-c', setting]), ...args];
}

/** Git needs the surroundings it always has (PATH, HOME, its own configuration), speaks English, and never asks. */
function environment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !REPOSITORY_VARIABLES.includes(name));
  return { ...Object.fromEntries(inherited), GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C', LANGUAGE: '' };
}
