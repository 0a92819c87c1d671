import type { MeaningName } from './names.js';

/** What a relation may know besides the two values. */
export interface Surroundings {
  accountId?: string;
  region?: string;
  /** Key IDs that KMS aliases (`alias/x`) point to, as far as they are known. */
  kmsAliasTargets?: Record<string, string>;
}

/** Brings a text to the form in which equal values are the same text; what is not of its kind it leaves as it is. */
export interface Form {
  /** What `--explain` prints. */
  name: string;
  of(text: string): string;
}

/**
 * A one-sided reason why a live text says what was declared: it says more than that (`8.0.45` for `8.0`), or names the
 * same in another way. Never asked between two templates.
 */
export interface Relation {
  name: string;
  holds(desired: string, live: string, surroundings: Surroundings): boolean;
}

/** How values of one kind are compared: two are equal when all forms, one after the other, make one text of both. */
export interface Meaning {
  name: MeaningName;
  forms: readonly Form[];
  stands: readonly Relation[];
}
