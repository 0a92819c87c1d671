import { DriftError } from '../base/errors.js';
import { runGit } from '../git/command.js';
import { isShallowClone } from '../git/shallow.js';

const HINT =
  'the push needs the right to write: on GitHub "permissions: { contents: write }" and the credentials that ' +
  'actions/checkout keeps, on GitLab a token with the scope "api" or "write_repository"';

/** The commit that a branch of a remote is at, fetched; undefined where there is no such branch. */
export async function fetchTip(root: string, remote: string, branch: string): Promise<string | undefined> {
  const listed = await onRemote(root, ['ls-remote', '--', remote, `refs/heads/${branch}`]);
  const tip = listed.split('\t')[0]?.trim();
  if (!tip) return undefined;
  // A complete clone would be made shallow by a depth; a shallow one need not fetch all history.
  const depth = (await isShallowClone(root)) ? ['--depth=1'] : [];
  await onRemote(root, ['fetch', '--quiet', '--no-tags', ...depth, '--', remote, `refs/heads/${branch}`]);
  return tip;
}

/**
 * Sets a branch of a remote to a commit, or deletes it, if it still is at the expected one. Throws a `DriftError`
 * (code `git`).
 */
export async function pushBranch(
  root: string,
  remote: string,
  branch: string,
  { commit, expected }: { commit: string | undefined; expected: string | undefined },
): Promise<void> {
  const ref = `refs/heads/${branch}`;
  const lease = `--force-with-lease=${ref}:${expected ?? ''}`;
  const pushed = await runGit(root, ['push', '--quiet', lease, '--', remote, `${commit ?? ''}:${ref}`]);
  if (pushed.exitCode === 0) return;
  throw new DriftError('git', [
    { message: `"${branch}" can't be pushed: ${withoutTokens(pushed.stderr)}`, hint: HINT },
  ]);
}

async function onRemote(root: string, args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runGit(root, args);
  if (exitCode !== 0) throw new DriftError('git', `the remote can't be read: ${withoutTokens(stderr)}`);
  return stdout;
}

/** A remote's URL may hold a token. */
function withoutTokens(complaint: string): string {
  return complaint.trim().replace(/\/\/[^/\s@]*@/g, '//');
}
