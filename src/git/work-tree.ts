import { constants, type Stats } from 'node:fs';
import { lstat, open, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { types } from 'node:util';
import { DriftError } from '../base/errors.js';
import { gitOutput } from './command.js';
import type { EntryKind, FileTree } from './file-tree.js';
import { storedOtherwise } from './stored-otherwise.js';

/** Error codes of `lstat` for a path at which nothing can be. */
const NOTHING_THERE = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'];

/** The index: tracked files, and which of the entries are submodules. */
interface Index {
  files: string[];
  submodules: Set<string>;
}

/**
 * The files of a work tree as they are now: tracked ones that still exist, and untracked ones that are not ignored.
 * A path that `list` leaves out (an ignored file) can still be read.
 */
export function openWorkTree(root: string): FileTree {
  let index: Promise<Index> | undefined;
  const readIndexOnce = () => {
    index ??= readIndex(root);
    return index;
  };
  return {
    place: 'in the work tree',
    kind: async (path) =>
      (await readIndexOnce()).submodules.has(path) ? 'submodule' : kindOf(await stats(root, path)),
    linkTarget: async (path) => (await readlink(join(root, path))).replaceAll('\\', '/'),
    readBytes: (path, limit) => readFile(root, path, limit),
    modified: async (path) => (await stats(root, path))?.mtimeMs,
    submodules: async () => [...(await readIndexOnce()).submodules].sort(),
    async list() {
      const [{ files }, gone, untracked] = await Promise.all([
        readIndexOnce(),
        paths(root, ['ls-files', '-z', '--deleted']),
        listUntracked(root),
      ]);
      const missing = new Set(gone);
      return [...new Set([...files, ...untracked])].filter((path) => !missing.has(path)).sort();
    },
  };
}

/** Paths with changes that are not committed: modified, staged, deleted and untracked files, sorted. */
export async function listDirtyFiles(root: string): Promise<string[]> {
  // Submodules are left out: no file of theirs is read, and asking would run Git in them, with their configuration.
  const status = ['status', '--porcelain=v1', '-z', '--no-renames', '--untracked-files=all', '--ignore-submodules=all'];
  const entries = await paths(root, status);
  const pathOf = (entry: string) => entry.slice('XY '.length);
  // Only in the work tree: not staged.
  const modified = entries.filter((entry) => entry.startsWith(' M')).map(pathOf);
  const unchanged = await storedOtherwise(root, modified);
  return entries
    .map(pathOf)
    .filter((path) => !unchanged.has(path))
    .sort();
}

/** Entries look like `100644 <object> <stage>\t<path>`; a path in conflict has several stages. */
async function readIndex(root: string): Promise<Index> {
  const index: Index = { files: [], submodules: new Set() };
  for (const entry of await paths(root, ['ls-files', '-z', '--stage'])) {
    const path = entry.slice(entry.indexOf('\t') + 1);
    if (entry.startsWith('160000')) index.submodules.add(path);
    else if (entry.startsWith('100')) index.files.push(path);
  }
  return index;
}

/** A nested repository is listed as a directory, and links are listed like files; neither is one. */
async function listUntracked(root: string): Promise<string[]> {
  const listed = await paths(root, ['ls-files', '-z', '--others', '--exclude-standard']);
  const regular = await Promise.all(listed.map(async (path) => kindOf(await stats(root, path)) === 'file'));
  return listed.filter((_, at) => regular[at]);
}

async function readFile(root: string, path: string, limit: number): Promise<Buffer | undefined> {
  // The link check came before: neither follow a link made since then, nor wait for a pipe's writer.
  const handle = await open(join(root, path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const found = await handle.stat();
    if (!found.isFile())
      throw new DriftError('git', [{ code: 'git-not-a-file', message: `"${path}" is not a regular file` }]);
    return found.size > limit ? undefined : await handle.readFile();
  } finally {
    await handle.close();
  }
}

async function stats(root: string, path: string): Promise<Stats | undefined> {
  try {
    return await lstat(join(root, path));
  } catch (error) {
    if (types.isNativeError(error) && 'code' in error && NOTHING_THERE.includes(String(error.code))) return undefined;
    throw error;
  }
}

function kindOf(found: Stats | undefined): EntryKind | undefined {
  if (found === undefined) return undefined;
  if (found.isFile()) return 'file';
  if (found.isDirectory()) return 'directory';
  return found.isSymbolicLink() ? 'link' : 'other';
}

async function paths(root: string, args: readonly string[]): Promise<string[]> {
  const output = await gitOutput(root, args);
  return output.split('\0').filter((entry) => entry !== '');
}
