import type { Finding } from '../drift/report.js';
import type { FileChange } from '../git/file-change.js';
import type { Source } from '../template/source.js';
import { attemptsFor, claimOf } from './attempts.js';
import type { Candidate } from './candidates.js';
import type { TextEdit } from './edit/apply-edits.js';
import type { DriftedResource, PatchGroup, PatchStack, Wanted } from './model.js';
import { obstacleTo } from './obstacles.js';
import { prove } from './proof.js';
import { type FileEdits, type FileState, scannedState } from './state.js';

/** What to patch, and how far to go. */
export interface PatchOptions {
  /** Whether resources that are gone may be taken out of their template. */
  includeDeletions: boolean;
}

/** A finding's edit, relative to the files as scanned, or why there is none. */
export type Suggestion =
  | { status: 'patchable'; source: Source; edits: readonly TextEdit[]; note?: string }
  | { status: 'refused'; reason: string };

/** What patching a group of stacks came to. */
export interface PatchPlan {
  suggestions: Map<Finding, Suggestion>;
  /** The files with all suggested edits, proven together. */
  files: FileChange[];
}

/** A finding on its way to an edit. */
interface Task {
  stack: PatchStack;
  resource: DriftedResource;
  wanted: Wanted;
  attempts: Generator<Candidate | { refused: string }>;
  candidate?: Candidate;
  /** Why the candidates so far were no good; the first tells most. */
  failures: string[];
  /** What the edits before came to grief on, told where a narrower edit is taken. */
  isNarrower: boolean;
}

/**
 * Finds and proves an edit for each finding of a group of stacks. Edits are proven together, since most don't touch;
 * where that fails the set is halved until the edits that fail stand alone, and those give way to their next candidate.
 */
export async function planPatches(group: PatchGroup, options: PatchOptions): Promise<PatchPlan> {
  const suggestions = new Map<Finding, Suggestion>();
  const base = scannedState(group);
  const tasks: Task[] = [];
  for (const stack of group.stacks) {
    for (const resource of stack.drifted) {
      for (const wanted of resource.wanted) {
        const reason = obstacleTo(wanted, stack, options);
        if (reason === undefined) tasks.push(newTask(stack, resource, wanted, base));
        else suggestions.set(wanted.finding, { status: 'refused', reason });
      }
    }
  }
  for (const task of tasks) advance(task);
  await settle(
    group,
    base,
    tasks.filter(({ candidate }) => candidate),
  );
  const composed = await compose(
    group,
    base,
    tasks.filter(({ candidate }) => candidate),
  );
  for (const task of tasks) suggestions.set(task.wanted.finding, suggestionOf(task));
  return { suggestions, files: [...composed.edited.values()].map((after) => changeOf(after, tasks)) };
}

function changeOf({ path, text }: Source, tasks: readonly Task[]): FileChange {
  const before = tasks.find(({ candidate }) => candidate?.source.path === path)?.candidate?.source.text ?? text;
  return { path, before, after: text };
}

function newTask(stack: PatchStack, resource: DriftedResource, wanted: Wanted, state: FileState): Task {
  const attempts = attemptsFor(stack, resource, wanted, state);
  return { stack, resource, wanted, attempts, failures: [], isNarrower: false };
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
    task.failures.push(next.value.refused);
  }
}

/** Leaves each task with a candidate that is proven, or with none. */
async function settle(group: PatchGroup, state: FileState, tasks: readonly Task[]): Promise<void> {
  const { apart, touching } = disjoint(tasks);
  await settleTogether(group, state, apart);
  for (const task of touching) await settleTogether(group, state, [task]);
}

async function settleTogether(group: PatchGroup, state: FileState, tasks: readonly Task[]): Promise<void> {
  if (tasks.length === 0) return;
  const proof = await prove(
    group,
    state,
    fileEdits(tasks),
    tasks.map((task) => claimOf(task, state)),
  );
  if (proof.proven) return;
  const [first] = tasks;
  if (tasks.length === 1 && first) {
    first.failures.push(proof.failure);
    first.isNarrower = true;
    advance(first);
    return first.candidate ? settleTogether(group, state, [first]) : undefined;
  }
  const half = Math.ceil(tasks.length / 2);
  await settleTogether(group, state, tasks.slice(0, half));
  await settleTogether(group, state, tasks.slice(half));
}

/** Applies all settled edits; those that touch others' are made again after them. What can't be is refused. */
async function compose(group: PatchGroup, base: FileState, tasks: readonly Task[]): Promise<FileState> {
  const { apart, touching } = disjoint(tasks);
  const claims = apart.map((task) => claimOf(task, base));
  const proof = apart.length === 0 ? { proven: base } : await prove(group, base, fileEdits(apart), claims);
  let state = proof.proven ?? base;
  for (const task of proof.proven ? touching : tasks) {
    const next = await remade(group, state, task);
    if (next) state = next;
    else {
      task.failures.unshift('its edit touches that of another finding: apply that one, then scan again');
      delete task.candidate;
    }
  }
  return state;
}

/** The state with a task's finding patched as well; undefined where that can't be proven. */
async function remade(group: PatchGroup, state: FileState, task: Task): Promise<FileState | undefined> {
  const { stack, resource, wanted } = task;
  const again = await currentWanted(task, state);
  if (again === 'gone') return state;
  if (again === undefined) return undefined;
  const attempts = attemptsFor(stack, resource, { ...wanted, ...again }, state);
  for (const candidate of attempts) {
    if (candidate.refused !== undefined) continue;
    const claim = claimOf({ stack, resource, wanted: { ...wanted, ...again } }, state);
    const proof = await prove(group, state, [candidate], [claim]);
    if (proof.proven) return proof.proven;
  }
  return undefined;
}

/** A finding's difference as it is at another state, where lists may have shifted; `gone` where others' edits settled it. */
async function currentWanted(
  { stack, resource, wanted }: Task,
  state: FileState,
): Promise<Partial<Wanted> | 'gone' | undefined> {
  const { difference } = wanted;
  if (difference === undefined) return {};
  const properties = state.stacks.get(stack)?.evaluated.resources.get(resource.logicalId)?.properties;
  if (properties === undefined) return undefined;
  const { differences } = await resource.compare(properties);
  const alike = differences.filter(
    (each) =>
      JSON.stringify([each.desired ?? null, each.live ?? null]) ===
      JSON.stringify([difference.desired ?? null, difference.live ?? null]),
  );
  const [found] = alike.filter(({ stablePath }) => stablePath === difference.stablePath).concat(alike);
  return found ? { difference: found } : 'gone';
}

/** Tasks whose edits don't touch each other, and those that touch one before them; equal edits are one. */
function disjoint(tasks: readonly Task[]): { apart: Task[]; touching: Task[] } {
  const taken = new Map<string, TextEdit[]>();
  const apart: Task[] = [];
  const touching: Task[] = [];
  for (const task of tasks) {
    const { source, edits = [] } = task.candidate ?? {};
    if (source === undefined) continue;
    const others = taken.get(source.path) ?? [];
    const isFree = edits.every((edit) => others.every((other) => isEqual(edit, other) || !touch(edit, other)));
    (isFree ? apart : touching).push(task);
    if (isFree) taken.set(source.path, [...others, ...edits]);
  }
  return { apart, touching };
}

function touch(one: TextEdit, other: TextEdit): boolean {
  return one.start <= other.end && other.start <= one.end;
}

function isEqual(one: TextEdit, other: TextEdit): boolean {
  // Two insertions are two elements, be they alike.
  return one.start === other.start && one.end === other.end && one.text === other.text && one.start < one.end;
}

function fileEdits(tasks: readonly Task[]): FileEdits[] {
  const files = new Map<string, { source: Source; edits: TextEdit[] }>();
  for (const { candidate } of tasks) {
    if (candidate === undefined) continue;
    const file = files.get(candidate.source.path) ?? { source: candidate.source, edits: [] };
    for (const edit of candidate.edits) if (!file.edits.some((each) => isEqual(each, edit))) file.edits.push(edit);
    files.set(candidate.source.path, file);
  }
  return [...files.values()].map(({ source, edits }) => ({ source, edits: edits.sort((a, b) => a.start - b.start) }));
}

function suggestionOf({ candidate, failures, isNarrower }: Task): Suggestion {
  const [reason = 'there is no place in the repository where this value could be written'] = failures;
  if (candidate === undefined) return { status: 'refused', reason };
  const { source, edits, note } = candidate;
  const why = note !== undefined && isNarrower && failures.length > 0 ? `${note}: otherwise ${failures[0]}` : note;
  return { status: 'patchable', source, edits, ...(why === undefined ? {} : { note: why }) };
}
