import { get, type Node, textOf } from './node.js';

/**
 * A parameter's value as CloudFormation takes it: numbers keep their source text (`0123`, `1.0`), lists of scalars are
 * comma-joined. Undefined for what can't be one: nothing, a map, a list of lists.
 */
export function parameterText(node: Node | undefined): string | undefined {
  if (node?.kind !== 'list') return textOf(node);
  const texts = node.items.map(textOf);
  return texts.includes(undefined) ? undefined : texts.join(',');
}

/** The items of a list; of anything else none. */
export function itemsOf(node: Node | undefined): Node[] {
  return node?.kind === 'list' ? node.items : [];
}

/** The texts of those keys of a map that have one. */
export function textsOf<K extends string>(node: Node, keys: readonly K[]): Partial<Record<K, string>> {
  const found: Partial<Record<K, string>> = {};
  for (const key of keys) {
    const text = textOf(get(node, key));
    if (text !== undefined) found[key] = text;
  }
  return found;
}
