import type { JsonObject } from '../base/json.js';
import { asNumber } from '../base/text.js';
import type { CompareInput, Sibling } from './comparing.js';
import type { Outcome } from './outcome.js';
import type { Capacity, Typed } from './types.js';

/** Whether auto scaling may move a value. */
export function isScalable({ types, type }: Typed, path: string): boolean {
  return types.capacities(type).some((capacity) => capacity.path === path);
}

/**
 * Takes capacities that this stack or another one hands over to auto scaling, and that are within its bounds, for unverifiable:
 * scaling moves them all the time, and nobody changed them. Outside the bounds they stay differences.
 */
export function withoutScaledCapacities(outcome: Outcome, { types, type, live, context }: CompareInput): Outcome {
  const bounds = types.capacities(type).flatMap((capacity) => boundsOf(capacity, live, context.siblings ?? []));
  if (bounds.length === 0) return outcome;
  const whoMoves = (difference: Outcome['differences'][number]) =>
    bounds.find(({ path, low, high }) => {
      const value = asNumber(difference.live ?? Number.NaN);
      return path === difference.path && value >= low && value <= high;
    });
  const scaled = outcome.differences.flatMap((difference) => {
    const by = whoMoves(difference);
    return by === undefined ? [] : [{ difference, reason: `auto scaling of ${by.stack} moves it` }];
  });
  const moved = scaled.map(({ difference }) => difference);
  return {
    ...outcome,
    differences: outcome.differences.filter((difference) => !moved.includes(difference)),
    unverifiable: [
      ...outcome.unverifiable,
      ...scaled.map(({ difference: { path }, reason }) => ({ path, reason, class: 'never' as const })),
    ],
    compared: outcome.compared - scaled.length,
  };
}

interface Bounds {
  path: string;
  /** Whose auto scaling it is, in words. */
  stack: string;
  low: number;
  high: number;
}

function boundsOf({ path, by, bounds }: Capacity, live: JsonObject, siblings: readonly Sibling[]): Bounds[] {
  return siblings
    .filter(({ type }) => type === by)
    .flatMap((sibling) => {
      const found = bounds(live, sibling);
      return found === undefined ? [] : [{ path, stack: stackOf(sibling), ...found }];
    });
}

function stackOf({ stack }: Sibling): string {
  return stack === undefined ? 'this stack' : `stack ${stack}`;
}
