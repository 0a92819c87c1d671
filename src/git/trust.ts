import { lstat } from 'node:fs/promises';
import { DriftError } from '../base/errors.js';
import { shellCommand } from '../base/shell.js';
import type { GitPlace } from './discover.js';
import { runOutside } from './process.js';

/**
 * Throws a `DriftError` (code `git`) where a repository belongs to another user, unless the user has told Git to trust it:
 * the rule of `safe.directory` (`git-config(1)`), asked before anything of the repository is read. Windows has no such
 * owners.
 */
export async function mustBeTrusted(path: string, place: GitPlace): Promise<void> {
  const { gitDirectory, workTree, gitFile } = place;
  const owned = [gitDirectory, workTree, gitFile].filter((each) => each !== undefined);
  if ((await Promise.all(owned.map(isOwn))).every(Boolean)) return;
  const directory = workTree ?? gitDirectory;
  if (isTrusted(directory, await safeDirectories())) return;
  const command = shellCommand(['git', 'config', '--global', '--add', 'safe.directory', directory]);
  const hint = `if you trust it, run: ${command}`;
  throw new DriftError('git', [
    { code: 'git-not-trusted', message: `the repository "${path}" belongs to another user`, hint },
  ]);
}

async function isOwn(path: string): Promise<boolean> {
  const user = process.geteuid?.();
  if (user === undefined) return true;
  // What Git's own tests set.
  if (process.env['GIT_TEST_ASSUME_DIFFERENT_OWNER'] === '1') return false;
  const { uid } = await lstat(path);
  return uid === user || (user === 0 && String(uid) === process.env['SUDO_UID']);
}

async function safeDirectories(): Promise<string[]> {
  const { stdout } = await runOutside(['config', '--type=path', '-z', '--get-all', 'safe.directory']);
  return stdout.split('\0').slice(0, -1);
}

/** An empty entry forgets those before it; `/*` at the end stands for everything below. */
function isTrusted(directory: string, safe: readonly string[]): boolean {
  const counting = safe.slice(safe.lastIndexOf('') + 1);
  return counting.some(
    (entry) =>
      entry === '*' || entry === directory || (entry.endsWith('/*') && directory.startsWith(entry.slice(0, -1))),
  );
}
