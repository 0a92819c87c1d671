import { createHash } from 'node:crypto';
import type { Json } from '../../json.js';
import { child } from '../../json-pointer.js';
import { isKnown, type Plain } from '../../template/value.js';
import { keyOf, keyText, listKind } from './list-kind.js';
import { add, emptyOutcome, type Outcome } from './outcome.js';
import { isServiceTagElement } from './tags.js';
import { type Comparing, compareValues, isPlainObject, type Place } from './walk.js';

/** Lists longer than this are paired by key and content only; trying each with each would take too long. */
const MAX_PAIRED = 200;

interface Element<T> {
  value: T;
  index: number;
}
interface Pair {
  desired: Element<Plain>;
  live: Element<Json>;
}

/**
 * Compares two lists as their type says: by position where order matters, else as sets whose elements are matched by
 * content, by key, and at last by likeness, so that one changed leaf is one difference.
 */
export function compareLists(
  desired: readonly Plain[],
  live: readonly Json[],
  place: Place,
  comparing: Comparing,
): Outcome {
  const kind = listKind(desired, place, comparing.rules);
  const wanted = desired.map((value, index) => ({ value, index }));
  const own = live.filter(
    (item) => !isServiceTagElement(item, place, comparing) || desired.some((each) => sameKey(each, item)),
  );
  const found = own.map((value, index) => ({ value, index }));
  const key = keyOf(desired, own);
  const matched =
    kind === 'ordered'
      ? alignInOrder(wanted, found, place, comparing)
      : matchAsSet(wanted, found, key, place, comparing);
  const outcome = emptyOutcome();
  for (const { desired: left, live: right } of matched.pairs) {
    add(
      outcome,
      comparePair(
        left,
        right,
        elementPlace(place, left.value, left.index, kind === 'ordered' ? undefined : key),
        comparing,
      ),
    );
  }
  for (const { value, index } of matched.missing) {
    const { path, stablePath } = elementPlace(place, value, index, key);
    if (!isKnown(value)) outcome.unverifiable.push({ path, reason: 'a part of it is not known' });
    else {
      outcome.differences.push({ path, stablePath, desired: value });
      outcome.compared += 1;
    }
  }
  // An element that could not be evaluated may be any of those that are left.
  const open = matched.missing.filter(({ value }) => !isKnown(value)).length;
  const surplus = kind === 'subset' ? [] : matched.surplus.slice(open);
  for (const [count, { value }] of surplus.entries()) {
    const { stablePath } = elementPlace(place, value, desired.length + count, key);
    outcome.differences.push({ path: child(place.path, desired.length + count), stablePath, live: value });
  }
  return outcome;
}

interface Matching {
  pairs: Pair[];
  missing: Element<Plain>[];
  surplus: Element<Json>[];
}

/** Pairs by position; an element added or taken out shifts the rest, so equal ends are paired from their side. */
function alignInOrder(wanted: Element<Plain>[], found: Element<Json>[], place: Place, comparing: Comparing): Matching {
  const pairs: Pair[] = [];
  const left = [...wanted];
  const right = [...found];
  function takeWhileSame(end: 'shift' | 'pop'): void {
    for (;;) {
      const at = end === 'shift' ? 0 : -1;
      const [desired, live] = [left.at(at), right.at(at)];
      if (
        !desired ||
        !live ||
        !isSame(desired.value, live.value, elementPlace(place, desired.value, desired.index, undefined), comparing)
      )
        return;
      left[end]();
      right[end]();
      pairs.push({ desired, live });
    }
  }
  if (left.length !== right.length) {
    takeWhileSame('shift');
    takeWhileSame('pop');
  }
  while (left.length > 0 && right.length > 0) {
    const desired = left.shift();
    const live = right.shift();
    if (desired && live) pairs.push({ desired, live });
  }
  return { pairs, missing: left, surplus: right };
}

function matchAsSet(
  wanted: Element<Plain>[],
  found: Element<Json>[],
  key: string | undefined,
  place: Place,
  comparing: Comparing,
): Matching {
  const pairs: Pair[] = [];
  let left = wanted;
  const right = new Set(found);
  function pairBy(find: (desired: Element<Plain>) => Element<Json> | undefined): void {
    left = left.filter((desired) => {
      const live = find(desired);
      if (live === undefined) return true;
      right.delete(live);
      pairs.push({ desired, live });
      return false;
    });
  }
  const byText = new Map<string, Element<Json>[]>();
  for (const element of found)
    byText.set(textOf(element.value), [...(byText.get(textOf(element.value)) ?? []), element]);
  pairBy(({ value }) => (isKnown(value) ? byText.get(textOf(value))?.shift() : undefined));
  if (key !== undefined) {
    const byKey = new Map([...right].map((element) => [keyText(element.value, key), element]));
    pairBy(({ value }) => {
      const live = byKey.get(keyText(value, key));
      byKey.delete(keyText(value, key));
      return live;
    });
  }
  if (left.length <= MAX_PAIRED && right.size <= MAX_PAIRED) {
    pairBy(({ value, index }) =>
      [...right].find((live) => isSame(value, live.value, elementPlace(place, value, index, undefined), comparing)),
    );
    pairBy((desired) => mostAlike(desired, right, place, comparing));
  }
  return { pairs, missing: left, surplus: [...right] };
}

/** The live element that shares most with a desired one. */
function mostAlike(
  desired: Element<Plain>,
  candidates: Set<Element<Json>>,
  place: Place,
  comparing: Comparing,
): Element<Json> | undefined {
  let best: Element<Json> | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const live of candidates) {
    const { differences } = compareValues(
      desired.value,
      live.value,
      elementPlace(place, desired.value, desired.index, undefined),
      comparing,
    );
    if (differences.length >= bestCost) continue;
    best = live;
    bestCost = differences.length;
  }
  return best;
}

/** Compares matched elements; where they share nothing, the element as a whole was replaced. */
function comparePair(desired: Element<Plain>, live: Element<Json>, place: Place, comparing: Comparing): Outcome {
  const outcome = compareValues(desired.value, live.value, place, comparing);
  const count = outcome.differences.length;
  if (count < 2 || count < outcome.compared || !isPlainObject(desired.value)) return outcome;
  const { path, stablePath } = place;
  return { ...outcome, differences: [{ path, stablePath, desired: desired.value, live: live.value }] };
}

function isSame(desired: Plain, live: Json, place: Place, comparing: Comparing): boolean {
  return compareValues(desired, live, place, comparing).differences.length === 0;
}

function sameKey(desired: Plain, live: Json): boolean {
  return ['Key', 'key', 'TagKey'].some((key) => {
    const name = keyText(desired, key);
    return name !== undefined && name === keyText(live, key);
  });
}

/** An element's place; its stable path names it by key, or by content where order means nothing. */
function elementPlace(place: Place, value: Plain, index: number, key: string | undefined): Place {
  const name = key === undefined ? undefined : keyText(value, key);
  const stable = name === undefined ? String(index) : `${key}=${name}`;
  return { ...place, path: child(place.path, index), stablePath: child(place.stablePath, stable) };
}

function textOf(value: Json | Plain): string {
  return typeof value === 'object' && value !== null ? canonicalText(value) : String(value);
}

function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonicalText(each)}`).join()}}`;
}

/** A short name for a value, the same on every machine. */
export function contentName(value: Json): string {
  return createHash('sha256').update(canonicalText(value)).digest('hex').slice(0, 8);
}
