import type { Json } from '../../base/json.js';

/** What a rule may know besides the two values. */
export interface EquivalenceContext {
  accountId?: string;
  region?: string;
  /** Key IDs that KMS aliases (`alias/x`) point to, as far as they are known. */
  kmsAliasTargets?: Record<string, string>;
  /** The property's name: the last key of its path that is no index. */
  property: string;
}

/** Whether two unlike values mean the same. Pure; must be narrow enough that a real change is still seen. */
export type Equivalence = (desired: Json, live: Json, context: EquivalenceContext) => boolean;
