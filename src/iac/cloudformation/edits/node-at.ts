import type { Node } from '../../../syntax/node.js';
import type { Range } from '../../../syntax/source.js';

/** The outermost node with a range; aliases repeat other text and are not followed. */
export function nodeAt(root: Node, range: Range): Node | undefined {
  if (root.alias !== undefined) return undefined;
  if (root.range.start === range.start && root.range.end === range.end) return root;
  if (range.start < root.range.start || range.end > root.range.end) return undefined;
  const inner = root.kind === 'list' ? root.items : root.kind === 'map' ? root.entries.map(({ value }) => value) : [];
  for (const node of inner) {
    const found = nodeAt(node, range);
    if (found) return found;
  }
  return undefined;
}
