import type { Json } from '../json.js';
import { effectiveEntries, type Node } from '../template/node.js';

/** A node as a plain JSON value, for validating. Keys are defined, not set, so that `__proto__` stays data. */
export function nodeValue(node: Node): Json {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(nodeValue);
  return Object.fromEntries(effectiveEntries(node).map(({ key, value }) => [key, nodeValue(value)]));
}
