import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, posix, relative, resolve, sep } from 'node:path';

/**
 * What a file, as it is called from the current directory, is called in a work tree: a path relative to `root`, which has
 * no links in it. The file need not be there; undefined where it is not in the work tree. A link is not followed itself.
 */
export async function locateIn(root: string, file: string): Promise<string | undefined> {
  const full = resolve(file);
  const place = join(await realFolder(dirname(full)), basename(full));
  const path = relative(root, place);
  if (path === '' || path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)) return undefined;
  return path.split(sep).join(posix.sep);
}

/** A folder without links in its path; of one that does not exist, as far as it does. */
async function realFolder(folder: string): Promise<string> {
  const real = await realpath(folder).catch(() => undefined);
  if (real !== undefined) return real;
  const parent = dirname(folder);
  return parent === folder ? folder : join(await realFolder(parent), basename(folder));
}
