import { type Checkout, createCheckout } from './checkout.js';
import { type EntryKind, type FileTree, isBelow, normalisePath } from './file-tree.js';

/**
 * A checkout with other files in one of its folders: only those are there, and all other files are as they were.
 * `files` are by their path in the folder.
 */
export function overlaid(checkout: Checkout, folder: string, files: ReadonlyMap<string, Buffer>): Checkout {
  const placed = new Map([...files].map(([path, bytes]) => [`${folder}/${path}`, bytes]));
  const over = createCheckout(treeOf(placed), checkout);
  const isOver = (path: string) => isBelow(folder, normalisePath(path));
  const of = (path: string) => (isOver(path) ? over : checkout);
  return {
    ...checkout,
    list: async () => [...(await checkout.list()).filter((path) => !isBelow(folder, path)), ...placed.keys()].sort(),
    read: async (path) => of(path).read(path),
    realPath: async (path) => of(path).realPath(path),
    exists: async (path) => of(path).exists(path),
  };
}

/** Files in memory, as a tree to read from. */
function treeOf(files: ReadonlyMap<string, Buffer>): FileTree {
  const folders = new Set<string>();
  for (const path of files.keys())
    for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) folders.add(path.slice(0, at));
  return {
    place: 'in what was synthesised',
    async kind(path): Promise<EntryKind | undefined> {
      if (files.has(path)) return 'file';
      return folders.has(path) ? 'directory' : undefined;
    },
    linkTarget: async () => '',
    async readBytes(path, limit) {
      const bytes = files.get(path);
      return bytes === undefined || bytes.length > limit ? undefined : bytes;
    },
    list: async () => [...files.keys()].sort(),
  };
}
