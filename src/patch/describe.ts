import type { Patch, PatchEdit } from '../drift/report.js';
import { maskText } from '../drift/secret-text.js';
import { blobId } from '../git/blob-id.js';
import { head } from '../report/clean.js';
import { locateRange } from '../template/locate.js';
import { positionAt, type Source } from '../template/source.js';
import { applyEdits, type TextEdit } from './edit/apply-edits.js';
import { LINE, lineChange } from './line-change.js';
import type { Suggestion } from './plan.js';

/** A suggestion as the report has it: edits by line and column, and one line that says what they do. */
export function describePatch(suggestion: Suggestion): Patch {
  if (suggestion.status === 'refused') return suggestion;
  const { source, edits, note } = suggestion;
  const blob = blobId(source.text);
  return {
    status: 'patchable',
    summary: maskText(summaryOf(source, edits)),
    ...(note === undefined ? {} : { note }),
    edits: edits.map(({ start, end, text }): PatchEdit => ({ ...locateRange(source, { start, end }), blob, text })),
  };
}

/** `templates/app.yaml:41  DesiredCount: 2 → 4`; of longer edits the first line and how many there are. */
function summaryOf(source: Source, edits: readonly TextEdit[]): string {
  const last = edits.at(-1);
  if (!last) return '';
  const after = applyEdits(source.text, edits);
  const before = source.text.split('\n');
  const lines = after.split('\n');
  const start = firstDifference(before, lines);
  const removed = shownLines(before.slice(start, before.length - commonTail(before, lines, start)));
  const added = shownLines(lines.slice(start, lines.length - commonTail(before, lines, start)));
  const place = `${source.path}:${Math.min(start + 1, positionAt(source, last.end).line)}`;
  const [was, is] = [removed[0], added[0]];
  if (removed.length === 1 && added.length === 1 && was && is) return `${place}  ${lineChange(was, is)}`;
  return [place, sideText('-', removed), sideText('+', added)].filter((text) => text !== '').join('  ');
}

function shownLines(lines: readonly string[]): string[] {
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}

function sideText(sign: string, lines: readonly string[]): string {
  const [first, ...rest] = lines;
  if (first === undefined) return '';
  return rest.length === 0 ? `${sign} ${head(first, LINE)}` : `${sign} ${head(first, LINE)} … (${lines.length} lines)`;
}

function firstDifference(before: readonly string[], after: readonly string[]): number {
  let at = 0;
  while (at < before.length && at < after.length && before[at] === after[at]) at += 1;
  return at;
}

function commonTail(before: readonly string[], after: readonly string[], start: number): number {
  const most = Math.min(before.length, after.length) - start;
  let count = 0;
  while (count < most && before[before.length - 1 - count] === after[after.length - 1 - count]) count += 1;
  return count;
}
