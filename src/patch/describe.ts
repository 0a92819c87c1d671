import { head } from '../base/clean.js';
import { blobId } from '../git/blob-id.js';
import type { Patch, PatchEdit } from '../model/report.js';
import { maskText } from '../secrets/mask.js';
import { isSecretName } from '../secrets/secret-name.js';
import { applyEdits, type TextEdit } from '../syntax/edit/apply-edits.js';
import { positionAt, type Source } from '../syntax/source.js';
import { locateRange } from '../value/locate.js';
import { LINE, lineChange } from './line-change.js';
import type { Suggestion } from './plan.js';
import type { FileEdits } from './ports.js';

/** Many edits are for the same file. */
const blobs = new WeakMap<Source, string>();

/**
 * A suggestion as the report has it: edits by line and column, and one line that says what they do, without the secrets
 * that are known.
 */
export function describePatch(suggestion: Suggestion, secrets: readonly string[] = []): Patch {
  if (suggestion.status === 'refused') return suggestion;
  const { files, note, isAlone, proof } = suggestion;
  const summaries = files.flatMap(({ source, edits }) =>
    placesOf(source, edits).map((each) => summaryOf(source, each)),
  );
  return {
    status: 'patchable',
    summary: maskText(summaries.join('; '), secrets),
    ...(note === undefined ? {} : { note }),
    ...(isAlone ? { alone: true } : {}),
    ...(proof === undefined ? {} : { proof }),
    edits: files.flatMap(editsOf),
  };
}

function editsOf({ source, edits }: FileEdits): PatchEdit[] {
  const blob = blobs.get(source) ?? blobId(source.text);
  blobs.set(source, blob);
  return edits.map(({ start, end, text }) => ({ ...locateRange(source, { start, end }), blob, text }));
}

/** Edits by the places that they are at: those on the same line, or on the next, are one. */
function placesOf(source: Source, edits: readonly TextEdit[]): TextEdit[][] {
  const places: TextEdit[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const edit of edits) {
    const here = places.at(-1);
    if (here && positionAt(source, edit.start).line <= end + 1) here.push(edit);
    else places.push([edit]);
    end = positionAt(source, edit.end).line;
  }
  return places;
}

/** `templates/app.yaml:41  DesiredCount: 2 → 4`; of longer edits the first line and how many there are. */
function summaryOf(source: Source, edits: readonly TextEdit[]): string {
  const [first] = edits;
  const last = edits.at(-1);
  if (!first || !last) return '';
  // Outside of the lines that edits are in nothing differs.
  const { line } = positionAt(source, first.start);
  const from = source.lineStarts[line - 1] ?? 0;
  const to = source.lineStarts[positionAt(source, last.end).line] ?? source.text.length + 1;
  const text = source.text.slice(from, to - 1);
  const moved = edits.map((edit) => ({ ...edit, start: edit.start - from, end: edit.end - from }));
  const before = text.split('\n');
  const lines = applyEdits(text, moved).split('\n');
  const start = firstDifference(before, lines);
  const removed = shownLines(before.slice(start, before.length - commonTail(before, lines, start)));
  const added = shownLines(lines.slice(start, lines.length - commonTail(before, lines, start)));
  const place = `${source.path}:${Math.min(line + start, positionAt(source, last.end).line)}`;
  const change = changeText(removed, added);
  return `${place}  ${namesSecret(change) ? '(not shown: the line also holds a secret)' : change}`;
}

function changeText(removed: readonly string[], added: readonly string[]): string {
  const [was, is] = [removed[0], added[0]];
  if (removed.length === 1 && added.length === 1 && was && is) return lineChange(was, is);
  return [sideText('-', removed), sideText('+', added)].filter((text) => text !== '').join('  ');
}

/** Findings that are secret themselves have no edit; what stands beside one on its line may be. */
function namesSecret(text: string): boolean {
  const names = text.matchAll(/(?:^|[^\w.-])([\w.-]+)["']?\s*[:=]|\b(?:Key|Name)["']?\s*:\s*["']?([\w.-]+)/gi);
  return [...names].some(([, key = '', name = '']) => isSecretName(key) || isSecretName(name));
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
