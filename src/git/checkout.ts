import { types } from 'node:util';
import { DriftError } from '../base/errors.js';
import { systemReason } from '../base/system-reason.js';
import { createSource, type Source } from '../syntax/source.js';
import { decodeText } from './decode.js';
import { type FileTree, resolveInTree } from './file-tree.js';

/** The repository's files as they are at a commit, or now in the work tree. */
export interface Checkout {
  /** What was asked for; null for the work tree. */
  readonly ref: string | null;
  /** Full object name; null in a repository without commits. */
  readonly commit: string | null;
  /** Whether the files differ from the commit. Always false with a ref. */
  readonly dirty: boolean;
  readonly dirtyFiles: readonly string[];
  /** The folder that was asked for, relative to the root; `''` is the root. */
  readonly folder: string;
  /** What a file of the file system is called here; undefined for one that is elsewhere. It need not exist. */
  locate(file: string): Promise<string | undefined>;
  /** Regular files: those of the commit, or in a work tree the tracked and the untracked but not ignored ones. Sorted. */
  list(): Promise<string[]>;
  /** Where other repositories are checked out as submodules, whose files are not listed. Sorted. */
  submodules?(): Promise<string[]>;
  /**
   * A text file. `path` is relative to the root; the source's path is where the file really is, past symbolic links.
   * Throws a `DriftError` (code `git`) for what is missing, no file, too big or no text, and for what leads out of
   * the repository.
   */
  read(path: string): Promise<Source>;
  /** Where a file really is, past symbolic links. Throws a `DriftError` (code `git`) for what leads out of the repository. */
  realPath(path: string): Promise<string>;
  /** When a file was last written; unknown of a commit's. Throws a `DriftError` (code `git`) as `realPath` does. */
  modified?(path: string): Promise<number | undefined>;
  /** Whether there is a file to read. Throws a `DriftError` (code `git`) for a path that leads out of the repository. */
  exists(path: string): Promise<boolean>;
}

/** CloudFormation takes templates of 1 MB; the baseline of 10,000 resources may be of 20 MB. */
const MAX_MEGABYTES = 32;

/** Reads of a file tree, with what is known of the commit; `folder` and `locate` are for a tree with a place in the file system. */
export function createCheckout(
  tree: FileTree,
  facts: Pick<Checkout, 'ref' | 'commit' | 'dirtyFiles'> & Partial<Pick<Checkout, 'folder' | 'locate'>>,
): Checkout {
  return {
    folder: '',
    locate: async (file) => file,
    ...facts,
    dirty: facts.dirtyFiles.length > 0,
    list: () => tree.list(),
    submodules: async () => (await tree.submodules?.()) ?? [],
    realPath: (path) => explained(path, async () => (await resolveInTree(tree, path)).path),
    modified: (path) => explained(path, async () => tree.modified?.((await resolveInTree(tree, path)).path)),
    exists: (path) => explained(path, async () => (await resolveInTree(tree, path)).kind === 'file'),
    read: (path) => explained(path, () => readSource(tree, path)),
  };
}

async function readSource(tree: FileTree, asked: string): Promise<Source> {
  const { path, kind } = await resolveInTree(tree, asked);
  if (kind !== 'file') throw noFile(asked, path, tree, kind);
  const bytes = await readBytes(tree, path);
  return createSource(path, decodeText(path, bytes));
}

/** What the file system refuses (permissions, a failing disk) is for a person to fix too. */
async function explained<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!types.isNativeError(error) || !('syscall' in error)) throw error;
    throw new DriftError(
      'git',
      [{ code: 'file-unreadable', message: `"${path}" can't be read: ${systemReason(error)}` }],
      {
        cause: error,
      },
    );
  }
}

async function readBytes(tree: FileTree, path: string): Promise<Buffer> {
  const bytes = await tree.readBytes(path, MAX_MEGABYTES * 1024 * 1024);
  if (bytes !== undefined) return bytes;
  throw new DriftError('git', [
    { code: 'file-too-big', file: path, message: `the file is bigger than ${MAX_MEGABYTES} MB` },
  ]);
}

function noFile(asked: string, path: string, tree: FileTree, kind: string | undefined): DriftError {
  if (kind === 'directory')
    return new DriftError('git', [{ code: 'git-not-a-file', message: `"${asked}" is a directory, not a file` }]);
  if (kind === 'submodule') {
    const hint = `scan the submodule by itself: gitops-drift scan ${path}`;
    return new DriftError('git', [
      { code: 'git-submodule', message: `"${asked}" is in the submodule "${path}", which is another repository`, hint },
    ]);
  }
  if (kind !== undefined)
    return new DriftError('git', [{ code: 'git-not-a-file', message: `"${asked}" is not a regular file` }]);
  const link = path === asked ? '' : ` (it stands for "${path}")`;
  return new DriftError('git', [{ code: 'git-no-file', message: `"${asked}" does not exist ${tree.place}${link}` }]);
}
