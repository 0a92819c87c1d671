import type { Step } from '../change.js';
import { newlyAllowed } from '../policy/changed.js';
import { isPublic } from '../policy/public.js';
import type { RatedTypes } from '../types.js';

/** Whether a policy allows everyone something that it did not before, without a condition that keeps strangers out. */
export function policyToEveryone(step: Step, types: RatedTypes): boolean {
  return newlyAllowed(step, types).some(isPublic);
}
