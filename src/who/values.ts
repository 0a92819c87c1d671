import { isObject, type Json } from '../base/json.js';
import { plainName } from './words.js';

/** What may be asked of lists and objects at most; events are no larger than 256 kB. */
const DEEPEST = 16;

/** Parameters as they were meant: lists and values without what a protocol wraps them in, documents parsed. */
export function unwrapped(value: Json, depth = 0): Json {
  if (depth > DEEPEST) return null;
  if (Array.isArray(value)) return value.map((item) => unwrapped(item, depth + 1));
  if (!isObject(value)) return value;
  const keys = Object.keys(value);
  const [only = ''] = keys;
  if (keys.length === 1 && (only === 'items' || only === 'member' || only === 'value')) {
    return unwrapped(value[only] ?? null, depth + 1);
  }
  return Object.fromEntries(keys.map((key) => [key, unwrapped(value[key] ?? null, depth + 1)]));
}

/** Whether two values say the same, whatever the case of keys, the order of lists, and numbers that are written as texts. */
export function isSame(one: Json, other: Json, depth = 0): boolean {
  if (depth > DEEPEST) return false;
  const [left, right] = [parsed(one), parsed(other)];
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    const rest = [...right];
    return left.every((item) => {
      const at = rest.findIndex((each) => isSame(item, each, depth + 1));
      if (at >= 0) rest.splice(at, 1);
      return at >= 0;
    });
  }
  if (isObject(left) || isObject(right)) {
    if (!isObject(left) || !isObject(right)) return false;
    const named = new Map(Object.entries(right).map(([key, value]) => [plainName(key), value]));
    const entries = Object.entries(left);
    if (entries.length !== named.size) return false;
    return entries.every(([key, value]) => {
      const counterpart = named.get(plainName(key));
      return counterpart !== undefined && isSame(value, counterpart, depth + 1);
    });
  }
  return textOf(left) === textOf(right);
}

/** Whether a value is a single one, so that another one is certainly not the same. */
export function isSingle(value: Json): boolean {
  const plain = parsed(value);
  return plain !== null && typeof plain !== 'object';
}

function textOf(value: Json): string {
  const text = String(value);
  return /^(?:true|false|null)$/i.test(text) ? text.toLowerCase() : text;
}

/** Policies and the like are sent as texts. */
function parsed(value: Json): Json {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}
