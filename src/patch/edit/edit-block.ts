import type { TextEdit } from './apply-edits.js';
import { indentOf, isFirstOnLine, lineBreakAt, lineEnd, lineStart, nextLine, previousLineEnd } from './lines.js';
import { type Branch, endOf, type Member } from './tree.js';
import { columnOfBranch } from './write-block.js';
import type { Context } from './write-flow.js';

/** Removes a member of a collection in block style that has others: its lines, or up to the next if a dash stands before it. */
export function removeBlockMember(branch: Branch, index: number, { text }: Context): TextEdit[] {
  const member = branch.members[index];
  if (member === undefined) return [];
  const end = lineEnd(text, endOf(member));
  if (!isFirstOnLine(text, member.start)) {
    const space = /^\s*/.exec(text.slice(end))?.[0].length ?? 0;
    return [{ start: member.start, end: end + space, text: '' }];
  }
  const stop = endOfComments(text, end, member.start - lineStart(text, member.start));
  const start = lineStart(text, member.start);
  // Without a final line break the one before goes, so that the file still has none.
  if (stop === text.length && !text.endsWith('\n'))
    return [{ start: previousLineEnd(text, start), end: stop, text: '' }];
  return [{ start, end: nextLine(text, stop), text: '' }];
}

/** The end of the comments below a member that stand deeper than it does: they belong to it. */
function endOfComments(text: string, end: number, column: number): number {
  let stop = end;
  for (let at = nextLine(text, end); at < text.length; at = nextLine(text, at)) {
    const line = text.slice(at, lineEnd(text, at));
    if (/^\s*$/.test(line)) continue;
    const indent = /^ *(?=#)/.exec(line)?.[0];
    if (indent === undefined || indent.length <= column) return stop;
    stop = lineEnd(text, at);
  }
  return stop;
}

/**
 * Adds lines as a member before the index-th of a collection in block style, or at its end. `linesAt` gives the member's
 * lines for a column.
 */
export function insertBlockMember(branch: Branch, index: number, lines: string[], { text }: Context): TextEdit[] {
  const before = branch.members[index - 1];
  const next = branch.members[index];
  const offset = (before ?? next)?.start ?? branch.range.start;
  const lineBreak = lineBreakAt(text, offset);
  const indented = reindent(branch, lines, text);
  if (before) {
    const at = lineEnd(text, endOf(before));
    return [{ start: at, end: at, text: indented.map((line) => lineBreak + line).join('') }];
  }
  if (next === undefined) return [];
  return insertFirst(branch, next, indented, lineBreak, text);
}

/** Before the first member, and before the comments above it, which are about it. */
function insertFirst(branch: Branch, first: Member, lines: string[], lineBreak: string, text: string): TextEdit[] {
  if (!isFirstOnLine(text, first.start)) {
    const column = columnOfBranch(branch, text);
    const added = lines.join(lineBreak).slice(column) + lineBreak + ' '.repeat(column);
    return [{ start: first.start, end: first.start, text: added }];
  }
  let start = lineStart(text, first.start);
  for (let above = start; above > 0; ) {
    above = lineStart(text, previousLineEnd(text, above));
    if (!/^[ \t]*#/.test(text.slice(above, lineEnd(text, above)))) break;
    start = above;
    if (above === lineStart(text, 0)) break;
  }
  return [{ start, end: start, text: lines.map((line) => line + lineBreak).join('') }];
}

/** Indents as the members are, by the same characters. */
function reindent(branch: Branch, lines: string[], text: string): string[] {
  const own = branch.members.find(({ start }) => isFirstOnLine(text, start));
  const indent = own && indentOf(text, own.start);
  const column = columnOfBranch(branch, text);
  return indent === undefined || indent === ' '.repeat(column)
    ? lines
    : lines.map((line) => indent + line.slice(column));
}
