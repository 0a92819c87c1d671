import { isObject, type Json } from '../base/json.js';
import { isWithin, segments } from '../base/json-pointer.js';
import type { UndeclaredValue } from '../model/comparison.js';

/** A place in an undeclared value, and what is to stand there instead, if anything. */
export interface PlaceToEmpty {
  path: string;
  instead?: Json | undefined;
}

/**
 * Undeclared values without what stands at some places in them, or with something else there; what is then empty, and
 * was not, goes as well.
 */
export function withoutPlaces(values: readonly UndeclaredValue[], places: readonly PlaceToEmpty[]): UndeclaredValue[] {
  if (places.length === 0) return [...values];
  return values.flatMap((value) => {
    const within = places.flatMap(({ path, instead }) =>
      isWithin(path, value.path) ? [{ keys: segments(path.slice(value.path.length)), instead }] : [],
    );
    const live = without(value.live, within);
    return live === undefined ? [] : [{ ...value, live }];
  });
}

function without(value: Json, places: readonly { keys: string[]; instead: Json | undefined }[]): Json | undefined {
  if (places.length === 0) return value;
  const here = places.find(({ keys }) => keys.length === 0);
  if (here !== undefined) return here.instead;
  function inner(key: string, member: Json): Json | undefined {
    const below = places.filter(({ keys: [first] }) => first === key);
    return without(
      member,
      below.map(({ keys: [, ...keys], instead }) => ({ keys, instead })),
    );
  }
  if (Array.isArray(value)) {
    const items = value.flatMap((item, index) => {
      const kept = inner(String(index), item);
      return kept === undefined ? [] : [kept];
    });
    return items.length === 0 ? undefined : items;
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value).flatMap(([key, member]) => {
    const kept = inner(key, member);
    return kept === undefined ? [] : [[key, kept] as const];
  });
  return members.length === 0 ? undefined : Object.fromEntries(members);
}
