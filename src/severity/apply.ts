import type { Json } from '../base/json.js';
import { isPlainMap, type Plain, type PlainObject } from '../value/value.js';

/** A place that gets a live value, or loses what it has. */
export interface Edit {
  keys: readonly string[];
  live: Json | undefined;
}

/**
 * A value with some places in it changed, none of which is inside of another. The next free index of a list appends, and
 * an element that is removed leaves a null, so that all others stay where they are. One value may stand for a list of one,
 * as in policies.
 */
export function withEdits(value: Plain | undefined, edits: readonly Edit[], depth = 0): Plain | undefined {
  if (edits.length === 0) return value;
  const byKey = new Map<string, Edit[]>();
  for (const edit of edits) {
    const key = edit.keys[depth];
    if (key === undefined) return edit.live;
    const known = byKey.get(key);
    if (known) known.push(edit);
    else byKey.set(key, [edit]);
  }
  const items = itemsOf(value, [...byKey.keys()]);
  return items === undefined ? editedObject(value, byKey, depth) : editedList(items, byKey, depth);
}

type ByKey = ReadonlyMap<string, readonly Edit[]>;

function editedList(items: readonly Plain[], byKey: ByKey, depth: number): Plain[] {
  const edited = [...items];
  for (const [key, edits] of byKey) {
    const index = Math.min(Number(key), edited.length);
    edited[index] = withEdits(items[index], edits, depth + 1) ?? null;
  }
  return edited;
}

function editedObject(value: Plain | undefined, byKey: ByKey, depth: number): PlainObject {
  const object = new Map<string, Plain>(isPlainMap(value) ? Object.entries(value) : []);
  for (const [key, edits] of byKey) {
    const member = withEdits(object.get(key), edits, depth + 1);
    if (member === undefined) object.delete(key);
    else object.set(key, member);
  }
  // `fromEntries` defines properties, so that a `__proto__` key stays data.
  return Object.fromEntries(object);
}

/** The list that keys are indices of, if they are. */
function itemsOf(value: Plain | undefined, keys: readonly string[]): readonly Plain[] | undefined {
  if (Array.isArray(value)) return value;
  if (value === undefined || !keys.every((key) => /^\d+$/.test(key))) return undefined;
  return isPlainMap(value) && keys.some((key) => Object.hasOwn(value, key)) ? undefined : [value];
}
