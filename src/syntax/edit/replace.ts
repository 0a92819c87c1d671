import type { TextEdit } from './apply-edits.js';
import { columnOfBranch, gapOf, stepOf } from './columns.js';
import type { Context } from './context.js';
import { habitsOf, type Like, likeItem, likeNeighbour } from './like.js';
import { hasCommentBelow, indentOf, onSameLine } from './lines.js';
import { editLiteral } from './literal-block.js';
import { cutStart, placeBlock, placeInline } from './place.js';
import { flowUnit } from './style.js';
import { isCall, memberOf, type Tree } from './tree.js';
import { blockText, type Holder } from './write-block.js';
import { flowText } from './write-flow.js';
import { kindOf, shortCallOf, type Written } from './written.js';

/** Replaces a value, with its tag where `withTag`; an anchor stays, so that aliases still have it. */
export function replaceValue(tree: Tree, withTag: boolean, value: Written, context: Context): TextEdit[] {
  const whole = withTag || !fitsTag(tree, value);
  const edits = untag(tree, whole);
  const like = likeOf(tree, whole, value, context);
  if (isInFlow(tree, context)) {
    const place = {
      indent: indentOf(context.text, tree.range.start),
      unit: flowUnit(tree.parent, context.text) ?? context.style.unit,
      offset: tree.range.start,
      breaks: breaks(tree, context),
      isTagged: !whole && tree.tag !== undefined,
    };
    const inFlow = tree.parent !== undefined || context.json;
    return [...edits, placeInline(tree, whole, flowText(value, like, { ...place, inFlow }, context), context)];
  }
  const isLiteral = tree.kind === 'scalar' && tree.style === 'literal' && typeof value === 'string';
  const kept = isLiteral && !isTagGone(tree, whole) ? editLiteral(tree, value, context.text) : undefined;
  const holder = holderOf(tree, whole, context);
  return [...edits, ...(kept ?? placeBlock(tree, whole, blockText(value, like, holder, context), holder.gap, context))];
}

/** Whether a value may stand behind the tag that stays: YAML's own (`!!str`) only allow their type. */
function fitsTag(tree: Tree, value: Written): boolean {
  if (tree.tag === undefined || isCall(tree)) return true;
  const kinds: Readonly<Record<string, string>> = { '!!str': 'scalar', '!!seq': 'list', '!!map': 'map' };
  return kinds[tree.tag.text] === kindOf(value);
}

/** Writes a value that is a single line in place of another one. */
export function replaceByLine(tree: Tree, line: string, context: Context): TextEdit[] {
  if (isInFlow(tree, context)) return [placeInline(tree, false, line, context)];
  return placeBlock(tree, false, { head: line, lines: [] }, gapOf(tree.parent, context.text), context);
}

export function isInFlow({ parent }: Tree, { json }: Context): boolean {
  return json || parent?.flow === true;
}

/** What a collection in brackets may do if the one around it takes several lines. */
function breaks({ parent }: Tree, { text }: Context): boolean {
  return parent === undefined || !onSameLine(text, parent.range.start, parent.members[0]?.start ?? parent.range.start);
}

/** Removes a tag that stands before an anchor; one that stands behind it goes with the value. */
function untag({ tag, anchor }: Tree, whole: boolean): TextEdit[] {
  if (!whole || !tag || !anchor || anchor.range.start < tag.range.start) return [];
  return [{ start: tag.range.start, end: anchor.range.start, text: '' }];
}

function isTagGone({ tag }: Tree, whole: boolean): boolean {
  return whole && tag !== undefined;
}

function likeOf(tree: Tree, whole: boolean, value: Written, { dialect }: Context): Like {
  const kind = kindOf(value);
  if (whole && isCall(tree) && shortCallOf(value, dialect)?.tag === tree.tag?.text) return { tree, isReplaced: true };
  const isSame =
    tree.kind === kind && (tree.kind === 'scalar' ? !/alias|empty/.test(tree.style) : tree.members.length > 0);
  const habits = habitsOf(tree.parent);
  if (isSame && !(whole && isCall(tree))) return { tree, isReplaced: true, ...habits };
  const { parent } = tree;
  if (parent === undefined) return {};
  if (kind === 'scalar') return habits;
  if (parent.kind === 'list')
    return likeItem(
      parent,
      value,
      parent.members.findIndex((member) => member.value === tree),
    );
  return likeNeighbour(parent, value);
}

/** What a value in block style at this place belongs to. */
function holderOf(tree: Tree, whole: boolean, context: Context): Holder {
  const { text } = context;
  const { parent } = tree;
  const isTagged = !whole && tree.tag !== undefined;
  const offset = tree.range.start;
  const root = { kind: 'list' as const, column: -2, gap: 1, step: stepOf(parent, context), offset, isTagged };
  const after = memberOf(tree)?.after;
  if (parent === undefined || after === undefined) return root;
  const column = columnOfBranch(parent, text);
  const start = cutStart(tree, whole);
  const noLiterals = /#|\n\s*\n/.test(text.slice(after, offset)) || hasCommentBelow(text, tree.end, column);
  const beside = { ...root, kind: parent.kind, column, gap: gapOf(parent, text), noLiterals };
  if (isTagged || tree.anchor) return { ...beside, isBelow: true };
  if (parent.kind === 'map') return beside;
  if (onSameLine(text, after, start)) return { ...beside, gap: Math.max(1, start - after) };
  // A collection below a lone dash stays there.
  const own = tree.kind === 'scalar' || tree.flow ? 0 : columnOfBranch(tree, text) - column;
  return own > 0 ? { ...beside, isBelow: true, step: own } : beside;
}
