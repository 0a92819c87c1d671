import { isDeeperThan, type Json, MAX_DEPTH } from '../base/json.js';
import type { Plain } from '../value/value.js';

/** A value, or the JSON document that it is the text of. */
export function asDocument(value: Plain | undefined): Plain | undefined {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    const document: Json = JSON.parse(value);
    return isDeeperThan(document, MAX_DEPTH) ? value : document;
  } catch {
    return value;
  }
}
