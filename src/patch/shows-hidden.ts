import type { TextEdit } from '../syntax/edit/apply-edits.js';
import { positionAt, type Source } from '../syntax/source.js';

/**
 * Whether a diff of an edit has to show one of the hidden lines: one that it changes, or the one below, without which
 * `git apply` takes the change for the end of the file.
 */
export function showsHidden(source: Source, { start, end, text }: TextEdit, hidden: ReadonlySet<string>): boolean {
  if (hidden.size === 0) return false;
  const first = positionAt(source, start);
  const last = positionAt(source, end);
  const isInsertion = start === end;
  const isAbove = isInsertion && first.column === 1 && text.endsWith('\n');
  const isBelow = isInsertion && /^\r?\n/.test(text);
  const from = first.line + (isBelow ? 1 : 0);
  const below = isAbove || isBelow || (!isInsertion && last.column === 1) ? 0 : 1;
  for (let line = from; line <= Math.max(from, last.line + below); line += 1) {
    if (hidden.has(lineOf(source, line))) return true;
  }
  return false;
}

function lineOf({ text, lineStarts }: Source, line: number): string {
  const start = lineStarts[line - 1] ?? text.length;
  return text.slice(start, lineStarts[line] ?? text.length).replace(/\r?\n$/, '');
}
