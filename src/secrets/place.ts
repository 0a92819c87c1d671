import { segments } from '../base/json-pointer.js';
import { isPlainMap, memberAt, type Plain, type PlainObject } from '../value/value.js';
import { secretItems } from './command-lines.js';
import { isSecretPair, isValueKey } from './pairs.js';
import { isSecretName } from './secret-name.js';
import type { SecretCalls, SecretPlaces } from './types.js';

/** Whose properties they are: what is secret may be told by the type or the logical ID alone. */
export interface Owner {
  types: SecretPlaces;
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
  /** How functions are called here; absent: there are none. */
  calls?: SecretCalls;
}

/** A place that nothing is known of. */
export const ANYWHERE: Place = { secret: false, whole: false, paths: [] };

/** The place of a resource's properties. */
export function propertiesOf({ types, type, logicalId = '' }: Owner): Place {
  const known = type === undefined ? [] : types.secretPlaces(type);
  // A parameter of Systems Manager may have no other name.
  const named = isSecretName(logicalId) ? ['/Value'] : [];
  return { ...ANYWHERE, paths: [...known, ...named].map(segments), calls: types.calls };
}

/** The place of what `holder`, which stands at `place`, has under a key. */
export function placeIn(place: Place, holder: Plain, key: string): Place {
  if (place.whole) return place;
  const paths = pathsBelow(place, key);
  const { calls } = place;
  if (paths.some((path) => path.length === 0)) return { ...inside(calls), secret: true, whole: true };
  if (Array.isArray(holder)) {
    const secret = place.secret ? !(place.hasHead && key === '0') : secretItemsOf(holder).has(Number(key));
    return { ...inside(calls), secret, paths };
  }
  const secret = isPlainMap(holder) && isSecretMember(place, holder, key);
  if (!secret && paths.length === 0) return isUnknown(place) ? place : inside(calls);
  return { ...inside(calls), secret, paths, hasHead: secret && calls?.argumentsOf(key) === 'head' };
}

function isUnknown({ secret, whole, paths, hasHead }: Place): boolean {
  return !secret && !whole && paths.length === 0 && hasHead === undefined;
}

/** A place that nothing is known of, where functions may be called. */
export function inside(calls: SecretCalls | undefined): Place {
  return calls === undefined ? ANYWHERE : { ...ANYWHERE, calls };
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

function isSecretMember({ secret, calls }: Place, holder: PlainObject, key: string): boolean {
  const given = calls?.argumentsOf(key);
  if (given !== undefined && Object.keys(holder).length === 1) return secret && given !== 'names';
  if (isSecretName(key)) return true;
  return isValueKey(key) && (secret || isSecretPair(holder, calls));
}
