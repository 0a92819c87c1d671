import { holdsSecret, type Origin, type OriginPart, scalarText, type Value } from '../../../../value/value.js';
import { MAX_ITEMS } from '../limits.js';
import { mistake, spendCharacters } from '../scope.js';
import { step, stepKind } from '../step.js';
import { firstUnresolved, useOf } from '../values.js';
import type { Call } from './intrinsic.js';

/** One piece of a string that is put together: text written in the call itself, or a value that was filled in. */
export interface Piece {
  value: Value;
  literal: boolean;
}

/**
 * Joins pieces into one string that remembers them; unresolved when a piece is. `written` is the origin of what a person
 * would edit: the text of `Fn::Sub`, the list of `Fn::Join`. A single piece keeps its own origin.
 */
export function compose({ name, node, scope }: Call, pieces: readonly Piece[], written: Origin): Value {
  if (pieces.length > MAX_ITEMS) return mistake(scope, node, `${name} puts together more than ${MAX_ITEMS} pieces`);
  const use = useOf(scope, node);
  const own = { ...step(stepKind(name)), ...use };
  const secret = pieces.some(({ value }) => holdsSecret(value)) ? { secret: true } : {};
  const missing = firstUnresolved({ kind: 'list', items: pieces.map(({ value }) => value), origin: written });
  if (missing) return { ...missing, ...secret, origin: { ...missing.origin, use } };
  const parts = pieces.map(
    ({ value, literal }): OriginPart => ({ text: scalarText(value) ?? '', literal, origin: value.origin }),
  );
  const [only, ...others] = pieces;
  if (only && others.length === 0) {
    const { origin } = only.value;
    return {
      kind: 'scalar',
      value: parts[0]?.text ?? '',
      ...secret,
      origin: { ...origin, use, via: [own, ...origin.via] },
    };
  }
  // Before it is made: repeated doubling would fill the memory.
  spendCharacters(
    scope,
    node,
    parts.reduce((sum, part) => sum + part.text.length, 0),
  );
  const text = parts.map((part) => part.text).join('');
  return { kind: 'scalar', value: text, ...secret, origin: { ...written, use, via: [own, ...written.via], parts } };
}
