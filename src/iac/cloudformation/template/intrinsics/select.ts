import { scalarText, type Value } from '../../../../value/value.js';
import { failure } from '../outside.js';
import { evaluateNode } from '../scope.js';
import { chosen } from '../values.js';
import type { Call } from './intrinsic.js';

/** `Fn::Select`: `[index, list]`; other elements of the list need not be known. */
export function select(call: Call): Value | undefined {
  const { argument, scope } = call;
  const [indexNode, listNode, ...rest] = argument.kind === 'list' ? argument.items : [];
  const index = indexNode && evaluateNode(indexNode, scope);
  if (index?.kind === 'unresolved') return index;
  const list = listNode && evaluateNode(listNode, scope);
  if (list?.kind === 'unresolved') return list;
  const text = (index && scalarText(index)) ?? '';
  const item = list?.kind === 'list' && /^\d+$/.test(text) ? list.items[Number(text)] : undefined;
  if (item !== undefined && rest.length === 0) return chosen(call, item);
  const rule = 'requires a list argument with two elements: an integer index and a list';
  return failure(call, `Template error: Fn::Select ${rule}`, [index, list]);
}
