import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, type ParsedNode, parseDocument, type Scalar } from 'yaml';
import type { Problem } from '../errors.js';
import { shortTagName, suggestTag } from './intrinsic-names.js';
import type { MapEntry, Node } from './node.js';
import { problemAt } from './problem.js';
import type { Source } from './source.js';
import type { Range } from './value.js';

/** More than any template needs (CloudFormation takes 1 MB); what aliases multiply past this is an attack or a mistake. */
const MAX_EXPANDED_NODES = 2_000_000;
const MAX_DEPTH = 200;

interface Conversion {
  source: Source;
  document: Document.Parsed;
  problems: Problem[];
  /** Anchored nodes are converted once and shared, so that aliases cost no memory. */
  converted: Map<ParsedNode, { node: Node; size: number }>;
  open: Set<ParsedNode>;
}

/**
 * Parses YAML into nodes. Plain scalars are read as CloudFormation reads them: `yes`, `no`, `on` and `off` are
 * booleans, dates and single letters are strings, and numbers keep their text where it says more than the value.
 */
export function parseYaml(source: Source): { node: Node | undefined; problems: Problem[] } {
  const document = parseDocument(source.text, { keepSourceTokens: true, uniqueKeys: false, logLevel: 'silent' });
  const problems = document.errors.map(({ pos, message }) => problemAt(source, pos[0], `YAML: ${firstLine(message)}`));
  if (problems.length > 0 || document.contents === null) return { node: undefined, problems };
  const conversion: Conversion = { source, document, problems, converted: new Map(), open: new Set() };
  const { node } = convert(document.contents as ParsedNode, conversion, 0);
  return { node, problems };
}

function convert(parsed: ParsedNode | null, conversion: Conversion, depth: number): { node: Node; size: number } {
  if (parsed === null) return { node: { kind: 'scalar', value: null, range: { start: 0, end: 0 } }, size: 1 };
  const known = conversion.converted.get(parsed);
  if (known) return known;
  const { source, problems } = conversion;
  if (depth > MAX_DEPTH || conversion.open.has(parsed)) {
    problems.push(problemAt(source, rangeOf(parsed).start, `nested deeper than ${MAX_DEPTH} levels`));
    return { node: { kind: 'scalar', value: null, range: rangeOf(parsed) }, size: 1 };
  }
  conversion.open.add(parsed);
  const converted = withTag(parsed, convertUntagged(parsed, conversion, depth), conversion);
  conversion.open.delete(parsed);
  if (converted.size > MAX_EXPANDED_NODES) {
    if (!problems.some(({ message }) => message.startsWith('aliases'))) {
      const message = `aliases expand this to more than ${MAX_EXPANDED_NODES} values`;
      problems.push(problemAt(source, rangeOf(parsed).start, message, 'write it without anchors and aliases'));
    }
    return { node: converted.node, size: 1 };
  }
  conversion.converted.set(parsed, converted);
  return converted;
}

function convertUntagged(parsed: ParsedNode, conversion: Conversion, depth: number): { node: Node; size: number } {
  const range = rangeOf(parsed);
  if (isAlias(parsed)) return convertAlias(parsed, conversion, depth);
  if (isScalar(parsed)) return { node: scalarNode(parsed, conversion.source, range), size: 1 };
  let size = 1;
  if (isSeq(parsed)) {
    const items = parsed.items.map((item) => {
      const converted = convert(item as ParsedNode, conversion, depth + 1);
      size += converted.size;
      return converted.node;
    });
    return { node: { kind: 'list', items, range }, size };
  }
  const entries: MapEntry[] = [];
  for (const pair of isMap(parsed) ? parsed.items : []) {
    const keyNode = pair.key as ParsedNode;
    const converted = convert(pair.value as ParsedNode | null, conversion, depth + 1);
    size += converted.size;
    const value = pair.value === null ? emptyAfter(keyNode) : converted.node;
    if (!isScalar(keyNode)) {
      conversion.problems.push(problemAt(conversion.source, rangeOf(keyNode).start, 'a key must be a plain text'));
    } else if (keyNode.value === '<<' && keyNode.type === 'PLAIN' && value.kind === 'map') {
      entries.unshift(...value.entries);
    } else {
      entries.push({ key: String(keyNode.source ?? keyNode.value), keyRange: rangeOf(keyNode), value });
    }
  }
  return { node: { kind: 'map', entries, range }, size };
}

function convertAlias(alias: Alias.Parsed, conversion: Conversion, depth: number): { node: Node; size: number } {
  const target = alias.resolve(conversion.document);
  if (target) return convert(target as ParsedNode, conversion, depth + 1);
  conversion.problems.push(problemAt(conversion.source, rangeOf(alias).start, `there is no anchor &${alias.source}`));
  return { node: { kind: 'scalar', value: null, range: rangeOf(alias) }, size: 1 };
}

/** Turns `!Name value` into the long form. Tags of YAML itself (`!!str`) were applied by the parser. */
function withTag(parsed: ParsedNode, converted: { node: Node; size: number }, conversion: Conversion) {
  const { tag } = parsed;
  if (tag === undefined || tag.startsWith('tag:yaml.org')) return converted;
  const start = tagStart(conversion.source.text, tag, rangeOf(parsed).start);
  const name = shortTagName(tag);
  if (name === undefined) {
    const hint = suggestTag(tag);
    conversion.problems.push(problemAt(conversion.source, start, `unknown tag ${tag}`, hint));
    return converted;
  }
  const keyRange = { start, end: start + tag.length };
  const range = { start, end: converted.node.range.end };
  const entries = [{ key: name, keyRange, value: converted.node }];
  const node: Node = { kind: 'map', entries, short: true, range };
  return { node, size: converted.size + 1 };
}

function tagStart(text: string, tag: string, valueStart: number): number {
  const at = text.lastIndexOf(tag, valueStart);
  return at === -1 ? valueStart : at;
}

function scalarNode(scalar: Scalar.Parsed, source: Source, range: Range): Node {
  const { value } = scalar;
  const text = scalar.type === 'PLAIN' ? source.text.slice(range.start, range.end) : undefined;
  if (text !== undefined && scalar.tag === undefined && typeof value === 'string') {
    if (/^(?:yes|Yes|YES|on|On|ON)$/.test(text)) return { kind: 'scalar', value: true, text, range };
    if (/^(?:no|No|NO|off|Off|OFF)$/.test(text)) return { kind: 'scalar', value: false, text, range };
  }
  if (typeof value === 'string' || typeof value === 'boolean') return { kind: 'scalar', value, range };
  if (typeof value === 'number' && text !== undefined) {
    return String(value) === text ? { kind: 'scalar', value, range } : { kind: 'scalar', value, text, range };
  }
  return value === null ? { kind: 'scalar', value: null, range } : { kind: 'scalar', value: String(value), range };
}

function emptyAfter(key: ParsedNode): Node {
  const { end } = rangeOf(key);
  return { kind: 'scalar', value: null, range: { start: end, end } };
}

function rangeOf(parsed: ParsedNode): Range {
  const [start, end] = parsed.range;
  return { start, end };
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/ at line \d+, column \d+:?$/, '');
}
