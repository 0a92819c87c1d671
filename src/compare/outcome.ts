import type { Difference, EqualByRule, Unverifiable } from '../model/comparison.js';

/** What comparing a part of a resource came to; parts are added up. */
export interface Outcome {
  differences: Difference[];
  unverifiable: Unverifiable[];
  equal: EqualByRule[];
  compared: number;
}

export function emptyOutcome(): Outcome {
  return { differences: [], unverifiable: [], equal: [], compared: 0 };
}

/** Adds a part to a whole, in place. */
export function add(whole: Outcome, part: Outcome): void {
  for (const difference of part.differences) whole.differences.push(difference);
  for (const open of part.unverifiable) whole.unverifiable.push(open);
  for (const pair of part.equal) whole.equal.push(pair);
  whole.compared += part.compared;
}
