import { evaluateNode } from '../evaluate-node.js';
import { mistake } from '../scope.js';
import type { Value } from '../value.js';
import { scalarText } from '../values.js';
import { compose, type Piece } from './compose.js';
import type { Call } from './intrinsic.js';

/** `Fn::Join`: `[delimiter, list]`; elements without a value are left out. */
export function join({ node, argument, scope }: Call): Value {
  const [delimiterNode, listNode] = argument.kind === 'list' ? argument.items : [];
  const delimiter = delimiterNode && evaluateNode(delimiterNode, scope);
  const list = listNode && evaluateNode(listNode, scope);
  if (list?.kind === 'unresolved') return list;
  if (!delimiter || scalarText(delimiter) === undefined || list?.kind !== 'list') {
    const rule = 'requires two parameters, (1) a string delimiter and (2) a list of strings to be joined';
    return mistake(scope, node, `Template error: every Fn::Join object ${rule}`);
  }
  const pieces = list.items.flatMap((value, index): Piece[] => {
    const piece = { value, literal: value.origin.via.length === 0 && value.origin.parts === undefined };
    return index === 0 || scalarText(delimiter) === '' ? [piece] : [{ value: delimiter, literal: true }, piece];
  });
  const wrong = pieces.find(({ value }) => value.kind === 'list' || value.kind === 'map');
  if (wrong) return mistake(scope, node, 'Template error: every Fn::Join element must be a string');
  return compose(pieces, node, node, scope);
}
