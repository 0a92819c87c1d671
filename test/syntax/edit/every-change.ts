import type { Written } from '../../../src/syntax/edit/written.js';
import type { MapNode, Node } from '../../../src/syntax/node.js';
import type { Range } from '../../../src/syntax/source.js';
import type { Change } from './model.js';
import type { Opened } from './operations.js';

/** A place that a change can be made at: what stands in the document itself, not what aliases repeat. */
interface Place {
  node: Node;
  /** Stands in a list or a map. */
  isMember: boolean;
}

/** All places of a document; an aliased node's range is the alias's. */
function* places(node: Node, isMember = false, inShort = false): Generator<Place> {
  const { alias } = node;
  if (alias) {
    yield { node: { ...node, range: alias.range }, isMember };
    return;
  }
  yield { node, isMember: isMember && !inShort };
  if (node.kind === 'list') for (const item of node.items) yield* places(item, true);
  if (node.kind !== 'map') return;
  for (const entry of node.entries) yield* places(entry.value, true, node.short === true);
}

/** Changes of every kind at every place: each value is removed, set and added to in turn by some of the given ones. */
export function* everyChange({ root, text }: Opened, values: readonly Written[], each = 4): Generator<Change> {
  let turn = 0;
  const some = (count: number) => Array.from({ length: count }, () => values[turn++ % values.length] ?? null);
  for (const { node, isMember } of places(root)) {
    const quoted = /["']/.test(text[node.range.start] ?? '');
    const keys = node.kind === 'map' && !node.alias ? ownKeys(node) : [];
    const isText = text.endsWith('!!str ', node.range.start);
    for (const value of node === root ? [] : some(each))
      yield { kind: 'set', at: node.range, value, quoted, isText, isScalar: node.kind === 'scalar', keys };
    if (isMember) yield { kind: 'remove', at: node.range };
    if (node.alias) continue;
    if (node.kind === 'list') {
      for (const index of new Set([0, node.items.length >> 1, node.items.length]))
        for (const value of some(each - 1)) yield { kind: 'insertItem', at: node.range, index, value };
    }
    if (node.kind !== 'map' || node.short) continue;
    for (const value of some(each))
      yield { kind: 'insertEntry', at: node.range, key: 'Added', value, keys: ownKeys(node) };
  }
}

/** The keys that stand in the map itself, not those that it merges in. */
function ownKeys({ entries, range }: MapNode): Range[] {
  return entries.map(({ keyRange }) => keyRange).filter(({ start }) => range.start <= start && start < range.end);
}
