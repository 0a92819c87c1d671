import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../../src/base/json.js';
import type { CompareContext } from '../../../src/compare/comparing.js';
import type { PlainObject } from '../../../src/value/value.js';
import { comparing } from '../comparing.js';

/** What a template declares and what a service returns of it, and where that differs. */
export interface Pair {
  /** Why the two are, or are not, the same. */
  because: string;
  type: string;
  desired: PlainObject;
  live: JsonObject;
  /** Where drift must be found; none: nothing was changed. */
  drift?: readonly string[];
  /** Where it can't be told. */
  open?: readonly string[];
  context?: CompareContext;
}

/** One test a pair. */
export function tryPairs(pairs: readonly Pair[]): void {
  test.each(pairs.map((pair) => [`${pair.type}: ${pair.because}`, pair] as const))('%s', async (_, pair) => {
    const { differences, unverifiable } = await comparing(pair.type, pair.desired, pair.live, {
      ...(pair.context === undefined ? {} : { context: pair.context }),
    });
    expect({
      drift: differences.map(({ path }) => path).sort(),
      open: unverifiable.map(({ path }) => path).sort(),
    }).toEqual({ drift: [...(pair.drift ?? [])].sort(), open: [...(pair.open ?? [])].sort() });
  });
}
