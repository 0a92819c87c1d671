import type { JsonObject } from '../base/json.js';
import type { Comparison } from '../model/comparison.js';
import type { ResourceType } from '../resource-type/resource-type.js';
import { transformAlternatives } from '../resource-type/transforms.js';
import type { PlainObject } from '../value/value.js';
import { comparableModels, type Sibling } from './models.js';
import { rulesOf } from './rules.js';
import { withoutScaledCapacities } from './scaling.js';
import { type Comparing, compareProperties } from './walk.js';

/** What the surroundings of a resource tell about its values. */
export interface CompareContext {
  accountId?: string;
  region?: string;
  /** Tags of the stack, which CloudFormation adds to its resources. */
  stackTags?: Record<string, string>;
  kmsAliasTargets?: Record<string, string>;
  /** The stack's other resources. */
  siblings?: Sibling[];
  /** Further texts of number-like literals, by path. */
  spellings?: ReadonlyMap<string, string[]>;
}

export interface CompareInput {
  type: string;
  resourceType: ResourceType | undefined;
  desired: PlainObject;
  live: JsonObject;
  /** Only declared properties are in the live model (CloudFormation's own drift detection). */
  partial: boolean;
  context: CompareContext;
}

/**
 * Compares the declared properties of a resource with its live model. Live-only properties are no difference; what
 * can't be compared is unverifiable with its reason. One changed leaf is one difference.
 */
export async function compareResource(input: CompareInput): Promise<Comparison> {
  const { type, resourceType, context, partial } = input;
  const { desired, live } = comparableModels(input);
  const comparing: Comparing = { rules: rulesOf(type, resourceType), context, partial, alternatives: new Map() };
  const outcome = withoutScaledCapacities(compareProperties(desired, live, comparing), input);
  if (outcome.differences.length === 0 || resourceType === undefined) return outcome;
  // The schema's transforms are costly to evaluate, so they are asked only where something still differs.
  const alternatives = await transformAlternatives(resourceType, desired);
  if (alternatives.size === 0) return outcome;
  return withoutScaledCapacities(compareProperties(desired, live, { ...comparing, alternatives }), input);
}
