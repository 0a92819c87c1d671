import type { JsonObject } from '../../../src/base/json.js';
import { type Place, ServiceError } from '../support/services.js';
import type { XmlNode } from '../support/xml.js';

/** Reads a resource's model, as AWS's read handler of the type gives it. Rejects with a `ServiceError`. */
export type ReadModel = (place: Place, identifier: string) => Promise<JsonObject>;

/** A model without what the service did not tell. */
export function told(model: Record<string, JsonObject[string] | undefined>): JsonObject {
  return Object.fromEntries(
    Object.entries(model).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

/** Tags of any spelling as `[{Key, Value}]`; undefined where there are none. */
export function tagList(tags: readonly (readonly [string | undefined, string | undefined])[]) {
  return tags.length === 0 ? undefined : tags.map(([Key = '', Value = '']) => ({ Key, Value }));
}

/** The tags in an XML list of `key` and `value`, however capitalised. */
export function xmlTags(items: readonly XmlNode[]) {
  return tagList(
    items.map((item) => [item.textOf('key') ?? item.textOf('Key'), item.textOf('value') ?? item.textOf('Value')]),
  );
}

/** What a question tells, or undefined where there is nothing of the kind (an error with one of these codes). */
export async function unlessMissing<T>(question: Promise<T>, ...codes: string[]): Promise<T | undefined> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof ServiceError && codes.includes(error.code)) return undefined;
    throw error;
  }
}
