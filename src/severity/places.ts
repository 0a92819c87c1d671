import { asText } from '../base/text.js';
import { isPlainMap, type Plain } from '../value/value.js';
import { asDocument } from './document.js';

/** A place where a value is another than before. */
export interface ChangedPlace {
  keys: readonly string[];
  /** The same with elements of lists named by what they are known by: `Key=Env`. */
  named: readonly string[];
  old: Plain | undefined;
  new: Plain | undefined;
}

/** What elements of a list are known by. */
const NAMES = ['Key', 'Name', 'ParameterName', 'ParameterKey', 'OptionName', 'AttributeName', 'key', 'name'];

/** More than any resource that AWS takes has; bounds what hostile state costs. */
const MOST_PLACES = 10_000;

/** The place of a change. What a resource is before and after tells what elements on the way are known by. */
export function placeOf(
  keys: readonly string[],
  before: Plain,
  after: Plain,
  values: Pick<ChangedPlace, 'old' | 'new'>,
): ChangedPlace {
  return { keys, named: namedKeys(keys, before, after), ...values };
}

/**
 * A place, and those inside of what was added, removed or replaced there at which a value is another; texts that hold a
 * JSON document are looked into.
 */
export function placesWithin(outer: ChangedPlace): ChangedPlace[] {
  const places = [outer];
  // The list grows while it is walked.
  for (const place of places) {
    for (const inner of placesIn(place)) {
      if (places.length >= MOST_PLACES) return places;
      places.push(inner);
    }
  }
  return places;
}

function placesIn(place: ChangedPlace): ChangedPlace[] {
  const left = asDocument(place.old);
  const right = asDocument(place.new);
  if (Array.isArray(left) || Array.isArray(right)) {
    return unlikeItems(Array.isArray(left) ? left : [], Array.isArray(right) ? right : []).map(([one, other]) => {
      const index = asText(one?.index ?? other?.index);
      const name = nameOf(one?.item) ?? nameOf(other?.item) ?? index;
      return innerPlace(place, index, name, one?.item, other?.item);
    });
  }
  const names = new Set([left, right].flatMap((side) => (isPlainMap(side) ? Object.keys(side) : [])));
  return [...names].flatMap((key) => {
    const [one, other] = [memberOf(left, key), memberOf(right, key)];
    if (one === other) return [];
    return [innerPlace(place, key, key, one, other)];
  });
}

function innerPlace({ keys, named }: ChangedPlace, key: string, name: string, ...[old, live]: Sides): ChangedPlace {
  const inner = [...keys, key];
  return { keys: inner, named: named === keys && name === key ? inner : [...named, name], old, new: live };
}

type Sides = [old: Plain | undefined, live: Plain | undefined];

interface Item {
  item: Plain;
  index: number;
}

/** The items that two lists do not share, in whatever order; objects that are known by the same name are one that changed. */
function unlikeItems(left: readonly Plain[], right: readonly Plain[]): [Item | undefined, Item | undefined][] {
  const [removed, added] = [itemsWithout(left, right), itemsWithout(right, left)];
  const pairs: [Item | undefined, Item | undefined][] = [];
  for (let at = 0; at < Math.max(removed.length, added.length); at += 1) {
    const [one, other] = [removed[at], added[at]];
    const isSame = isPlainMap(one?.item) && isPlainMap(other?.item) && nameOf(one?.item) === nameOf(other?.item);
    if (isSame) pairs.push([one, other]);
    else pairs.push([one, undefined], [undefined, other]);
  }
  return pairs.filter(([one, other]) => one ?? other);
}

function itemsWithout(items: readonly Plain[], others: readonly Plain[]): Item[] {
  const counts = new Map<string, number>();
  for (const text of others.map((item) => JSON.stringify(item))) counts.set(text, (counts.get(text) ?? 0) + 1);
  return items.flatMap((item, index) => {
    const text = JSON.stringify(item);
    const count = counts.get(text) ?? 0;
    counts.set(text, count - 1);
    return count > 0 ? [] : [{ item, index }];
  });
}

/** The keys themselves where no element on the way is known by anything. */
function namedKeys(keys: readonly string[], before: Plain, after: Plain): readonly string[] {
  if (!keys.some((key) => /^\d+$/.test(key))) return keys;
  let sides: (Plain | undefined)[] = [before, after];
  return keys.map((key) => {
    const isItem = sides.some(Array.isArray);
    sides = sides.map((side) => (Array.isArray(side) ? side[Number(key)] : memberOf(side, key)));
    return (isItem ? sides.map(nameOf).find((name) => name !== undefined) : undefined) ?? key;
  });
}

function nameOf(item: Plain | undefined): string | undefined {
  if (!isPlainMap(item)) return undefined;
  const key = NAMES.find((each) => typeof memberOf(item, each) === 'string');
  return key === undefined ? undefined : `${key}=${asText(item[key])}`;
}

function memberOf(value: Plain | undefined, key: string): Plain | undefined {
  return isPlainMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
