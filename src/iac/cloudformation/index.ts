import type { Iac } from '../iac.js';
import { cloudFormationTypes } from './types/types.js';

/** AWS CloudFormation. */
export const cloudFormation: Iac = { name: 'cloudformation', types: cloudFormationTypes };
