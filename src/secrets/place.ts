import { readFileSync } from 'node:fs';
import { segments } from '../base/json-pointer.js';
import { packageFile } from '../base/package-file.js';
import { isPlainMap, memberAt, type Plain } from '../value/value.js';
import { secretItems } from './command-lines.js';
import { isSecretPair, isValueKey } from './pairs.js';
import { isSecretName } from './secret-name.js';

/** Whose properties they are: what is secret may be told by the type or the logical ID alone. */
export interface Owner {
  type?: string | undefined;
  logicalId?: string | undefined;
}

/** What the way to a value tells of it. */
export interface Place {
  /** Whether a text here is a secret: of a list each item, of a described variable its value. */
  secret: boolean;
  /** Whether all inside is secret as well. */
  whole: boolean;
  /** How the secret places of the type go on from here. */
  paths: readonly (readonly string[])[];
  /** Of a call's arguments: the first is no part of the value that the call makes. */
  hasHead?: boolean;
}

/** A place that nothing is known of. */
export const ANYWHERE: Place = { secret: false, whole: false, paths: [] };

/** Calls whose arguments are names of things, and no part of the value. */
const NAMING_CALLS = /^(?:Ref|Condition|Fn::(?:GetAtt|ImportValue|FindInMap|GetAZs|Transform))$/;
/** Calls whose first argument is no part of the value: a condition, a delimiter, an index. */
const CALLS_WITH_HEAD = /^Fn::(?:If|Join|Select|Split)$/;

let places: Readonly<Record<string, string[]>> | undefined;

/** Where a type keeps secrets, by `data/secret-places.json`, which `npm run distil` makes of the mined facts. */
function secretPlaces(type: string): readonly string[] {
  places ??= JSON.parse(readFileSync(packageFile('data/secret-places.json'), 'utf8')) as Record<string, string[]>;
  return Object.hasOwn(places, type) ? (places[type] ?? []) : [];
}

/** The place of a resource's properties. */
export function propertiesOf({ type, logicalId = '' }: Owner): Place {
  const known = type === undefined ? [] : secretPlaces(type);
  // A parameter of Systems Manager may have no other name.
  const named = isSecretName(logicalId) ? ['/Value'] : [];
  return { ...ANYWHERE, paths: [...known, ...named].map(segments) };
}

/** The place of what `holder`, which stands at `place`, has under a key. */
export function placeIn(place: Place, holder: Plain, key: string): Place {
  if (place.whole) return place;
  const paths = pathsBelow(place, key);
  if (paths.some((path) => path.length === 0)) return { secret: true, whole: true, paths: [] };
  if (Array.isArray(holder)) {
    const secret = place.secret ? !(place.hasHead && key === '0') : secretItemsOf(holder).has(Number(key));
    return { secret, whole: false, paths };
  }
  const secret = isPlainMap(holder) && isSecretMember(place, holder, key);
  if (!secret && paths.length === 0) return ANYWHERE;
  return { secret, whole: false, paths, hasHead: secret && CALLS_WITH_HEAD.test(key) };
}

/** Few places have any. */
function pathsBelow({ paths }: Place, key: string): Place['paths'] {
  if (paths.length === 0) return paths;
  return paths.filter(([head]) => head === '*' || head === key).map((path) => path.slice(1));
}

/** The place at keys below `place`; `value` is what stands there, as far as it does. */
export function placeAt(place: Place, value: Plain, keys: readonly string[]): Place {
  let at = place;
  let holder: Plain | undefined = value;
  for (const key of keys) {
    at = placeIn(at, holder ?? null, key);
    holder = memberAt(holder, key);
  }
  return at;
}

const items = new WeakMap<readonly Plain[], ReadonlySet<number>>();

function secretItemsOf(list: readonly Plain[]): ReadonlySet<number> {
  const known = items.get(list) ?? secretItems(list);
  items.set(list, known);
  return known;
}

function isSecretMember({ secret }: Place, holder: { [key: string]: Plain }, key: string): boolean {
  if (isCall(holder, key)) return secret && !NAMING_CALLS.test(key);
  if (isSecretName(key)) return true;
  return isValueKey(key) && (secret || isSecretPair(holder));
}

function isCall(holder: { [key: string]: Plain }, key: string): boolean {
  return (key.startsWith('Fn::') || key === 'Ref' || key === 'Condition') && Object.keys(holder).length === 1;
}
