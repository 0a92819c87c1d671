import type { Dialect } from '../dialect.js';
import type { Leaf, Tree } from '../edit/tree.js';
import { readPlain } from '../literal.js';
import type { Node, ScalarNode } from '../node.js';

/**
 * The node that a tree of plain YAML says, with short calls written out; undefined where it calls what the dialect does not
 * know.
 */
export function nodeOf(tree: Tree, dialect: Dialect): Node | undefined {
  const { tag } = tree;
  const node = untagged(tree, dialect);
  if (tag === undefined || node === undefined) return node;
  const key = dialect.tags.get(tag.text);
  if (key === undefined) return undefined;
  const range = { start: tag.range.start, end: Math.max(node.range.end, tag.range.end) };
  return { kind: 'map', entries: [{ key, keyRange: tag.range, value: node }], short: true, range };
}

function untagged(tree: Tree, dialect: Dialect): Node | undefined {
  if (tree.kind === 'scalar') return scalarOf(tree);
  const { range } = tree;
  if (tree.kind === 'list') {
    const node: Node = { kind: 'list', items: [], range };
    for (const { value } of tree.members) {
      const item = nodeOf(value, dialect);
      if (item === undefined) return undefined;
      node.items.push(item);
    }
    return node;
  }
  const node: Node = { kind: 'map', entries: [], range };
  for (const { key, value: member } of tree.members) {
    const value = nodeOf(member, dialect);
    if (key === undefined || value === undefined) return undefined;
    node.entries.push({ key: key.text, keyRange: key.range, value });
  }
  return node;
}

/** The text of a short call (`!Sub 012`) is text. */
function scalarOf({ style, text, tag, range }: Leaf): ScalarNode {
  return { ...(style === 'plain' && tag === undefined ? readPlain(text) : { value: text }), kind: 'scalar', range };
}
