import type { Comparison } from '../model/comparison.js';
import { transformAlternatives } from '../resource-type/transforms.js';
import { withOwned, withOwners } from './ask-owners.js';
import type { CompareInput, Comparing, Sibling } from './comparing.js';
import { withDefinition } from './definitions.js';
import { withoutChildren } from './owners.js';
import { rulesOf } from './rules.js';
import { withoutScaledCapacities } from './scaling.js';
import { compareProperties } from './walk.js';

/**
 * Compares the declared properties of a resource with its live model. Live-only properties are no difference; what
 * can't be compared is unverifiable with its reason. One changed leaf is one difference. Where something is left that
 * another stack's resource may have put there, that is asked for.
 */
export function compareResource(input: CompareInput): Promise<Comparison> {
  return withOwners(input, (siblings) => compareOwn(input, siblings));
}

async function compareOwn(input: CompareInput, siblings: readonly Sibling[]): Promise<Comparison> {
  const { type, resourceType, partial } = input;
  const { live: own, owned } = withoutChildren(input, siblings);
  const { desired, live } = withDefinition(type, input.desired, own);
  const rules = input.rules ?? rulesOf(type, resourceType);
  const context = { ...input.context, siblings: [...siblings] };
  const comparing: Comparing = { type, desired, rules, context, partial, alternatives: new Map() };
  const scaled = { ...input, context };
  const outcome = withoutScaledCapacities(compareProperties(desired, live, comparing), scaled);
  // The schema's transforms are costly to evaluate, so they are asked only where something still differs.
  const isSettled = outcome.differences.length === 0 || resourceType === undefined;
  const alternatives = isSettled ? new Map() : await transformAlternatives(resourceType, desired);
  if (alternatives.size === 0) return withOwned(outcome, owned);
  const again = compareProperties(desired, live, { ...comparing, alternatives });
  return withOwned(withoutScaledCapacities(again, scaled), owned);
}
