import type { Json, JsonObject } from '../../../../base/json.js';
import { child, segments } from '../../../../base/json-pointer.js';
import { pathPatterns, pathTable } from '../../../../base/path-pattern.js';
import type { ResourceType } from '../../../../compare/resource-type.js';
import { valueAt } from '../../../../value/value.js';
import { VOLATILE, type VolatileLine } from './volatile-data.js';

/** The lines that say what moves by itself on resources of a type. */
export function volatileLines(type: string): VolatileLine[] {
  return VOLATILE.filter((line) => covers(line.type, type));
}

/** What stands in a filter is compared with what moves, and does not move itself. */
const FILTER = /(?:Filters?|Criteria|Conditions?)$/;

/** Finds the lines that say why a place of a type moves by itself; each counts only where it `holds`. */
export function volatileOf(name: string, type: ResourceType | undefined): (path: string) => VolatileLine[] {
  const table = pathTable(volatileLines(name).map((line) => [line.path, line] as const));
  const authors = pathPatterns([...(type?.maps ?? []), ...(type?.documents ?? [])]);
  return (path) => {
    const found: VolatileLine[] = [];
    let at = '';
    let isAuthors = false;
    for (const key of segments(path)) {
      isAuthors ||= (at !== '' && authors.has(at)) || FILTER.test(at);
      at = child(at, key);
      found.push(...table.at(at).filter((line) => !isAuthors || !line.path.startsWith('/**/')));
    }
    return found;
  };
}

function covers(pattern: string, type: string): boolean {
  return pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
}

/** Whether what a line asks for stands in the same model. */
export function holds({ where }: VolatileLine, live: JsonObject): boolean {
  return where === undefined || isAt(live, where.path, where.is);
}

/** Whether a value stands at a pointer; without one, whether anything does. */
export function isAt(live: JsonObject, pointer: string, wanted: Json | undefined): boolean {
  const found = valueAt(live, pointer);
  return wanted === undefined ? found !== undefined && found !== null && found !== '' : found === wanted;
}
