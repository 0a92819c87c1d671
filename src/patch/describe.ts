import type { Patch, PatchEdit } from '../drift/report.js';
import { maskText } from '../drift/secret-text.js';
import { blobId } from '../git/blob-id.js';
import { locateRange } from '../template/locate.js';
import { positionAt, type Source } from '../template/source.js';
import { applyEdits, type TextEdit } from './edit/apply-edits.js';
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

/** `templates/app.yaml:41: - DesiredCount: 2 + DesiredCount: 4`; of longer edits the first line and how many there are. */
function summaryOf(source: Source, edits: readonly TextEdit[]): string {
  const [first] = edits;
  const last = edits.at(-1);
  if (!first || !last) return '';
  const after = applyEdits(source.text, edits);
  const before = source.text.split('\n');
  const lines = after.split('\n');
  const start = firstDifference(before, lines);
  const removed = before.slice(start, before.length - commonTail(before, lines, start));
  const added = lines.slice(start, lines.length - commonTail(before, lines, start));
  const place = `${source.path}:${Math.min(start + 1, positionAt(source, last.end).line)}`;
  return [place, sideText('-', removed), sideText('+', added)].filter((text) => text !== '').join('  ');
}

function sideText(sign: string, lines: readonly string[]): string {
  const texts = lines.map((line) => line.trim()).filter((line) => line !== '');
  const [first, ...rest] = texts;
  if (first === undefined) return '';
  const shown = first.length > 160 ? `${first.slice(0, 159)}…` : first;
  return rest.length === 0 ? `${sign} ${shown}` : `${sign} ${shown} … (${texts.length} lines)`;
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
