import { diffArrays } from 'diff';
import type { Finding, PatchEdit } from '../../model/report.js';
import { MASK } from '../../secrets/secret-text.js';
import type { Excerpt } from '../../syntax/location.js';
import { plain } from './markup.js';

/** A line of source: as it is, at the place of the finding, taken out by the patch, or put in by it. */
export type ExcerptLine = [mark: ' ' | '>' | '-' | '+', number: number | null, text: string];

const LONGEST_LINE = 400;

/**
 * The lines around a finding with its own marked, and with what the patch makes of them where all of its edits are
 * within these lines; undefined where the report has no lines.
 */
export function excerptLines({ location, patch }: Finding): ExcerptLine[] | undefined {
  if (location?.excerpt === undefined) return undefined;
  const { excerpt, file } = location;
  const after = patch.edits && edited(excerpt, file, patch.edits);
  const shown: ExcerptLine[] = [];
  let number = excerpt.line;
  const { lines } = excerpt;
  const same = { value: lines, added: false, removed: false };
  for (const { value, added, removed } of after === undefined ? [same] : diffArrays(lines, after)) {
    for (const text of value) {
      const isPlace = number >= location.line && number <= location.endLine;
      const mark = added ? '+' : removed ? '-' : isPlace ? '>' : ' ';
      shown.push([mark, added ? null : number, plain(text, LONGEST_LINE)]);
      if (!added) number += 1;
    }
  }
  return shown;
}

/** The lines after edits; undefined where one reaches beyond them, or where they are not as they are in the file. */
function edited({ line: first, lines }: Excerpt, file: string, edits: readonly PatchEdit[]): string[] | undefined {
  const starts = [0];
  // The end of the last line is the beginning of one more.
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length + 1);
  let text = `${lines.join('\n')}\n`;
  const places = [];
  for (const edit of edits) {
    const start = (starts[edit.line - first] ?? Number.NaN) + edit.column - 1;
    const end = (starts[edit.endLine - first] ?? Number.NaN) + edit.endColumn - 1;
    const touched = lines.slice(Math.max(0, edit.line - first), Math.max(0, edit.endLine - first + 1));
    const isWhole = start <= end && end <= text.length && start < (starts[edit.line - first + 1] ?? text.length + 1);
    if (edit.file !== file || !isWhole || touched.some(isAltered)) return undefined;
    places.push({ start, end, text: edit.text });
  }
  places.sort((one, other) => other.start - one.start);
  for (const { start, end, text: put } of places) text = text.slice(0, start) + put + text.slice(end);
  return text.slice(0, -1).split('\n');
}

/** Whether a line was masked or cut, so that columns don't count in it. */
function isAltered(line: string): boolean {
  return line.includes(MASK) || line.startsWith('…') || line.endsWith('…');
}
