import type { TextEdit } from './apply-edits.js';
import { columnOfBranch, gapOf, stepOf } from './columns.js';
import type { Context } from './context.js';
import { insertBlockMember } from './edit-block.js';
import { insertFlowMember } from './edit-flow.js';
import { likeItem, likeNeighbour } from './like.js';
import { hasCommentBelow, indentOf, previousLineEnd } from './lines.js';
import { isInFlow, replaceValue } from './replace.js';
import { flowUnit, layoutOf } from './style.js';
import { type Branch, endOf, isCall } from './tree.js';
import { entryLines, itemLines } from './write-block.js';
import { flowEntry, flowText } from './write-flow.js';
import { isScalar, shortCallOf, type Written } from './written.js';

/** Adds an element, or with a key an entry, before the index-th of a collection. */
export function insertInto(
  branch: Branch,
  index: number,
  key: string | undefined,
  value: Written,
  context: Context,
): TextEdit[] {
  const like = key === undefined ? likeItem(branch, value, index) : likeNeighbour(branch, value);
  const [first] = branch.members;
  if (first === undefined) return insertIntoEmpty(branch, key, value, context);
  if (!branch.flow) {
    const column = columnOfBranch(branch, context.text);
    const offset = branch.members[Math.max(0, index - 1)]?.start ?? branch.range.start;
    const before = branch.members[index - 1];
    const above = before ? endOf(before) : previousLineEnd(context.text, previousLineEnd(context.text, first.start));
    const noLiterals = hasCommentBelow(context.text, above, before ? column : -1);
    const holder = { kind: branch.kind, column, gap: 1, step: stepOf(branch, context), offset, noLiterals };
    const lines =
      key === undefined
        ? itemLines(value, like, gapOf(branch, context.text), holder, context)
        : entryLines(key, value, like, holder, context);
    return insertBlockMember(branch, index, lines, context);
  }
  const breaks = layoutOf(branch, context.text) === 'lines';
  const unit = flowUnit(branch, context.text) ?? context.style.unit;
  const place = { indent: indentOf(context.text, first.start), unit, offset: first.start, breaks, inFlow: true };
  const member =
    key === undefined ? flowText(value, like, place, context) : flowEntry(key, value, like, place, context);
  if (hasBrackets(branch, context)) return insertFlowMember(branch, index, member, context);
  const { start, end } = branch.range;
  return [
    { start, end: start, text: '{' },
    { start: end, end, text: `${context.style.comma}${member}}` },
  ];
}

/** A pair in a list (`[a: b]`) is a map without braces. */
export function hasBrackets(branch: Branch, { text }: Context): boolean {
  return /[[{]/.test(text[branch.range.start] ?? '');
}

/** Scalars go between the brackets; what would be long there is written as the rest of the document is. */
function insertIntoEmpty(branch: Branch, key: string | undefined, value: Written, context: Context): TextEdit[] {
  const whole = key === undefined ? [value] : { [key]: value };
  const inner = context.text.slice(branch.range.start + 1, branch.range.end - 1);
  const isSmall = key === undefined && (isScalar(value) || shortCallOf(value, context.dialect) !== undefined);
  if (!inner.includes('#') && (!isSmall || isInFlow(branch, context) || isCall(branch)))
    return replaceValue(branch, false, whole, context);
  const place = { indent: '', unit: '', offset: branch.range.start, breaks: false, inFlow: true };
  const member = key === undefined ? flowText(value, {}, place, context) : flowEntry(key, value, {}, place, context);
  const [start, end] = [branch.range.start + 1, branch.range.end - 1];
  return [{ start: inner.includes('#') ? end : start, end, text: member }];
}
