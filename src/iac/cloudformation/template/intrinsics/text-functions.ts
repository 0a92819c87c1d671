import { scalarText, type Value } from '../../../../value/value.js';
import { failure, outsideStep } from '../outside.js';
import { evaluateNode, mistake, spendCharacters } from '../scope.js';
import { computed, firstUnresolved, unknown } from '../values.js';
import type { Call } from './intrinsic.js';

/** `Fn::Base64` of a string; its parts are those of the text that is encoded. */
export function base64(call: Call): Value | undefined {
  const value = evaluateNode(call.argument, call.scope);
  if (value?.kind === 'unresolved') return value;
  const text = value && scalarText(value);
  if (value && text !== undefined) {
    spendCharacters(call.scope, call.node, text.length);
    const encoded = computed(call, Buffer.from(text, 'utf8').toString('base64'), value);
    const { parts } = value.origin;
    return parts ? { ...encoded, origin: { ...encoded.origin, parts } } : encoded;
  }
  return failure(call, 'Template error: every Fn::Base64 object must have a String-typed value.', [value]);
}

/** `Fn::Length` of a list (language extension). */
export function length(call: Call): Value {
  const value = evaluateNode(call.argument, call.scope);
  if (value?.kind === 'unresolved') return value;
  if (!hasExtensions(call)) return withoutExtensions(call);
  if (value?.kind === 'list') return computed(call, value.items.length, value);
  return failure(call, 'Template error: Fn::Length requires a list', [value]);
}

/** `Fn::ToJsonString` of an object or list (language extension), compact as AWS writes it. */
export function toJsonString(call: Call): Value {
  const value = evaluateNode(call.argument, call.scope);
  if (!hasExtensions(call)) return withoutExtensions(call);
  if (value?.kind !== 'map' && value?.kind !== 'list') {
    return value?.kind === 'unresolved'
      ? value
      : failure(call, 'Template error: Fn::ToJsonString requires an object or a list', [value]);
  }
  const missing = firstUnresolved(value);
  if (missing) return missing;
  spendCharacters(call.scope, call.node, charactersIn(value));
  const text = computed(call, JSON.stringify(jsonOf(value)), value);
  const outside = outsideStep(value);
  return outside ? { ...text, origin: { ...text.origin, outside } } : text;
}

/** `Fn::Transform`: what a macro makes can't be known here. */
export function transform({ node, scope }: Call): Value {
  return unknown(scope, node, 'macro', 'a macro (Fn::Transform) makes this value');
}

/** `Fn::GetStackOutput`: outputs of other stacks, possibly of other accounts, are not read. */
export function getStackOutput({ node, scope }: Call): Value {
  return unknown(scope, node, 'import', 'an output of another stack (Fn::GetStackOutput) is not read');
}

function hasExtensions({ scope }: Call): boolean {
  return scope.evaluation.template.transforms.includes('AWS::LanguageExtensions');
}

function withoutExtensions({ name, node, scope }: Call): Value {
  const hint = `${name} needs the transform AWS::LanguageExtensions`;
  return mistake(scope, node, `Template error: Encountered unsupported function: ${name}`, hint);
}

/** How many characters a value has, before they are quoted and escaped. */
function charactersIn(value: Value): number {
  if (value.kind === 'scalar') return scalarText(value)?.length ?? 0;
  if (value.kind === 'list') return value.items.reduce((sum, item) => sum + 1 + charactersIn(item), 0);
  if (value.kind !== 'map') return 0;
  return [...value.entries].reduce((sum, [key, each]) => sum + key.length + 1 + charactersIn(each), 0);
}

function jsonOf(value: Value): unknown {
  if (value.kind === 'scalar') return value.value;
  if (value.kind === 'list') return value.items.map(jsonOf);
  return value.kind === 'map' ? Object.fromEntries([...value.entries].map(([key, each]) => [key, jsonOf(each)])) : null;
}
