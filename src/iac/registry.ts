import { cloudFormation } from './cloudformation/index.js';
import type { Iac } from './iac.js';

/** Every kind of infrastructure as code, by its name. */
export const IAC = { cloudformation: cloudFormation } as const satisfies Readonly<Record<string, Iac>>;

/** The kind of templates of which nothing says that they are of another: the one place that decides it. */
export const DEFAULT_IAC: Iac = IAC.cloudformation;

/** Whether a resource of a type is a stack of its own, whatever kind the type is of. */
export function isNestedStack(type: string): boolean {
  return Object.values(IAC).some(({ types }) => types.isNestedStack(type));
}
