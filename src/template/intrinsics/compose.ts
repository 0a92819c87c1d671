import type { Node } from '../node.js';
import { originOf, type Scope } from '../scope.js';
import type { OriginPart, Value } from '../value.js';
import { firstUnresolved, holdsSecret, scalarText } from '../values.js';

/** One piece of a string that is put together: text of the template itself, or a value that was filled in. */
export interface Piece {
  value: Value;
  literal: boolean;
}

/** Joins pieces into one string that remembers them; unresolved when a piece is. */
export function compose(pieces: readonly Piece[], node: Node, textNode: Node, scope: Scope): Value {
  const origin = { ...originOf(scope.evaluation.template.source, textNode) };
  const use = { source: scope.evaluation.template.source, range: node.range };
  const secret = pieces.some(({ value }) => holdsSecret(value));
  const parts: OriginPart[] = [];
  for (const { value, literal } of pieces) {
    const missing = firstUnresolved(value);
    if (missing) return { ...missing, ...(secret ? { secret } : {}), origin: { ...missing.origin, use } };
    parts.push({ text: scalarText(value) ?? '', literal, origin: value.origin });
  }
  const text = parts.map((part) => part.text).join('');
  return { kind: 'scalar', value: text, ...(secret ? { secret } : {}), origin: { ...origin, use, parts } };
}
