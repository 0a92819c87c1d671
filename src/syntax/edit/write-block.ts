import { columnOfBranch, gapOf } from './columns.js';
import type { Context } from './context.js';
import { branchOf, type Like, leafOf, likeArgument, likeEntry, likeItem } from './like.js';
import { fitsLiteral } from './quote.js';
import { layoutOf } from './style.js';
import type { Branch } from './tree.js';
import { type FlowPlace, flowText, keyText, orderedEntries, scalarAt } from './write-flow.js';
import { callOf, isScalar, kindOf, shortCallOf, type Written } from './written.js';

/** A value in block style: what follows the key or dash on its line, and the lines below, each with its indentation. */
export interface BlockText {
  head: string;
  lines: string[];
}

/** What a value in block style belongs to. */
export interface Holder {
  kind: 'list' | 'map';
  /** Where its keys or dashes stand. */
  column: number;
  /** Spaces after a dash. */
  gap: number;
  /** Spaces of one level. */
  step: number;
  /** Offset near which it is written, for line breaks as they are there. */
  offset: number;
  /** A comment stands where it would become a part of a literal block. */
  noLiterals?: boolean;
  /** A tag or an anchor stands before it, so that a collection begins on the next line. */
  isBelow?: boolean;
  /** A tag stands before it already, of which YAML allows one. */
  isTagged?: boolean;
}

const MAX_WIDTH = 100;

/** Writes a value below a key or dash, in the style of the document. */
export function blockText(value: Written, like: Like, holder: Holder, context: Context): BlockText {
  if (isScalar(value)) {
    const literal = typeof value === 'string' ? literalText(value, like, holder) : undefined;
    return literal ?? { head: scalarAt(value, like, false, context), lines: [] };
  }
  const call = context.style.tags && !holder.isTagged ? shortCallOf(value, context.dialect) : undefined;
  if (call) return callText(call.tag, call.argument, likeArgument(like, call.tag), holder, context);
  const kind = Array.isArray(value) ? 'list' : 'map';
  const followed = branchOf(like, kind);
  const { offset, isTagged = false } = holder;
  const place: FlowPlace = { indent: '', unit: '', offset, breaks: false, inFlow: false, isTagged };
  if (isInline(value, followed, context)) {
    const line = flowText(value, like, place, context);
    if (followed?.flow || holder.column + line.length <= MAX_WIDTH) return { head: line, lines: [] };
  }
  const inner = { ...holder, isBelow: false, isTagged: false };
  const column = columnBelow(kind, followed, holder, context);
  const lines = Array.isArray(value)
    ? value.flatMap((item, index) =>
        itemLines(
          item,
          likeItem(followed, item, index, like),
          gapOf(followed, context.text),
          { ...inner, column },
          context,
        ),
      )
    : orderedEntries(value, followed, context).flatMap(([key, each]) =>
        entryLines(key, each, likeEntry(followed, key, like), { ...inner, column }, context),
      );
  if (holder.kind === 'map' || holder.isBelow) return { head: '', lines };
  return { head: (lines[0] ?? '').slice(column), lines: lines.slice(1) };
}

/** The lines of a map's entry. */
export function entryLines(key: string, value: Written, like: Like, holder: Holder, context: Context): string[] {
  const { column } = holder;
  const { head, lines } = blockText(value, like, { ...holder, kind: 'map' }, context);
  const name = keyText(key, like, false, context);
  return [`${' '.repeat(column)}${name}:${head && ` ${head}`}`, ...lines];
}

/** The lines of a list's element. */
export function itemLines(item: Written, like: Like, gap: number, holder: Holder, context: Context): string[] {
  const { column } = holder;
  const { head, lines } = blockText(item, like, { ...holder, kind: 'list', gap }, context);
  return [`${' '.repeat(column)}-${' '.repeat(gap)}${head}`, ...lines];
}

/** A call with a tag; its argument's lines can't begin beside the tag. */
function callText(tag: string, argument: Written, like: Like, holder: Holder, context: Context): BlockText {
  const argumentLike = isScalar(argument) ? like : { tree: like.tree };
  const below = { ...holder, isBelow: true, isTagged: true };
  const isShort =
    Array.isArray(argument) && argument.every((each) => isScalar(each) || shortCallOf(each, context.dialect));
  const isFollowed = branchOf(argumentLike, kindOf(argument) === 'list' ? 'list' : 'map') !== undefined;
  const place: FlowPlace = { indent: '', unit: '', offset: holder.offset, breaks: false, inFlow: false };
  if (isShort && !isFollowed) {
    const line = flowText(argument, argumentLike, place, context);
    if (holder.column + line.length <= MAX_WIDTH) return { head: `${tag} ${line}`, lines: [] };
  }
  const { head, lines } = blockText(argument, argumentLike, below, context);
  return { head: head === '' ? tag : `${tag} ${head}`, lines };
}

/** Where the lines of a collection below a key or beside a dash stand. */
function columnBelow(
  kind: 'list' | 'map',
  followed: Branch | undefined,
  { kind: holder, column, gap, step, isBelow }: Holder,
  { text, style }: Context,
): number {
  if (holder === 'list') return column + (isBelow ? step : 1 + gap);
  const parent = followed?.parent;
  if (followed && !followed.flow && parent?.kind === 'map')
    return column + columnOfBranch(followed, text) - columnOfBranch(parent, text);
  return kind === 'list' && !style.indentsLists ? column : column + step;
}

/** Whether a collection is written in brackets. */
function isInline(value: Written, followed: Branch | undefined, { text, style, dialect }: Context): boolean {
  const members = Object.values(value ?? {});
  if (members.length === 0) return true;
  if (followed) return layoutOf(followed, text) !== 'block';
  if (callOf(value, dialect)) return style.layouts.call === 'line';
  const isLeaf = members.every((each) => isScalar(each) || shortCallOf(each, dialect) !== undefined);
  return isLeaf && style.layouts[Array.isArray(value) ? 'list' : 'map'] === 'line';
}

/** A text of several lines as a literal block, unless it replaces one that is in quotes or plain. */
function literalText(value: string, like: Like, holder: Holder): BlockText | undefined {
  const leaf = like.isReplaced ? leafOf(like) : undefined;
  if (leaf && leaf.style !== 'literal' && leaf.style !== 'folded') return undefined;
  if (!value.trimEnd().includes('\n') && leaf?.style !== 'literal') return undefined;
  if (holder.noLiterals || !fitsLiteral(value) || /\n\n$/.test(value)) return undefined;
  const indent = ' '.repeat(holder.column + holder.step);
  const lines = value.replace(/\n$/, '').split('\n');
  const head = value.endsWith('\n') ? '|' : '|-';
  return { head, lines: lines.map((line) => line && indent + line) };
}
