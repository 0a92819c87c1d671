import type { Json } from '../../../base/json.js';
import { effectiveEntries, type Node } from '../../../syntax/node.js';
import { DIALECT, intrinsicName } from '../template/dialect.js';

/** What a node says, in one form for calls that may be written in several: packaging and transforms write them their way. */
export function saidBy(node: Node): Json {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(saidBy);
  const call = intrinsicName(node);
  return Object.fromEntries(
    effectiveEntries(node).map(({ key, value }) => {
      const said = saidBy(value);
      return [key, key === call ? DIALECT.shortArgument(call, said) : said];
    }),
  );
}
