import type { Step } from '../change.js';
import { newlyAllowed } from '../policy/changed.js';
import { isPublic } from '../policy/public.js';

/** Whether a policy allows everyone something that it did not before, without a condition that keeps strangers out. */
export function policyToEveryone(step: Step): boolean {
  return newlyAllowed(step).some(isPublic);
}
