/** A JSON value, as AWS returns it and as reports write it. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** True for a plain JSON object: neither an array nor null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What an object has under keys, one in the other; undefined where it has nothing there, or a list on the way. */
export function valueUnder(value: Json | undefined, keys: readonly string[]): Json | undefined {
  return keys.reduce<Json | undefined>(
    (holder, key) => (isObject(holder) && Object.hasOwn(holder, key) ? holder[key] : undefined),
    value,
  );
}

/** Deeper than any resource's properties are; what comparing and printing walk through recursively stays below it. */
export const MAX_DEPTH = 200;

/** More values than any resource has: a list of 10,000 addresses is the longest that is known. */
export const MAX_LIVE_VALUES = 25_000;

/** Whether a value of bounded depth is made of more values than a limit. */
export function isLargerThan(value: Json, limit: number): boolean {
  let left = limit;
  function count(each: Json): void {
    left -= 1;
    if (left < 0 || typeof each !== 'object' || each === null) return;
    for (const member of Object.values(each)) count(member);
  }
  count(value);
  return left < 0;
}

/** Whether a value is nested deeper than a limit; looks level by level, since a hostile value would overflow the stack. */
export function isDeeperThan(value: Json, limit: number): boolean {
  let level: Json[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    const next: Json[] = [];
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue;
      const members = Object.values(item);
      if (depth >= limit && members.length > 0) return true;
      for (const member of members) if (typeof member === 'object' && member !== null) next.push(member);
    }
    level = next;
  }
  return false;
}
