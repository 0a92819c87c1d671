import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DriftError } from '../base/errors.js';
import { gitOutput, runGit } from '../git/command.js';

/** A diff to commit. */
export interface PatchCommit {
  /** The scanned commit: the new one's parent, and what the diff is for. */
  parent: string;
  diff: string;
  message: string;
  /** Further lines of its last paragraph, `Name: value`. */
  trailers: readonly string[];
  /** Used where Git is not configured to know who commits. */
  committer: { name: string; email: string };
}

/** A commit, and the change that it makes, from tree to tree. */
export interface CommittedPatch {
  commit: string;
  change: string;
}

/** The last line of a message tells the change, so that a commit of ours is known again, and known to be untouched. */
const TRAILER = 'Drift-patch';

/**
 * Commits a diff without touching work tree, index, HEAD or branches. Throws a `DriftError` (code `git`) where the diff
 * does not apply to its parent.
 */
export async function commitPatch(
  root: string,
  { parent, diff, message, trailers, committer }: PatchCommit,
): Promise<CommittedPatch> {
  const directory = await mkdtemp(join(tmpdir(), 'gitops-drift-'));
  try {
    const variables = { GIT_INDEX_FILE: join(directory, 'index') };
    const base = await treeOf(root, parent);
    await gitOutput(root, ['-c', 'core.splitIndex=false', 'read-tree', parent], { variables });
    const applied = await runGit(root, ['apply', '--cached', '--whitespace=nowarn', '-'], { variables, stdin: diff });
    if (applied.exitCode !== 0) {
      const hint = 'scan a clean checkout: uncommitted changes are not in the commit that the branch starts from';
      throw new DriftError('git', [
        {
          code: 'patch-does-not-apply',
          message: `the diff does not apply to ${parent}: ${applied.stderr.trim()}`,
          hint,
        },
      ]);
    }
    const tree = (await gitOutput(root, ['write-tree', '--missing-ok'], { variables })).trim();
    const change = `${base}..${tree}`;
    const last = [...trailers, `${TRAILER}: ${change}`];
    const stdin = `${message.trimEnd()}\n\n${last.join('\n')}\n`;
    const who = await identity(root, committer);
    const commit = await gitOutput(root, [...who, 'commit-tree', tree, '-p', parent], { stdin });
    return { commit: commit.trim(), change };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** The change and the message of a commit that `commitPatch` made; undefined where it is another's, or others changed it. */
export async function ownCommit(
  root: string,
  commit: string,
): Promise<{ change: string; message: string } | undefined> {
  const message = await gitOutput(root, ['show', '--no-patch', '--no-show-signature', '--format=%B', commit]);
  const change = new RegExp(`^${TRAILER}: ([0-9a-f]+\\.\\.[0-9a-f]+)$`, 'm').exec(message)?.[1];
  return change?.split('..')[1] === (await treeOf(root, commit)) ? { change, message } : undefined;
}

async function treeOf(root: string, commit: string): Promise<string> {
  return (await gitOutput(root, ['rev-parse', '--verify', `${commit}^{tree}`])).trim();
}

/** Options that tell Git who commits, where nobody else did. */
async function identity(root: string, { name, email }: PatchCommit['committer']): Promise<string[]> {
  const configured = await runGit(root, ['config', '--get', 'user.email']);
  return configured.exitCode === 0 ? [] : ['-c', `user.name=${name}`, '-c', `user.email=${email}`];
}
