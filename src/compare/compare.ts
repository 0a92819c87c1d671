import type { Comparison } from '../model/comparison.js';
import { transformAlternatives } from '../resource-type/transforms.js';
import type { CompareInput, Comparing } from './comparing.js';
import { withDefinition } from './definitions.js';
import { comparableModels } from './models.js';
import { rulesOf } from './rules.js';
import { withoutScaledCapacities } from './scaling.js';
import { compareProperties } from './walk.js';

/**
 * Compares the declared properties of a resource with its live model. Live-only properties are no difference; what
 * can't be compared is unverifiable with its reason. One changed leaf is one difference.
 */
export async function compareResource(input: CompareInput): Promise<Comparison> {
  const { type, resourceType, context, partial } = input;
  const own = comparableModels(input);
  const { desired, live } = withDefinition(type, own.desired, own.live);
  const rules = input.rules ?? rulesOf(type, resourceType);
  const comparing: Comparing = { type, desired, rules, context, partial, alternatives: new Map() };
  const outcome = withoutScaledCapacities(compareProperties(desired, live, comparing), input);
  if (outcome.differences.length === 0 || resourceType === undefined) return outcome;
  // The schema's transforms are costly to evaluate, so they are asked only where something still differs.
  const alternatives = await transformAlternatives(resourceType, desired);
  if (alternatives.size === 0) return outcome;
  return withoutScaledCapacities(compareProperties(desired, live, { ...comparing, alternatives }), input);
}
