import { lstat, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { SimpleGit } from 'simple-git';
import { DriftError } from '../base/errors.js';
import { type BranchCommit, commitOnBranch, mustBeCommittable } from './branch.js';
import { type Checkout, createCheckout } from './checkout.js';
import { gitError, gitOutput, guardRepository, runGit } from './command.js';
import { openCommitTree } from './commit-tree.js';
import { withoutCredentials } from './origin-url.js';
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
  const { root, bare, originUrl } = await locate(path, directory);
  await guardRepository(root);
  return {
    root,
    bare,
    ...(originUrl === undefined ? {} : { originUrl }),
    checkout: (ref = bare ? 'HEAD' : undefined) =>
      ref === undefined ? checkoutWorkTree(root) : checkoutRef(root, ref),
    checkBranch: (branch) => mustBeCommittable(root, branch),
    commitOnBranch: (commit) => commitOnBranch(root, commit),
  };
}

async function checkoutWorkTree(root: string): Promise<Checkout> {
  const [commit, dirtyFiles] = await Promise.all([resolveCommit(root, 'HEAD'), listDirtyFiles(root)]);
  return createCheckout(openWorkTree(root), { ref: null, commit: commit ?? null, dirtyFiles });
}

async function checkoutRef(root: string, ref: string): Promise<Checkout> {
  // Git forbids such names; a command would take them for its options.
  const commit = ref.startsWith('-') || ref.includes('\0') ? undefined : await resolveCommit(root, ref);
  if (commit === undefined) throw await unknownRef(root, ref);
  const place = `at ${ref === commit ? '' : `${ref}, `}commit ${commit.slice(0, 12)}`;
  return createCheckout(await openCommitTree(root, commit, place), { ref, commit, dirtyFiles: [] });
}

async function resolveCommit(root: string, ref: string): Promise<string | undefined> {
  const { exitCode, stdout } = await runGit(root, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
  const name = stdout.trim();
  // `^HEAD` is a name with a caret before it, and stands for all other commits.
  return exitCode === 0 && /^[0-9a-f]+$/.test(name) ? name : undefined;
}

async function unknownRef(root: string, ref: string): Promise<DriftError> {
  const anyCommit = await gitOutput(root, ['rev-list', '--all', '--max-count=1']);
  if (anyCommit === '') {
    return new DriftError('git', [
      { message: 'this repository has no commits yet', hint: 'commit the templates first' },
    ]);
  }
  const hint = (await isShallowClone(root))
    ? 'this is a shallow clone: fetch more of it, with `git fetch --unshallow` or `fetch-depth: 0` in CI'
    : 'see `git branch --all` and `git tag`; a remote branch is called origin/<name>, and may have to be fetched';
  return new DriftError('git', [{ message: `"${ref}" names no commit of this repository`, hint }]);
}

async function mustBeDirectory(path: string, directory: string): Promise<void> {
  const found = await stat(directory).catch(() => undefined);
  if (found?.isDirectory() === true) return;
  const message = found === undefined ? `there is no directory "${path}"` : `"${path}" is not a directory`;
  throw new DriftError('git', [{ message, hint: 'give the path of a Git repository' }]);
}

async function locate(path: string, directory: string): Promise<Pick<Repository, 'root' | 'bare' | 'originUrl'>> {
  const git = await openGit(directory);
  const [asked, top, origin] = await Promise.all([
    git.raw(['rev-parse', '--is-bare-repository', '--is-inside-work-tree', '--absolute-git-dir']),
    // Fails where there is no work tree.
    git.raw(['rev-parse', '--show-toplevel']).catch(() => ''),
    readOrigin(git),
  ]).catch((error: unknown) => cannotOpen(path, directory, error));
  const [bare, inWorkTree, ...gitDirectory] = withoutLineEnd(asked).split('\n');
  if (inWorkTree === 'true') {
    const root = withoutLineEnd(top);
    await mustBeOwnWorkTree(path, root);
    return { root, bare: false, ...origin };
  }
  if (bare === 'true') return { root: gitDirectory.join('\n'), bare: true, ...origin };
  const hint = 'give the directory that holds the checked-out files';
  throw new DriftError('git', [{ message: `"${path}" is inside a repository's .git folder`, hint }]);
}

/** A configuration may call any folder of this machine the work tree. That of a repository has its `.git` in it. */
async function mustBeOwnWorkTree(path: string, root: string): Promise<void> {
  if ((await lstat(join(root, '.git')).catch(() => undefined)) !== undefined) return;
  const message = `"${path}" has its work tree elsewhere ("core.worktree" says ${root})`;
  const hint = 'take core.worktree out of its configuration, or clone it anew';
  throw new DriftError('git', [{ message, hint }]);
}

/** By the whole configuration: simple-git waits a while for answers that are empty, as those about no remote are. */
async function readOrigin(git: SimpleGit): Promise<Pick<Repository, 'originUrl'>> {
  const { all } = await git.listConfig();
  const url = [all['remote.origin.url'] ?? []].flat().at(-1);
  return url === undefined ? {} : { originUrl: withoutCredentials(url) };
}

function withoutLineEnd(output: string): string {
  return output.replace(/\n$/, '');
}

/** Tells why from Git's own words, which are English only when it is asked to speak it. */
async function cannotOpen(path: string, directory: string, error: unknown): Promise<never> {
  const { stderr: complaint } = await runGit(directory, ['rev-parse', '--git-dir']);
  if (complaint.includes('not a git repository')) {
    const hint = 'give the path of a clone, or start one here with `git init`';
    throw new DriftError('git', [{ message: `"${path}" is not in a Git repository`, hint }]);
  }
  if (complaint.includes('dubious ownership') || complaint.includes('unsafe repository')) {
    const command = /git config --global --add safe\.directory .+/.exec(complaint)?.[0];
    const hint = `if you trust it, run: ${command ?? 'git config --global --add safe.directory <its path>'}`;
    throw new DriftError('git', [{ message: `the repository "${path}" belongs to another user`, hint }]);
  }
  throw gitError(complaint === '' && error instanceof Error ? error.message : complaint);
}
