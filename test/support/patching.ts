import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { isObject, type Json, type JsonObject } from '../../src/base/json.js';
import { segments } from '../../src/base/json-pointer.js';
import type { Snapshot, SnapshotResource } from '../../src/cloud/snapshot/snapshot.js';
import type { Finding } from '../../src/model/report.js';
import { unifiedDiff } from '../../src/patch/unified-diff.js';
import type { ScanRequest, ScanResult } from '../../src/scan/request.js';
import type { Value } from '../../src/value/value.js';
import { evaluateText } from './evaluate.js';
import { scanFiles } from './memory.js';
import { type Files, git, makeRepository, temporaryDirectory, writeFiles } from './repository.js';

export const ACCOUNT = '111111111111';
export const REGION = 'eu-west-1';

/**
 * What somebody did in the cloud, by stack (where there are several), logical ID and JSON Pointer: `shop:Queue/Tags/0`.
 * `set` gives a value, also to a new key; `insert` adds a list element before that index; `delete` also takes a whole
 * resource (`Queue`).
 */
export type Drift = ['set' | 'insert', string, Json] | ['delete', string];

/** A repository whose stacks somebody changed, and the patch that is to come of it. */
export interface Scenario {
  name: string;
  /** The template of all stacks: `templates/shop.yaml`, or `.json` where it is JSON. */
  template: string;
  /** Further files; the configuration, where it is more than the stacks' names and template. */
  files?: Files;
  /** Parameters of the deployed stacks, by stack; default one stack, `shop`, without. */
  stacks?: Record<string, Record<string, string>>;
  /** Physical IDs; default is the logical ID. */
  ids?: Record<string, string>;
  /** What only AWS sets: `Queue.Arn`. */
  attributes?: Record<string, Json>;
  drift: Drift[];
  /** Undeclared values that the baseline accepts, by logical ID and stable path; `{}` for a resource that it has with none. */
  baseline?: Record<string, Record<string, Json>>;
  request?: Omit<ScanRequest, 'repository' | 'ref'>;
  /** The diff without headers and context; a file's name stands before its lines where it is not the template. */
  diff?: string[];
  /** Parts of the notes, in the order of findings. */
  notes?: (string | undefined)[];
  /** Parts of the reasons of findings that are not patched. */
  refused?: string[];
}

/** A test for each scenario: the exact diff, notes and reasons, and that the scan after `git apply` finds the rest only. */
export function describeScenarios(title: string, scenarios: readonly Scenario[]): void {
  describe(title, () => {
    test.each(scenarios)('$name', async (scenario) => {
      const snapshot = writeSnapshot(scenario);
      const files = filesOf(scenario);
      const before = await scanFiles(files, { snapshot, patch: {}, ...scenario.request });
      const findings = before.report.findings.filter(({ suppressed }) => !suppressed);
      const patched = findings.filter(({ patch }) => patch.status === 'patchable');
      const others = findings.filter(({ patch }) => patch.status !== 'patchable');
      const diff = await unifiedDiff(before.patched);
      expect({ diff: linesOf(diff), refused: others.map(({ patch }) => patch.reason) }).toEqual({
        diff: scenario.diff ?? [],
        refused: (scenario.refused ?? []).map((reason) => expect.stringContaining(reason)),
      });
      const notes = patched.map(({ patch }) => patch.note);
      expect(notes).toEqual(
        patched.map((_, index) => {
          const note = scenario.notes?.[index];
          return note === undefined ? undefined : expect.stringContaining(note);
        }),
      );
      if (diff === '') return;
      const after = await scanFiles(patchedBy(diff, files), { snapshot, ...scenario.request });
      expect(shapesOf(after)).toEqual(others.map(shapeOf).sort());
      expect(after.report.summary.properties.unverifiable).toBe(before.report.summary.properties.unverifiable);
    });
  });
}

/** Makes a scenario's repository, and beside it the snapshot of its stacks. */
export function makeScenario(scenario: Scenario): { repository: string; snapshot: string } {
  return { repository: makeRepository(filesOf(scenario)), snapshot: writeSnapshot(scenario) };
}

function filesOf(scenario: Scenario): Files {
  const { template, stacks = { shop: {} }, files = {} } = scenario;
  const path = pathOf(template);
  const entries = Object.keys(stacks).map((name) => `  - { name: ${name}, template: ${path}, region: ${REGION} }\n`);
  const config = `version: 1\nprovider: snapshot\nstacks:\n${entries.join('')}`;
  return { 'gitops-drift.yaml': config, [path]: template, ...baselineFile(scenario), ...files };
}

/** The stacks' baseline, where there is to be one. */
function baselineFile({ template, stacks = { shop: {} }, ids = {}, baseline }: Scenario): Files {
  if (baseline === undefined) return {};
  const { resources } = evaluateText(template, {});
  const entries = Object.keys(stacks).flatMap((stack) =>
    Object.entries(baseline).map(([logicalId, values]) => [
      `${ACCOUNT}/${REGION}/${stack}/${logicalId}`,
      { type: resources.get(logicalId)?.type ?? '', physicalId: ids[logicalId] ?? logicalId, values },
    ]),
  );
  const file = { baselineVersion: 1, salt: '0'.repeat(32), resources: Object.fromEntries(entries) };
  return { '.gitops-drift/baseline.json': JSON.stringify(file) };
}

function writeSnapshot(scenario: Scenario): string {
  const snapshot = join(temporaryDirectory(), 'live.json');
  writeFileSync(snapshot, JSON.stringify(snapshotOf(scenario)));
  return snapshot;
}

/** Applies a diff as Git does, to all of its files or none. */
export function applyDiff(directory: string, diff: string): void {
  const file = join(temporaryDirectory(), 'drift.patch');
  writeFileSync(file, diff);
  git(directory, 'apply', file);
}

/** Files as Git leaves them when it has applied a diff. */
export function patchedBy(diff: string, files: Files): Files {
  const directory = temporaryDirectory();
  writeFiles(directory, files);
  applyDiff(directory, diff);
  return Object.fromEntries(Object.keys(files).map((path) => [path, readFileSync(join(directory, path))]));
}

/** Added and removed lines; another file's name than the template's before its own. */
export function linesOf(diff: string): string[] {
  return diff.split('\n').flatMap((line) => {
    const name = /^\+\+\+ b\/(.*?)\t?$/.exec(line)?.[1];
    if (name !== undefined) return name.startsWith('templates/shop.') ? [] : [name];
    return /^(?:---|@@)/.test(line) || !/^[-+\\]/.test(line) ? [] : [line];
  });
}

function pathOf(template: string): string {
  return /^\uFEFF?\s*\{/.test(template) ? 'templates/shop.json' : 'templates/shop.yaml';
}

function snapshotOf(scenario: Scenario): Snapshot {
  const { template, stacks = { shop: {} } } = scenario;
  return {
    snapshotVersion: 1,
    capturedAt: '2026-01-01T00:00:00Z',
    account: ACCOUNT,
    regions: {
      [REGION]: {
        stacks: Object.entries(stacks).map(([name, parameters]) => ({
          name,
          template,
          parameters,
          resources: resourcesOf(scenario, name, parameters),
        })),
      },
    },
  };
}

/** The stack's resources as Git says, but for the drift. */
function resourcesOf(scenario: Scenario, stack: string, parameters: Record<string, string>): SnapshotResource[] {
  const { template, ids = {}, attributes = {}, drift } = scenario;
  const first = evaluateText(template, { deployed: deployed(parameters) });
  const physicalIds = Object.fromEntries([...first.resources.keys()].map((id) => [id, ids[id] ?? id]));
  const evaluated = evaluateText(template, {
    deployed: deployed(parameters),
    environment: { region: REGION, accountId: ACCOUNT, stackName: stack },
    physicalIds,
    attributes,
  });
  const present = [...evaluated.resources.values()].filter(({ presence }) => presence === 'present');
  const live = new Map<string, Json>(
    present.map(({ logicalId, properties }) => {
      const own = Object.entries(attributes).filter(([name]) => name.startsWith(`${logicalId}.`));
      const extra = own.map(([name, value]) => [name.slice(logicalId.length + 1), value] as const);
      return [logicalId, { ...known(properties), ...Object.fromEntries(extra) }];
    }),
  );
  for (const [what, place, value = null] of drift) {
    const [, owner = stack, logicalId = '', pointer = ''] = /^(?:([^:/]+):)?([^/]+)(.*)$/s.exec(place) ?? [];
    if (owner !== stack) continue;
    live.set(logicalId, changed(live.get(logicalId) ?? null, segments(pointer), what, value) ?? null);
  }
  return present.map(({ logicalId, type }) => ({
    logicalId,
    type,
    physicalId: physicalIds[logicalId] ?? logicalId,
    properties: (live.get(logicalId) ?? null) as JsonObject | null,
  }));
}

function deployed(parameters: Record<string, string>) {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, { value }]));
}

/** An evaluated value without what is not known. */
function known(value: Value): JsonObject {
  const plain = plainOf(value);
  return isObject(plain) ? plain : {};
}

function plainOf(value: Value): Json | undefined {
  if (value.kind === 'scalar') return value.value;
  if (value.kind === 'unresolved') return undefined;
  if (value.kind === 'list') return value.items.map(plainOf).filter((item) => item !== undefined);
  return Object.fromEntries(
    [...value.entries].flatMap(([key, each]) => {
      const plain = plainOf(each);
      return plain === undefined ? [] : [[key, plain]];
    }),
  );
}

function changed(value: Json, keys: readonly string[], what: Drift[0], given: Json): Json | undefined {
  const [key, ...rest] = keys;
  if (key === undefined) return what === 'delete' ? undefined : given;
  if (Array.isArray(value)) {
    const at = Number(key);
    if (rest.length === 0 && what === 'insert') return [...value.slice(0, at), given, ...value.slice(at)];
    return value.flatMap((item, index) => (index === at ? (changed(item, rest, what, given) ?? []) : [item]));
  }
  if (!isObject(value)) throw new Error(`there is no ${key} in ${JSON.stringify(value)}`);
  const { [key]: inner = {}, ...others } = value;
  const next = changed(inner, rest, what, given);
  return next === undefined ? others : { ...others, [key]: next };
}

/** What is still drift: what was patched is adopted by then, and Git ahead of the stack. */
function shapesOf({ report }: ScanResult): string[] {
  return report.findings
    .filter(({ suppressed, verdict }) => !suppressed && (verdict === 'drift' || verdict === 'conflict'))
    .map(shapeOf)
    .sort();
}

/** A finding by what it says; indices shift when elements before it come or go. */
function shapeOf({ stack, logicalId, path, desired, live }: Finding): string {
  return JSON.stringify([stack, logicalId, path.replace(/\/\d+/g, '/*'), desired ?? null, live ?? null]);
}
