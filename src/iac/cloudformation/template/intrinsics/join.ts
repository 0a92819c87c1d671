import { scalarText, type Value } from '../../../../value/value.js';
import { failure } from '../outside.js';
import { evaluateNode } from '../scope.js';
import { literalOrigin } from '../values.js';
import { compose, type Piece } from './compose.js';
import type { Call } from './intrinsic.js';

/** `Fn::Join`: `[delimiter, list]`; elements without a value are left out. */
export function join(call: Call): Value {
  const { argument, scope } = call;
  const [delimiterNode, listNode, ...rest] = argument.kind === 'list' ? argument.items : [];
  const delimiter = delimiterNode && evaluateNode(delimiterNode, scope);
  const list = listNode && evaluateNode(listNode, scope);
  if (list?.kind === 'unresolved') return list;
  if (delimiter?.kind === 'unresolved') return delimiter;
  const separator = delimiter && scalarText(delimiter);
  if (
    delimiter === undefined ||
    separator === undefined ||
    listNode === undefined ||
    list?.kind !== 'list' ||
    rest.length > 0
  ) {
    const rule =
      'requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.';
    return failure(call, `Template error: every Fn::Join object ${rule}`, [delimiter, list]);
  }
  const wrong = list.items.find(({ kind }) => kind === 'list' || kind === 'map');
  if (wrong) return failure(call, 'Template error: every element of the list in Fn::Join must be a string', [wrong]);
  const pieces = list.items.flatMap((value, index): Piece[] => {
    const piece = { value, literal: isWritten(value) };
    return index === 0 || separator === '' ? [piece] : [{ value: delimiter, literal: isWritten(delimiter) }, piece];
  });
  return compose(call, pieces, literalOrigin(scope, listNode));
}

/** Whether a value is text written right here, not what a function or a reference gave. */
function isWritten({ origin }: Value): boolean {
  return origin.parts === undefined && origin.range !== undefined && origin.range === origin.use.range;
}
