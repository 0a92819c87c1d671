import type { Step } from '../change.js';
import { noLongerDenied } from '../policy/changed.js';

/** Whether a policy no longer denies something that it denied. */
export function denyWeakened(step: Step): boolean {
  return noLongerDenied(step).length > 0;
}
