import type { Difference } from '../model/comparison.js';
import type { Intent } from './intent.js';
import type { DriftedResource, PatchStack } from './model.js';
/** What an edit claims to do. */
export interface Claim {
  stack: PatchStack;
  resource: DriftedResource;
  /** Absent where the resource itself is taken out. */
  change?: { intent: Intent; difference: Difference };
}
