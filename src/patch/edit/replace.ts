import type { TextEdit } from './apply-edits.js';
import { type Like, likeEntry, likeItem, likeNeighbour } from './like.js';
import { columnOf, hasCommentBelow, indentOf, lineBreakAt, lineEnd, onSameLine, previousLineEnd } from './lines.js';
import { editLiteral } from './literal-block.js';
import { isCall, memberOf, propertiesEnd, type Tree } from './tree.js';
import { type BlockText, blockText, columnOfBranch, gapOf, type Holder, stepOf } from './write-block.js';
import { type Context, flowText } from './write-flow.js';
import { kindOf, shortCallOf, type Written } from './written.js';

/** Replaces a value, with its tag where `withTag`; an anchor stays, so that aliases still have it. */
export function replaceValue(tree: Tree, withTag: boolean, value: Written, context: Context): TextEdit[] {
  // A scalar's type (`!!str`) does not fit a collection.
  const whole = withTag || (!isCall(tree) && kindOf(value) !== 'scalar');
  const edits = untag(tree, whole);
  const like = likeOf(tree, whole, value);
  if (isInFlow(tree, context)) {
    const place = {
      indent: indentOf(context.text, tree.range.start),
      offset: tree.range.start,
      breaks: breaks(tree, context),
      isTagged: !whole && tree.tag !== undefined,
    };
    const inFlow = tree.parent !== undefined || context.json;
    return [...edits, replaceInline(tree, whole, flowText(value, like, { ...place, inFlow }, context), context)];
  }
  const isLiteral = tree.kind === 'scalar' && tree.style === 'literal' && typeof value === 'string';
  const kept = isLiteral && !isTagGone(tree, whole) ? editLiteral(tree, value, context.text) : undefined;
  return [
    ...edits,
    ...(kept ?? placeBlock(tree, whole, blockText(value, like, holderOf(tree, whole, context), context), context)),
  ];
}

/** Writes a value that is a single line in place of another one. */
export function replaceByLine(tree: Tree, line: string, context: Context): TextEdit[] {
  if (isInFlow(tree, context)) return [replaceInline(tree, false, line, context)];
  return placeBlock(tree, false, { head: line, lines: [] }, context);
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

/** Where the text that goes begins. */
function cutStart({ range, tag, anchor }: Tree, whole: boolean): number {
  if (!whole || !tag) return range.start;
  return anchor && anchor.range.start > tag.range.start ? range.start : tag.range.start;
}

function likeOf(tree: Tree, whole: boolean, value: Written): Like {
  const kind = kindOf(value);
  if (whole && isCall(tree) && shortCallOf(value)?.tag === tree.tag?.text) return { tree };
  const isSame =
    tree.kind === kind && (tree.kind === 'scalar' ? !/alias|empty/.test(tree.style) : tree.members.length > 0);
  if (isSame && !(whole && isCall(tree))) return { tree };
  const { parent } = tree;
  if (parent === undefined) return {};
  if (kind === 'scalar') return { quotes: likeEntry(parent, '').quotes };
  if (parent.kind === 'list')
    return likeItem(
      parent,
      value,
      parent.members.findIndex((member) => member.value === tree),
    );
  return likeNeighbour(parent, value);
}

function holderOf(tree: Tree, whole: boolean, context: Context): Holder {
  const { parent } = tree;
  const isTagged = !whole && tree.tag !== undefined;
  const isBelow = isTagged || tree.anchor !== undefined;
  const offset = tree.range.start;
  const step = stepOf(parent, context);
  if (parent === undefined) return { kind: 'list', column: -2, gap: 1, step, offset, isBelow, isTagged };
  const column = columnOfBranch(parent, context.text);
  const between = context.text.slice(memberOf(tree)?.after ?? offset, offset);
  const noLiterals = between.includes('#') || hasCommentBelow(context.text, tree.end, column);
  return {
    kind: parent.kind,
    column,
    noLiterals,
    gap: gapOf(parent, context.text),
    step,
    offset,
    isBelow,
    isTagged,
  };
}

function replaceInline(tree: Tree, whole: boolean, line: string, { text }: Context): TextEdit {
  const start = cutStart(tree, whole);
  if (tree.kind !== 'scalar' || tree.style !== 'empty' || start !== tree.range.start)
    return { start, end: tree.end, text: line };
  const member = memberOf(tree);
  const at = propertiesEnd(tree) ?? member?.after ?? tree.range.start;
  const gap = member?.after === undefined && member?.key ? ': ' : /\s/.test(text[at - 1] ?? '') ? '' : ' ';
  return { start: at, end: at, text: gap + line };
}

/** Puts a value in block style in place of another one, whichever style that has. */
function placeBlock(tree: Tree, whole: boolean, { head, lines }: BlockText, context: Context): TextEdit[] {
  const { text } = context;
  const start = cutStart(tree, whole);
  const kept = keptEnd(tree, whole) ?? start;
  const below = lines.map((line) => lineBreakAt(text, tree.end) + line).join('');
  if (tree.kind === 'scalar' && tree.style === 'empty') return placeInEmpty(tree, start, head, below, context);
  if (tree.kind === 'scalar' && tree.header !== undefined) {
    const headerEnd = tree.range.start + tree.header.length;
    return [headEdit(start, headerEnd, head, text), { start: lineEnd(text, headerEnd), end: tree.end, text: below }];
  }
  const isBlock = tree.kind !== 'scalar' && !tree.flow;
  const isOneLine = onSameLine(text, start, tree.end);
  const end = isBlock && !isOneLine ? lineEnd(text, tree.end) : tree.end;
  const body = { start: previousLineEnd(text, tree.range.start), end: lineEnd(text, tree.end), text: below };
  if (onSameLine(text, kept, start)) {
    if (onSameLine(text, start, tree.range.start)) return withLines(headEdit(start, end, head, text), below, text);
    return [headEdit(start, propertiesEnd(tree) ?? start, head, text), body];
  }
  // A scalar that stands below its key stays there; a call in long form goes up to the key, with its comment.
  if (!isBlock && below === '') return [{ start, end, text: head }];
  if (isOneLine && below === '' && text.slice(kept, start).trim() === '')
    return [{ start: kept, end, text: ` ${head}` }];
  return [
    { start: kept, end: kept, text: head && ` ${head}` },
    { ...body, start: previousLineEnd(text, start) },
  ];
}

/** Where that ends which stays before the value: its tag and anchor, or its dash or colon. */
function keptEnd(tree: Tree, whole: boolean): number | undefined {
  const properties = whole ? tree.anchor?.range.end : propertiesEnd(tree);
  return properties ?? memberOf(tree)?.after;
}

function placeInEmpty(tree: Tree, start: number, head: string, lines: string, { text }: Context): TextEdit[] {
  const at = propertiesEnd(tree) ?? memberOf(tree)?.after ?? start;
  const edit = start < at ? headEdit(start, at, head, text) : { start: at, end: at, text: head && ` ${head}` };
  return withLines(edit, lines, text);
}

/** An edit of a key's line; with nothing to write it takes the white space before it, too. */
function headEdit(start: number, end: number, head: string, text: string): TextEdit {
  if (head !== '') return { start, end, text: head };
  const white = /[ \t]*$/.exec(text.slice(start - columnOf(text, start), start))?.[0].length ?? 0;
  return { start: start - white, end, text: '' };
}

/** Adds lines below the line that an edit ends on, after its comment. */
function withLines(edit: TextEdit, lines: string, text: string): TextEdit[] {
  if (lines === '') return [edit];
  const end = lineEnd(text, edit.end);
  return end === edit.end ? [{ ...edit, text: edit.text + lines }] : [edit, { start: end, end, text: lines }];
}
