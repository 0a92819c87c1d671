import { DriftError } from '../base/errors.js';
import type { ChangeSetPlace, ChangeSets, StackNow } from '../cloud/change-sets.js';
import type { SecretPlaces } from '../secrets/types.js';
import { digestOf } from './digest.js';
import { isOwnName } from './own.js';
import { type ShownEffect, shownEffects } from './shown.js';

/** A change set that was approved, by its digest. */
export interface Approved {
  place: ChangeSetPlace;
  id: string;
  digest: string;
}

/**
 * What an approved change set does, once more, and to which stack. Throws a `DriftError` (code `revert`) where it is none
 * of ours, no longer says the same, or its stack has changed since.
 */
export async function readApproved(
  changeSets: ChangeSets,
  { place, id, digest }: Approved,
  types: SecretPlaces,
  signal?: AbortSignal,
): Promise<{ stack: StackNow; effects: ShownEffect[] }> {
  const made = await changeSets.read(place, id, signal);
  if (made === undefined) throw changed(id, 'it is not there any more');
  if (!made.revertsDrift || !isOwnName(made.name)) throw changed(id, 'it was not made by "gitops-drift revert"');
  if (made.state === 'executed') throw changed(id, 'it has been executed already');
  if (made.state !== 'ready') throw changed(id, `it is ${made.state}: ${made.reason ?? 'no reason was given'}`);
  const stack = await changeSets.stack({ ...place, name: made.stackName });
  if (stack.blocked !== undefined) throw changed(id, stack.blocked.reason);
  const effects = shownEffects(made.effects, types);
  if (made.stackId === stack.id && digestOf(stack, effects) === digest.toLowerCase()) return { stack, effects };
  throw changed(id, 'it does not do what was approved, or the stack has changed since');
}

function changed(id: string, why: string): DriftError {
  const message = `the change set ${id} is not executed: ${why}`;
  const hint = 'make a new one with: gitops-drift revert --plan';
  return new DriftError('revert', [{ code: 'revert-changed', message, hint }]);
}
