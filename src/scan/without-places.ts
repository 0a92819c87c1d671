import { isObject, type Json } from '../base/json.js';
import { segments } from '../base/json-pointer.js';
import type { UndeclaredValue } from '../model/comparison.js';

/** Undeclared values without what stands at some places in them; what is then empty, and was not, goes as well. */
export function withoutPlaces(
  values: readonly UndeclaredValue[],
  places: readonly { path: string }[],
): UndeclaredValue[] {
  if (places.length === 0) return [...values];
  return values.flatMap((value) => {
    const within = places.filter(({ path }) => `${path}/`.startsWith(`${value.path}/`));
    const live = without(
      value.live,
      within.map(({ path }) => segments(path.slice(value.path.length))),
    );
    return live === undefined ? [] : [{ ...value, live }];
  });
}

function without(value: Json, places: readonly string[][]): Json | undefined {
  if (places.length === 0) return value;
  if (places.some((keys) => keys.length === 0)) return undefined;
  function inner(key: string, member: Json): Json | undefined {
    return without(
      member,
      places.filter(([first]) => first === key).map(([, ...rest]) => rest),
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
