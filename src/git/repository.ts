import { realpath, stat } from 'node:fs/promises';
import { posix, relative, resolve, sep } from 'node:path';
import { DriftError } from '../base/errors.js';
import { type BranchCommit, commitOnBranch, mustBeCommittable } from './branch.js';
import { type Checkout, createCheckout } from './checkout.js';
import { gitOutput, runGit } from './command.js';
import { openCommitTree } from './commit-tree.js';
import { isolate } from './isolation.js';
import { locateIn } from './locate.js';
import { withoutCredentials } from './origin-url.js';
import { gitError } from './process.js';
import { isShallowClone } from './shallow.js';
import { openGit } from './simple-git.js';
import { listDirtyFiles, openWorkTree } from './work-tree.js';

export type { Checkout } from './checkout.js';

/** A Git repository on this machine. Nothing but `commitOnBranch` writes to it. */
export interface Repository {
  /** Absolute path of the work tree's root, or of a bare repository. */
  readonly root: string;
  readonly bare: boolean;
  /** The remote `origin`, without credentials. */
  readonly originUrl?: string;
  /**
   * The files at a ref (any name Git knows for a commit), or without one those of the work tree; of a bare
   * repository, which has none, those of its HEAD. Throws a `DriftError` (code `git`) when the ref names no commit.
   */
  checkout(ref?: string): Promise<Checkout>;
  /** Throws a `DriftError` (code `git`) where no commit could be made on a new branch of this name. */
  checkBranch(branch: string): Promise<void>;
  /**
   * Commits changed files on a new branch, leaving work tree, index and HEAD alone; returns the commit's object name.
   * Throws a `DriftError`: code `git` when the branch can't be made, code `patch` when the parent's files differ.
   */
  commitOnBranch(commit: BranchCommit): Promise<string>;
}

/**
 * Opens the repository that a directory is in, or a bare one. Throws a `DriftError` (code `git`) saying what to do when
 * there is none, when Git is missing, or when Git does not trust its owner.
 */
export async function openRepository(path: string): Promise<Repository> {
  const directory = resolve(path);
  await mustBeDirectory(path, directory);
  const { root, bare } = await isolate(directory, { afresh: true, shownAs: path });
  const origin = await readOrigin(root);
  const place = bare ? {} : { folder: await folderIn(root, directory), locate: (file: string) => locateIn(root, file) };
  return {
    root,
    bare,
    ...origin,
    checkout: (ref = bare ? 'HEAD' : undefined) =>
      ref === undefined ? checkoutWorkTree(root, place) : checkoutRef(root, ref, place),
    checkBranch: async (branch) => void (await mustBeCommittable(root, branch)),
    commitOnBranch: (commit) => commitOnBranch(root, commit),
  };
}

/** `^a`, `a..b`, `a...b`, `a^@`, `a^!`, `a^-1` (`gitrevisions(7)`, "Specifying ranges"). */
const RANGE = /^\^|\.\.|\^(?:[@!]|-\d*)$/;

/** Where in the file system the files of a repository are; nowhere, for a bare one. */
type TreePlace = Partial<Pick<Checkout, 'folder' | 'locate'>>;

async function folderIn(root: string, directory: string): Promise<string> {
  return relative(root, await realpath(directory))
    .split(sep)
    .join(posix.sep);
}

async function checkoutWorkTree(root: string, place: TreePlace): Promise<Checkout> {
  const [commit, dirtyFiles] = await Promise.all([resolveCommit(root, 'HEAD'), listDirtyFiles(root)]);
  return createCheckout(openWorkTree(root), { ref: null, commit: commit ?? null, dirtyFiles, ...place });
}

async function checkoutRef(root: string, ref: string, placed: TreePlace): Promise<Checkout> {
  // Git forbids such names; a command would take them for its options.
  const commit = ref.startsWith('-') || ref.includes('\0') ? undefined : await resolveCommit(root, ref);
  if (commit === undefined) throw await unknownRef(root, ref);
  const place = `at ${ref === commit ? '' : `${ref}, `}commit ${commit.slice(0, 12)}`;
  return createCheckout(await openCommitTree(root, commit, place), { ref, commit, dirtyFiles: [], ...placed });
}

async function resolveCommit(root: string, ref: string): Promise<string | undefined> {
  const { exitCode, stdout } = await runGit(root, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
  const name = stdout.trim();
  // `^HEAD` passes for a commit, and comes back as what it is: all that is not in it.
  return exitCode === 0 && /^[0-9a-f]+$/.test(name) ? name : undefined;
}

async function unknownRef(root: string, ref: string): Promise<DriftError> {
  const anyCommit = await gitOutput(root, ['rev-list', '--all', '--max-count=1']);
  if (anyCommit === '') {
    return new DriftError('git', [
      { code: 'git-no-commits', message: 'this repository has no commits yet', hint: 'commit the templates first' },
    ]);
  }
  if (RANGE.test(ref)) {
    const hint = 'it stands for several commits: give one, such as HEAD, main~1 or v1.2';
    return new DriftError('git', [
      { code: 'git-unknown-commit', message: `"${ref}" names no commit of this repository`, hint },
    ]);
  }
  const hint = (await isShallowClone(root))
    ? 'this is a shallow clone: fetch more of it, with `git fetch --unshallow` or `fetch-depth: 0` in CI'
    : 'see `git branch --all` and `git tag`; a remote branch is called origin/<name>, and may have to be fetched';
  return new DriftError('git', [
    { code: 'git-unknown-commit', message: `"${ref}" names no commit of this repository`, hint },
  ]);
}

async function mustBeDirectory(path: string, directory: string): Promise<void> {
  const found = await stat(directory).catch(() => undefined);
  if (found?.isDirectory() === true) return;
  const message = found === undefined ? `there is no directory "${path}"` : `"${path}" is not a directory`;
  throw new DriftError('git', [{ code: 'git-no-repository', message, hint: 'give the path of a Git repository' }]);
}

/** By the whole configuration: simple-git waits a while for answers that are empty, as those about no remote are. */
async function readOrigin(root: string): Promise<Pick<Repository, 'originUrl'>> {
  const git = await openGit(root);
  try {
    const { all } = await git.listConfig();
    const url = [all['remote.origin.url'] ?? []].flat().at(-1);
    return url === undefined ? {} : { originUrl: withoutCredentials(url) };
  } catch (error) {
    throw gitError(error instanceof Error ? error.message : String(error));
  }
}
