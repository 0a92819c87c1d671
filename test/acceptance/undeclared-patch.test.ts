import { expect, test } from '@jest/globals';
import { isObject, type Json, type JsonObject } from '../../src/base/json.js';
import { child } from '../../src/base/json-pointer.js';
import { BASELINE_FILE, entryKey } from '../../src/baseline/baseline.js';
import { ownOf } from '../../src/compare/own.js';
import { acceptableValues } from '../../src/compare/undeclared.js';
import type { Files } from '../support/repository.js';
import { describeShared, sharedLines } from '../support/shared.js';
import { change, different, type Mutation, replaced } from './mutations.js';
import { compareCase, inputOf, type RecordedCase } from './recorded-cases.js';
import { STYLES } from './recorded-project.js';
import { type Outcome, roundTrip, type Trip } from './round-trip.js';

const FILE = 'recorded/cases.jsonl.gz';
/** All changes with ROUND_TRIPS=all; else one of so many. */
const SAMPLE = process.env['ROUND_TRIPS'] === 'all' ? 1 : 12;
const STACKS_A_REPOSITORY = 400;

/** Why a finding of what no template declares may have no patch. */
const REFUSED = [
  /^declaring it would replace the resource/,
  /^it is gone from the cloud/,
  /holds? a secret/,
  /would show a secret/,
];

interface UndeclaredTrip extends Trip {
  accepted: Record<string, Json>;
}

describeShared(FILE, 'patches of what no template declares', () => {
  test('declare it, and nothing else', async () => {
    const trips = (await allTrips()).filter((_, index) => index % SAMPLE === 0);
    const outcomes: Outcome[] = [];
    for (let at = 0; at < trips.length; at += STACKS_A_REPOSITORY) {
      const some = trips.slice(at, at + STACKS_A_REPOSITORY);
      outcomes.push(...(await roundTrip(some, baselineOf(some))));
    }
    const patched = outcomes.flatMap((each) => (each.status === 'patched' ? [each] : []));
    const refused = outcomes.flatMap((each) => (each.status === 'refused' ? [each] : []));
    const others = refused.filter(({ reason }) => !REFUSED.some((known) => known.test(reason)));
    const known = REFUSED.map(
      (reason) => `${reason.source}: ${refused.filter((each) => reason.test(each.reason)).length}`,
    );
    const counts = [outcomes.length, patched.length, refused.length, others.length].join(', ');
    const reasons = [
      ...new Set(others.map(({ trip, reason }) => `${trip.one.type} ${trip.mutation.expected}: ${reason}`)),
    ];
    process.stderr.write(
      `undeclared patches (changes, patched, refused, otherwise refused): ${counts}\n${known.join('\n')}\n${reasons.join('\n')}\n`,
    );
    expect(
      patched.flatMap(({ trip, wrong }) => wrong.map((text) => `${trip.one.type} ${trip.mutation.expected}: ${text}`)),
    ).toEqual([]);
    expect(others.length / (patched.length + others.length)).toBeLessThan(0.02);
    expect(patched.length).toBeGreaterThanOrEqual(20);
  }, 900_000);
});

async function allTrips(): Promise<UndeclaredTrip[]> {
  const trips: UndeclaredTrip[] = [];
  for (const one of sharedLines<RecordedCase>(FILE).filter(({ drift }) => drift.length === 0)) {
    const { types, type, resourceType, context } = inputOf(one);
    const own = ownOf({ types, type, resourceType, physicalId: one.physicalId, context, live: one.live });
    const { rest = [] } = await compareCase(one);
    const values = acceptableValues(rest, { types, type, resourceType, own });
    const accepted = Object.fromEntries(values.map(({ stablePath, live }) => [stablePath, live]));
    // In a declared list, a live element has another index than the declared one.
    for (const { path, live } of values.filter((value) => !/\/\d+(?:\/|$)/.test(value.path))) {
      for (const mutation of mutationsAt(one.live, path, live)) {
        const [style] = STYLES.slice(trips.length % STYLES.length);
        if (style === undefined) continue;
        const name = `stack-${trips.length}`;
        trips.push({ name, one, style, functions: false, live: mutation.live, mutation, accepted });
      }
    }
  }
  return trips;
}

function mutationsAt(live: JsonObject, path: string, value: Json): Mutation[] {
  if (!Array.isArray(value)) {
    const next = isObject(value) ? undefined : change(value);
    return next === undefined ? [] : [{ kind: 'leaf changed', live: replaced(live, path, next), expected: path }];
  }
  const [first] = value;
  const added = first === undefined ? undefined : different(first);
  if (added === undefined || JSON.stringify(added) === JSON.stringify(first)) return [];
  const whole = [...value, added];
  return [{ kind: 'element added', live: replaced(live, path, whole), expected: child(path, value.length) }];
}

function baselineOf(trips: readonly UndeclaredTrip[]): Files {
  const entries = trips.map(({ name, one, accepted }) => {
    const { type, logicalId, physicalId, context } = one;
    const key = entryKey({ account: context.accountId, region: context.region, stack: name, logicalId });
    return [key, { type, physicalId, values: accepted }];
  });
  const file = { baselineVersion: 1, salt: '0'.repeat(32), resources: Object.fromEntries(entries) };
  return { [BASELINE_FILE]: JSON.stringify(file) };
}
