import type { Json, JsonObject } from '../../base/json.js';
import { child, segments } from '../../base/json-pointer.js';
import { valueAt } from '../../value/value.js';
import { pathPatterns, pathTable } from '../path-pattern.js';
import type { ResourceType } from '../resource-type.js';
import { VOLATILE, type VolatileLine } from './volatile-data.js';

/** The lines that say what moves by itself on resources of a type. */
export function volatileLines(type: string): VolatileLine[] {
  return VOLATILE.filter((line) => covers(line.type, type));
}

/** Finds the line that says why a place of a type moves by itself; for all places of a model. */
export function volatileOf(
  name: string,
  type: ResourceType | undefined,
): (path: string, live: JsonObject) => VolatileLine | undefined {
  const table = pathTable(volatileLines(name).map((line) => [line.path, line] as const));
  const authors = pathPatterns([...(type?.maps ?? []), ...(type?.documents ?? [])]);
  return (path, live) => {
    let at = '';
    for (const key of segments(path)) {
      const isAuthors = at !== '' && authors.covers(at);
      at = child(at, key);
      const line = table.at(at).find((each) => (!isAuthors || !each.path.startsWith('/**/')) && holds(each, live));
      if (line !== undefined) return line;
    }
    return undefined;
  };
}

function covers(pattern: string, type: string): boolean {
  return pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
}

function holds({ where }: VolatileLine, live: JsonObject): boolean {
  return where === undefined || isAt(live, where.path, where.is);
}

/** Whether a value stands at a pointer; without one, whether anything does. */
export function isAt(live: JsonObject, pointer: string, wanted: Json | undefined): boolean {
  const found = valueAt(live, pointer);
  return wanted === undefined ? found !== undefined && found !== null && found !== '' : found === wanted;
}
