import { DriftError } from '../base/errors.js';
import { runGit } from '../git/command.js';
import { isShallowClone } from '../git/shallow.js';

const HINT =
  'the push needs the right to write: on GitHub "permissions: { contents: write }" and the credentials that ' +
  'actions/checkout keeps, on GitLab a token with the scope "api" or "write_repository"';

/** The commit that a branch of a remote is at, fetched; undefined where there is no such branch. */
export async function fetchTip(root: string, remote: string, branch: string): Promise<string | undefined> {
  const url = await urlOf(root, remote);
  const listed = await onRemote(root, ['ls-remote', '--', url, `refs/heads/${branch}`]);
  const tip = listed.split('\t')[0]?.trim();
  if (!tip) return undefined;
  // A complete clone would be made shallow by a depth; a shallow one need not fetch all history.
  const depth = (await isShallowClone(root)) ? ['--depth=1'] : [];
  await onRemote(root, ['fetch', '--quiet', '--no-tags', ...depth, '--', url, `refs/heads/${branch}`]);
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
  const url = await urlOf(root, remote);
  const push = ['push', '--quiet', '--no-verify', lease, '--', url, `${commit ?? ''}:${ref}`];
  const pushed = await runGit(root, push, { network: true });
  if (pushed.exitCode === 0) return;
  throw new DriftError('git', [
    { message: `"${branch}" can't be pushed: ${withoutTokens(pushed.stderr)}`, hint: HINT },
  ]);
}

/**
 * The address of a remote. By its name Git would heed whatever else the repository says of it, such as another address to
 * push to; and it must not send elsewhere what is addressed to this host. Throws a `DriftError` (code `git`).
 */
async function urlOf(root: string, remote: string): Promise<string> {
  const { stdout } = await runGit(root, ['config', '--get', `remote.${remote}.url`]);
  const url = stdout.trim() || remote;
  const rewritten = (await runGit(root, ['ls-remote', '--get-url', '--', url])).stdout.trim();
  if (rewritten === '' || hostOf(rewritten) === hostOf(url)) return url;
  const message = `the Git configuration sends what is for ${hostOf(url)} to ${hostOf(rewritten)}`;
  throw new DriftError('git', [{ message, hint: 'take "url.….insteadOf" out of .git/config' }]);
}

/** The host of an address; of a path all of it. */
function hostOf(url: string): string {
  const [, host] = /^(?:[a-z+.-]+:\/\/)?(?:[^@/]*@)?([^:/]+)(?::|\/)/i.exec(url) ?? [];
  return /^(?:file:|[./])/.test(url) || host === undefined ? withoutTokens(url) : host.toLowerCase();
}

async function onRemote(root: string, args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runGit(root, args, { network: true });
  if (exitCode !== 0) throw new DriftError('git', `the remote can't be read: ${withoutTokens(stderr)}`);
  return stdout;
}

/** A remote's URL may hold a token. */
function withoutTokens(complaint: string): string {
  return complaint.trim().replace(/\/\/[^/\s@]*@/g, '//');
}
