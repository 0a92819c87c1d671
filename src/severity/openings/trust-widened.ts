import type { Step } from '../change.js';
import { newlyAllowed } from '../policy/changed.js';
import type { RatedTypes } from '../types.js';

/** What an assumed role's session carries along; by itself, neither lets anybody in. */
const HARMLESS = new Set(['sts:tagsession', 'sts:setsourceidentity', 'sts:setcontext']);

/** Whether a role's trust policy lets somebody assume it who could not before, or under fewer conditions. */
export function trustWidened(step: Step, types: RatedTypes): boolean {
  return newlyAllowed(step, types).some(
    ({ actions }) => !actions?.every((action) => HARMLESS.has(action.toLowerCase())),
  );
}
