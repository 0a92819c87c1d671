import type { Json } from '../base/json.js';
import type { Range } from './source.js';

/**
 * A template's syntax tree, the same for YAML and JSON. Ranges are exact: a scalar's covers its quotes but not its tag.
 * Short calls (`!Sub x`) are map nodes with one long-named entry, as if they had been written out.
 */
export type Node = MapNode | ListNode | ScalarNode;

interface NodeBase {
  range: Range;
  /** Present where the node stands in place of a YAML alias; `range` is then the anchored text's. */
  alias?: Alias;
}

export interface Alias {
  /** The anchor's name. */
  name: string;
  /** The alias itself. */
  range: Range;
}

export interface MapNode extends NodeBase {
  kind: 'map';
  entries: MapEntry[];
  /** Written as a tag; the entry's key range is the tag's. */
  short?: boolean;
}

export interface MapEntry {
  key: string;
  keyRange: Range;
  value: Node;
}

export interface ListNode extends NodeBase {
  kind: 'list';
  items: Node[];
}

export interface ScalarNode extends NodeBase {
  kind: 'scalar';
  value: string | number | boolean | null;
  /** The literal's text where readers disagree on its value or where it says more (`0123`, `1.0`, `yes`). */
  text?: string;
}

/** The value of a key; of duplicate keys the last counts, as CloudFormation reads them. */
export function get(node: Node | undefined, key: string): Node | undefined {
  return entry(node, key)?.value;
}

/** The last entry with a key. */
export function entry(node: Node | undefined, key: string): MapEntry | undefined {
  return node?.kind === 'map' ? node.entries.findLast((candidate) => candidate.key === key) : undefined;
}

/** The text of a string scalar. */
export function stringOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** The text of any scalar but null, numbers as they are written. */
export function textOf(node: Node | undefined): string | undefined {
  if (node?.kind !== 'scalar' || node.value === null) return undefined;
  return typeof node.value === 'boolean' ? String(node.value) : (node.text ?? String(node.value));
}

/** A scalar as a name: as it is written, since keys are not read as booleans either (a condition called `No`). */
export function nameOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && node.value !== null ? (node.text ?? String(node.value)) : undefined;
}

/** The entries that count: the last of each key, in order. */
export function effectiveEntries(node: MapNode): MapEntry[] {
  return [...new Map(node.entries.map((each) => [each.key, each])).values()];
}

/** A section of a template as a map, empty where it is absent or no map. */
export function section(root: MapNode, name: string): MapNode {
  const node = get(root, name);
  return node?.kind === 'map' ? node : { kind: 'map', entries: [], range: root.range };
}

/** What a node says, without ranges. Keys are defined, not set, so that `__proto__` stays data. */
export function jsonOf(node: Node): Json {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(jsonOf);
  return Object.fromEntries(effectiveEntries(node).map(({ key, value }) => [key, jsonOf(value)]));
}

/** The node that keys lead to; undefined where there is none. */
export function nodeUnder(root: Node, keys: readonly string[]): Node | undefined {
  return keys.reduce<Node | undefined>(
    (node, key) => (node?.kind === 'list' ? node.items[Number(key)] : get(node, key)),
    root,
  );
}
