import { stillUndeclared } from '../compare/undeclared.js';
import type { Comparison } from '../model/comparison.js';
import type { DriftedResource, Wanted } from '../patch/model.js';
import type { MapValue } from '../value/value.js';

type Compare = DriftedResource['compare'];

/** Of a resource that is gone: whatever is declared, nothing is left to compare it with. */
export async function nothingToCompare(): Promise<Comparison> {
  return { differences: [], unverifiable: [], equal: [], compared: 0 };
}

/** To a proof, an undeclared value is a difference for as long as it, or a part of it, is not declared. */
export function withUndeclared(compare: Compare, undeclared: readonly Wanted[]): Compare {
  const wanted = undeclared.flatMap(({ difference }) => (difference?.live === undefined ? [] : [difference]));
  if (wanted.length === 0) return compare;
  return async (properties) => {
    const comparison = await compare(properties);
    const open = wanted.flatMap((difference) => stillUndeclared(difference, comparison.rest ?? []) ?? []);
    return { ...comparison, differences: [...comparison.differences, ...open] };
  };
}

/** Proofs compare the same properties again and again, first of all those that were compared already. */
export function remembered(compare: Compare, compared: MapValue, comparison: Comparison): Compare {
  const known = new WeakMap([[compared, Promise.resolve(comparison)]]);
  return (properties) => {
    const comparison = known.get(properties) ?? compare(properties);
    known.set(properties, comparison);
    return comparison;
  };
}
