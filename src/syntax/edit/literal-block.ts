import type { TextEdit } from './apply-edits.js';
import { lineBreakAt, nextLine } from './lines.js';
import { fitsLiteral } from './quote.js';
import type { Leaf } from './tree.js';

/**
 * Edits a literal block so that it reads as the new text; lines that stay are left byte for byte, the header only changes
 * in how it treats the last line break. Undefined where the text does not fit a literal block.
 */
export function editLiteral(leaf: Leaf, value: string, text: string): TextEdit[] | undefined {
  const header = leaf.header ?? '';
  const headerEnd = leaf.range.start + header.length;
  const body = linesWithin(text, nextLine(text, headerEnd), leaf.end);
  const indent = /^ +(?=\S)/.exec(body.find(({ raw }) => raw.trim() !== '')?.raw ?? '')?.[0];
  if (indent === undefined || !fitsLiteral(value)) return undefined;
  const chomping = chompingOf(value, header);
  // Empty lines that only set the block apart from what follows would become a part of it.
  if (chomping.endsWith('+') && !header.endsWith('+') && /^\r?\n[ \t]*(?:\r?\n|$)/.test(text.slice(leaf.end)))
    return undefined;
  const edits = replaceLines(body, contentOf(leaf.text), contentOf(value), indent, lineBreakAt(text, headerEnd));
  if (chomping === header) return edits;
  return [{ start: leaf.range.start, end: headerEnd, text: chomping }, ...edits];
}

interface Line {
  start: number;
  end: number;
  raw: string;
}

function linesWithin(text: string, start: number, end: number): Line[] {
  const lines: Line[] = [];
  for (let at = start; at <= end; ) {
    const next = text.indexOf('\n', at);
    const stop = next === -1 || next > end ? end : next;
    const raw = text.slice(at, stop).replace(/\r$/, '');
    lines.push({ start: at, end: at + raw.length, raw });
    at = stop + 1;
  }
  return lines;
}

/** The content's lines; those that are empty at the end count as far as the block must show them. */
function contentOf(value: string): string[] {
  return value.replace(/\n$/, '').split('\n');
}

/** The header that gives the value its last line breaks. */
function chompingOf(value: string, header: string): string {
  const [indicator = '|'] = header;
  if (!value.endsWith('\n')) return `${indicator}-`;
  if (value.endsWith('\n\n')) return `${indicator}+`;
  return header.endsWith('-') ? indicator : header;
}

/** One edit for the lines between those that stay at the beginning and those that stay at the end. */
function replaceLines(body: Line[], from: string[], to: string[], indent: string, lineBreak: string): TextEdit[] {
  const most = Math.min(from.length, to.length, body.length);
  let head = 0;
  while (head < most && from[head] === to[head]) head += 1;
  let tail = 0;
  while (tail < most - head && from.at(-1 - tail) === to.at(-1 - tail)) tail += 1;
  const gone = body.slice(head, body.length - tail);
  const come = to.slice(head, to.length - tail).map((line) => line && indent + line);
  const [first, last, next, previous] = [gone[0], gone.at(-1), body[body.length - tail], body[head - 1]];
  if (first && last && come.length > 0) return [{ start: first.start, end: last.end, text: come.join(lineBreak) }];
  if (first && last && next && tail > 0) return [{ start: first.start, end: next.start, text: '' }];
  if (first && last && previous) return [{ start: previous.end, end: last.end, text: '' }];
  if (come.length === 0) return [];
  if (next && tail > 0)
    return [{ start: next.start, end: next.start, text: come.map((line) => line + lineBreak).join('') }];
  return previous
    ? [{ start: previous.end, end: previous.end, text: come.map((line) => lineBreak + line).join('') }]
    : [];
}
