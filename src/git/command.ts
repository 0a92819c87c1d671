import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { DriftError } from '../base/errors.js';
import { guardOf, OFFLINE, settingVariables } from './guard.js';

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

/** What a Git command is given besides its arguments. */
export interface GitInput {
  /** Written to its standard input, as UTF-8. */
  stdin?: string;
  /** The index to work on, in place of the repository's own. */
  indexFile?: string;
  /** Whether Git may talk to another repository; else it has no way to. */
  network?: boolean;
}

/**
 * Runs a Git command in a directory to its end, without a shell, and returns its decoded output whatever its exit code.
 * Throws a `DriftError` (code `git`) when Git itself can't be started.
 */
export async function runGit(
  directory: string,
  args: readonly string[],
  { stdin = '', indexFile, network = false }: GitInput = {},
): Promise<GitResult> {
  const guarded = await guardedEnvironment(directory, network);
  return new Promise((resolve, reject) => {
    const env = { ...guarded, ...(indexFile === undefined ? {} : { GIT_INDEX_FILE: indexFile }) };
    const options = { env, maxBuffer: Number.POSITIVE_INFINITY, windowsHide: true };
    const child = execFile('git', inDirectory(directory, args), options, (error, stdout, stderr) => {
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
export async function spawnGit(directory: string, args: readonly string[]): Promise<ChildProcessWithoutNullStreams> {
  const env = await guardedEnvironment(directory, false);
  return spawn('git', inDirectory(directory, args), { env, windowsHide: true });
}

/** The file outside of a repository whose lines `git blame` would read there, if its configuration names one. */
export async function foreignRevsFile(directory: string): Promise<string | undefined> {
  return (await guardOf(directory, environment())).ignoreRevsFile;
}

/** Reads the configuration of a repository that is opened, so that nothing that it names is run. */
export async function guardRepository(directory: string): Promise<void> {
  await guardOf(directory, environment(), true);
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

/** Reading must not write to the repository. */
function inDirectory(directory: string, args: readonly string[]): string[] {
  return ['-C', directory, '--no-optional-locks', ...args];
}

/** A repository may be untrusted: what its configuration names is taken back. */
async function guardedEnvironment(directory: string, network: boolean): Promise<NodeJS.ProcessEnv> {
  const usual = environment();
  const { settings } = await guardOf(directory, usual);
  return { ...usual, ...(network ? {} : OFFLINE), ...settingVariables(settings, usual) };
}

/** Git needs the surroundings it always has (PATH, HOME, its own configuration), speaks English, and never asks. */
function environment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !REPOSITORY_VARIABLES.includes(name));
  return { ...Object.fromEntries(inherited), GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C', LANGUAGE: '' };
}
