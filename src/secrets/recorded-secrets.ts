import type { Comparison, Difference } from '../model/comparison.js';
import { maskValue } from './mask.js';
import { MASK } from './secret-text.js';

/**
 * Takes differences back that are due to masking alone: a snapshot holds `****` where a secret was, so whether the
 * secret is the one in Git can't be told. What else differs (the host of a URL with a password) stays a difference.
 */
export function setMaskedAside(comparison: Comparison, secrets: readonly string[]): Comparison {
  const masked = comparison.differences.filter((difference) => isMasked(difference, secrets));
  if (masked.length === 0) return comparison;
  return {
    ...comparison,
    differences: comparison.differences.filter((difference) => !masked.includes(difference)),
    unverifiable: [
      ...comparison.unverifiable,
      ...masked.map(({ path }) => ({
        path,
        reason: 'the live value is a secret that was masked when it was recorded',
        class: 'never' as const,
      })),
    ],
    compared: comparison.compared - masked.length,
  };
}

function isMasked({ desired, live, stablePath }: Difference, secrets: readonly string[]): boolean {
  if (desired === undefined || live === undefined) return false;
  if (live === MASK) return true;
  const text = JSON.stringify(live);
  return text.includes(MASK) && text === JSON.stringify(maskValue(desired, stablePath, { secrets }));
}
