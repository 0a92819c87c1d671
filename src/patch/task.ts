import { attemptsFor } from './attempts.js';
import type { DriftedResource, Failure, PatchStack, Wanted } from './model.js';
import type { Attempt, Candidate } from './ports.js';
import type { FileState } from './state.js';

/** A finding on its way to an edit. */
export interface Task {
  stack: PatchStack;
  resource: DriftedResource;
  wanted: Wanted;
  attempts: Generator<Attempt>;
  candidate?: Candidate;
  /** Why the candidates so far were no good; the first tells most. */
  failures: Failure[];
  /** What opens a way that is closed, where one says so. */
  advice?: string;
  /** Whether a candidate failed its proof, so that the next one is narrower. */
  isNarrower: boolean;
  /** Whether its edit had to be made anew after the others, so that it can't stand beside them as it is. */
  isAlone?: boolean;
}

/** A task at its first candidate. */
export function newTask(stack: PatchStack, resource: DriftedResource, wanted: Wanted, state: FileState): Task {
  const attempts = attemptsFor(stack, resource, wanted, state);
  const task: Task = { stack, resource, wanted, attempts, failures: [], isNarrower: false };
  advance(task);
  return task;
}

/** Moves on to the next way that is open; none is left when there is no candidate. */
function advance(task: Task): void {
  for (let next = task.attempts.next(); ; next = task.attempts.next()) {
    delete task.candidate;
    if (next.done) return;
    if (next.value.refused === undefined) {
      task.candidate = next.value;
      return;
    }
    task.failures.push({ reason: next.value.refused });
    if (next.value.advice !== undefined) task.advice = next.value.advice;
  }
}

/** Moves on because of a failed proof. */
export function reject(task: Task, failure: Failure): void {
  task.failures.push(failure);
  task.isNarrower = true;
  advance(task);
}
