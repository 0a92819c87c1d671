import type { JsonObject } from '../base/json.js';

/** Two names of one member, one of which services return for the other (GuardDuty API reference, Condition). */
const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['Eq', 'Equals'],
  ['Neq', 'NotEquals'],
  ['Gt', 'GreaterThan'],
  ['Gte', 'GreaterThanOrEqual'],
  ['Lt', 'LessThan'],
  ['Lte', 'LessThanOrEqual'],
]);

const BOTH_WAYS: ReadonlyMap<string, string> = new Map(
  [...SYNONYMS].flatMap(([short, long]) => [
    [short.toLowerCase(), long.toLowerCase()] as const,
    [long.toLowerCase(), short.toLowerCase()] as const,
  ]),
);

/**
 * The name under which a live object has a member that it lacks under its own: in another case (`name`, `Name`), or, of
 * a type's own names, by a synonym (`Gte`, `GreaterThanOrEqual`). Undefined where there is none, or more than one.
 */
export function respelling(key: string, live: JsonObject, synonyms: boolean): string | undefined {
  const lower = key.toLowerCase();
  const synonym = synonyms ? BOTH_WAYS.get(lower) : undefined;
  const found = Object.keys(live).filter((name) => name.toLowerCase() === lower || name.toLowerCase() === synonym);
  return found.length === 1 ? found[0] : undefined;
}
