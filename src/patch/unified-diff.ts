import type { StructuredPatch, StructuredPatchHunk } from 'diff';
import type { FileChange } from '../git/file-change.js';

/** As many lines around a change as Git shows. */
const CONTEXT = 3;

/**
 * One unified diff of all files, sorted by path, for `git apply` and `patch -p1`. Files that stay as they are are left
 * out; without any change the diff is empty. It holds for the bytes that `before` was decoded from. Lines that hold
 * secrets are no context: around them a hunk has less of it.
 */
export async function unifiedDiff(files: readonly FileChange[]): Promise<string> {
  const { FILE_HEADERS_ONLY, formatPatch, structuredPatch } = await import('diff');
  return files
    .filter(({ before, after }) => before !== after)
    .sort((one, other) => (one.path < other.path ? -1 : 1))
    .map(({ path, before, after, hidden }) => {
      const whole = structuredPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, {
        context: CONTEXT,
      });
      const patch = formatPatch(hidden === undefined ? whole : withoutLines(whole, hidden), FILE_HEADERS_ONLY);
      return path.includes(' ') ? withEndedNames(patch) : patch;
    })
    .join('');
}

/** Like Git, ends a name that holds a blank by a tab: `patch` takes what follows the blank for a date otherwise. */
function withEndedNames(patch: string): string {
  return patch.replace(/^(--- .*)\n(\+\+\+ .*)\n/, '$1\t\n$2\t\n');
}

function withoutLines(patch: StructuredPatch, hidden: ReadonlySet<string>): StructuredPatch {
  return { ...patch, hunks: patch.hunks.flatMap((hunk) => parted(hunk, hidden)) };
}

/** A hunk as several, separated by the lines around its changes that are hidden. */
function parted(
  { oldStart, newStart, lines }: StructuredPatchHunk,
  hidden: ReadonlySet<string>,
): StructuredPatchHunk[] {
  const hunks: StructuredPatchHunk[] = [];
  let [oldLine, newLine] = [oldStart, newStart];
  let open: StructuredPatchHunk = { oldStart: oldLine, oldLines: 0, newStart: newLine, newLines: 0, lines: [] };
  for (const line of lines) {
    const mark = line.charAt(0);
    const isHidden = mark === ' ' && hidden.has(line.slice(1).replace(/\r$/, ''));
    if (!isHidden) open.lines.push(line);
    const [inOld, inNew] = [Number(mark === ' ' || mark === '-'), Number(mark === ' ' || mark === '+')];
    oldLine += inOld;
    newLine += inNew;
    if (isHidden) {
      hunks.push(open);
      open = { oldStart: oldLine, oldLines: 0, newStart: newLine, newLines: 0, lines: [] };
    } else {
      open.oldLines += inOld;
      open.newLines += inNew;
    }
  }
  return [...hunks, open].filter((hunk) => hunk.lines.some((line) => line.startsWith('+') || line.startsWith('-')));
}
