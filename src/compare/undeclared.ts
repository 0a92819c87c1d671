import { contentText } from '../base/content.js';
import { isObject, type Json } from '../base/json.js';
import { child, isWithin, pointerOf, segments, touches } from '../base/json-pointer.js';
import type { Comparison, Difference, UndeclaredValue } from '../model/comparison.js';
import { isPlainMap, isUnresolved, type Plain, type PlainObject } from '../value/value.js';
import type { CompareContext, Comparing } from './comparing.js';
import { keyOf, keyText, listKind } from './list-kind.js';
import { stableName } from './lists.js';
import { type Place, placeAt } from './place.js';
import { rulesOf, type TypeRules } from './rules.js';
import { type Own, significant, significantParts } from './significant.js';
import type { Typed } from './types.js';
import { compareValues } from './walk.js';

/** A resource, as far as judging what it does not declare takes it. */
export interface UndeclaredInput extends Typed {
  desired: PlainObject;
  context: CompareContext;
  own: Own;
}

/**
 * Compares what is live and undeclared with what was accepted of it (values by stable path), by the same engine as
 * declared values, but closed: a live-only key is a difference. Of a difference, `desired` is the accepted value: absent
 * where the live one appeared. What Git declares by now, or has no place for any more, is nobody's difference here.
 * `accepted`: what was accepted, by the outermost undeclared place.
 */
export function compareAccepted(
  {
    rest = [],
    differences,
    unverifiable,
  }: Pick<Comparison, 'differences' | 'unverifiable'> & { rest?: readonly UndeclaredValue[] },
  accepted: ReadonlyMap<string, Json>,
  input: UndeclaredInput,
): { differences: Difference[]; accepted: { path: string; value: Json }[] } {
  const { types, type, desired, context, own } = input;
  const rules = rulesOf(input);
  const comparing: Comparing = {
    ...{ types, type, desired, rules, context },
    ...{ partial: false, alternatives: new Map(), closed: own },
  };
  const judged = [...differences, ...unverifiable].map(({ path }) => path);
  const pairs = pairsOf(rest, accepted, desired);
  const found = pairs.flatMap((pair): Difference[] => {
    const place = placeOf(pair, rules);
    const { path, stablePath } = place;
    const old = pair.accepted === undefined ? undefined : significant(pair.accepted, path, own, rules);
    if (pair.live !== undefined && old !== undefined) {
      return compareValues(old, pair.live, place, comparing).differences;
    }
    if (pair.live !== undefined) return significantParts({ path, stablePath, live: pair.live }, own, rules);
    if (old === undefined || judged.some((other) => touches(other, path))) return [];
    return [{ path, stablePath, desired: old }];
  });
  const known = pairs.flatMap(({ path, accepted: value }) => (value === undefined ? [] : [{ path, value }]));
  return { differences: found, accepted: known };
}

/**
 * What neither of two templates declares, of what each alone does not: where one declares a part of what the other has
 * nothing of, what lies beside that part.
 */
export function undeclaredByBoth(
  one: readonly UndeclaredValue[],
  other: readonly UndeclaredValue[],
): UndeclaredValue[] {
  return one.flatMap((value) => {
    if (other.some(({ stablePath }) => isWithin(value.stablePath, stablePath))) return [value];
    const depth = segments(value.path).length;
    const deeper = other.filter(({ stablePath }) => isWithin(stablePath, value.stablePath));
    return deeper.map((each) => ({ ...each, path: value.path + pointerOf(segments(each.path).slice(depth)) }));
  });
}

/**
 * A difference of something undeclared, at the place where it is by now, as long as a part of it is not declared;
 * beside what was declared of it there may be more, which is nobody's.
 */
export function stillUndeclared(difference: Difference, rest: readonly UndeclaredValue[]): Difference | undefined {
  const { path, stablePath, live } = difference;
  const leaves = live === undefined ? [stablePath] : mapLeaves(live, stablePath);
  const open = rest.find((value) => leaves.some((leaf) => isWithin(leaf, value.stablePath)));
  if (open === undefined) return undefined;
  const [now, keys] = [segments(open.path), segments(path)];
  return { ...difference, path: pointerOf([...now, ...keys.slice(now.length)].slice(0, keys.length)) };
}

/** Where the values of nested maps are. */
function mapLeaves(value: Json, path: string): string[] {
  if (!isObject(value) || Object.keys(value).length === 0) return [path];
  return Object.entries(value).flatMap(([key, member]) => mapLeaves(member, child(path, key)));
}

/**
 * The values of what is live and undeclared, without what is AWS's own: a list as a whole, with the elements of sets in
 * an order of ours; of objects each member.
 */
export function acceptableValues(
  rest: readonly UndeclaredValue[],
  input: Typed & Pick<UndeclaredInput, 'own'>,
): UndeclaredValue[] {
  const { own } = input;
  const rules = rulesOf(input);
  return rest.flatMap(({ path, stablePath, live }) => {
    const kept = significant(live, path, own, rules);
    return kept === undefined ? [] : leavesOf(kept, placeOf({ path, stablePath }, rules), rules);
  });
}

/** What an element of an undeclared list is called in a stable path, as comparing calls it. */
export function elementName({ path, stablePath, live }: UndeclaredValue, index: number, typed: Typed): string {
  const items = Array.isArray(live) ? live : [];
  const rules = rulesOf(typed);
  const isOrdered = listKind(items, placeOf({ path, stablePath }, rules), rules) === 'ordered';
  return isOrdered ? String(index) : stableName(items[index] ?? null, keyOf([], items));
}

function leavesOf(value: Json, place: Place, rules: TypeRules): UndeclaredValue[] {
  const { path, stablePath } = place;
  if (!isObject(value) || Object.keys(value).length === 0)
    return [{ path, stablePath, live: inOrder(value, place, rules) }];
  return Object.entries(value).flatMap(([key, member]) =>
    leavesOf(member, placeAt(place, key, rules.maps.has(path)), rules),
  );
}

/** A value whose sets are sorted, so that it is written alike whatever order the service returns them in. */
function inOrder(value: Json, place: Place, rules: TypeRules): Json {
  if (Array.isArray(value)) {
    const items = value.map((item, index) => inOrder(item, { ...place, path: child(place.path, index) }, rules));
    if (listKind(items, place, rules) === 'ordered') return items;
    return items
      .map((item) => [contentText(item), item] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, item]) => item);
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, inOrder(member, placeAt(place, key, false), rules)]),
  );
}

/** A place at which something was accepted, or is live, and is not declared. */
interface Pair {
  path: string;
  stablePath: string;
  accepted?: Json;
  live?: Json;
}

function pairsOf(rest: readonly UndeclaredValue[], accepted: ReadonlyMap<string, Json>, desired: PlainObject): Pair[] {
  const pairs = new Map<string, Pair>(rest.map((value) => [value.stablePath, { ...value }]));
  for (const [stablePath, value] of accepted) {
    const pair = outermost(pairs, stablePath) ?? placeInDesired(desired, stablePath);
    if (pair === undefined) continue;
    pairs.set(pair.stablePath, pair);
    pair.accepted = withValue(pair.accepted, segments(stablePath.slice(pair.stablePath.length)), value);
  }
  return [...pairs.values()];
}

/** Of the pairs at a pointer and at those that lead to it, the outermost. */
function outermost(pairs: ReadonlyMap<string, Pair>, pointer: string): Pair | undefined {
  for (let end = pointer.indexOf('/', 1); end !== -1; end = pointer.indexOf('/', end + 1)) {
    const pair = pairs.get(pointer.slice(0, end));
    if (pair !== undefined) return pair;
  }
  return pairs.get(pointer);
}

/** What is accepted at a stable path: the value there, or an object of those below; undefined where there is none. */
export function acceptedAt(accepted: ReadonlyMap<string, Json>, stablePath: string): Json | undefined {
  const exact = accepted.get(stablePath);
  if (exact !== undefined) return exact;
  let found: Json | undefined;
  for (const [path, value] of accepted) {
    if (path.startsWith(`${stablePath}/`)) found = withValue(found, segments(path.slice(stablePath.length)), value);
  }
  return found;
}

/** An object of accepted members with one more, or the value itself. */
function withValue(known: Json | undefined, [key, ...tail]: readonly string[], value: Json): Json {
  if (key === undefined) return value;
  const members = isObject(known) ? known : {};
  return { ...members, [key]: withValue(Object.hasOwn(members, key) ? members[key] : undefined, tail, value) };
}

/**
 * Where what is declared ends on the way to a stable path; undefined where the path is declared, or leads through an
 * element that is no longer there.
 */
function placeInDesired(desired: PlainObject, stablePath: string): Pair | undefined {
  let value: Plain = desired;
  let place: Pair = { path: '', stablePath: '' };
  for (const key of segments(stablePath)) {
    if (isUnresolved(value)) return undefined;
    if (Array.isArray(value)) {
      const index = indexOf(value, key);
      const item: Plain | undefined = value[index];
      if (item === undefined) return undefined;
      place = { path: child(place.path, index), stablePath: child(place.stablePath, key) };
      value = item;
      continue;
    }
    if (!isPlainMap(value)) return undefined;
    place = { path: child(place.path, key), stablePath: child(place.stablePath, key) };
    const member: Plain | undefined = Object.hasOwn(value, key) ? value[key] : undefined;
    if (member === undefined) return place;
    value = member;
  }
  return undefined;
}

/** The index of an element that is named by its index, its key or its content. */
function indexOf(list: readonly Plain[], name: string): number {
  if (/^\d+$/.test(name) && Number(name) < list.length) return Number(name);
  const split = name.indexOf('=');
  if (split === -1) return list.findIndex((item) => stableName(item, undefined) === name);
  return list.findIndex((item) => keyText(item, name.slice(0, split)) === name.slice(split + 1));
}

function placeOf({ path, stablePath }: Pair, rules: TypeRules): Place {
  const [keys, names] = [segments(path), segments(stablePath)];
  const parent: Place = {
    path: pointerOf(keys.slice(0, -1)),
    stablePath: pointerOf(names.slice(0, -1)),
    property: keys.slice(0, -1).findLast((key) => !/^\d+$/.test(key)) ?? '',
    document: 'none',
    isAuthors: false,
  };
  const [key = '', name = key] = [keys.at(-1), names.at(-1)];
  const place = placeAt(parent, key, rules.maps.has(parent.path));
  // An element of a list is known by the list's name.
  return key === name ? place : { ...place, stablePath, property: parent.property };
}
