import { DriftError } from '../../../base/errors.js';
import type { DeployedStack } from '../../../cloud/cloud.js';

/** Throws a `DriftError` for a stack that is being changed, which can't be judged half-way. Cleaning up after an update touches only what is no longer in use. */
export function assertStable({ name, region, status = '' }: DeployedStack): void {
  if (status === 'REVIEW_IN_PROGRESS') {
    const message = `stack ${name} in ${region} is not deployed yet: there is only a change set to create it`;
    throw new DriftError('provider', [
      { code: 'stack-unsettled', message, hint: 'execute the change set, then scan again' },
    ]);
  }
  if (!status.endsWith('_IN_PROGRESS') || status.endsWith('_CLEANUP_IN_PROGRESS')) return;
  const message = `stack ${name} in ${region} is being changed right now (${status}), so nothing in it was judged`;
  throw new DriftError('provider', [
    { code: 'stack-unsettled', message, hint: 'scan again when CloudFormation is done' },
  ]);
}

/** Throws a `DriftError` for a stack without resources: CloudFormation makes none, so that a list of none is no answer. */
export function assertHasResources({ name, region, status = '', resources }: DeployedStack): void {
  if (resources.length > 0 || !/^(?:CREATE|UPDATE|IMPORT)(?:_ROLLBACK)?_COMPLETE$/.test(status)) return;
  const message = `stack ${name} in ${region} is deployed (${status}), and its list of resources is empty`;
  throw new DriftError('provider', [
    { code: 'cloud-bad-answer', message, hint: 'scan again; what AWS told is not the whole stack' },
  ]);
}
