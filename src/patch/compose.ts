import type { Difference } from '../model/comparison.js';
import { attemptsFor, claimOf } from './attempts.js';
import { type Bundle, bundlesOf, disjoint } from './bundles.js';
import type { Failure, PatchGroup, Wanted } from './model.js';
import { type Attempt, filesEdited } from './ports.js';
import { type Proof, prove } from './proof.js';
import { sideBySide, TOUCHING } from './side-by-side.js';
import type { FileState } from './state.js';
import type { Task } from './task.js';

/**
 * Applies the edits of all tasks; those that touch others' are made again after them. Gives the state that comes of it.
 * Tasks whose edits can't be made together with the others lose their candidate.
 */
export async function compose(group: PatchGroup, base: FileState, tasks: readonly Task[]): Promise<FileState> {
  const bundles = bundlesOf(tasks);
  const side = await sideBySide(group, base, bundles);
  if (side.proven) return side.proven;
  const { apart, touching } = disjoint(bundles);
  const proof = touching.length === 0 ? side : await sideBySide(group, base, apart);
  let state = proof.proven ?? base;
  for (const bundle of proof.proven ? touching : bundles) {
    const next = await remade(group, state, bundle);
    for (const task of bundle.tasks) {
      if (next.proven) task.isAlone = true;
      else giveUp(task, next.failure);
    }
    state = next.proven ?? state;
  }
  return state;
}

function giveUp(task: Task, failure: Failure): void {
  task.failures.unshift(failure);
  delete task.candidate;
}

/** The state with the findings of a bundle patched as well. */
async function remade(group: PatchGroup, state: FileState, { tasks }: Bundle): Promise<Proof> {
  const open: { task: Task; wanted: Wanted }[] = [];
  for (const task of tasks) {
    const again = await currentWanted(task, state);
    if (again === undefined) return { failure: TOUCHING };
    if (again !== 'gone') open.push({ task, wanted: again });
  }
  const [first] = open;
  if (first === undefined) return { proven: state };
  let failure: Failure | undefined;
  const { stack, resource, candidate: before } = first.task;
  const attempts = [...attemptsFor(stack, resource, first.wanted, state)];
  // What is a parameter by now keeps the default that it got for all stacks.
  const isElsewhere = (each: Attempt) => each.refused === undefined && each.source.path !== stack.template.source.path;
  if (before?.isText) attempts.sort((one, other) => Number(isElsewhere(other)) - Number(isElsewhere(one)));
  for (const candidate of attempts) {
    if (candidate.refused !== undefined) continue;
    const claims = open.map(({ task, wanted }) => claimOf({ ...task, wanted, candidate }, state));
    const proof = await prove(group, state, filesEdited(candidate), claims);
    if (proof.proven) return proof;
    failure ??= proof.failure;
  }
  return { failure: failure ?? TOUCHING };
}

/** A finding as it is at another state, where lists may have shifted; `gone` where others' edits settled it. */
async function currentWanted(
  { stack, resource, wanted }: Task,
  state: FileState,
): Promise<Wanted | 'gone' | undefined> {
  const { difference } = wanted;
  if (difference === undefined) return wanted;
  const properties = state.stacks.get(stack)?.evaluated.resources.get(resource.logicalId)?.properties;
  if (properties === undefined) return undefined;
  const { differences } = await resource.compare(properties);
  const alike = differences.filter((each) => saidBy(each) === saidBy(difference));
  const [found] = alike.filter(({ stablePath }) => stablePath === difference.stablePath).concat(alike);
  return found ? { ...wanted, difference: found } : 'gone';
}

/** What a difference is between: an edit may have made a text of a number or boolean. */
function saidBy({ desired = null, live = null }: Difference): string {
  const isBare = typeof desired === 'number' || typeof desired === 'boolean';
  return JSON.stringify([isBare ? String(desired) : desired, live]);
}
