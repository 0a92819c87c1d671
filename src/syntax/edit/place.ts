import type { TextEdit } from './apply-edits.js';
import type { Context } from './context.js';
import { columnOf, lineBreakAt, lineEnd, onSameLine, previousLineEnd } from './lines.js';
import { memberOf, propertiesEnd, type Tree } from './tree.js';
import type { BlockText } from './write-block.js';

/** Where the text begins that goes with a value, with its tag where `whole`. An anchor stays. */
export function cutStart({ range, tag, anchor }: Tree, whole: boolean): number {
  if (!whole || !tag) return range.start;
  return anchor && anchor.range.start > tag.range.start ? range.start : tag.range.start;
}

/** Puts a value that is a single line in place of another one in brackets. */
export function placeInline(tree: Tree, whole: boolean, line: string, { text }: Context): TextEdit {
  const start = cutStart(tree, whole);
  if (tree.kind !== 'scalar' || tree.style !== 'empty' || start !== tree.range.start)
    return { start, end: tree.end, text: line };
  const member = memberOf(tree);
  const at = propertiesEnd(tree) ?? member?.after ?? tree.range.start;
  const gap = member?.after === undefined && member?.key ? ': ' : /\s/.test(text[at - 1] ?? '') ? '' : ' ';
  return { start: at, end: at, text: gap + line };
}

/** Puts a value in block style in place of another one, whichever style that has. */
export function placeBlock(
  tree: Tree,
  whole: boolean,
  { head, lines }: BlockText,
  gap: number,
  context: Context,
): TextEdit[] {
  const { text } = context;
  const space = ' '.repeat(gap);
  const start = cutStart(tree, whole);
  const kept = keptEnd(tree, whole) ?? start;
  const below = lines.map((line) => lineBreakAt(text, tree.end) + line).join('');
  if (tree.kind === 'scalar' && tree.style === 'empty')
    return placeInEmpty(tree, start, head && space + head, below, context);
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
    return [{ start: kept, end, text: space + head }];
  return [
    { start: kept, end: kept, text: head && space + head },
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
  const edit = start < at ? headEdit(start, at, head.trimStart(), text) : { start: at, end: at, text: head };
  return withLines(edit, lines, text);
}

/** An edit of a key's line; with nothing to write it takes the white space before it, too. */
function headEdit(start: number, end: number, head: string, text: string): TextEdit {
  if (head !== '') return { start, end, text: head };
  const white = /(?<![ \t])[ \t]*$/.exec(text.slice(start - columnOf(text, start), start))?.[0].length ?? 0;
  return { start: start - white, end, text: '' };
}

/** Adds lines below the line that an edit ends on, after its comment. */
function withLines(edit: TextEdit, lines: string, text: string): TextEdit[] {
  if (lines === '') return [edit];
  const end = lineEnd(text, edit.end);
  return end === edit.end ? [{ ...edit, text: edit.text + lines }] : [edit, { start: end, end, text: lines }];
}
