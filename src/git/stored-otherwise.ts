import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { gitOutput } from './command.js';

/** A file as the index knows it: what is stored, and how the file was when Git wrote or read it last. */
interface IndexEntry {
  path: string;
  object: string;
  /** Nanoseconds since 1970. */
  modified: bigint;
  size: bigint;
}

/** A command line has an end. */
const MAX_PATHS = 500;
const STAT = /^ {2}ctime: .*\n {2}mtime: (\d+):(\d+)\n {2}dev: .*\n {2}uid: .*\n {2}size: (\d+)\tflags: .*\n/;

/**
 * Of files that Git takes for modified, those that a filter stores otherwise (Git LFS, git-crypt), and which nobody has
 * touched since Git wrote them. No filter is run here, so Git can't compare them; their time and size are still those that
 * Git wrote down, but the size of what is stored is another, which of a file without a filter would be the same.
 */
export async function storedOtherwise(root: string, paths: readonly string[]): Promise<Set<string>> {
  if (paths.length === 0 || paths.length > MAX_PATHS) return new Set();
  const list = ['--literal-pathspecs', 'ls-files', '-z', '--stage', '--debug', '--', ...paths];
  const entries = parseIndex(await gitOutput(root, list));
  const untouched: IndexEntry[] = [];
  for (const entry of entries) {
    const found = await lstat(join(root, entry.path), { bigint: true }).catch(() => undefined);
    if (found?.mtimeNs === entry.modified && found.size === entry.size && entry.size > 0n) untouched.push(entry);
  }
  if (untouched.length === 0) return new Set();
  const stdin = untouched.map(({ object }) => `${object}\n`).join('');
  const sizes = (await gitOutput(root, ['cat-file', '--batch-check=%(objectsize)'], { stdin })).split('\n');
  const others = untouched.filter(({ size }, at) => /^\d+$/.test(sizes[at] ?? '') && sizes[at] !== String(size));
  return new Set(others.map(({ path }) => path));
}

/** After each `<mode> <object> <stage>\t<path>\0` there are lines about the file, and right behind them the next entry. */
function parseIndex(output: string): IndexEntry[] {
  const entries: IndexEntry[] = [];
  let header = '';
  for (const part of output.split('\0')) {
    const [stat = '', seconds, nanoseconds, size] = STAT.exec(part) ?? [];
    const tab = header.indexOf('\t');
    const object = header.slice(0, tab).split(' ')[1];
    if (object !== undefined && seconds !== undefined && nanoseconds !== undefined && size !== undefined) {
      const modified = BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds);
      entries.push({ path: header.slice(tab + 1), object, modified, size: BigInt(size) });
    }
    header = part.slice(stat.length);
  }
  return entries;
}
