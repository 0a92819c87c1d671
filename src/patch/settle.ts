import { type Bundle, bundlesOf, disjoint } from './bundles.js';
import type { PatchGroup } from './model.js';
import { partsOf } from './parts.js';
import { isMadeByRunning } from './ports.js';
import { reachesTooFar } from './proof.js';
import { sideBySide } from './side-by-side.js';
import type { FileState } from './state.js';
import { suspects } from './suspects.js';
import { reject, type Task } from './task.js';
import { otherUser } from './users.js';

/**
 * Leaves each task with a candidate that is proven at a state, or with none. Edits are proven together, since most don't
 * touch; where that fails the set is halved until the edits that fail stand alone, and those give way to their next
 * candidate. Gives the state with all edits where one proof held for all of them.
 */
export async function settle(
  group: PatchGroup,
  state: FileState,
  tasks: readonly Task[],
): Promise<FileState | undefined> {
  const parts = partsOf(group, tasks);
  if (parts.length === 1) return settlePart(group, state, tasks);
  for (const part of parts) await settlePart(group, state, part);
  return undefined;
}

async function settlePart(group: PatchGroup, state: FileState, tasks: readonly Task[]): Promise<FileState | undefined> {
  rejectShared(tasks, state);
  const bundles = bundlesOf(tasks);
  const { apart, touching } = disjoint(bundles);
  // Elements that are added at one place touch, and mostly go together all the same.
  const side = touching.length === 0 ? undefined : await sideBySide(group, state, bundles);
  if (side?.proven) return side.proven;
  const together = await settleTogether(group, state, apart);
  for (const bundle of touching) await settleTogether(group, state, [bundle]);
  return touching.length === 0 ? together : undefined;
}

async function settleTogether(
  group: PatchGroup,
  state: FileState,
  bundles: readonly Bundle[],
): Promise<FileState | undefined> {
  if (bundles.length === 0) return undefined;
  const proof = await sideBySide(group, state, bundles);
  if (proof.proven) return proof.proven;
  if (bundles.length === 1) {
    const tasks = bundles.flatMap((bundle) => bundle.tasks);
    const proven = await provenAlone(group, state, tasks);
    for (const task of tasks) if (task !== proven) reject(task, proof.failure);
    return settlePart(group, state, tasks);
  }
  const found = await suspects(state, bundles);
  const first = new Set(
    found.size === 0 ? bundles.slice(0, Math.ceil(bundles.length / 2)) : bundles.filter((each) => !found.has(each)),
  );
  await settleTogether(group, state, [...first]);
  await settleTogether(
    group,
    state,
    bundles.filter((bundle) => !first.has(bundle)),
  );
  return undefined;
}

/**
 * The one of several that claim the same literal which it is the literal of. Only a program that has to be run leaves that
 * open: of all else it is known what a literal goes into.
 */
async function provenAlone(group: PatchGroup, state: FileState, tasks: readonly Task[]): Promise<Task | undefined> {
  if (tasks.length < 2) return undefined;
  for (const task of tasks) {
    const { candidate } = task;
    if (candidate === undefined || !isMadeByRunning(task.stack.program)) continue;
    if ((await sideBySide(group, state, [{ candidate, tasks: [task] }])).proven) return task;
  }
  return undefined;
}

/** Moves on from edits that would surely change more than their findings. */
function rejectShared(tasks: readonly Task[], state: FileState): void {
  for (;;) {
    const shared = bundlesOf(tasks).flatMap((bundle) => {
      const user = otherUser(bundle, state);
      return user ? [{ bundle, user }] : [];
    });
    if (shared.length === 0) return;
    for (const { bundle, user } of shared) {
      const isOther = !bundle.tasks.some(({ stack }) => stack === user.stack);
      for (const task of bundle.tasks) reject(task, reachesTooFar(user.logicalId, isOther ? user.stack : undefined));
    }
  }
}
