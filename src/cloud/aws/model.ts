import { isObject, type JsonObject } from '../../base/json.js';

/** A model that AWS sends as a JSON string; undefined when it is missing, broken or no object. */
export function parseModel(text: string | undefined): JsonObject | undefined {
  if (text === undefined) return undefined;
  try {
    const model: unknown = JSON.parse(text);
    return isObject(model) ? model : undefined;
  } catch {
    return undefined;
  }
}
