import { evaluateNode } from '../evaluate-node.js';
import { mistake } from '../scope.js';
import type { Value } from '../value.js';
import { scalarText } from '../values.js';
import type { Call } from './intrinsic.js';

/** `Fn::Split`: `[delimiter, string]` to a list of strings. */
export function split({ node, argument, scope }: Call): Value {
  const [delimiterNode, textNode] = argument.kind === 'list' && argument.items.length === 2 ? argument.items : [];
  const delimiter = delimiterNode && evaluateNode(delimiterNode, scope);
  const source = textNode && evaluateNode(textNode, scope);
  if (source?.kind === 'unresolved') return source;
  const separator = delimiter && scalarText(delimiter);
  const text = source && scalarText(source);
  if (!separator || text === undefined || source?.kind !== 'scalar') {
    const rule =
      'requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.';
    return mistake(scope, node, `Template error: every Fn::Split object ${rule}`);
  }
  const { origin, secret } = source;
  const via = [
    { kind: 'Fn::Split' as const, source: scope.evaluation.template.source, range: node.range },
    ...origin.via,
  ];
  const items = text.split(separator).map((value): Value => {
    return { kind: 'scalar', value, ...(secret ? { secret } : {}), origin: { ...origin, via } };
  });
  return { kind: 'list', items, origin: { ...origin, via } };
}
