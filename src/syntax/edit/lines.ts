/** Geometry of lines in a text. Offsets are UTF-16 code units; a line's end lies before its line break. */

const BOM = '\uFEFF';

export function lineStart(text: string, offset: number): number {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.startsWith(BOM) ? 1 : start;
}

export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  if (at === -1) return text.length;
  return at > offset && text[at - 1] === '\r' ? at - 1 : at;
}

/** The start of the next line, or the text's end. */
export function nextLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at === -1 ? text.length : at + 1;
}

/** The end of the line before the one that the offset lies in; the text's start where there is none. */
export function previousLineEnd(text: string, offset: number): number {
  const start = lineStart(text, offset);
  if (text[start - 1] !== '\n') return start;
  return text[start - 2] === '\r' ? start - 2 : start - 1;
}

/** Characters between the line's start and the offset. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** The white space that the line begins with. */
export function indentOf(text: string, offset: number): string {
  const start = lineStart(text, offset);
  return /^[ \t]*/.exec(text.slice(start, lineEnd(text, start)))?.[0] ?? '';
}

/** Whether nothing but white space stands before the offset on its line. */
export function isFirstOnLine(text: string, offset: number): boolean {
  return /^[ \t]*$/.test(text.slice(lineStart(text, offset), offset));
}

/** The line break used around an offset. */
export function lineBreakAt(text: string, offset: number): string {
  const next = text.indexOf('\n', offset);
  const at = next === -1 ? text.lastIndexOf('\n') : next;
  return at > 0 && text[at - 1] === '\r' ? '\r\n' : '\n';
}

/** Whether both offsets lie on the same line. */
export function onSameLine(text: string, left: number, right: number): boolean {
  return !text.slice(Math.min(left, right), Math.max(left, right)).includes('\n');
}

/** The end of the comments below a line that stand deeper than a column; the line's end where there are none. */
export function endOfComments(text: string, offset: number, column: number): number {
  let stop = lineEnd(text, offset);
  for (let at = nextLine(text, offset); at < text.length; at = nextLine(text, at)) {
    const line = text.slice(at, lineEnd(text, at));
    if (/^\s*$/.test(line)) continue;
    const indent = /^ *(?=#)/.exec(line)?.[0];
    if (indent === undefined || indent.length <= column) return stop;
    stop = lineEnd(text, at);
  }
  return stop;
}

/** Whether the next thing below a line is a comment that stands deeper than a column. */
export function hasCommentBelow(text: string, offset: number, column: number): boolean {
  return endOfComments(text, offset, column) > lineEnd(text, offset);
}
