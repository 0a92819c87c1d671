import type { Written } from '../../../syntax/edit/written.js';
import type { Node } from '../../../syntax/node.js';

/** A node of the template to be written again elsewhere: calls in long form, aliases by what they stand for. */
export function asWritten(node: Node): Written {
  if (node.kind === 'list') return node.items.map(asWritten);
  if (node.kind === 'map') return Object.fromEntries(node.entries.map(({ key, value }) => [key, asWritten(value)]));
  return node.text ?? node.value;
}
