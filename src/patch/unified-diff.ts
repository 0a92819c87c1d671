import type { FileChange } from '../git/file-change.js';

/** As many lines around a change as Git shows. */
const CONTEXT = 3;

/**
 * One unified diff of all files, sorted by path, for `git apply` and `patch -p1`. Files that stay as they are are left
 * out; without any change the diff is empty. It holds for the bytes that `before` was decoded from.
 */
export async function unifiedDiff(files: readonly FileChange[]): Promise<string> {
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import('diff');
  const options = { context: CONTEXT, headerOptions: FILE_HEADERS_ONLY };
  return files
    .filter(({ before, after }) => before !== after)
    .sort((one, other) => (one.path < other.path ? -1 : 1))
    .map(({ path, before, after }) => {
      const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, options);
      return path.includes(' ') ? withEndedNames(patch) : patch;
    })
    .join('');
}

/** Like Git, ends a name that holds a blank by a tab: `patch` takes what follows the blank for a date otherwise. */
function withEndedNames(patch: string): string {
  return patch.replace(/^(--- .*)\n(\+\+\+ .*)\n/, '$1\t\n$2\t\n');
}
