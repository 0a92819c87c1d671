import type { TextEdit } from './apply-edits.js';
import { type Like, likeEntry, likeItem, likeNeighbour } from './like.js';
import { columnOf, indentOf, lineBreakAt, lineEnd, onSameLine, previousLineEnd } from './lines.js';
import { editLiteral } from './literal-block.js';
import { isCall, memberOf, propertiesEnd, type Tree } from './tree.js';
import { type BlockText, blockText, columnOfBranch, gapOf, type Holder, stepOf } from './write-block.js';
import { type Context, flowText } from './write-flow.js';
import { kindOf, type Written } from './written.js';

/** Replaces a value, with its tag where `whole`; an anchor stays, so that aliases still have it. */
export function replaceValue(tree: Tree, whole: boolean, value: Written, context: Context): TextEdit[] {
  const edits = untag(tree, whole);
  const like = likeOf(tree, whole, value);
  if (isInFlow(tree, context)) {
    const place = {
      indent: indentOf(context.text, tree.range.start),
      offset: tree.range.start,
      breaks: breaks(tree, context),
    };
    const inFlow = tree.parent !== undefined || context.json;
    return [...edits, replaceInline(tree, whole, flowText(value, like, { ...place, inFlow }, context), context)];
  }
  const isLiteral = tree.kind === 'scalar' && tree.style === 'literal' && typeof value === 'string';
  const kept = isLiteral && !isTagGone(tree, whole) ? editLiteral(tree, value, context.text) : undefined;
  return [
    ...edits,
    ...(kept ?? placeBlock(tree, whole, blockText(value, like, holderOf(tree, context), context), context)),
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
  const isSame =
    tree.kind === kind && (tree.kind === 'scalar' ? !/alias|empty/.test(tree.style) : tree.members.length > 0);
  if (isSame && !(whole && isCall(tree) && kind === 'scalar')) return { tree };
  const { parent } = tree;
  if (parent === undefined) return {};
  if (parent.kind === 'list')
    return likeItem(
      parent,
      value,
      parent.members.findIndex((member) => member.value === tree),
    );
  return kind === 'scalar' ? { quotes: likeEntry(parent, '').quotes } : likeNeighbour(parent, value);
}

function holderOf(tree: Tree, context: Context): Holder {
  const { parent } = tree;
  const offset = tree.range.start;
  const step = stepOf(parent, context);
  if (parent === undefined) return { kind: 'list', column: -2, gap: 1, step, offset };
  return {
    kind: parent.kind,
    column: columnOfBranch(parent, context.text),
    gap: gapOf(parent, context.text),
    step,
    offset,
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
function placeBlock(tree: Tree, whole: boolean, block: BlockText, context: Context): TextEdit[] {
  const { text } = context;
  const start = cutStart(tree, whole);
  const after = memberOf(tree)?.after ?? start;
  const lines = block.lines.map((line) => lineBreakAt(text, tree.end) + line).join('');
  if (tree.kind === 'scalar' && tree.style === 'empty') return placeInEmpty(tree, start, block.head, lines, context);
  if (tree.kind === 'scalar' && tree.header !== undefined) {
    const headerEnd = tree.range.start + tree.header.length;
    const below = { start: lineEnd(text, headerEnd), end: tree.end, text: lines };
    return [headEdit(start, headerEnd, block.head, text), below];
  }
  const isBlock = tree.kind !== 'scalar' && !tree.flow;
  const isOneLine = onSameLine(text, tree.range.start, tree.end);
  const keptEnd = start < tree.range.start ? start : (propertiesEnd(tree) ?? after);
  const between = text.slice(start < tree.range.start ? (propertiesEnd(tree) ?? start) : keptEnd, tree.range.start);
  if (onSameLine(text, after, tree.range.start) || (isOneLine && between.trim() === '' && lines === '')) {
    const from = onSameLine(text, after, tree.range.start) ? start : keptEnd;
    const gap = from === start ? '' : ' ';
    const end = isBlock && !isOneLine ? lineEnd(text, tree.end) : tree.end;
    return withLines(headEdit(from, end, gap + block.head, text), lines, text);
  }
  const head =
    start < tree.range.start
      ? headEdit(start, propertiesEnd(tree) ?? start, block.head, text)
      : { start: keptEnd, end: keptEnd, text: block.head && ` ${block.head}` };
  const below = { start: previousLineEnd(text, tree.range.start), end: lineEnd(text, tree.end), text: lines };
  return [head, below];
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
