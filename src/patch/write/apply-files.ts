import { join } from 'node:path';
import { DriftError, type Problem } from '../../base/errors.js';
import type { FileChange } from '../../git/file-change.js';
import { type EntryKind, type FileTree, resolveInTree } from '../../git/file-tree.js';
import { openWorkTree } from '../../git/work-tree.js';
import { type Replacement, replaceFiles } from './replace-files.js';

/**
 * Writes changed files in a work tree, all or none; `root` is its absolute path. A symbolic link inside the repository
 * is written through. Throws a `DriftError` (code `patch`) naming every file that stands in the way: it leads out of the
 * repository, it no longer says what `before` says, or it can't be written.
 */
export async function applyFiles(root: string, files: readonly FileChange[]): Promise<void> {
  const tree = openWorkTree(root);
  const replacements: Replacement[] = [];
  const problems: Problem[] = [];
  for (const { path, before, after } of files) {
    try {
      const file = join(root, await resolveFile(tree, path));
      if (replacements.some((other) => other.file === file)) throw twice(path);
      replacements.push({ path, file, before: Buffer.from(before), after: Buffer.from(after) });
    } catch (error) {
      if (!(error instanceof DriftError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new DriftError('patch', problems);
  replaceFiles(replacements);
}

async function resolveFile(tree: FileTree, asked: string): Promise<string> {
  const { path, kind } = await resolveInTree(tree, asked);
  if (kind === 'file') return path;
  throw new DriftError('patch', [
    { code: 'patch-file-changed', file: asked, message: noFile(kind), hint: 'scan again' },
  ]);
}

function noFile(kind: EntryKind | undefined): string {
  if (kind === undefined) return 'the file is gone';
  return kind === 'other' ? 'this is no regular file now' : `this is a ${kind} now`;
}

function twice(file: string): DriftError {
  const hint = 'name the file itself in the configuration, not a link to it';
  return new DriftError('patch', [
    { code: 'patch-edits-overlap', file, message: 'this is the same file as another one of the patch', hint },
  ]);
}
