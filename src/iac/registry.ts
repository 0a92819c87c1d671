import { cloudFormation } from './cloudformation/index.js';
import type { Iac } from './iac.js';

/** Every kind of infrastructure as code, by its name. */
export const IAC: Readonly<Record<Iac['name'], Iac>> = { cloudformation: cloudFormation };
