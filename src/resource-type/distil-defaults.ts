import { contentText } from '../base/content.js';
import { isObject, type Json, type JsonObject } from '../base/json.js';
import { child } from '../base/json-pointer.js';
import { LEAST_CONFIDENCE, type MinedFact } from './mined.js';

/** What was observed of a type: defaults by place (`*` for indices), and places whose value AWS makes up. */
export interface ObservedDefaults {
  defaults: Map<string, Set<string>>;
  generated: Set<string>;
}

/** A recorded resource, as far as it tells what AWS set by itself. */
export interface RecordedDefaults {
  type: string;
  physicalId: string;
  live: JsonObject;
  atDefault: string[];
  generated: string[];
  context: { accountId?: string; region?: string };
}

/** A default counts as usual where this many types of at least two services have it, and hardly any has another. */
const MANY_TYPES = 3;
const MOST = 0.9;

/**
 * What was seen as a default, and is none for resources of that type as such: it goes by what else is declared, which the
 * severity rules ask for.
 */
const CONDITIONAL: ReadonlySet<string> = new Set([
  // Off beside a key of one's own; else on since October 2022.
  'AWS::SQS::Queue /SqsManagedSseEnabled',
  // By the subnets: true in the default VPC.
  'AWS::RDS::DBInstance /PubliclyAccessible',
]);

/** Gathers what recorded resources have without having declared it: as text (JSON), by type and place. */
export function observedDefaults(cases: readonly RecordedDefaults[]): Map<string, ObservedDefaults> {
  const types = new Map<string, ObservedDefaults>();
  for (const one of cases) {
    const known = types.get(one.type) ?? { defaults: new Map(), generated: new Set() };
    types.set(one.type, known);
    for (const path of one.atDefault) {
      for (const [place, value] of leavesAt(one.live, path)) {
        if (!isItsOwn(value, one) && !CONDITIONAL.has(`${one.type} ${place}`))
          known.defaults.set(place, (known.defaults.get(place) ?? new Set()).add(value));
      }
    }
    for (const path of one.generated) known.generated.add(shapeOf(path));
  }
  for (const { defaults, generated } of types.values()) {
    for (const [place, values] of defaults) {
      if (!isChosen(values)) continue;
      defaults.delete(place);
      generated.add(place);
    }
  }
  return types;
}

/** Whether AWS has chosen another value each time, as a maintenance window. */
function isChosen(values: ReadonlySet<string>): boolean {
  return values.size > 3 && [...values].every((text) => /^".*\d/.test(text));
}

/** Defaults by the property's name alone, for types that were never observed. */
export function usualDefaults(observed: ReadonlyMap<string, ObservedDefaults>): Map<string, string[]> {
  const seen = new Map<string, Map<string, Set<string>>>();
  for (const [type, { defaults }] of observed) {
    for (const [place, values] of defaults) {
      const name = nameOf(place);
      const byValue = seen.get(name) ?? new Map<string, Set<string>>();
      seen.set(name, byValue);
      for (const value of values) byValue.set(value, (byValue.get(value) ?? new Set()).add(type));
    }
  }
  const usual = new Map<string, string[]>();
  for (const [name, byValue] of seen) {
    const all = [...byValue.values()].reduce((sum, types) => sum + types.size, 0);
    const values = [...byValue].filter(([, types]) => isUsual(types, all)).map(([value]) => value);
    if (values.length > 0) usual.set(name, values);
  }
  return usual;
}

/**
 * The file's text: a line a type, sorted, with its name, a tab, and JSON; the first line, of `*`, has the usual ones.
 * `decodeDefaults` reads it.
 */
export function encodeDefaults(
  observed: ReadonlyMap<string, ObservedDefaults>,
  usual: ReadonlyMap<string, readonly string[]>,
  mined: readonly MinedFact[],
): string {
  const types = new Map<string, { recorded?: object; generated?: string[]; mined?: Record<string, Json[]> }>();
  for (const [type, { defaults, generated }] of observed) {
    types.set(type, {
      ...(defaults.size > 0 ? { recorded: sortedObject(defaults) } : {}),
      ...(generated.size > 0 ? { generated: [...generated].sort() } : {}),
    });
  }
  for (const { type, path, fact, confidence, value } of mined) {
    if (fact !== 'default' || confidence < LEAST_CONFIDENCE || value === undefined) continue;
    const known = types.get(type) ?? {};
    known.mined = { ...known.mined, [path]: [...(known.mined?.[path] ?? []), value] };
    types.set(type, known);
  }
  const lines = [...types]
    .filter(([, known]) => Object.keys(known).length > 0)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const all: [string, unknown][] = [['*', sortedObject(usual)], ...lines];
  return `${all.map(([name, known]) => `${name}\t${JSON.stringify(known)}`).join('\n')}\n`;
}

function sortedObject(map: ReadonlyMap<string, Iterable<string>>): Record<string, Json[]> {
  const entries = [...map].sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(
    entries.map(([key, values]) => [key, [...values].sort().map((text) => JSON.parse(text) as Json)]),
  );
}

/** The scalars, lists and empty objects at a recorded path, each by its place. `[Name]` in the path names an element. */
function leavesAt(live: JsonObject, path: string): [string, string][] {
  let value: Json | undefined = live;
  for (const key of path.split(/[/[]/).slice(1)) {
    const name = key.endsWith(']') ? key.slice(0, -1) : undefined;
    if (Array.isArray(value))
      value = name === undefined ? value[Number(key)] : value.find((item) => isNamed(item, name));
    else value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  if (value === undefined) return [];
  // What makes an element of a list another one is no default of its own.
  return path.endsWith(']') ? [[shapeOf(path), contentText(value)]] : leavesOf(value, shapeOf(path));
}

function isNamed(item: Json, name: string): boolean {
  return isObject(item) && ['Name', 'Id', 'Key', 'RuleName', 'AttributeName'].some((key) => item[key] === name);
}

function leavesOf(value: Json, place: string): [string, string][] {
  if (!isObject(value) || Object.keys(value).length === 0) return [[place, contentText(value)]];
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, child(place, key)));
}

function shapeOf(path: string): string {
  return path.replace(/\[[^[\]]*\]/g, '/*').replace(/\/\d+(?=\/|$)/g, '/*');
}

function nameOf(place: string): string {
  return place.slice(place.lastIndexOf('/') + 1);
}

function isUsual(types: ReadonlySet<string>, all: number): boolean {
  const services = new Set([...types].map((type) => type.split('::')[1]));
  return types.size >= MANY_TYPES && services.size > 1 && types.size / all >= MOST;
}

/** Texts in which a resource, its account, its region or the recording is named, or that AWS has made up, are nobody's default. */
const MADE_UP =
  /(?:subnet|sg|vpc|eni|acl|igw|rtb|ami|lt|vol|eipalloc)-[0-9a-f]{8}|[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{16}|\d{9}|[A-Za-z0-9]{20}|cdkrd|hunt/i;

function isItsOwn(text: string, { physicalId, context: { accountId, region } }: RecordedDefaults): boolean {
  return [physicalId, accountId, region].some((own) => own && text.includes(own)) || MADE_UP.test(text);
}
