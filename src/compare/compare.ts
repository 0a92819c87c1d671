import type { Comparison } from '../model/comparison.js';
import { withOwned, withOwners } from './ask-owners.js';
import type { CompareInput, Comparing, Sibling } from './comparing.js';
import { withDefinition } from './definitions.js';
import type { Outcome } from './outcome.js';
import { type Owned, withoutChildren } from './owners.js';
import { rulesOf } from './rules.js';
import { withoutScaledCapacities } from './scaling.js';
import { compareProperties } from './walk.js';

/**
 * Compares the declared properties of a resource with its live model. What only the live model has is no difference, but
 * the `rest`; what can't be compared is unverifiable with its reason. One changed leaf is one difference. Where something is left that
 * another stack's resource may have put there, that is asked for.
 */
export function compareResource(input: CompareInput): Promise<Comparison> {
  return withOwners(input, (siblings) => compareOwn(input, siblings));
}

async function compareOwn(input: CompareInput, siblings: readonly Sibling[]): Promise<Comparison> {
  const { types, type, resourceType, partial } = input;
  const { live: own, owned } = withoutChildren(input, siblings);
  const { desired, live } = withDefinition(types.definition(type), input.desired, own);
  const rules = input.rules ?? rulesOf(input);
  const context = { ...input.context, siblings: [...siblings] };
  const comparing: Comparing = { types, type, desired, rules, context, partial, alternatives: new Map() };
  const scaled = { ...input, context };
  const outcome = withoutScaledCapacities(compareProperties(desired, live, comparing), scaled);
  // The schema's transforms are costly to evaluate, so they are asked only where something still differs.
  const isSettled = outcome.differences.length === 0 || resourceType === undefined;
  const alternatives = isSettled ? new Map() : await types.alternatives(resourceType, desired);
  if (alternatives.size === 0) return finished(outcome, owned, partial);
  const again = compareProperties(desired, live, { ...comparing, alternatives });
  return finished(withoutScaledCapacities(again, scaled), owned, partial);
}

/** A model with the declared properties only tells nothing of others. */
function finished({ rest, ...outcome }: Outcome, owned: readonly Owned[], partial: boolean): Comparison {
  return withOwned(partial ? outcome : { ...outcome, rest }, owned);
}
