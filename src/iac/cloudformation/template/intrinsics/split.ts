import { narrowing } from '../../../../value/narrowed.js';
import { type Origin, scalarText, type Value } from '../../../../value/value.js';
import { MAX_ITEMS } from '../limits.js';
import { failure, outsideStep } from '../outside.js';
import { evaluateNode, mistake } from '../scope.js';
import { step } from '../step.js';
import { useOf } from '../values.js';
import type { Call } from './intrinsic.js';

/** `Fn::Split`: `[delimiter, string]` to a list of strings. */
export function split(call: Call): Value {
  const { node, argument, scope } = call;
  const [delimiterNode, textNode] = argument.kind === 'list' && argument.items.length === 2 ? argument.items : [];
  const delimiter = delimiterNode && evaluateNode(delimiterNode, scope);
  const whole = textNode && evaluateNode(textNode, scope);
  if (whole?.kind === 'unresolved') return whole;
  if (delimiter?.kind === 'unresolved') return delimiter;
  const separator = delimiter && scalarText(delimiter);
  const text = whole && scalarText(whole);
  if (!separator || whole?.kind !== 'scalar' || text === undefined) {
    const rule =
      'requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.';
    return failure(call, `Template error: every Fn::Split object ${rule}`, [delimiter, whole]);
  }
  const texts = text.split(separator, MAX_ITEMS + 1);
  if (texts.length > MAX_ITEMS) return mistake(scope, node, `Fn::Split makes more than ${MAX_ITEMS} items`);
  const use = useOf(scope, node);
  const { parts, ...written } = whole.origin;
  const outside = parts && outsideStep(whole);
  const origin: Origin = {
    ...written,
    ...(outside && { outside }),
    use,
    via: [{ ...step('Fn::Split'), ...use }, ...written.via],
  };
  const secret = whole.secret ? { secret: true } : {};
  const part = narrowing(origin, text);
  let at = 0;
  const items = texts.map((value): Value => {
    // A composed text is not written as a whole anywhere.
    const own = parts ? origin : part(at, at + value.length);
    at += value.length + separator.length;
    return { kind: 'scalar', value, ...secret, origin: own };
  });
  return { kind: 'list', items, origin };
}
