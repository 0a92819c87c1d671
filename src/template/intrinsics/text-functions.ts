import { evaluateNode } from '../evaluate-node.js';
import { mistake } from '../scope.js';
import { toPlain, type Value } from '../value.js';
import { computed, firstUnresolved, holdsSecret, scalarText, unknown } from '../values.js';
import type { Call } from './intrinsic.js';

/** `Fn::Base64` of a string. */
export function base64({ node, argument, scope }: Call): Value | undefined {
  const value = evaluateNode(argument, scope);
  if (value?.kind === 'unresolved') return value;
  const text = value && scalarText(value);
  if (text === undefined || !value)
    return mistake(scope, node, 'Template error: every Fn::Base64 object must have a String-typed value.');
  return computed(scope, node, Buffer.from(text, 'utf8').toString('base64'), holdsSecret(value));
}

/** `Fn::Length` of a list (language extension). */
export function length({ node, argument, scope }: Call): Value {
  const value = evaluateNode(argument, scope);
  if (value?.kind === 'unresolved') return value;
  if (value?.kind === 'list') return computed(scope, node, value.items.length);
  return mistake(scope, node, 'Template error: Fn::Length requires a list');
}

/** `Fn::ToJsonString` of an object or list (language extension), compact as AWS writes it. */
export function toJsonString({ node, argument, scope }: Call): Value {
  const value = evaluateNode(argument, scope);
  if (value === undefined) return mistake(scope, node, 'Template error: Fn::ToJsonString requires an object or a list');
  const missing = firstUnresolved(value);
  if (missing) return missing;
  return computed(scope, node, JSON.stringify(toPlain(value)), holdsSecret(value));
}

/** `Fn::Transform`: what a macro makes can't be known here. */
export function transform({ node, scope }: Call): Value {
  return unknown(scope, node, 'macro', 'a macro (Fn::Transform) makes this value');
}

/** `Fn::GetStackOutput`: outputs of other stacks, possibly of other accounts, are not read. */
export function getStackOutput({ node, scope }: Call): Value {
  return unknown(scope, node, 'import', 'an output of another stack (Fn::GetStackOutput) is not read');
}
