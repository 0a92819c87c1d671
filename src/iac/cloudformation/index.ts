import type { Iac } from '../iac.js';
import { remediesOf } from './remedies/remedies.js';
import { cloudFormationTypes } from './types/types.js';

/** AWS CloudFormation. */
export const cloudFormation: Iac = { name: 'cloudformation', types: cloudFormationTypes, remedies: remediesOf };
