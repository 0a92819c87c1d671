import type { Difference } from '../model/comparison.js';
import type { Intent } from './intent.js';
import type { DriftedResource, PatchStack } from './model.js';

/** What an edit is to do to a resource's properties. */
export interface ExpectedChange {
  intent: Intent;
  difference: Difference;
  /** The place at which something is declared as a whole: whatever was undeclared there is declared then. */
  whole?: string;
}

/** What an edit claims to do. */
export interface Claim {
  stack: PatchStack;
  resource: DriftedResource;
  /** Absent where the resource itself is taken out. */
  change?: ExpectedChange;
  /** It makes the value a text in every stack of the template. */
  isText?: true;
}
