import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { isObject, type Json, type JsonObject } from '../../src/base/json.js';
import { segments } from '../../src/base/json-pointer.js';
import type { Finding, Report } from '../../src/model/report.js';
import { unifiedDiff } from '../../src/patch/unified-diff.js';
import { scanFiles } from '../support/memory.js';
import { patchedBy } from '../support/patching.js';
import { type Files, temporaryDirectory, writeFiles } from '../support/repository.js';
import type { Mutation } from './mutations.js';
import { type RecordedStack, recordedProject, templatePath } from './recorded-project.js';

/** A recorded stack in which one thing was changed out of band. */
export interface Trip extends RecordedStack {
  mutation: Mutation;
}

/** What became of a trip: nothing to patch, no edit and why, or an edit, how many lines it takes, and what is wrong after it. */
export type Outcome = { trip: Trip } & (
  | { status: 'no finding' }
  | { status: 'refused'; reason: string }
  | {
      status: 'patched';
      findings: Finding[];
      removed: number;
      added: number;
      wrong: string[];
      /** Parameters that nothing in the template refers to any more. */
      unused: string[];
    }
);

/**
 * Takes all trips at once, each as a stack of one work tree: scans, writes the suggested edits as a unified diff, has
 * Git apply it, and scans again. `more` are further files, such as a baseline. Rejects where Git doesn't take the diff.
 */
export async function roundTrip(trips: readonly Trip[], more: Files = {}): Promise<Outcome[]> {
  const { files: own, snapshot } = recordedProject(trips);
  const files = { ...own, ...more };
  const folder = temporaryDirectory();
  writeFiles(folder, { 'live.json': JSON.stringify(snapshot) });
  const request = { snapshot: join(folder, 'live.json'), patch: {} };
  const before = await scanFiles(files, request);
  const diff = await unifiedDiff(before.patched);
  const touched: Files = Object.fromEntries(before.patched.map(({ path }) => [path, files[path] ?? '']));
  const after = await scanFiles({ ...files, ...(diff === '' ? {} : patchedBy(diff, touched)) }, request);
  const lines = changedLines(diff);
  const edited = new Map(before.patched.map(({ path, after: text }) => [path, text]));
  return trips.map((trip) => {
    const path = templatePath(trip.name, trip.style);
    const findings = before.report.findings.filter(({ stack }) => stack === trip.name);
    const refused = findings.find(({ patch }) => patch.status !== 'patchable');
    if (findings.length === 0) return { trip, status: 'no finding' };
    if (refused) return { trip, status: 'refused', reason: refused.patch.reason ?? '' };
    const { removed, added } = lines.get(path) ?? { removed: 0, added: 0 };
    const wrong = changesOf(trip.name, before.report, after.report);
    const templates = readBoth(path, String(files[path]), edited.get(path));
    const isMore = !trip.functions && !isChangedOnlyAt(findings, templates);
    const unused = newlyUnused(templates);
    const found = isMore ? [...wrong, 'more was edited'] : wrong;
    return { trip, status: 'patched', findings, removed, added, wrong: found, unused };
  });
}

/** What a second scan finds other than the first, apart from the findings that were patched. */
function changesOf(stack: string, before: Report, after: Report): string[] {
  const all = before.findings.filter((one) => one.stack === stack);
  const left = all.filter(({ patch }) => patch.status !== 'patchable');
  const found = after.findings.filter((one) => one.stack === stack);
  const wrong = found.filter((one) => !left.some(({ id }) => id === one.id)).map(({ path }) => `${path} is left`);
  wrong.push(...left.filter((one) => !found.some(({ id }) => id === one.id)).map(({ path }) => `${path} is hidden`));
  for (const resource of before.resources.filter((one) => one.stack === stack)) {
    const { logicalId, status } = resource;
    const now = after.resources.find((one) => one.stack === stack && one.logicalId === logicalId);
    const isDone = status === 'modified' && !left.some((one) => one.logicalId === logicalId);
    if (now?.status !== (isDone ? 'inSync' : status)) wrong.push(`${logicalId} is ${now?.status}`);
    const paths = all.filter((one) => one.logicalId === logicalId).map(({ path }) => path);
    const unverifiable = [resource, now].map((one) => one?.unverifiable.filter(({ path }) => !isBelow(path, paths)));
    if (!isDeepStrictEqual(unverifiable[0], unverifiable[1])) wrong.push('something else is unverifiable');
  }
  return wrong;
}

function isBelow(path: string, others: readonly string[]): boolean {
  return others.some((other) => path.startsWith(`${other}/`));
}

/** A template as it was, and as it is after an edit. */
interface Versions {
  before: JsonObject;
  after: JsonObject;
}

function readBoth(path: string, before: string, after = before): Versions {
  const read = (text: string) =>
    (path.endsWith('.json') ? JSON.parse(text) : parse(text, { logLevel: 'silent' })) as JsonObject;
  return { before: read(before), after: read(after) };
}

/** Whether two versions of a template say the same but for the lists and maps that findings are in. */
function isChangedOnlyAt(findings: readonly Finding[], { before, after }: Versions): boolean {
  const [one, other] = [before, after].map((version) => {
    const template = structuredClone(version);
    for (const { logicalId, path } of findings) {
      const all = ['Resources', logicalId, 'Properties', ...segments(path).slice(0, -1)];
      // Maps that are missing are made.
      const missing = all.findIndex((_, depth) => !holds(before, all.slice(0, depth + 1)));
      const keys = missing === -1 ? all : all.slice(0, missing + 1);
      const last = keys.pop() ?? '';
      const holder = keys.reduce<Json>((inner, key) => (inner as JsonObject | null)?.[key] ?? null, template);
      if (isObject(holder) || Array.isArray(holder)) (holder as JsonObject)[last] = null;
    }
    return template;
  });
  return isDeepStrictEqual(one, other);
}

/** Parameters that only the first of two versions of a template refers to. */
function newlyUnused({ before, after }: Versions): string[] {
  const [one, other] = [before, after].map((version) => {
    const { Parameters = {}, ...rest } = version as Record<string, JsonObject>;
    const used = JSON.stringify(rest);
    const isUsed = (name: string) => used.includes(`"Ref":"${name}"`) || used.includes(`\${${name}}`);
    return Object.keys(Parameters).filter((name) => !isUsed(name));
  });
  return (other ?? []).filter((name) => !one?.includes(name));
}

function holds(root: Json, keys: readonly string[]): boolean {
  return keys.reduce<Json | undefined>((inner, key) => (inner as JsonObject | undefined)?.[key], root) !== undefined;
}

/** How many lines a unified diff removes and adds, by file. */
function changedLines(diff: string): Map<string, { removed: number; added: number }> {
  const files = diff.split(/^--- a\//m).slice(1);
  return new Map(
    files.map((text) => {
      const [header = '', , ...lines] = text.split('\n');
      const count = (sign: string) => lines.filter((line) => line.startsWith(sign)).length;
      return [header, { removed: count('-'), added: count('+') }];
    }),
  );
}
