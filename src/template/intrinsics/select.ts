import { evaluateNode } from '../evaluate-node.js';
import { mistake } from '../scope.js';
import type { Value } from '../value.js';
import { scalarText } from '../values.js';
import type { Call } from './intrinsic.js';

/** `Fn::Select`: `[index, list]`; other elements of the list need not be known. */
export function select({ node, argument, scope }: Call): Value | undefined {
  const [indexNode, listNode] = argument.kind === 'list' ? argument.items : [];
  const index = indexNode && evaluateNode(indexNode, scope);
  if (index?.kind === 'unresolved') return index;
  const list = listNode && evaluateNode(listNode, scope);
  if (list?.kind === 'unresolved') return list;
  const position = index ? Number(scalarText(index)) : Number.NaN;
  if (!Number.isInteger(position) || position < 0 || list?.kind !== 'list' || position >= list.items.length) {
    const rule = 'requires a list argument with two elements: an integer index and a list';
    return mistake(scope, node, `Template error: Fn::Select ${rule}`);
  }
  return list.items[position];
}
