import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
// @ts-expect-error A script of the repository, without types.
import { liveOnly as liveOnlyScript } from '../../../../../scripts/live-only.js';
import type { Json, JsonObject } from '../../../../../src/base/json.js';
import { segments } from '../../../../../src/base/json-pointer.js';
import { packageFile } from '../../../../../src/base/package-file.js';
import type { AwsOwn, ResourceAround } from '../../../../../src/compare/types.js';
import { distilDefaults, type MinedDefault } from '../../../../../src/iac/cloudformation/types/aws-own/distil.js';
import { observationsOf, type RecordedCase } from '../../../../../src/iac/cloudformation/types/aws-own/observe.js';
import { ownOfAws } from '../../../../../src/iac/cloudformation/types/aws-own/own.js';
import { loadResourceTypes } from '../../../../../src/iac/cloudformation/types/index-file.js';
import { describeShared, sharedLines } from '../../../../support/shared.js';

type Asking = Generator<[path: string, value: Json], void, boolean | undefined>;
const liveOnly: (live: Json, declared: Json) => Asking = liveOnlyScript;

const FILE = 'recorded/cases.jsonl.gz';
const TYPES = loadResourceTypes();

interface Leaf {
  type: string;
  path: string;
  value: Json;
  about: ResourceAround;
}

/** Every undeclared leaf of the recorded resources that nobody touched. */
function untouchedLeaves(): Leaf[] {
  return sharedLines<RecordedCase & { logicalId: string }>(FILE).flatMap((one) => {
    const { type, declared, live, drift, context } = one;
    if (live === null || drift.length > 0) return [];
    const about = {
      ...context,
      live,
      physicalId: one.physicalId,
      logicalId: one.logicalId,
      resourceType: TYPES.get(type),
    };
    return [...liveOnly(live, declared)].filter(isLeaf).map(([path, value]) => ({ type, path, value, about }));
  });
}

function isLeaf([, value]: [string, Json]): boolean {
  return typeof value !== 'object' || value === null || Array.isArray(value) || Object.keys(value).length === 0;
}

function kindOf(own: AwsOwn | undefined): string {
  return own === undefined ? 'value' : own.kind === 'default' ? own.from : own.kind;
}

describeShared(FILE, "what is AWS's own on recorded resources that nobody touched", () => {
  test('is nearly all that no template declares, most of it known exactly', () => {
    const counts: Record<string, number> = {};
    const leaves = untouchedLeaves();
    for (const { about, ...place } of leaves) {
      const kind = kindOf(ownOfAws(place, about));
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    expect(leaves.length).toBeGreaterThan(3500);
    expect(counts['recorded']).toBeGreaterThan(1800);
    expect(counts['read-only']).toBeGreaterThan(1000);
    expect(counts['generated']).toBeGreaterThan(100);
    expect(counts['identifier']).toBeGreaterThan(100);
    expect(counts['value']).toBeLessThan(300);
  });

  test('no change of a default, or of a value, is taken for one of AWS’s', () => {
    const missed: string[] = [];
    let changed = 0;
    for (const { type, path, value, about } of untouchedLeaves()) {
      const own = ownOfAws({ type, path, value }, about);
      if (own !== undefined && own.kind !== 'default') continue;
      if (typeof value === 'object' && value !== null) continue;
      changed += 1;
      const other = typeof value === 'boolean' ? !value : typeof value === 'number' ? value + 1 : `${value ?? ''}x`;
      const after = ownOfAws({ type, path, value: other }, { ...about, live: withValue(about.live, path, other) });
      // Of several defaults a baseline keeps which one it was.
      if (after !== undefined && !(after.kind === 'default' && after.isOneOf)) missed.push(`${type} ${path}: ${other}`);
    }
    expect(changed).toBeGreaterThan(1500);
    expect(missed).toEqual([]);
  });

  test('what ships is a fresh distillation', () => {
    const cases = sharedLines<RecordedCase>(FILE);
    const mined = sharedLines<MinedDefault>('mined/facts.jsonl.gz');
    const types = TYPES.names().flatMap((name) => TYPES.get(name) ?? []);
    const fresh = distilDefaults(
      cases.flatMap((one) => observationsOf(one, TYPES)),
      mined,
      types,
    );
    const shipped: unknown = JSON.parse(readFileSync(packageFile('data/aws-defaults.json'), 'utf8'));
    // Compared as a whole: a difference of a hundred thousand characters helps nobody. `npm run distil` makes it anew.
    expect(JSON.stringify(shipped) === JSON.stringify(fresh)).toBe(true);
  });

  test('the distillation is the same in any order', () => {
    const seen = sharedLines<RecordedCase>(FILE).flatMap((one) => observationsOf(one, TYPES));
    const mined = sharedLines<MinedDefault>('mined/facts.jsonl.gz');
    const backwards = distilDefaults([...seen].reverse(), [...mined].reverse(), []);
    expect(JSON.stringify(distilDefaults(seen, mined, []))).toBe(JSON.stringify(backwards));
  });
});

test('what ships holds no account, and nothing that was made for one resource', () => {
  const shipped = readFileSync(packageFile('data/aws-defaults.json'), 'utf8');
  expect(shipped).not.toMatch(/111111111111/);
  expect(shipped).not.toMatch(/\b(?:sg|vpc|subnet|eni|vol|ami|igw)-[0-9a-f]{8}/);
  expect(shipped).not.toMatch(/key\/[0-9a-f]{8}-/);
});

function withValue(live: JsonObject, path: string, value: Json): JsonObject {
  const copy = structuredClone(live);
  const keys = segments(path);
  const last = keys.pop() ?? '';
  const parent = keys.reduce<Json>((at, key) => (at as JsonObject)[key] as Json, copy);
  (parent as JsonObject)[last] = value;
  return copy;
}
