import type { Range } from '../source.js';

/**
 * A syntax tree for editing, the same for YAML and JSON: JSON is what YAML calls flow style. It holds places only; what they
 * mean is the affair of node.ts, whose ranges it shares.
 */
export type Tree = Leaf | Branch;

export type LeafStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded' | 'alias' | 'empty';

interface Common {
  /** Without tag and anchor, as the nodes of node.ts have it. */
  range: Range;
  /** Where the content ends: on its last line, before a comment or line break. */
  end: number;
  tag?: Property;
  anchor?: Property;
  /** The collection it stands in; the document's root has none. */
  parent?: Branch;
}

/** A tag or an anchor. */
export interface Property {
  /** As it is written: `!Sub`, `&tags`. */
  text: string;
  range: Range;
}

export interface Leaf extends Common {
  kind: 'scalar';
  style: LeafStyle;
  /** Decoded; the name of an alias. */
  text: string;
  /** A block scalar's header: `|`, `>-`. */
  header?: string;
}

export interface Branch extends Common {
  kind: 'list' | 'map';
  /** In brackets; a flow pair in a list (`[a: b]`) has none but counts. */
  flow: boolean;
  members: Member[];
}

/** A list's element or a map's entry. */
export interface Member {
  /** Where it begins: its key, its dash, or in a flow list its value with tag and anchor. */
  start: number;
  key?: Key;
  /** The offset after its colon or dash; undefined where it has none. */
  after?: number;
  value: Tree;
}

export interface Key {
  text: string;
  range: Range;
  style: LeafStyle;
  /** A merge key (`<<`), an alias, or one that is marked by a question mark. */
  special?: 'merge' | 'alias' | 'explicit';
}

/** Where a member's content ends; that of an empty value is the colon, the dash or the tag. */
export function endOf({ value, after, key }: Member): number {
  return Math.max(value.end, after ?? 0, key?.range.end ?? 0);
}

/** The member that holds a value. */
export function memberOf(tree: Tree): Member | undefined {
  return tree.parent?.members.find(({ value }) => value === tree);
}

/** Where the tag and the anchor begin, or the value itself. */
export function startOf({ range, tag, anchor }: Tree): number {
  return Math.min(range.start, tag?.range.start ?? range.start, anchor?.range.start ?? range.start);
}

/** Where the tag and the anchor end; undefined where there is neither. */
export function propertiesEnd({ tag, anchor }: Tree): number | undefined {
  if (tag === undefined && anchor === undefined) return undefined;
  return Math.max(tag?.range.end ?? 0, anchor?.range.end ?? 0);
}

/** A tag of a call, unlike those of YAML itself. */
export function isCall({ tag }: Tree): boolean {
  return tag !== undefined && !tag.text.startsWith('!!');
}

/** A tree and all below it, in order. */
export function* walk(tree: Tree): Generator<Tree> {
  yield tree;
  if (tree.kind === 'scalar') return;
  for (const { value } of tree.members) yield* walk(value);
}
