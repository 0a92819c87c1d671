import { isObject } from '../../../base/json.js';
import type { ResourceType } from '../../../compare/resource-type.js';
import { resourceTypeFromSchema } from './from-schema.js';
import { type MinedFact, withMined } from './mined.js';
import { listPlaces } from './schema-walk.js';

/**
 * What the index keeps of a type: what its registry schema says, and what was mined of its properties. Throws a
 * `DriftError` (code `provider`) where it is no such schema.
 */
export function distilType(schema: unknown, mined: readonly MinedFact[]): ResourceType {
  const type = resourceTypeFromSchema(schema);
  if (!isObject(schema) || mined.length === 0) return type;
  const texts = listPlaces(schema).filter(({ pieces }) =>
    pieces.some((piece) => [piece['type']].flat().includes('string')),
  );
  return withMined(type, mined, new Set(texts.map(({ path }) => path)));
}
