import { constants } from 'node:fs';
import { open, readlink, realpath, stat } from 'node:fs/promises';
import { basename, delimiter, dirname, join, resolve } from 'node:path';

/** Where a repository keeps what it knows. */
export interface GitPlace {
  /** Of this work tree: HEAD and the index. */
  gitDirectory: string;
  /** Of all its work trees: objects, refs, configuration. The same one, but for what `git worktree add` made. */
  commonDirectory: string;
  /** The folder that holds `.git`; absent where the directory asked for is in a Git directory, or a bare repository. */
  workTree?: string;
  /** `.git`, where it is a file that says where the Git directory is. */
  gitFile?: string;
}

/** More than a path or a ref is long. */
const MAX_POINTER_BYTES = 16_384;

/**
 * Finds the repository that a directory is in, as Git does (`gitrepository-layout(5)`), but without reading its
 * configuration, which may include other files. Undefined where there is none.
 */
export async function discover(directory: string): Promise<GitPlace | undefined> {
  const ceilings = (process.env['GIT_CEILING_DIRECTORIES'] ?? '').split(delimiter).filter((path) => path !== '');
  let at = await realpath(directory);
  for (;;) {
    const found = (await inFolder(at)) ?? (await placeOf(at));
    if (found !== undefined) return found;
    const parent = dirname(at);
    if (parent === at || ceilings.includes(parent)) return undefined;
    at = parent;
  }
}

async function inFolder(workTree: string): Promise<GitPlace | undefined> {
  const path = join(workTree, '.git');
  const entry = await stat(path).catch(() => undefined);
  if (entry?.isDirectory()) {
    const place = await placeOf(path);
    return place && { ...place, workTree };
  }
  if (!entry?.isFile()) return undefined;
  const target = /^gitdir: (.+)$/s.exec((await readPointer(path)) ?? '')?.[1];
  const place = target === undefined ? undefined : await placeOf(resolve(workTree, target));
  return place && { ...place, workTree, gitFile: path };
}

/** A Git directory has a HEAD of its own, and objects and refs, perhaps in another. */
async function placeOf(directory: string): Promise<GitPlace | undefined> {
  const head = await readHead(directory);
  if (head === undefined) return undefined;
  const common = await readPointer(join(directory, 'commondir'));
  const commonDirectory = common === undefined ? directory : resolve(directory, common);
  for (const name of ['objects', 'refs']) {
    const entry = await stat(join(commonDirectory, name)).catch(() => undefined);
    if (!entry?.isDirectory()) return undefined;
  }
  return { gitDirectory: await realpath(directory), commonDirectory: await realpath(commonDirectory) };
}

/** What HEAD says: `ref: refs/heads/main`, or an object name. Long ago it was a symbolic link. */
export async function readHead(gitDirectory: string): Promise<string | undefined> {
  const path = join(gitDirectory, 'HEAD');
  const target = await readlink(path).catch(() => undefined);
  const head = target === undefined ? await readPointer(path) : `ref: ${target}\n`;
  return head !== undefined && /^(?:ref:\s*refs\/|[0-9a-f]{40})/.test(head) ? head : undefined;
}

/** Whether a directory is, by its name, the Git directory of a work tree. */
export function isDotGit(directory: string): boolean {
  return basename(directory) === '.git';
}

/** A small file's text without the line ends behind it; undefined where there is no regular file. */
async function readPointer(path: string): Promise<string | undefined> {
  const text = await readRegularFile(path, MAX_POINTER_BYTES);
  let end = text?.length ?? 0;
  while (text !== undefined && '\r\n'.includes(text.charAt(end - 1)) && end > 0) end -= 1;
  return text?.slice(0, end);
}

/** A regular file's text; undefined where there is none, or a longer one. It does not wait for a pipe's writer. */
export async function readRegularFile(path: string, limit: number): Promise<string | undefined> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const found = await handle.stat();
    return found.isFile() && found.size <= limit ? await handle.readFile('utf8') : undefined;
  } finally {
    await handle.close();
  }
}
