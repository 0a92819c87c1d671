import type { Purpose } from '../cloud/aws/iam/required-actions.js';
import type { Provider } from '../cloud/cloud.js';
import type { DoctorRequest } from './request.js';

/** What a scan is for, as far as that is known without its templates. */
export type Purposes = Pick<Purpose, 'judges' | 'findsStacks' | 'unmanaged' | 'who'> & { reverts?: boolean };

export function purposesOf(
  { crossCheck = false, unmanaged = false, who = false, reverts = false }: DoctorRequest,
  findsStacks: boolean,
  provider: Provider,
): Purposes {
  const only = provider.name === 'cloudformation' ? 'aws' : 'own';
  return { judges: crossCheck ? 'both' : only, findsStacks, unmanaged, who, reverts };
}
