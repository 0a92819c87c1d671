import { isObject, type Json } from '../base/json.js';
import { segments } from '../base/json-pointer.js';
import { MASK } from '../secrets/secret-text.js';
import { isSame, isSingle } from './values.js';
import { plainName } from './words.js';

/**
 * What parameters say of a property: `same` as its live value, certainly an`other` value, something that can't be
 * compared (`held`), or nothing.
 */
export type Held = 'same' | 'other' | 'held' | 'absent';

/** How deep below the parameters a property's name is looked for. */
const NESTED = 2;
/** What clouds write in place of secrets. */
const HIDDEN = /^(?:\*{3,}|HIDDEN_DUE_TO_SECURITY_REASONS|<sensitiveData.*)/i;

/** What unwrapped parameters say of the property at a path. */
export function heldIn(parameters: Json, path: string, live: Json | undefined): Held {
  const keys = segments(path);
  const [name] = keys;
  if (name === undefined) return 'absent';
  const answers = valuesNamed(parameters, plainName(name), NESTED).map((value) => compared(value, keys.slice(1), live));
  const patched = patches(parameters).filter(({ at }) => startsAlike(at, keys));
  answers.push(...patched.map(({ at, value }) => compared(value, keys.slice(at.length), live)));
  return (['same', 'held', 'other'] as const).find((each) => answers.includes(each)) ?? 'absent';
}

/** The names under which parameters have something, as deep as properties are looked for. */
export function namesIn(parameters: Json, depth = NESTED): Set<string> {
  const names = new Set<string>();
  collect(parameters, depth, (key) => names.add(key));
  for (const { at } of patches(parameters)) names.add(plainName(at[0] ?? ''));
  return names;
}

function valuesNamed(parameters: Json, name: string, depth: number): Json[] {
  const found: Json[] = [];
  collect(parameters, depth, (key, value) => {
    if (key === name) found.push(value);
  });
  return found;
}

/** Tells each key with its value; of a pair of name and value (`attributeName`, `attributeValue`) the name is one, too. */
function collect(value: Json, depth: number, tell: (key: string, value: Json) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, depth, tell);
    return;
  }
  if (!isObject(value)) return;
  const { attributeName, attributeValue } = value;
  if (typeof attributeName === 'string') tell(plainName(attributeName), attributeValue ?? null);
  for (const [key, inner] of Object.entries(value)) {
    tell(plainName(key), inner);
    if (depth > 0) collect(inner, depth - 1, tell);
  }
}

/** Compares what is below a value at such a path with the live one; where a list is on the way, any of its elements. */
function compared(value: Json, keys: readonly string[], live: Json | undefined): Held {
  const [key, ...rest] = keys;
  if (live === undefined) return value === null ? 'same' : 'held';
  if (key === undefined) {
    if (hides(value) || hides(live)) return 'held';
    if (isSame(value, live)) return 'same';
    return isSingle(value) && isSingle(live) ? 'other' : 'held';
  }
  if (Array.isArray(value)) {
    const below = /^\d+$/.test(key) ? rest : keys;
    return value.some((item) => compared(item, below, live) === 'same') ? 'same' : 'held';
  }
  if (isObject(value)) {
    const inner = Object.entries(value).find(([name]) => plainName(name) === plainName(key));
    // What is hidden, or told in another form, may still hold it.
    return inner === undefined ? 'held' : compared(inner[1], rest, live);
  }
  return /^\d+$/.test(key) && rest.length === 0 && isSame(value, live) ? 'same' : 'held';
}

function hides(value: Json): boolean {
  return typeof value === 'string' && (value === MASK || HIDDEN.test(value));
}

/** Operations of a patch (`{op, path: '/tracingEnabled', value}`), as paths with their values. */
function patches(value: Json, depth = NESTED + 1): { at: string[]; value: Json }[] {
  if (Array.isArray(value)) return value.flatMap((item) => patches(item, depth));
  if (!isObject(value) || depth < 0) return [];
  const { path, value: set } = value;
  if (typeof path === 'string' && path.startsWith('/')) return [{ at: segments(path), value: set ?? null }];
  return Object.values(value).flatMap((inner) => patches(inner, depth - 1));
}

function startsAlike(at: readonly string[], keys: readonly string[]): boolean {
  return at.length <= keys.length && at.every((key, index) => plainName(key) === plainName(keys[index] ?? ''));
}
