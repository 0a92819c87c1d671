import { DriftError, type Problem } from '../base/errors.js';
import { blobId } from './blob-id.js';
import { gitOutput, runGit } from './command.js';
import { readTree, type TreeEntry } from './commit-tree.js';
import type { FileChange } from './file-change.js';
import { committerOf } from './identity.js';
import { gitError } from './process.js';
import { openGit } from './simple-git.js';
import { writeTree } from './write-tree.js';

/** A commit to make, as the first one of a new branch. */
export interface BranchCommit {
  /** Without `refs/heads/`. */
  branch: string;
  /** Full object name of the commit that the branch starts from. */
  parent: string;
  message: string;
  files: readonly FileChange[];
}

/**
 * Commits changed files on a new branch and returns the commit's object name. Work tree, index and HEAD stay as they
 * are, so it works in bare repositories too. The branch comes into being last and at once: whatever fails before
 * leaves nothing but unreferenced objects, which Git clears away in time.
 *
 * Throws a `DriftError`: code `git` for a branch name that is taken or not allowed, for a parent that the repository
 * lacks, when Git does not know who commits and when it fails; code `patch`, naming all such files, when the parent's
 * content is not what `before` says.
 */
export async function commitOnBranch(root: string, commit: BranchCommit): Promise<string> {
  const { branch, parent, message } = commit;
  const variables = await mustBeCommittable(root, branch);
  await mustHaveCommit(root, parent);
  const files = await matchFiles(root, commit);
  const tree = await writeTree(
    root,
    parent,
    files.map(({ path, mode, after }) => ({ path, mode, text: after })),
  );
  // Git would label the message with the configured encoding, whatever it is in.
  const commitTree = ['-c', 'i18n.commitEncoding=UTF-8', 'commit-tree', tree, '-p', parent];
  const id = (await gitOutput(root, commitTree, { stdin: message, variables })).trim();
  await createBranch(root, branch, id);
  return id;
}

/**
 * Gives who commits, as variables for Git. Throws a `DriftError` (code `git`) for a branch name that is taken or not
 * allowed, and when Git does not know who commits.
 */
export async function mustBeCommittable(root: string, branch: string): Promise<Record<string, string>> {
  await mustBeFree(root, branch);
  return committerOf(root);
}

async function mustBeFree(root: string, branch: string): Promise<void> {
  const checked = await runGit(root, ['check-ref-format', '--branch', branch]);
  // `@{-1}` and the like are spelled out by the check.
  if (checked.exitCode !== 0 || checked.stdout.trim() !== branch) {
    const hint = 'use letters, digits, "-", "_" and "/", as in drift/shop-prod';
    throw new DriftError('git', [
      { code: 'git-bad-branch', message: `"${branch}" can't be the name of a branch`, hint },
    ]);
  }
  if (await exists(root, branch)) throw taken(branch);
}

async function exists(root: string, branch: string): Promise<boolean> {
  const git = await openGit(root);
  try {
    const { all } = await git.branch(['--list', '--no-color', '--no-column', branch]);
    return all.includes(branch);
  } catch (error) {
    throw gitError(error instanceof Error ? error.message : String(error));
  }
}

function taken(branch: string): DriftError {
  const hint = `take another name, or delete the branch if it is no longer needed: git branch -D ${branch}`;
  return new DriftError('git', [{ code: 'git-bad-branch', message: `the branch "${branch}" exists already`, hint }]);
}

/** The parent may come from a saved report: it must not be taken for an option of a command, and may not be here. */
async function mustHaveCommit(root: string, parent: string): Promise<void> {
  const isName = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(parent);
  if (isName && (await runGit(root, ['cat-file', '-e', `${parent}^{commit}`])).exitCode === 0) return;
  const hint = 'fetch it, or scan again';
  throw new DriftError('git', [
    { code: 'git-lacks-object', message: `the scanned commit "${parent}" is not in this repository`, hint },
  ]);
}

/** The files with their entries in the parent commit. */
async function matchFiles(root: string, commit: BranchCommit): Promise<(FileChange & TreeEntry)[]> {
  const entries = await readTree(root, commit.parent);
  const problems: Problem[] = [];
  const files = commit.files.flatMap((file) => {
    const entry = entries.get(file.path);
    if (entry !== undefined && holds(entry, file.before)) return [{ ...file, ...entry }];
    problems.push(unlike(file.path, commit.parent, entry));
    return [];
  });
  if (problems.length > 0) throw new DriftError('patch', problems);
  return files;
}

/** A repository's object names are of one algorithm, which their length tells. */
function holds(entry: TreeEntry, text: string): boolean {
  return entry.kind === 'file' && entry.object === blobId(text, entry.object.length === 64 ? 'sha256' : 'sha1');
}

function unlike(file: string, parent: string, entry: TreeEntry | undefined): Problem {
  const at = `commit ${parent.slice(0, 12)}`;
  const hint = 'commit its changes first, or scan what is committed with --ref HEAD';
  if (entry === undefined) return { code: 'git-not-committed', file, message: `the file is not in ${at}`, hint };
  if (entry.kind !== 'file') return { code: 'git-not-a-file', file, message: `this is not a regular file in ${at}` };
  return { code: 'git-not-committed', file, message: `the file that was scanned is not the one in ${at}`, hint };
}

/** With an empty old value, Git makes the branch only if there is none. */
async function createBranch(root: string, branch: string, commit: string): Promise<void> {
  const reason = 'gitops-drift: adopt live values';
  const updated = await runGit(root, ['update-ref', '-m', reason, `refs/heads/${branch}`, commit, '']);
  if (updated.exitCode === 0) return;
  if (await exists(root, branch)) throw taken(branch);
  const message = `the branch "${branch}" can't be made: ${updated.stderr.trim().replace(/^fatal: /, '')}`;
  throw new DriftError('git', [{ code: 'git-bad-branch', message, hint: 'take another name' }]);
}
