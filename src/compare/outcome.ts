import type { Json } from '../base/json.js';
import type { Difference, EqualByRule, UndeclaredValue, Unverifiable } from '../model/comparison.js';
import type { UnseenClass } from '../model/unseen.js';
import { isKnown, isNeverKnown, isUnresolved, type Plain } from '../value/value.js';
import type { Place } from './place.js';

/** What comparing a part of a resource came to; parts are added up. */
export interface Outcome {
  differences: Difference[];
  unverifiable: Unverifiable[];
  equal: EqualByRule[];
  compared: number;
  /** What is live beside what is declared. */
  rest: UndeclaredValue[];
}

export function emptyOutcome(): Outcome {
  return { differences: [], unverifiable: [], equal: [], compared: 0, rest: [] };
}

/** Adds a part to a whole, in place. */
export function add(whole: Outcome, part: Outcome): void {
  for (const difference of part.differences) whole.differences.push(difference);
  for (const open of part.unverifiable) whole.unverifiable.push(open);
  for (const pair of part.equal) whole.equal.push(pair);
  for (const value of part.rest) whole.rest.push(value);
  whole.compared += part.compared;
}

export function different({ path, stablePath }: Place, desired: Plain, live: Json): Outcome {
  return { ...emptyOutcome(), differences: [{ path, stablePath, desired, live }], compared: 1 };
}

export function unverifiable({ path }: Pick<Place, 'path'>, reason: string, of: UnseenClass): Outcome {
  return { ...emptyOutcome(), unverifiable: [{ path, reason, class: of }] };
}

/** What is to be said of a declared value of which a part is not known. */
export function notKnown(place: Pick<Place, 'path'>, desired: Plain, reason = 'a part of it is not known'): Outcome {
  return unverifiable(place, isUnresolved(desired) ? desired.message : reason, classOfUnknown(desired));
}

/** How a declared value goes unseen of which a part is not known: for good only where all such parts do. */
export function classOfUnknown(desired: Plain): UnseenClass {
  return isNeverKnown(desired) ? 'never' : 'unverified';
}

/** Keeps why lists are equal as wholes, where they are: elements alone don't tell. */
export function explained(
  inner: Outcome,
  { path, stablePath }: Place,
  desired: Plain,
  live: Json,
  equivalence: string,
): Outcome {
  if (inner.differences.length > 0 || !isKnown(desired)) return inner;
  return { ...inner, equal: [...inner.equal, { path, stablePath, desired, live, equivalence }] };
}

export function equal({ path, stablePath }: Place, desired: Plain, live: Json, equivalence: string): Outcome {
  const pair = { path, stablePath, desired: desired as Json, live, equivalence };
  return { ...emptyOutcome(), equal: [pair], compared: 1 };
}
