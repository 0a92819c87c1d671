import { cloudFormation } from './cloudformation/index.js';
import type { Iac } from './iac.js';

/** Every kind of infrastructure as code, by its name. */
export const IAC: Readonly<Record<Iac['name'], Iac>> = { cloudformation: cloudFormation };

/** Whether a resource of a type is a stack of its own, whatever kind the type is of. */
export function isNestedStack(type: string): boolean {
  return Object.values(IAC).some(({ types }) => types.isNestedStack(type));
}
