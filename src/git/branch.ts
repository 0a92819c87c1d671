import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DriftError, type Problem } from '../errors.js';
import { blobId } from './blob-id.js';
import { gitOutput, runGit } from './command.js';
import { readTree, type TreeEntry } from './commit-tree.js';
import type { FileChange } from './file-change.js';

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
 * Throws a `DriftError`: code `git` for a branch name that is taken or not allowed, when Git does not know who commits
 * and when it fails; code `patch`, naming all such files, when the parent's content is not what `before` says.
 */
export async function commitOnBranch(root: string, commit: BranchCommit): Promise<string> {
  const { branch, parent, message } = commit;
  await mustBeFree(root, branch);
  await mustKnowCommitter(root);
  const files = await matchFiles(root, commit);
  const tree = await writeTree(root, parent, files);
  // Git would convert the message to the configured encoding without asking what it is in.
  const commitTree = ['-c', 'i18n.commitEncoding=UTF-8', 'commit-tree', tree, '-p', parent];
  const id = (await gitOutput(root, commitTree, { stdin: message })).trim();
  await createBranch(root, branch, id);
  return id;
}

async function mustBeFree(root: string, branch: string): Promise<void> {
  const checked = await runGit(root, ['check-ref-format', '--branch', branch]);
  // `@{-1}` and the like are spelled out by the check.
  if (checked.exitCode !== 0 || checked.stdout.trim() !== branch) {
    const hint = 'use letters, digits, "-", "_" and "/", as in drift/shop-prod';
    throw new DriftError('git', [{ message: `"${branch}" can't be the name of a branch`, hint }]);
  }
  if (await exists(root, branch)) throw taken(branch);
}

async function exists(root: string, branch: string): Promise<boolean> {
  return (await runGit(root, ['show-ref', '--verify', '--quiet', `refs/heads/${branch}`])).exitCode === 0;
}

function taken(branch: string): DriftError {
  const hint = `take another name, or delete the branch if it is no longer needed: git branch -D ${branch}`;
  return new DriftError('git', [{ message: `the branch "${branch}" exists already`, hint }]);
}

async function mustKnowCommitter(root: string): Promise<void> {
  for (const who of ['GIT_AUTHOR_IDENT', 'GIT_COMMITTER_IDENT']) {
    if ((await runGit(root, ['var', who])).exitCode === 0) continue;
    const hint = 'run: git config user.name "Your Name" && git config user.email you@example.com';
    throw new DriftError('git', [{ message: 'Git does not know who commits', hint }]);
  }
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
  if (entry === undefined) return { file, message: `the file is not in ${at}`, hint };
  if (entry.kind !== 'file') return { file, message: `this is not a regular file in ${at}` };
  return { file, message: `the file that was scanned is not the one in ${at}`, hint };
}

/** Writes the parent's tree with the files changed, by way of an index of its own; returns its object name. */
async function writeTree(root: string, parent: string, files: readonly (FileChange & TreeEntry)[]): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'gitops-drift-'));
  try {
    const indexFile = join(directory, 'index');
    // A split index would keep its larger part in the repository.
    const onIndex = (args: readonly string[], stdin = '') =>
      gitOutput(root, ['-c', 'core.splitIndex=false', ...args], { indexFile, stdin });
    await onIndex(['read-tree', parent]);
    const lines: string[] = [];
    for (const { path, mode, after } of files) {
      const object = await gitOutput(root, ['hash-object', '-w', '--stdin'], { stdin: after });
      lines.push(`${mode} ${object.trim()} 0\t${path}\0`);
    }
    await onIndex(['update-index', '-z', '--index-info'], lines.join(''));
    // Of a partial clone, not all files are here, nor needed.
    return (await onIndex(['write-tree', '--missing-ok'])).trim();
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** With an empty old value, Git makes the branch only if there is none. */
async function createBranch(root: string, branch: string, commit: string): Promise<void> {
  const reason = 'gitops-drift: adopt live values';
  const updated = await runGit(root, ['update-ref', '-m', reason, `refs/heads/${branch}`, commit, '']);
  if (updated.exitCode === 0) return;
  if (await exists(root, branch)) throw taken(branch);
  const message = `the branch "${branch}" can't be made: ${updated.stderr.trim().replace(/^fatal: /, '')}`;
  throw new DriftError('git', [{ message, hint: 'take another name' }]);
}
