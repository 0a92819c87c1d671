import type { TextEdit } from './apply-edits.js';
import type { Context } from './context.js';
import { indentOf, isFirstOnLine, lineBreakAt, lineEnd, lineStart, nextLine, previousLineEnd } from './lines.js';
import { type Branch, endOf } from './tree.js';

/** Removes a member of a collection in brackets, with the comma that is its. */
export function removeFlowMember(branch: Branch, index: number, { text }: Context): TextEdit[] {
  const member = branch.members[index];
  if (member === undefined) return [];
  const [previous, next] = [branch.members[index - 1], branch.members[index + 1]];
  const comma = commaAfter(text, endOf(member));
  const end = comma === undefined ? endOf(member) : comma + 1;
  const before = previous && comma === undefined ? commaAfter(text, endOf(previous)) : undefined;
  const cut = before === undefined ? [] : [{ start: before, end: before + 1, text: '' }];
  if (hasOwnLines(text, member.start, end)) {
    return [...cut, { start: lineStart(text, member.start), end: nextLine(text, end), text: '' }];
  }
  // What begins the line after the bracket or another member moves up, unless a comment stands between.
  if (next && (!isFirstOnLine(text, next.start) || !previous))
    return [{ start: member.start, end: end + white(text, end), text: '' }];
  if (next && previous) return [{ start: (commaAfter(text, endOf(previous)) ?? member.start - 1) + 1, end, text: '' }];
  const from = previous ? (commaAfter(text, endOf(previous)) ?? endOf(previous)) : member.start;
  if (previous && comma !== undefined) return [{ start: from + 1, end, text: '' }];
  return [{ start: from, end, text: '' }];
}

/** Adds a member before the index-th of a collection in brackets that has some, or at its end. */
export function insertFlowMember(branch: Branch, index: number, member: string, context: Context): TextEdit[] {
  const { text, style } = context;
  const [previous, next] = [branch.members[index - 1], branch.members[index]];
  const multiline = branch.members.some(({ start }) => isFirstOnLine(text, start));
  const sample = branch.members.find(({ start }) => isFirstOnLine(text, start));
  const lineBreak = lineBreakAt(text, branch.range.start);
  const separator = multiline && sample ? lineBreak + indentOf(text, sample.start) : style.comma.slice(1);
  if (previous === undefined) {
    if (next === undefined) return [];
    return [{ start: next.start, end: next.start, text: `${member},${separator}` }];
  }
  const comma = commaAfter(text, endOf(previous));
  if (!multiline) {
    const at = endOf(previous);
    return [{ start: at, end: at, text: `,${separator}${member}` }];
  }
  if (comma === undefined) {
    const at = endOf(previous);
    const end = closes(text, at, branch) ? at : lineEnd(text, at);
    if (end === at) return [{ start: at, end: at, text: `,${separator}${member}` }];
    return [
      { start: at, end: at, text: ',' },
      { start: end, end, text: separator + member },
    ];
  }
  const end =
    next && !isFirstOnLine(text, next.start)
      ? comma + 1
      : closes(text, comma, branch)
        ? comma + 1
        : lineEnd(text, comma);
  return [{ start: end, end, text: `${separator}${member},` }];
}

/** Whether the closing bracket stands on the offset's line. */
function closes(text: string, offset: number, branch: Branch): boolean {
  return branch.range.end <= lineEnd(text, offset);
}

/** The offset of the comma after a member, behind white space and comments. */
function commaAfter(text: string, offset: number): number | undefined {
  let at = offset;
  for (;;) {
    while (/\s/.test(text[at] ?? '')) at += 1;
    if (text[at] !== '#') return text[at] === ',' ? at : undefined;
    at = lineEnd(text, at);
  }
}

/** The length of the white space at an offset, over line breaks. */
function white(text: string, offset: number): number {
  return /^\s*/.exec(text.slice(offset))?.[0].length ?? 0;
}

/** Whether nothing else stands on the lines of a member but a comment. */
function hasOwnLines(text: string, start: number, end: number): boolean {
  return isFirstOnLine(text, start) && /^[ \t]*(?:#.*)?$/.test(text.slice(end, lineEnd(text, end)));
}

/** Everything between brackets goes, or only the member's own lines where comments stay. */
export function emptyFlow(branch: Branch, { text }: Context): TextEdit[] {
  const [open, close] = [branch.range.start + 1, branch.range.end - 1];
  const [member] = branch.members;
  if (member === undefined) return [];
  const end = (commaAfter(text, endOf(member)) ?? endOf(member) - 1) + 1;
  const rest = text.slice(open, member.start) + text.slice(lineEnd(text, end), close);
  if (!rest.includes('#')) return [{ start: open, end: close, text: '' }];
  if (hasOwnLines(text, member.start, end))
    return [{ start: previousLineEnd(text, member.start), end: lineEnd(text, end), text: '' }];
  return [{ start: member.start, end, text: '' }];
}
