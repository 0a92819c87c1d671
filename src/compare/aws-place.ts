import { sameContent } from '../base/content.js';
import { isObject, type Json } from '../base/json.js';
import { segments } from '../base/json-pointer.js';
import type { AwsDifference } from '../model/comparison.js';
import { isPlainMap, type Plain } from '../value/value.js';
import { documentOf } from './documents.js';
import { keyOf, keyText, listKind } from './list-kind.js';
import { elementPlace, stableName } from './lists.js';
import { type Place, placeAt } from './place.js';
import type { TypeRules } from './rules.js';

/** A place in Git's properties, and what stands there: in Git, in the deployed template, in the cloud. */
export interface Placed {
  place: Place;
  desired: Plain | undefined;
  expected: Json | undefined;
  actual: Json | undefined;
  /** The place is that of a text that holds what AWS means. */
  isWhole?: boolean;
}

/**
 * Finds in Git's properties the place that AWS means by a difference's path. AWS counts list elements in the deployed
 * template (added ones in the cloud); in Git they may stand elsewhere, and are found by content or key. Where Git holds
 * a document as text, the place is the text's.
 */
export function placeInGit(difference: AwsDifference, root: Omit<Placed, 'place'>, rules: TypeRules): Placed {
  const place: Place = { path: '', stablePath: '', property: '', document: 'none', isAuthors: false };
  const keys = segments(difference.path);
  let at: Placed = { ...root, place };
  for (const [depth, key] of keys.entries()) {
    const opened = open(at, rules);
    if (opened === undefined) return { ...at, isWhole: true };
    const isAdded = difference.expected === undefined && depth === keys.length - 1;
    at = Array.isArray(opened.actual ?? opened.expected)
      ? element(opened, Number(key), isAdded, rules)
      : member(opened, key);
  }
  return at;
}

/** The same place with documents parsed; undefined where Git's text of one ends the path. */
function open(at: Placed, rules: TypeRules): Placed | undefined {
  const { desired, expected, actual, place } = at;
  const other = actual ?? expected;
  if (desired === undefined || other === undefined) return at;
  const pair = documentOf(desired, other, place, rules);
  if (pair === undefined) return at;
  if (pair.whole) return undefined;
  const parsed = (side: Json | undefined) =>
    side === undefined ? undefined : (documentOf(desired, side, place, rules)?.live ?? side);
  return {
    desired: pair.desired,
    expected: parsed(expected),
    actual: parsed(actual),
    place: { ...place, document: pair.kind },
  };
}

function member({ place, desired, expected, actual }: Placed, key: string): Placed {
  return {
    place: placeAt(place, key, false),
    desired: desired !== undefined && isPlainMap(desired) && Object.hasOwn(desired, key) ? desired[key] : undefined,
    expected: isObject(expected) && Object.hasOwn(expected, key) ? expected[key] : undefined,
    actual: isObject(actual) && Object.hasOwn(actual, key) ? actual[key] : undefined,
  };
}

function element(at: Placed, index: number, isAdded: boolean, rules: TypeRules): Placed {
  const desired = Array.isArray(at.desired) ? at.desired : [];
  const expected = Array.isArray(at.expected) ? at.expected : [];
  const actual = Array.isArray(at.actual) ? at.actual : [];
  const key = keyOf(desired, actual);
  const isOrdered = listKind(desired, at.place, rules) === 'ordered';
  const placed = (found: number, value: Plain): Place =>
    elementPlace(at.place, { value, index: found }, isOrdered ? String(found) : stableName(value, key));
  if (isAdded) {
    const value = actual[index] ?? null;
    const before = actual.slice(0, index).filter((item) => !holds(expected, item)).length;
    const same = indexOf(desired, value, undefined);
    const place = placed(same === -1 ? desired.length + before : same, value);
    return { place, desired: desired[same], expected: undefined, actual: actual[index] };
  }
  const value = expected[index];
  const found = indexOf(desired, value, index);
  const inGit = found === -1 ? undefined : desired[found];
  // What Git says already may be in the cloud, whatever the stack expects.
  const same = actual.findIndex((item) => sameContent(item, inGit));
  const there = same === -1 ? indexOf(actual, value, index) : same;
  const place = placed(found === -1 ? desired.length + index : found, inGit ?? value ?? null);
  return { place, desired: inGit, expected: value, actual: actual[there] };
}

/** Where an element stands in another list: as the same content, under the same key, or at the same index. */
function indexOf(list: readonly Plain[], value: Json | undefined, index: number | undefined): number {
  if (value === undefined) return -1;
  const same = list.findIndex((item) => sameContent(item, value));
  if (same !== -1) return same;
  const key = keyOf(list, [value]);
  const name = key === undefined ? undefined : keyText(value, key);
  const named = name === undefined || key === undefined ? -1 : list.findIndex((item) => keyText(item, key) === name);
  if (named !== -1) return named;
  return key === undefined && index !== undefined && index < list.length ? index : -1;
}

function holds(list: readonly Json[], value: Json): boolean {
  return indexOf(list, value, undefined) !== -1;
}
