import { isObject, type Json, type JsonObject } from '../base/json.js';
import { isPlainMap, isUnresolved, type Plain, type PlainObject, unresolved } from '../value/value.js';
import type { Definition } from './types.js';

/**
 * The two models with a definition in one form: what is declared as an object is an object in the live model, too, and
 * names are replaced as the service replaces them.
 */
export function withDefinition(definition: Definition | undefined, desired: PlainObject, live: JsonObject) {
  if (definition === undefined) return { desired, live };
  const { text, object, substitutions } = definition;
  const values = desired[substitutions];
  const own = { ...desired };
  for (const key of [text, object]) {
    const declared = own[key];
    // A model may give it back as it was sent.
    if (declared === undefined || declared === live[key]) continue;
    if (isPlainMap(values)) own[key] = substituted(declared, values);
  }
  const parsed = own[object] !== undefined && live[object] === undefined ? objectOf(live[text]) : undefined;
  if (parsed === undefined) return { desired: own, live };
  const { [text]: _, ...others } = live;
  return { desired: own, live: { ...others, [object]: parsed } };
}

function substituted(value: Plain, values: PlainObject): Plain {
  if (Array.isArray(value)) return value.map((item) => substituted(item, values));
  if (isPlainMap(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substituted(item, values)]));
  }
  return typeof value === 'string' ? substitutedText(value, values) : value;
}

function substitutedText(text: string, values: PlainObject): Plain {
  let unknown: Plain | undefined;
  const result = text.replace(/\$\{([\w.-]+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined || value === null) return whole;
    if (isUnresolved(value)) unknown = unresolved(value.message, value);
    return typeof value === 'object' ? whole : String(value);
  });
  return unknown ?? result;
}

function objectOf(text: Json | undefined): JsonObject | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
