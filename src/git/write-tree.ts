import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitOutput } from './command.js';

/** A file as it is to be in a tree. */
export interface TreeFile {
  path: string;
  /** As Git writes it: `100644`, or `100755` for an executable file. */
  mode: string;
  text: string;
}

/**
 * Writes the tree of a commit with some of its files changed, and returns the new tree's object name. It goes by way of
 * an index of its own; texts are stored as they are, whatever attributes say. Throws a `DriftError` (code `git`) when
 * Git fails.
 */
export async function writeTree(root: string, commit: string, files: readonly TreeFile[]): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'gitops-drift-'));
  try {
    const indexFile = join(directory, 'index');
    // A split index would keep its larger part in the repository.
    const onIndex = (args: readonly string[], stdin = '') =>
      gitOutput(root, ['-c', 'core.splitIndex=false', ...args], { variables: { GIT_INDEX_FILE: indexFile }, stdin });
    await onIndex(['read-tree', commit]);
    const lines: string[] = [];
    for (const { path, mode, text } of files) {
      const object = await gitOutput(root, ['hash-object', '-w', '--stdin'], { stdin: text });
      lines.push(`${mode} ${object.trim()} 0\t${path}\0`);
    }
    await onIndex(['update-index', '-z', '--index-info'], lines.join(''));
    // Of a partial clone, not all files are here, nor needed.
    return (await onIndex(['write-tree', '--missing-ok'])).trim();
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
