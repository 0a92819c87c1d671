import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { isolate } from './isolation.js';
import { execute, type GitResult, gitError, start } from './process.js';

/** What a Git command is given besides its arguments. */
export interface GitInput {
  /** Written to its standard input, as UTF-8. */
  stdin?: string;
  /** Variables besides those that every command gets. */
  variables?: Readonly<Record<string, string>>;
}

/**
 * Runs a Git command on a repository to its end, without a shell, and returns its decoded output whatever its exit code.
 * Nothing that the repository's configuration or attributes name is run, read or asked. Throws a `DriftError` (code
 * `git`) when there is no repository, and when Git itself can't be started.
 */
export async function runGit(
  directory: string,
  args: readonly string[],
  { stdin = '', variables = {} }: GitInput = {},
): Promise<GitResult> {
  const { environment } = await isolate(directory);
  return execute(['-C', directory, ...args], { ...environment, ...variables }, stdin);
}

/** The output of a Git command that must succeed. Throws a `DriftError` (code `git`) with Git's complaint when it does not. */
export async function gitOutput(directory: string, args: readonly string[], input?: GitInput): Promise<string> {
  const { exitCode, stdout, stderr } = await runGit(directory, args, input);
  if (exitCode !== 0) throw gitError(stderr);
  return stdout;
}

/** Starts a Git command on a repository that talks through pipes. The caller listens for `error`. */
export async function spawnGit(directory: string, args: readonly string[]): Promise<ChildProcessWithoutNullStreams> {
  const { environment } = await isolate(directory);
  return start(['-C', directory, ...args], environment);
}
