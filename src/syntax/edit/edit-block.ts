import type { TextEdit } from './apply-edits.js';
import { columnOfBranch } from './columns.js';
import type { Context } from './context.js';
import {
  endOfComments,
  indentOf,
  isFirstOnLine,
  lineBreakAt,
  lineEnd,
  lineStart,
  nextLine,
  previousLineEnd,
} from './lines.js';
import { type Branch, endOf, type Member, type Tree } from './tree.js';

/**
 * Removes a member of a collection in block style that has others: its lines, or up to the next if a dash stands before it.
 * Of the empty lines around it those below go, too.
 */
export function removeBlockMember(branch: Branch, index: number, { text }: Context): TextEdit[] {
  const member = branch.members[index];
  if (member === undefined) return [];
  const end = lineEnd(text, endOf(member));
  if (!isFirstOnLine(text, member.start)) {
    const space = /^\s*/.exec(text.slice(end))?.[0].length ?? 0;
    return [{ start: member.start, end: end + space, text: '' }];
  }
  // Comments below that stand deeper than it does belong to it.
  const stop = endOfComments(text, end, member.start - lineStart(text, member.start));
  const start = lineStart(text, member.start);
  // Without a final line break the one before goes, so that the file still has none.
  const kept = isKept(branch.members[index - 1]?.value);
  if (stop === text.length && !text.endsWith('\n') && !kept)
    return [{ start: previousLineEnd(text, start), end: stop, text: '' }];
  const next = nextLine(text, stop);
  const above = previousLineEnd(text, start);
  const isLoose = /^[ \t]*$/.test(text.slice(lineStart(text, above), above)) || kept;
  const blank = isLoose ? (/^(?:[ \t]*\r?\n)*/.exec(text.slice(next))?.[0].length ?? 0) : 0;
  return [{ start, end: next + blank, text: '' }];
}

/** Whether empty lines that follow a value would become a part of it (`|+`). */
function isKept(value: Tree | undefined): boolean {
  if (value?.kind === 'scalar') return value.header?.includes('+') ?? false;
  return value !== undefined && isKept(value.members.at(-1)?.value);
}

/** Adds lines as a member before the index-th of a collection in block style, or at its end. */
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
