import type { TextEdit } from '../syntax/edit/apply-edits.js';
import { claimOf } from './attempts.js';
import { followingNote, outputsAfter, outputsOf } from './outputs.js';
import { filesEdited, isMadeByRunning } from './ports.js';
import { editedState, type FileState } from './state.js';
import type { Task } from './task.js';

/** Tells of a task's edit what comes of it elsewhere: outputs that follow it, and parameters that are left unused. */
export function hintsFor(base: FileState, tasks: readonly Task[]): (task: Task) => Promise<string[]> {
  const edits = new Map<string, TextEdit[]>();
  for (const { candidate } of tasks) {
    if (candidate === undefined) continue;
    const { source } = candidate;
    edits.set(source.path, [...(edits.get(source.path) ?? []), ...candidate.edits]);
  }
  return async (task) => [...(await followers(task, base)), ...leftUnused(task, edits, base)];
}

async function followers(task: Task, base: FileState): Promise<string[]> {
  const { candidate, stack } = task;
  const { evaluated } = stack;
  // To run a program only to tell of its outputs takes too long.
  if (candidate === undefined || isMadeByRunning(stack.program)) return [];
  const claims = [claimOf(task, base)];
  if (outputsOf(evaluated, claims).length === 0) return [];
  const after = (await editedState(base, filesEdited(candidate))).stacks.get(stack)?.evaluated;
  if (after === undefined) return [];
  const { following } = outputsAfter(evaluated, after, claims);
  const note = followingNote(following, evaluated);
  return note === undefined ? [] : [note];
}

function leftUnused(
  { candidate, stack: { template } }: Task,
  all: ReadonlyMap<string, TextEdit[]>,
  { editor }: FileState,
): string[] {
  if (candidate?.source.path !== template.source.path) return [];
  const names = editor.unusedAfter(template, candidate.edits, all.get(template.source.path) ?? []);
  return names.map((name) => `the parameter ${name} is unused then`);
}
