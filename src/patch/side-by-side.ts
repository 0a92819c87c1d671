import { claimOf } from './attempts.js';
import { type Bundle, fileEdits, overlap } from './bundles.js';
import type { Failure, PatchGroup } from './model.js';
import { type Proof, prove } from './proof.js';
import type { FileState } from './state.js';

export const TOUCHING: Failure = {
  reason: 'its edit touches that of another finding',
  advice: 'apply that one, then scan again',
};

/** The state with the edits of bundles made as they are for the files of a state, where they don't overlap. */
export async function sideBySide(group: PatchGroup, state: FileState, bundles: readonly Bundle[]): Promise<Proof> {
  if (bundles.length === 0) return { proven: state };
  const edits = fileEdits(bundles);
  if (edits.some((file) => overlap(file.edits))) return { failure: TOUCHING };
  const claims = bundles.flatMap(({ tasks }) => tasks.map((task) => claimOf(task, state)));
  return prove(group, state, edits, claims);
}
