import { contentText } from '../../../../base/content.js';
import { isObject, type Json, type JsonObject } from '../../../../base/json.js';
import { child, segments } from '../../../../base/json-pointer.js';
import { pathPatterns } from '../../../../base/path-pattern.js';
import type { ResourceTypes } from '../../../../compare/types.js';
import { general, isUnset } from './general.js';

/** A recorded resource (`../shared/recorded`): what AWS returned, and what of it AWS set by itself. */
export interface RecordedCase {
  type: string;
  physicalId?: string;
  declared: JsonObject;
  live: JsonObject | null;
  /** Paths that really were changed. */
  drift: readonly string[];
  /** Live-only paths; `[key]` behind a name stands for the element that has this key. */
  atDefault: readonly string[];
  generated: readonly string[];
  undeclared: readonly string[];
  context: { accountId?: string; region?: string };
}

/** A value that AWS has set by itself; `*` stands for any index of a list. */
export interface Observation {
  type: string;
  path: string;
  /** As any account would have it (see `general`). */
  value: Json;
}

/** What AWS was seen to set by itself on a recorded resource. */
export function observationsOf(one: RecordedCase, types: ResourceTypes): Observation[] {
  if (one.live === null) return [];
  const type = types.get(one.type);
  const documents = pathPatterns(type?.documents ?? []);
  const known = pathPatterns([...(type?.readOnly ?? []), ...(type?.primaryIdentifier ?? [])]);
  const touched = [...one.undeclared, ...one.drift].map((path) => path.replace(/\[[^[\]]*\](?=\/|$)/g, ''));
  const { live } = one;
  const told = [...one.atDefault, ...one.generated].flatMap((path) => resolved(live, path));
  const found = [...told, ...unset(live, one.declared, '')].flatMap((place) => withMembers(place, documents.covers));
  return found.flatMap(({ path, value }) => {
    if (known.covers(path) || touched.some((each) => path === each || path.startsWith(`${each}/`))) return [];
    const seen = general(value, { physicalId: one.physicalId, ...one.context });
    return isOneOf(seen) || OF_THE_RECORDING.test(contentText(seen)) ? [] : [{ type: one.type, path, value: seen }];
  });
}

/** Names that whoever recorded gave to things. */
const OF_THE_RECORDING = /cdkrd|cdkreal/i;

interface Seen {
  path: string;
  value: Json;
}

/** The places that a path of the recording means. */
function resolved(live: JsonObject, path: string): Seen[] {
  let places: Seen[] = [{ path: '', value: live }];
  for (const [, name = '', key] of path.matchAll(/\/([^/[\]]+)(?:\[([^[\]]*)\](?=\/|$))?/g)) {
    const [property = ''] = segments(`/${name}`);
    places = places.flatMap((place) => member(place, property));
    if (key !== undefined) places = places.flatMap((place) => keyed(place, key));
  }
  return places;
}

function member({ path, value }: Seen, property: string): Seen[] {
  const isIndex = Array.isArray(value) && /^\d+$/.test(property);
  const found = isIndex ? value[Number(property)] : isObject(value) ? value[property] : undefined;
  return found === undefined ? [] : [{ path: isIndex ? `${path}/*` : child(path, property), value: found }];
}

/** An element's key is one of its members, or several, separated by `|`. */
function keyed({ path, value }: Seen, key: string): Seen[] {
  if (!Array.isArray(value)) return [];
  const wanted = new Set([key, ...key.split('|')]);
  const items = value.filter((item) => {
    if (!isObject(item)) return String(item) === key;
    const texts = new Set(
      Object.values(item)
        .filter((each) => typeof each !== 'object')
        .map(String),
    );
    return texts.has(key) || (wanted.size > 2 && [...wanted].slice(1).every((part) => texts.has(part)));
  });
  return items.map((item) => ({ path: `${path}/*`, value: item }));
}

/** Live-only values of an untouched resource that say that something is off, or that there is none. */
function unset(live: Json, declared: Json | undefined, path: string): Seen[] {
  if (isObject(live) && Object.keys(live).length > 0) {
    if (declared !== undefined && (!isObject(declared) || declared['$unresolved'] === true)) return [];
    return Object.entries(live).flatMap(([key, value]) => unset(value, declared?.[key], child(path, key)));
  }
  if (isAttributes(live, path)) return undeclaredAttributes(live, declared, path);
  if (declared === undefined) return isUnset(live) ? [{ path, value: live }] : [];
  if (!Array.isArray(live) || !Array.isArray(declared) || live.length !== 1 || declared.length !== 1) return [];
  const [only = null] = live;
  return isObject(only) ? unset(only, declared[0], `${path}/*`) : [];
}

/** Attributes of load balancers and their like: pairs by key, of which services return all that there are. */
function isAttributes(live: Json, path: string): live is JsonObject[] {
  return Array.isArray(live) && live.length > 0 && path.endsWith('Attributes') && live.every(isPair);
}

function isPair(item: Json): boolean {
  return isObject(item) && Object.keys(item).length === 2 && Object.hasOwn(item, 'Key') && Object.hasOwn(item, 'Value');
}

function undeclaredAttributes(live: readonly JsonObject[], declared: Json | undefined, path: string): Seen[] {
  if (declared !== undefined && !Array.isArray(declared)) return [];
  const keys = new Set((declared ?? []).map((item) => (isObject(item) ? item['Key'] : undefined)));
  return live.filter((item) => !keys.has(item['Key'])).map((item) => ({ path: `${path}/*`, value: item }));
}

/** An object, and all of its members; lists, their elements and documents are set as a whole. */
function withMembers(place: Seen, isDocument: (path: string) => boolean): Seen[] {
  const { path, value } = place;
  if (!isObject(value) || path.endsWith('/*') || isDocument(path)) return [place];
  const members = Object.entries(value).map(([key, each]) => ({ path: child(path, key), value: each }));
  return [place, ...members.flatMap((each) => withMembers(each, isDocument))];
}

/** Longer texts are somebody's own. */
const LONGEST = 200;

/** What is made for one resource: identifiers, addresses, zones, times that AWS drew by lot. */
const ONE_OF = [
  /\b[a-z]{1,12}-(?:[0-9a-f]{8}|[0-9a-f]{17})\b/,
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-/,
  /\b[a-z]{2,4}\d-az\d\b/,
  /\b[a-z]{2}(?:-[a-z]+)+-\d[a-z]\b/,
  /\b(?!0\.0\.0\.0)(?:\d{1,3}\.){3}\d{1,3}(?!\d*\/1?\d$)/,
  /[0-9a-f]{4}:[0-9a-f:]*::/,
  /^[a-z]{3}:\d\d:\d\d-/,
  /^\d\d:\d\d(?:-\d\d:\d\d)?$/,
  /^\d{4}-\d\d-\d\dT/,
  /-(?=[A-Za-z0-9]*[A-Z])(?=[A-Za-z0-9]*[a-z0-9])[A-Za-z0-9]{12,16}(?:\.fifo)?$/,
  /-(?=[a-z0-9]*\d[a-z])[a-z0-9]{12,16}$/,
  /\{physicalId\}-\d+$/,
];

function isOneOf(value: Json): boolean {
  if (typeof value === 'string') return value.length > LONGEST || ONE_OF.some((each) => each.test(value));
  return typeof value === 'object' && value !== null && Object.values(value).some(isOneOf);
}
