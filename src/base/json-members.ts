import { isObject, type Json, type JsonObject } from './json.js';

/** The text under a key. */
export function textIn(holder: JsonObject, key: string): string | undefined {
  const value = Object.hasOwn(holder, key) ? holder[key] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The object under a key; empty where there is none. */
export function objectIn(holder: JsonObject, key: string): JsonObject {
  const value = Object.hasOwn(holder, key) ? holder[key] : undefined;
  return isObject(value) ? value : {};
}

/** The texts in a list; none where it is no list. */
export function textsIn(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** The objects in an object, by key. */
export function childrenIn(value: Json | undefined): Map<string, JsonObject> {
  const own = isObject(value) ? Object.entries(value) : [];
  return new Map(own.flatMap(([key, each]) => (isObject(each) ? [[key, each] as const] : [])));
}

/** The object that a text holds as JSON; undefined where it holds anything else. */
export function objectOf(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
