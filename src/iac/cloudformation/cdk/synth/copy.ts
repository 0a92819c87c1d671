import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { constants, copyFile, lstat, mkdir, readlink, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { folderOf } from '../../../../git/file-tree.js';
import type { Checkout } from '../../../../git/repository.js';

/** A copy of a repository's files, for edits that are only tried. */
export interface Copy {
  root: string;
  write(path: string, text: string): Promise<void>;
  /** Makes a file what it was. */
  restore(path: string): Promise<void>;
  remove(): void;
}

/**
 * Copies the files of a work tree that Git lists into a temporary folder. What is installed there is not copied, but linked
 * to. It is removed at the latest when this process ends.
 */
export async function copyOf(root: string, checkout: Pick<Checkout, 'list'>): Promise<Copy> {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), 'gitops-drift-app-')));
  const remove = () => {
    process.off('exit', remove);
    rmSync(copy, { recursive: true, force: true });
  };
  process.once('exit', remove);
  try {
    const files = await checkout.list();
    const folders = new Set(['', ...files.flatMap(foldersAbove)]);
    for (const folder of folders) await mkdir(join(copy, folder), { recursive: true });
    const restore = (path: string) => copyFile(join(root, path), join(copy, path), constants.COPYFILE_FICLONE);
    for (const file of files) await restore(file);
    for (const folder of folders) await linkInstalled(join(root, folder), join(copy, folder));
    return { root: copy, write: (path, text) => writeFile(join(copy, path), text), restore, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** What package managers put beside the files of an app. */
const INSTALLED = ['node_modules', '.venv', 'venv', '.pnp.cjs', '.yarn'];

async function linkInstalled(from: string, to: string): Promise<void> {
  for (const name of INSTALLED) {
    const target = join(from, name);
    const found = await lstat(target).catch(() => undefined);
    const isThere = await lstat(join(to, name)).catch(() => undefined);
    if (found === undefined || isThere !== undefined) continue;
    await symlink(found.isSymbolicLink() ? posix.resolve(from, await readlink(target)) : target, join(to, name));
  }
}

function foldersAbove(path: string): string[] {
  const folder = folderOf(path);
  return folder === '' ? [] : [folder, ...foldersAbove(folder)];
}
