import { segments } from '../json-pointer.js';
import type { Source } from '../template/source.js';
import type { Candidate } from './candidates.js';
import type { TextEdit } from './edit/apply-edits.js';
import type { FileEdits } from './state.js';
import type { Task } from './task.js';

/** Tasks that one edit settles: of several resources or stacks that a literal stands for, all drifted alike. */
export interface Bundle {
  candidate: Candidate;
  tasks: Task[];
}

/** Tasks that have a candidate, those with the same edit together: they stand or fall with it. */
export function bundlesOf(tasks: readonly Task[]): Bundle[] {
  const byEdit = new Map<string, Bundle[]>();
  for (const task of tasks) {
    const { candidate } = task;
    if (candidate === undefined) continue;
    const key = JSON.stringify([candidate.source.path, candidate.edits]);
    const alike = byEdit.get(key) ?? [];
    const bundle = alike.find((each) => !each.tasks.some((other) => areTwo(task, other)));
    if (bundle) bundle.tasks.push(task);
    else byEdit.set(key, [...alike, { candidate, tasks: [task] }]);
  }
  return [...byEdit.values()].flat();
}

/** Two alike elements that one list has got are two insertions. */
function areTwo(one: Task, other: Task): boolean {
  if (one.stack !== other.stack || one.resource !== other.resource) return false;
  const [left, right] = [one, other].map(({ wanted }) => segments(wanted.difference?.path ?? '').slice(0, -1));
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Bundles whose edits don't touch each other, and those that touch one before them. */
export function disjoint(bundles: readonly Bundle[]): { apart: Bundle[]; touching: Bundle[] } {
  const taken = new Map<string, TextEdit[]>();
  const apart: Bundle[] = [];
  const touching: Bundle[] = [];
  for (const bundle of bundles) {
    const { source, edits } = bundle.candidate;
    const others = taken.get(source.path) ?? [];
    const isFree = edits.every((edit) => others.every((other) => !touch(edit, other)));
    (isFree ? apart : touching).push(bundle);
    if (isFree) taken.set(source.path, [...others, ...edits]);
  }
  return { apart, touching };
}

function touch(one: TextEdit, other: TextEdit): boolean {
  return one.start <= other.end && other.start <= one.end;
}

/** The edits of bundles that don't touch each other, by file. */
export function fileEdits(bundles: readonly Bundle[]): FileEdits[] {
  const files = new Map<string, { source: Source; edits: TextEdit[] }>();
  for (const { candidate } of bundles) {
    const { source, edits } = candidate;
    const file = files.get(source.path) ?? { source, edits: [] };
    file.edits.push(...edits);
    files.set(source.path, file);
  }
  return [...files.values()].map(({ source, edits }) => ({ source, edits: edits.sort((a, b) => a.start - b.start) }));
}
