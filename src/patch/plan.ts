import type { FileChange } from '../git/file-change.js';
import type { Finding } from '../model/report.js';
import type { Source } from '../syntax/source.js';
import { compose } from './compose.js';
import { hintsFor } from './hints.js';
import type { Failure, PatchGroup, PatchOptions } from './model.js';
import { obstacleTo } from './obstacles.js';
import { type FileEdits, filesEdited, isMadeByRunning, type Proof } from './ports.js';
import { remadeOf } from './proof.js';
import { settle } from './settle.js';
import { type FileState, scannedState } from './state.js';
import { newTask, type Task } from './task.js';

/** A finding's edit, relative to the files as scanned, or why there is none. */
export type Suggestion =
  | { status: 'patchable'; files: readonly FileEdits[]; note?: string; isAlone: boolean; proof?: Proof }
  | { status: 'refused'; reason: string; includeDeletions?: true };

/** What patching a group of stacks came to. */
export interface PatchPlan {
  suggestions: Map<Finding, Suggestion>;
  /** The files with all suggested edits, proven together. */
  files: FileChange[];
}

const NO_PLACE: Failure = {
  reason: 'there is no place in the repository where this value could be written',
  advice: 'change it by hand',
};

/** Finds an edit for each finding of a group of stacks that is proven, by itself and together with all the others. */
export async function planPatches(group: PatchGroup, options: PatchOptions): Promise<PatchPlan> {
  const suggestions = new Map<Finding, Suggestion>();
  const base = scannedState(group);
  const tasks: Task[] = [];
  for (const stack of group.stacks) {
    for (const resource of stack.drifted) {
      for (const wanted of resource.wanted) {
        const reason = obstacleTo(wanted, stack, options);
        const task = () => newTask(stack, resource, wanted, base);
        if (reason === undefined) tasks.push(task());
        else if (wanted.difference === undefined && wanted.finding.verdict !== 'conflict')
          suggestions.set(wanted.finding, await goneSuggestion(reason, task(), group, base));
        else suggestions.set(wanted.finding, { status: 'refused', reason });
      }
    }
  }
  const composed = (await settle(group, base, tasks)) ?? (await compose(group, base, tasks));
  const hints = hintsFor(base, tasks);
  for (const task of tasks) {
    const suggestion = suggestionOf(task, await hints(task));
    const { program } = task.stack;
    const isRemade = group.remakes && !isMadeByRunning(program) && (await remadeOf(program)) !== undefined;
    suggestions.set(task.wanted.finding, isRemade ? withProof(suggestion) : suggestion);
  }
  return { suggestions, files: [...composed.edited.values()].map((after) => changeOf(after, tasks, group)) };
}

/** Whether a resource that is gone could be taken out of its template, which is not done unasked. */
async function goneSuggestion(reason: string, task: Task, group: PatchGroup, base: FileState): Promise<Suggestion> {
  await settle(group, base, [task]);
  if (task.candidate !== undefined) return { status: 'refused', reason, includeDeletions: true };
  const why = suggestionOf(task, []);
  const closed = why.status === 'refused' ? why.reason : '';
  return {
    status: 'refused',
    reason: `the resource is gone: create it again, or take it out of Git by hand: ${closed}`,
  };
}

function changeOf({ path, text }: Source, tasks: readonly Task[], { stacks }: PatchGroup): FileChange {
  const files = tasks.flatMap(({ candidate }) => (candidate === undefined ? [] : filesEdited(candidate)));
  const before = files.find(({ source }) => source.path === path)?.source.text ?? text;
  const hidden = new Set(stacks.flatMap((stack) => [...(stack.hiddenLines?.(path) ?? [])]));
  return { path, before, after: text, ...(hidden.size === 0 ? {} : { hidden }) };
}

function suggestionOf(
  { stack, candidate, failures, advice: own, isNarrower, isAlone = false }: Task,
  hints: readonly string[],
): Suggestion {
  const [first = NO_PLACE] = failures;
  if (candidate === undefined) {
    // What came of an edit tells more than why another one could not be made.
    const { reason, advice = own } = failures.find((failure) => failure.advice !== undefined) ?? first;
    return { status: 'refused', reason: advice === undefined ? reason : `${reason}: ${own ?? advice}` };
  }
  const { note } = candidate;
  const why = note !== undefined && isNarrower ? `${note}: otherwise ${first.reason}` : note;
  const told = [...(why === undefined ? [] : [why]), ...hints].join('; ');
  const { proof } = stack.program;
  return {
    ...{ status: 'patchable', files: filesEdited(candidate), isAlone },
    ...(proof === undefined ? {} : { proof }),
    ...(told === '' ? {} : { note: told }),
  };
}

function withProof(suggestion: Suggestion): Suggestion {
  return suggestion.status === 'patchable' ? { ...suggestion, proof: 'transform' } : suggestion;
}
