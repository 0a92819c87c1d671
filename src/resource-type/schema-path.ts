import type { JsonObject } from '../json.js';
import { pointerOf, segments } from '../json-pointer.js';
import { expand, expandAll, itemNodes, mapValueNodes, type Pieces, propertyNodes } from './schema-node.js';

const ELEMENT_WORDS = new Set(['*', 'items', '[]']);

/**
 * Turns a path as registry schemas spell it into a pointer into a resource's properties, with `*` for list indices and
 * free map keys. AWS's schemas spell the same place in many ways, all seen: `/properties/A/*​/B`, `/properties/A/B` where
 * A is a list, `/properties/A/items/B`, `/properties/A/properties/B`, `/properties/A.B`, `properties/A`.
 * The schema's own structure decides. Returns undefined for a path that is not below `/properties`.
 */
export function normalisePath(schema: JsonObject, path: string): string | undefined {
  const [head, ...keys] = segments(path.startsWith('/') ? path : `/${path}`);
  if (head !== 'properties' || keys.length === 0) return undefined;
  const found: string[] = [];
  let pieces = expand(schema, schema).pieces;
  while (keys.length > 0) {
    const key = keys.shift() ?? '';
    const step = descend(schema, pieces, key);
    if (step === undefined && key.includes('.')) {
      keys.unshift(...key.split('.'));
      continue;
    }
    found.push(...(step?.keys ?? [key]));
    pieces = step?.pieces ?? [];
  }
  return pointerOf(found);
}

interface Step {
  keys: string[];
  pieces: Pieces;
}

/** One step of a path; undefined where the schema does not know the key. */
function descend(schema: JsonObject, pieces: Pieces, key: string): Step | undefined {
  const properties = propertyNodes(pieces, key);
  if (properties.length > 0) return { keys: [key], pieces: expandAll(schema, properties) };
  const items = expandAll(schema, itemNodes(pieces));
  const values = expandAll(schema, mapValueNodes(pieces));
  if (ELEMENT_WORDS.has(key)) return { keys: ['*'], pieces: items.length > 0 ? items : values };
  if (key === 'properties') return { keys: [], pieces };
  if (items.length > 0) {
    const inside = descend(schema, items, key);
    return inside && { keys: ['*', ...inside.keys], pieces: inside.pieces };
  }
  return values.length > 0 ? { keys: [key], pieces: values } : undefined;
}
