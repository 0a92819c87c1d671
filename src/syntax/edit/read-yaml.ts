import { type CST, isAlias, isMap, isPair, isScalar, isSeq, type Pair, type ParsedNode } from 'yaml';
import { readPlainYaml } from '../plain/read-plain.js';
import type { Range, Source } from '../source.js';
import { readYamlDocument } from '../yaml-document.js';
import {
  type Branch,
  type Key,
  type Leaf,
  type LeafStyle,
  type Member,
  type Property,
  startOf,
  type Tree,
} from './tree.js';

const STYLES: Readonly<Record<string, LeafStyle>> = {
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

/** Reads YAML as parse-yaml.ts does, so that the ranges are the same; undefined for what is none. */
export function readYaml({ text }: Source): Tree | undefined {
  return readPlainYaml(text) ?? readAnyYaml(text);
}

/** The same by the library, which knows all of YAML. */
export function readAnyYaml(text: string): Tree | undefined {
  const document = readYamlDocument(text);
  if (document.errors.length > 0 || document.contents === null) return undefined;
  return convert(document.contents as ParsedNode, [], undefined, text);
}

type Tokens = readonly CST.SourceToken[];

/** `tokens` are those between the key or dash and the node. */
function convert(parsed: ParsedNode, tokens: Tokens, parent: Branch | undefined, text: string): Tree {
  const range = rangeOf(parsed);
  const tag = propertyOf(tokens, 'tag');
  const anchor = propertyOf(tokens, 'anchor');
  const common = { range, ...(tag && { tag }), ...(anchor && { anchor }), ...(parent && { parent }) };
  if (isAlias(parsed)) return { kind: 'scalar', style: 'alias', text: parsed.source, end: range.end, ...common };
  if (isScalar(parsed)) return { kind: 'scalar', ...readScalar(parsed, range, text), ...common };
  const branch: Branch = {
    kind: isSeq(parsed) ? 'list' : 'map',
    flow: parsed.flow === true,
    members: [],
    end: range.end,
    ...common,
  };
  branch.members = isMap(parsed)
    ? parsed.items.map((pair) => readEntry(pair as Pair<ParsedNode, ParsedNode | null>, branch, text))
    : readItems(parsed, branch, text);
  const last = branch.members.at(-1);
  if (!branch.flow && last) branch.end = Math.max(last.value.end, last.after ?? 0);
  return branch;
}

function readItems(parsed: ParsedNode, branch: Branch, text: string): Member[] {
  if (!isSeq(parsed)) return [];
  const starts = itemStarts(parsed.srcToken);
  return parsed.items.flatMap((item, index): Member[] => {
    if (isPair(item)) return [];
    const tokens = starts[index] ?? [];
    const value = convert(item as ParsedNode, tokens, branch, text);
    const dash = tokens.find(({ type }) => type === 'seq-item-ind');
    if (dash) return [{ start: dash.offset, after: dash.offset + 1, value: withEnd(value, dash.offset + 1) }];
    return [{ start: startOf(value), value }];
  });
}

function readEntry(
  { key, value, srcToken }: Pair<ParsedNode, ParsedNode | null>,
  branch: Branch,
  text: string,
): Member {
  const tokens = srcToken?.sep ?? [];
  const read = readKey(key, srcToken?.start ?? [], text);
  const colon = tokens.find(({ type }) => type === 'map-value-ind');
  const start = Math.min(read.range.start, ...(srcToken?.start ?? []).filter(isProperty).map(({ offset }) => offset));
  if (value === null) {
    const { end } = read.range;
    const empty: Leaf = { kind: 'scalar', style: 'empty', text: '', range: { start: end, end }, end, parent: branch };
    return { start, key: read, ...(colon && { after: colon.offset + 1 }), value: empty };
  }
  const converted = convert(value, tokens, branch, text);
  if (!colon) return { start, key: read, value: converted };
  return { start, key: read, after: colon.offset + 1, value: withEnd(converted, colon.offset + 1) };
}

/** An empty value ends where what is before it ends, not after the comments that the parser has it follow. */
function withEnd(value: Tree, after: number): Tree {
  if (value.kind === 'scalar' && value.style === 'empty')
    value.end = Math.max(after, value.tag?.range.end ?? 0, value.anchor?.range.end ?? 0);
  return value;
}

function readKey(key: ParsedNode, tokens: Tokens, text: string): Key {
  const range = rangeOf(key);
  if (isAlias(key)) return { text: key.source, range, style: 'alias', special: 'alias' };
  const { style, text: name } = isScalar(key) ? readScalar(key, range, text) : { style: 'plain' as const, text: '' };
  const special = tokens.some(({ type }) => type === 'explicit-key-ind')
    ? 'explicit'
    : style === 'plain' && name === '<<'
      ? 'merge'
      : undefined;
  return { text: name, range, style, ...(special && { special }) };
}

function readScalar(parsed: ParsedNode, range: Range, text: string): Pick<Leaf, 'style' | 'text' | 'end' | 'header'> {
  if (!isScalar(parsed)) return { style: 'empty', text: '', end: range.end };
  const value = String(parsed.value);
  const style = STYLES[parsed.type ?? ''] ?? (range.start === range.end ? 'empty' : 'plain');
  if (style !== 'literal' && style !== 'folded') return { style, text: value, end: range.end };
  const source = text.slice(range.start, range.end);
  const lineBreak = /\r?\n$/.exec(source)?.[0].length ?? 0;
  return { style, text: value, end: range.end - lineBreak, header: /^[|>][-+\d]*/.exec(source)?.[0] ?? '' };
}

function propertyOf(tokens: Tokens, type: 'tag' | 'anchor'): Property | undefined {
  const token = tokens.find((each) => each.type === type);
  return token && { text: token.source, range: { start: token.offset, end: token.offset + token.source.length } };
}

function isProperty({ type }: CST.SourceToken): boolean {
  return type === 'tag' || type === 'anchor' || type === 'explicit-key-ind';
}

/** The tokens before each item of a list; what holds only a comment makes no item. */
function itemStarts(token: CST.Token | undefined): Tokens[] {
  if (token?.type !== 'block-seq' && token?.type !== 'flow-collection') return [];
  return token.items
    .filter(
      ({ start, sep, value }) => sep || value || start.some(({ type }) => /^(?:seq-item-ind|tag|anchor)$/.test(type)),
    )
    .map(({ start }) => start);
}

function rangeOf(parsed: ParsedNode): Range {
  const [start, end] = parsed.range;
  return { start, end };
}
