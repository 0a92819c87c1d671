import { DriftError } from '../base/errors.js';
import { runGit } from '../git/command.js';
import { remoteFor } from '../git/network.js';
import { isShallowClone } from '../git/shallow.js';

const HINT =
  'the push needs the right to write: on GitHub "permissions: { contents: write }" and the credentials that ' +
  'actions/checkout keeps, on GitLab a token with the scope "api" or "write_repository"';

/** The commit that a branch of a remote is at, fetched; undefined where there is no such branch. */
export async function fetchTip(root: string, remote: string, branch: string): Promise<string | undefined> {
  const { address, variables } = await remoteFor(root, remote, 'fetch');
  const listed = await onRemote(root, ['ls-remote', '--', address, `refs/heads/${branch}`], variables);
  const tip = listed.split('\t')[0]?.trim();
  if (!tip) return undefined;
  // A complete clone would be made shallow by a depth; a shallow one need not fetch all history.
  const depth = (await isShallowClone(root)) ? ['--depth=1'] : [];
  const fetch = ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', ...depth];
  await onRemote(root, [...fetch, '--', address, `refs/heads/${branch}`], variables);
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
  const { address, variables } = await remoteFor(root, remote, 'push');
  const push = ['push', '--quiet', '--no-recurse-submodules', lease, '--', address, `${commit ?? ''}:${ref}`];
  const pushed = await runGit(root, push, { variables });
  if (pushed.exitCode === 0) return;
  throw new DriftError('git', [
    { code: 'git-remote-refused', message: `"${branch}" can't be pushed: ${withoutTokens(pushed.stderr)}`, hint: HINT },
  ]);
}

async function onRemote(root: string, args: readonly string[], variables: Record<string, string>): Promise<string> {
  const { exitCode, stdout, stderr } = await runGit(root, args, { variables });
  if (exitCode !== 0)
    throw new DriftError('git', [
      { code: 'git-remote-refused', message: `the remote can't be read: ${withoutTokens(stderr)}` },
    ]);
  return stdout;
}

/** A remote's URL may hold a token. */
function withoutTokens(complaint: string): string {
  return complaint.trim().replace(/\/\/[^/\s@]*@/g, '//');
}
