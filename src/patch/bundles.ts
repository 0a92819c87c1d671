import { segments } from '../base/json-pointer.js';
import type { Finding } from '../model/report.js';
import { sortEdits, type TextEdit } from '../syntax/edit/apply-edits.js';
import type { Source } from '../syntax/source.js';
import { type Candidate, type FileEdits, filesEdited } from './ports.js';
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
    const key = JSON.stringify(filesEdited(candidate).map(({ source, edits }) => [source.path, edits]));
    const alike = byEdit.get(key) ?? [];
    const { finding } = task.wanted;
    const bundle = alike.find(({ tasks: others }) => !others.some(({ wanted }) => areTwo(finding, wanted.finding)));
    if (bundle) bundle.tasks.push(task);
    else byEdit.set(key, [...alike, { candidate, tasks: [task] }]);
  }
  return [...byEdit.values()].flat();
}

/**
 * Whether findings with the same edit need it twice: alike elements that one list has got are two insertions. A list that
 * is declared as a whole is declared once.
 */
export function areTwo(one: Finding, other: Finding): boolean {
  return !(one.undeclared && other.undeclared) && listOf(one) === listOf(other);
}

function listOf({ stack, region, account, logicalId, path }: Finding): string {
  return JSON.stringify([stack, region, account, logicalId, segments(path).slice(0, -1)]);
}

/** Bundles whose edits don't touch each other, and those that touch one before them. */
export function disjoint(bundles: readonly Bundle[]): { apart: Bundle[]; touching: Bundle[] } {
  const taken = new Map<string, TextEdit[]>();
  const apart: Bundle[] = [];
  const touching: Bundle[] = [];
  for (const bundle of bundles) {
    const files = filesEdited(bundle.candidate).map((file) => ({ ...file, others: taken.get(file.source.path) ?? [] }));
    const isFree = files.every(({ edits, others }) =>
      edits.every((edit) => others.every((other) => !touch(edit, other))),
    );
    (isFree ? apart : touching).push(bundle);
    if (isFree) for (const { source, edits, others } of files) taken.set(source.path, [...others, ...edits]);
  }
  return { apart, touching };
}

/** Whether edits can't be made side by side; insertions at one place can, one after the other. */
export function overlap(edits: readonly TextEdit[]): boolean {
  const sorted = sortEdits(edits);
  return sorted.some(({ start }, index) => start < (sorted[index - 1]?.end ?? 0));
}

function touch(one: TextEdit, other: TextEdit): boolean {
  return one.start <= other.end && other.start <= one.end;
}

/** The edits of bundles by file. */
export function fileEdits(bundles: readonly Bundle[]): FileEdits[] {
  const files = new Map<string, { source: Source; edits: TextEdit[] }>();
  for (const { source, edits } of bundles.flatMap(({ candidate }) => filesEdited(candidate))) {
    const file = files.get(source.path) ?? { source, edits: [] };
    file.edits.push(...edits);
    files.set(source.path, file);
  }
  return [...files.values()].map(({ source, edits }) => ({ source, edits: sortEdits(edits) }));
}
