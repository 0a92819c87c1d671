import type { Step } from '../change.js';
import { noLongerDenied } from '../policy/changed.js';
import type { RatedTypes } from '../types.js';

/** Whether a policy no longer denies something that it denied. */
export function denyWeakened(step: Step, types: RatedTypes): boolean {
  return noLongerDenied(step, types).length > 0;
}
