import { posix } from 'node:path';
import { DriftError } from '../base/errors.js';
import type { ProblemCode } from '../base/problem-codes.js';

export type EntryKind = 'file' | 'directory' | 'link' | 'submodule' | 'other';

/** Files to read from: a work tree, or the tree of a commit. Paths are relative to the root, with forward slashes and without `.` or `..`. */
export interface FileTree {
  /** Where this is, to end a sentence with: `in the work tree`. */
  readonly place: string;
  /** What stands at a path, without following a symbolic link there. Undefined: nothing. */
  kind(path: string): Promise<EntryKind | undefined>;
  /** What a symbolic link says. */
  linkTarget(path: string): Promise<string>;
  /** A file's bytes; undefined when there are more than `limit`. */
  readBytes(path: string, limit: number): Promise<Buffer | undefined>;
  /** When a file was last written, in ms; absent where files have no such time. */
  modified?(path: string): Promise<number | undefined>;
  /** Regular files, sorted. */
  list(): Promise<string[]>;
  /** Submodules, sorted. */
  submodules?(): Promise<string[]>;
}

/** Linux gives up after as many links (`path_resolution(7)`). */
const MAX_LINKS = 40;

/**
 * Follows a path, link by link, to what really stands there, and never leaves the tree.
 * Throws a `DriftError` (code `git`) for a path that leads out of the repository, into `.git` or round in circles.
 */
export async function resolveInTree(
  tree: FileTree,
  asked: string,
): Promise<{ path: string; kind: EntryKind | undefined }> {
  mustBeRelative(asked);
  const reached: string[] = [];
  const pending = asked.split('/');
  let kind: EntryKind | undefined = 'directory';
  let links = 0;
  let link = '';
  for (let segment = pending.shift(); segment !== undefined; segment = pending.shift()) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') {
      if (reached.pop() === undefined) throw leadsOut(asked, link);
      kind = 'directory';
      continue;
    }
    if (segment.toLowerCase() === '.git')
      throw refusal('git-bad-path', `"${asked}" is in Git's own folder, which is not read`);
    const path = [...reached, segment].join('/');
    kind = await tree.kind(path);
    if (kind === 'submodule') return { path, kind };
    if (kind !== 'link') {
      reached.push(segment);
      continue;
    }
    const target = await tree.linkTarget(path);
    link = `"${path}" is a symbolic link to "${target}"`;
    links += 1;
    if (links > MAX_LINKS) throw refusal('git-bad-link', `"${asked}" goes round in circles: ${link}`);
    if (isAbsolute(target)) throw leadsOut(asked, link);
    pending.unshift(...target.split('/'));
  }
  return { path: reached.join('/'), kind };
}

/**
 * Spells a path relative to the root in the one way that trees know (`./a//b` becomes `a/b`). Throws a `DriftError`
 * (code `git`) when it is absolute, leads out of the root, or has backslashes.
 */
export function normalisePath(path: string): string {
  mustBeRelative(path);
  const normal = posix.normalize(path).replace(/\/$/, '');
  if (normal === '..' || normal.startsWith('../')) throw leadsOut(path, '');
  return normal;
}

/** A path relative to a folder of the root, spelt relative to the root. Throws a `DriftError` as `normalisePath` does. */
export function pathFrom(folder: string, path: string): string {
  mustBeRelative(path);
  return normalisePath(posix.join(folder, path));
}

/** Whether a path is in a folder or in one below it; everything is in `''`, the root. */
export function isBelow(folder: string, path: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

/** The folder that a path is in; `''` is the root. */
export function folderOf(path: string): string {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
}

function mustBeRelative(path: string): void {
  if (path.includes('\0')) throw refusal('git-bad-path', 'a path must not hold a NUL character');
  if (isAbsolute(path)) {
    throw refusal('git-bad-path', `"${path}" is an absolute path`, "give the path relative to the repository's root");
  }
  if (path.includes('\\'))
    throw refusal('git-bad-path', `"${path}" has a backslash`, 'write paths with forward slashes');
}

function isAbsolute(path: string): boolean {
  return /^(?:[/\\]|[a-z]:)/i.test(path);
}

function leadsOut(asked: string, link: string): DriftError {
  if (link === '') return refusal('git-bad-path', `"${asked}" leads out of the repository`);
  const hint = 'replace the link by the file, or make it a relative link to a file in this repository';
  return refusal('git-bad-link', `"${asked}" leads out of the repository: ${link}`, hint);
}

function refusal(code: ProblemCode, message: string, hint?: string): DriftError {
  return new DriftError('git', [hint === undefined ? { code, message } : { code, message, hint }]);
}
