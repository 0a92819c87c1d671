import type { Json, JsonObject } from '../base/json.js';
import type { Plain, PlainObject } from '../value/value.js';
import type { Outcome } from './outcome.js';
import type { Place } from './place.js';
import type { TypeRules } from './rules.js';
import type { Own } from './significant.js';
import type { Alternative, Models, Typed, TypeSystem } from './types.js';

/** What comparing needs besides the values. */
export interface Comparing {
  types: TypeSystem;
  type: string;
  /** The resource's own declared properties. */
  desired: PlainObject;
  rules: TypeRules;
  context: CompareContext;
  /** The live model holds just the declared properties, so that what it lacks is gone. */
  partial: boolean;
  alternatives: ReadonlyMap<string, readonly Alternative[]>;
  /** What is compared is accepted as a whole: a live-only key of the type's own is a difference, too. */
  closed?: Own;
}

/** What the surroundings of a resource tell about its values. */
export interface CompareContext {
  accountId?: string;
  region?: string;
  /** Tags of the stack, which CloudFormation adds to its resources. */
  stackTags?: Record<string, string>;
  kmsAliasTargets?: Record<string, string>;
  /** The stack's other resources. */
  siblings?: Sibling[];
  /** Looks for resources of other stacks; asked only where something may be theirs. */
  others?: FindOthers;
  /** Further texts of number-like literals, by path. */
  spellings?: ReadonlyMap<string, string[]>;
}

export interface CompareInput extends Typed {
  desired: PlainObject;
  live: JsonObject;
  physicalId?: string | undefined;
  /** Only declared properties are in the live model (CloudFormation's own drift detection). */
  partial: boolean;
  context: CompareContext;
  /** What is known of the type, where that is other than what ships. */
  rules?: TypeRules;
}

/** Another resource, of the same stack where it names none. */
export interface Sibling extends Models {
  stack?: string;
  logicalId: string;
  type: string;
  physicalId: string;
}

/**
 * Resources of these types that a region's stacks have and that name one of the identifiers, as far as they could be
 * looked for; `unread`: why it is not known whether these are all.
 */
export type FindOthers = (
  types: readonly string[],
  identifiers: readonly string[],
) => Promise<{ siblings: readonly Sibling[]; unread?: string }>;

/** Compares any two values at a place. */
export type CompareValues = (desired: Plain, live: Json, place: Place, comparing: Comparing) => Outcome;
