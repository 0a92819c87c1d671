import {
  type CST,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  type ParsedNode,
  type Scalar,
  type YAMLError,
} from 'yaml';
import type { Problem } from '../base/errors.js';
import type { ProblemCode } from '../base/problem-codes.js';
import type { Dialect } from './dialect.js';
import { suggestTag } from './dialect.js';
import { MAX_DEPTH, MAX_NODES, TOO_DEEP, TOO_MANY_LEXEMES } from './limits.js';
import { readPlain } from './literal.js';
import type { MapEntry, Node } from './node.js';
import { nodeOf } from './plain/nodes.js';
import { readPlainYaml } from './plain/read-plain.js';
import { MORE_ERRORS, problemAt } from './problem.js';
import type { Range, Source } from './source.js';
import { readYamlDocument } from './yaml-document.js';

/** A node with what it comes to where aliases are followed, so that shared nodes are counted each time they are used. */
interface Converted {
  node: Node;
  size: number;
  height: number;
}

interface Conversion {
  source: Source;
  dialect: Dialect;
  problems: Problem[];
  /** What each anchor stands for at this point of the text; `open` while its own content is being read. */
  anchors: Map<string, Converted | 'open'>;
}

/** Parses YAML into nodes: one document, short calls written out, aliases shared, merge keys merged. */
export function parseYaml(source: Source, dialect: Dialect): { node: Node | undefined; problems: Problem[] } {
  const tree = readPlainYaml(source.text);
  const plain = tree && nodeOf(tree, dialect);
  return plain === undefined ? parseAnyYaml(source, dialect) : { node: plain, problems: [] };
}

/** The same by the library, which knows all of YAML. */
export function parseAnyYaml(source: Source, dialect: Dialect): { node: Node | undefined; problems: Problem[] } {
  const document = readYamlDocument(source.text);
  const refused = refusal(document.errors, source);
  if (refused !== undefined) return { node: undefined, problems: [refused] };
  const problems: Problem[] = [];
  if (document.contents === null) return { node: undefined, problems };
  const conversion: Conversion = { source, dialect, problems, anchors: new Map() };
  const { node } = convert(document.contents as ParsedNode, [], conversion, 0);
  return { node, problems };
}

/** A limit that the text goes beyond, or else its first syntax error; undefined where it has none. */
function refusal(errors: readonly YAMLError[], source: Source): Problem | undefined {
  const ordered = [...errors].sort((one, other) => one.pos[0] - other.pos[0]);
  const beyond = ordered.find(({ message }) => limitOf(message) !== undefined);
  if (beyond !== undefined) return problemAt('file-too-big', source, beyond.pos[0], limitOf(beyond.message) ?? '');
  const [first, second] = ordered;
  if (first === undefined) return undefined;
  const hint = second === undefined ? undefined : MORE_ERRORS;
  return problemAt('file-bad-yaml', source, first.pos[0], `YAML not well-formed: ${first.message}`, hint);
}

function limitOf(message: string): string | undefined {
  if (message === TOO_MANY_LEXEMES) return message;
  return message === TOO_DEEP || /call stack/.test(message) ? TOO_DEEP : undefined;
}

/** `tokens` are those between the key or dash and the node: the tag stands among them. */
function convert(parsed: ParsedNode, tokens: CST.SourceToken[], conversion: Conversion, depth: number): Converted {
  const range = rangeOf(parsed);
  if (depth > MAX_DEPTH) return refuse('file-too-big', range, TOO_DEEP, conversion);
  if (isAlias(parsed)) return convertAlias(parsed.source, range, conversion);
  const { anchor } = parsed;
  if (anchor !== undefined) conversion.anchors.set(anchor, 'open');
  const converted = withTag(parsed, tokens, convertUntagged(parsed, conversion, depth), conversion);
  if (anchor !== undefined) conversion.anchors.set(anchor, converted);
  if (converted.height > MAX_DEPTH) return refuse('file-too-big', range, TOO_DEEP, conversion);
  if (converted.size <= MAX_NODES) return converted;
  return refuse('file-too-big', range, `aliases expand this to more than ${MAX_NODES} values`, conversion);
}

function convertUntagged(parsed: ParsedNode, conversion: Conversion, depth: number): Converted {
  const range = rangeOf(parsed);
  if (isScalar(parsed)) return leaf({ ...readScalar(parsed), kind: 'scalar', range });
  if (isSeq(parsed)) {
    const starts = itemStarts(parsed.srcToken);
    const items = parsed.items.map((item, index) => convertItem(item, starts[index] ?? [], conversion, depth + 1));
    return { node: { kind: 'list', items: items.map(({ node }) => node), range }, ...measure(items) };
  }
  const pairs = isMap(parsed) ? parsed.items : [];
  const values = pairs.map((pair) => convertValue(pair as Pair<ParsedNode, ParsedNode | null>, conversion, depth + 1));
  const merged: MapEntry[] = [];
  const own: MapEntry[] = [];
  for (const [index, pair] of pairs.entries()) {
    for (const each of entriesOf(pair.key as ParsedNode, values[index], conversion)) {
      (each.merged ? merged : own).push(each.entry);
    }
  }
  // Keys of the map itself win over merged ones, and of duplicates the last counts: merged entries come first.
  const entries = merged.length === 0 ? own : [...merged, ...own];
  const { size, height } = measure(values);
  // Maps that are merged into each other, one after the other, copy the same entries again and again.
  return { node: { kind: 'map', entries, range }, size: size + merged.length, height };
}

/** In flow lists `[a: b]` is a map of one entry. */
function convertItem(item: unknown, tokens: CST.SourceToken[], conversion: Conversion, depth: number): Converted {
  if (!isPair(item)) return convert(item as ParsedNode, tokens, conversion, depth);
  const pair = item as Pair<ParsedNode, ParsedNode | null>;
  const value = convertValue(pair, conversion, depth + 1);
  const entries = entriesOf(pair.key, value, conversion).map(({ entry }) => entry);
  const range = { start: rangeOf(pair.key).start, end: value.node.range.end };
  return { node: { kind: 'map', entries, range }, ...measure([value]) };
}

function convertValue(pair: Pair<ParsedNode, ParsedNode | null>, conversion: Conversion, depth: number): Converted {
  if (pair.value !== null) return convert(pair.value, pair.srcToken?.sep ?? [], conversion, depth);
  const { end } = rangeOf(pair.key);
  return leaf({ kind: 'scalar', value: null, range: { start: end, end } });
}

/** `merged`: it came in by `<<`. */
interface Entry {
  entry: MapEntry;
  merged: boolean;
}

/** The entries that a pair makes: one, or those that `<<` merges in. */
function entriesOf(key: ParsedNode, value: Converted | undefined, conversion: Conversion): Entry[] {
  if (value === undefined) return [];
  const merged = isScalar(key) && key.type === 'PLAIN' && key.value === '<<' ? mergedMaps(value.node) : undefined;
  if (merged) return merged.map((entry) => ({ entry, merged: true }));
  const name = isAlias(key) ? conversion.anchors.get(key.source) : undefined;
  const scalar = name !== undefined && name !== 'open' && name.node.kind === 'scalar' ? name.node.value : undefined;
  const text = isScalar(key) ? String(key.value) : scalar === undefined || scalar === null ? undefined : String(scalar);
  if (text !== undefined) return [{ entry: { key: text, keyRange: rangeOf(key), value: value.node }, merged: false }];
  refuse('file-bad-yaml', rangeOf(key), 'a key must be a plain text', conversion);
  return [];
}

/** What `<<: *map` or `<<: [*map, *other]` brings in; of several maps the first wins. */
function mergedMaps(node: Node): MapEntry[] | undefined {
  const maps = node.kind === 'list' ? [...node.items].reverse() : [node];
  const entries: MapEntry[] = [];
  for (const map of maps) {
    if (map.kind !== 'map') return undefined;
    const { alias } = map;
    for (const each of map.entries) entries.push(alias ? { ...each, value: { ...each.value, alias } } : each);
  }
  return entries;
}

function convertAlias(name: string, range: Range, conversion: Conversion): Converted {
  const target = conversion.anchors.get(name);
  if (target === undefined)
    return refuse('file-bad-yaml', range, `there is no anchor &${name} before this alias`, conversion);
  if (target === 'open') return refuse('file-bad-yaml', range, `the anchor &${name} contains itself`, conversion);
  return { ...target, node: { ...target.node, alias: { name, range } } };
}

/** Turns `!Name value` into the long form. */
function withTag(
  parsed: ParsedNode,
  tokens: CST.SourceToken[],
  converted: Converted,
  conversion: Conversion,
): Converted {
  const { tag } = parsed;
  if (tag === undefined || /^tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq)$/.test(tag)) return converted;
  const token = tokens.find(({ type }) => type === 'tag');
  const start = token?.offset ?? rangeOf(parsed).start;
  const keyRange = { start, end: start + (token?.source.length ?? 0) };
  const key = conversion.dialect.tags.get(tag);
  if (key === undefined) {
    conversion.problems.push(
      problemAt(
        'file-unknown-tag',
        conversion.source,
        start,
        `unknown tag ${token?.source ?? tag}`,
        suggestTag(tag, conversion.dialect),
      ),
    );
    return converted;
  }
  const entries = [{ key, keyRange, value: converted.node }];
  const range = { start, end: Math.max(converted.node.range.end, keyRange.end) };
  return { node: { kind: 'map', entries, short: true, range }, ...measure([converted]) };
}

/** The tokens before each item of a list; what holds only a comment makes no item. */
function itemStarts(token: CST.Token | undefined): CST.SourceToken[][] {
  if (token?.type !== 'block-seq' && token?.type !== 'flow-collection') return [];
  return token.items
    .filter(
      ({ start, sep, value }) => sep || value || start.some(({ type }) => /^(?:seq-item-ind|tag|anchor)$/.test(type)),
    )
    .map(({ start }) => start);
}

function readScalar(scalar: Scalar.Parsed) {
  const text = String(scalar.value);
  if (scalar.tag === 'tag:yaml.org,2002:str') return { value: text };
  // A short call's text (`!Sub 012`) is text.
  const isPlain = scalar.type === 'PLAIN' && !scalar.tag?.startsWith('!');
  return isPlain ? readPlain(text) : { value: text };
}

function measure(parts: readonly Converted[]): { size: number; height: number } {
  let size = 1;
  let height = 0;
  for (const part of parts) {
    size += part.size;
    height = Math.max(height, part.height);
  }
  return { size, height: height + 1 };
}

function leaf(node: Node): Converted {
  return { node, size: 1, height: 0 };
}

/** Notes a problem and gives a stand-in. Nodes around it would fail for the same reason, so the first one is told. */
function refuse(code: ProblemCode, range: Range, message: string, { source, problems }: Conversion): Converted {
  const known = problems.some((problem) => problem.message === message);
  if (!known) problems.push(problemAt(code, source, range.start, message));
  return leaf({ kind: 'scalar', value: null, range });
}

function rangeOf(parsed: ParsedNode): Range {
  const [start, end] = parsed.range;
  return { start, end };
}
