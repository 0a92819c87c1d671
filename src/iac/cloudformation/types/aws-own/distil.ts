import { contentText } from '../../../../base/content.js';
import type { Json } from '../../../../base/json.js';
import { segments } from '../../../../base/json-pointer.js';
import type { ResourceType } from '../../../../compare/resource-type.js';
import type { Observation } from './observe.js';

/** A value, and on how many recorded resources it was seen. */
export type Counted = readonly [value: Json, seen: number];

/** What `data/aws-defaults.json` holds; all keys sorted. */
export interface DefaultsData {
  /** Set by AWS itself on recorded resources that nobody had touched there: by type, then path. */
  recorded: Record<string, Record<string, Counted[]>>;
  /** The value that defaults of this name have on types of several services, whatever the source; counts types. */
  usual: Record<string, Counted>;
  /** What Terraform's provider takes as the default: by type, then path. */
  mined: Record<string, Record<string, Json>>;
}

/** A mined fact about a default. */
export interface MinedDefault {
  type: string;
  path: string;
  fact: string;
  confidence: number;
  value?: Json;
}

/** Below this, the provider's property may be another one (the README beside the facts). */
const LEAST_CONFIDENCE = 0.75;

/** A name says what its value usually is where types of this many services agree … */
const LEAST_SERVICES = 2;
/** … and this many types agree for each that has another default. */
const LEAST_FOR_ONE_AGAINST = 10;

/**
 * Puts together what was seen, what was mined, and the defaults that schemas state; the same input in any order gives
 * the same data.
 */
export function distilDefaults(
  seen: readonly Observation[],
  mined: readonly MinedDefault[],
  types: readonly ResourceType[],
): DefaultsData {
  const recorded = new Map<string, Map<string, Map<string, [Json, number]>>>();
  for (const { type, path, value } of seen) {
    const values = entryOf(entryOf(recorded, type), path);
    const text = contentText(value);
    values.set(text, [value, (values.get(text)?.[1] ?? 0) + 1]);
  }
  return {
    recorded: sortedObject(recorded, placesOf),
    usual: usualOf([...seen, ...minedDefaults(mined), ...types.flatMap(statedDefaults)]),
    mined: minedOf(mined),
  };
}

function statedDefaults({ name: type, defaults }: ResourceType): Observation[] {
  return Object.entries(defaults).map(([path, value]) => ({ type, path, value }));
}

/** What one value has for it under a name. */
interface Evidence {
  value: Json;
  types: Set<string>;
}

function usualOf(seen: readonly Observation[]): DefaultsData['usual'] {
  const names = new Map<string, Map<string, Evidence>>();
  for (const { type, path, value } of seen) {
    const name = segments(path).at(-1) ?? '';
    if (name === '*' || (typeof value === 'object' && value !== null)) continue;
    const values = entryOf(names, name);
    const text = contentText(value);
    const evidence = values.get(text) ?? { value, types: new Set() };
    evidence.types.add(type);
    values.set(text, evidence);
  }
  const usual = new Map<string, Counted>();
  for (const [name, values] of names) {
    const [best, ...others] = [...values.values()].sort((left, right) => right.types.size - left.types.size);
    if (best === undefined) continue;
    const against = others.reduce((sum, { types }) => sum + types.size, 0);
    const services = new Set([...best.types].map((type) => type.split('::')[1]));
    if (services.size < LEAST_SERVICES || best.types.size < against * LEAST_FOR_ONE_AGAINST) continue;
    usual.set(name, [best.value, best.types.size]);
  }
  return sortedObject(usual, (counted) => counted);
}

function minedOf(mined: readonly MinedDefault[]): DefaultsData['mined'] {
  const types = new Map<string, Map<string, Json>>();
  for (const { type, path, value } of minedDefaults(mined)) entryOf(types, type).set(path, value);
  return sortedObject(types, (paths) => sortedObject(paths, (value) => value));
}

/** The mined defaults that are sure enough, as observations. */
function minedDefaults(facts: readonly MinedDefault[]): Observation[] {
  return facts.flatMap(({ type, path, fact, confidence, value }) =>
    fact === 'default' && confidence >= LEAST_CONFIDENCE && value !== undefined ? [{ type, path, value }] : [],
  );
}

function placesOf(paths: ReadonlyMap<string, ReadonlyMap<string, Counted>>): Record<string, Counted[]> {
  const counted = [...paths].map(([path, values]) => {
    const sorted = [...values].sort(byKey).map(([, each]) => each);
    return [path, sorted.filter(([value, seen]) => !isGivenName(path, value, seen))] as const;
  });
  return sortedObject(new Map(counted.filter(([, values]) => values.length > 0)), (values) => values);
}

/** Names that were seen once are somebody's, passed on by another resource; but for those that AWS's own things have. */
function isGivenName(path: string, value: Json, seen: number): boolean {
  if (typeof value !== 'string' || value === '' || seen > 1) return false;
  return /(?:Name|Username|Identifier|Namespace|Token|Id)$/.test(path) && !/default|aws|policy|\{/i.test(value);
}

function sortedObject<Value, Result>(
  map: ReadonlyMap<string, Value>,
  resultOf: (value: Value) => Result,
): Record<string, Result> {
  const entries = [...map].sort(byKey);
  return Object.fromEntries(entries.map(([key, value]) => [key, resultOf(value)]));
}

function byKey([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1;
}

function entryOf<Value>(map: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
  const known = map.get(key) ?? new Map<string, Value>();
  map.set(key, known);
  return known;
}
