import { contentText } from '../base/content.js';
import type { Json } from '../base/json.js';
import { isKnown, type Plain } from '../value/value.js';
import { keyText } from './list-kind.js';
import type { Outcome } from './outcome.js';

/** More comparisons than this are not tried to pair what is left of two lists: they would take seconds. */
const MAX_TRIES = 10_000;

export interface Element<T> {
  value: T;
  index: number;
}

export interface Pair {
  desired: Element<Plain>;
  live: Element<Json>;
  /** What comparing the two came to, where pairing them took that. */
  outcome?: Outcome;
}

export interface Matching {
  pairs: Pair[];
  missing: Element<Plain>[];
  surplus: Element<Json>[];
}

export type CompareElements = (desired: Element<Plain>, live: Element<Json>) => Outcome;

/** Pairs by position; an element added or taken out shifts the rest, so equal ends are paired from their side. */
export function matchInOrder(
  wanted: readonly Element<Plain>[],
  found: readonly Element<Json>[],
  compare: CompareElements,
): Matching {
  const pairs: Pair[] = [];
  const shifted = wanted.length !== found.length;
  let start = 0;
  for (; start < Math.min(wanted.length, found.length); start += 1) {
    const pair = paired(wanted[start], found[start], compare);
    if (pair === undefined || (shifted && isUnlike(pair))) break;
    pairs.push(pair);
  }
  let [leftEnd, rightEnd] = [wanted.length, found.length];
  for (; leftEnd > start && rightEnd > start; leftEnd -= 1, rightEnd -= 1) {
    const pair = paired(wanted[leftEnd - 1], found[rightEnd - 1], compare);
    if (pair === undefined || isUnlike(pair)) break;
    pairs.push(pair);
  }
  for (; start < Math.min(leftEnd, rightEnd); start += 1) {
    const pair = paired(wanted[start], found[start], compare);
    if (pair) pairs.push(pair);
  }
  return { pairs, missing: wanted.slice(start, leftEnd), surplus: found.slice(start, rightEnd) };
}

/**
 * Pairs whatever the position: first the same content, then the same key, at last what is most alike, so that a changed
 * leaf is a difference at that leaf. With `unlike: false` only elements that are equal by some rule are paired at last.
 */
export function matchAsSet(
  wanted: readonly Element<Plain>[],
  found: readonly Element<Json>[],
  key: string | undefined,
  compare: CompareElements,
  options: { unlike: boolean },
): Matching {
  const sameContent = pairByName(wanted, found, ({ value }) => (isKnown(value) ? contentText(value) : undefined));
  const sameKey =
    key === undefined
      ? { ...sameContent, pairs: [] }
      : pairByName(sameContent.missing, sameContent.surplus, ({ value }) => keyText(value, key));
  const alike = pairByLikeness(sameKey.missing, sameKey.surplus, compare, options);
  return { ...alike, pairs: [...sameContent.pairs, ...sameKey.pairs, ...alike.pairs] };
}

function pairByName(
  wanted: readonly Element<Plain>[],
  found: readonly Element<Json>[],
  nameOf: (element: Element<Plain>) => string | undefined,
): Matching {
  const named = new Map<string | undefined, Element<Json>[]>();
  for (const live of found) {
    const name = nameOf(live);
    const same = named.get(name);
    if (same) same.push(live);
    else named.set(name, [live]);
  }
  for (const same of named.values()) same.reverse();
  const pairs: Pair[] = [];
  const missing: Element<Plain>[] = [];
  const taken = new Set<Element<Json>>();
  for (const desired of wanted) {
    const name = nameOf(desired);
    const live = name === undefined ? undefined : named.get(name)?.pop();
    if (live === undefined) missing.push(desired);
    else {
      taken.add(live);
      pairs.push({ desired, live });
    }
  }
  return { pairs, missing, surplus: found.filter((live) => !taken.has(live)) };
}

/** Tries each with each and takes the pairs that differ least; what is not known fits anything, but after all else. */
function pairByLikeness(
  wanted: readonly Element<Plain>[],
  found: readonly Element<Json>[],
  compare: CompareElements,
  { unlike }: { unlike: boolean },
): Matching {
  if (wanted.length * found.length > MAX_TRIES) return { pairs: [], missing: [...wanted], surplus: [...found] };
  const tried = wanted
    .flatMap((desired) => found.map((live) => ({ desired, live, outcome: compare(desired, live) })))
    .filter((pair) => unlike || !isUnlike(pair))
    .sort(
      (left, right) =>
        left.outcome.differences.length - right.outcome.differences.length ||
        left.outcome.unverifiable.length - right.outcome.unverifiable.length,
    );
  const taken = new Set<Element<Plain> | Element<Json>>();
  const pairs = tried.filter(({ desired, live }) => {
    if (taken.has(desired) || taken.has(live)) return false;
    taken.add(desired).add(live);
    return true;
  });
  return {
    pairs,
    missing: wanted.filter((desired) => !taken.has(desired)),
    surplus: found.filter((live) => !taken.has(live)),
  };
}

function paired(
  desired: Element<Plain> | undefined,
  live: Element<Json> | undefined,
  compare: CompareElements,
): (Pair & { outcome: Outcome }) | undefined {
  return desired && live && { desired, live, outcome: compare(desired, live) };
}

function isUnlike({ outcome }: { outcome: Outcome }): boolean {
  return outcome.differences.length > 0;
}
