import { isObject, type JsonObject, valueUnder } from '../../../base/json.js';
import { segments } from '../../../base/json-pointer.js';

/** What a schema says of one place, in pieces: the node itself, what it refers to, and each branch of its combinators. */
export type Pieces = readonly JsonObject[];

/** A piece and the definitions (`#/definitions/Name`) gone through to reach it. */
export interface Expanded {
  pieces: Pieces;
  references: readonly string[];
}

const COMBINATORS = ['allOf', 'anyOf', 'oneOf'] as const;

/** Gathers a node's pieces through `$ref`, `allOf`, `anyOf` and `oneOf`; references in circles are followed once. */
export function expand(schema: JsonObject, node: unknown): Expanded {
  const pieces: JsonObject[] = [];
  const references = new Set<string>();
  const waiting = [node];
  for (let next = waiting.pop(); next !== undefined || waiting.length > 0; next = waiting.pop()) {
    if (!isObject(next)) continue;
    pieces.push(next);
    const reference = next['$ref'];
    if (typeof reference === 'string' && !references.has(reference)) {
      references.add(reference);
      waiting.push(dereference(schema, reference));
    }
    for (const keyword of COMBINATORS) {
      const branches = next[keyword];
      if (Array.isArray(branches)) waiting.push(...branches);
    }
  }
  return { pieces, references: [...references] };
}

/** The nodes that describe a list's elements. */
export function itemNodes(pieces: Pieces): JsonObject[] {
  return pieces.flatMap((piece) => [piece['items']].flat().filter(isObject));
}

/** The nodes that describe the values of a map with free keys. */
export function mapValueNodes(pieces: Pieces): JsonObject[] {
  return pieces.flatMap((piece) => {
    const patterns = piece['patternProperties'];
    const nodes = isObject(patterns) ? Object.values(patterns) : [];
    return [...nodes, piece['additionalProperties']].filter(isObject);
  });
}

function dereference(schema: JsonObject, reference: string): unknown {
  return reference.startsWith('#/') ? valueUnder(schema, segments(reference.slice(1))) : undefined;
}
