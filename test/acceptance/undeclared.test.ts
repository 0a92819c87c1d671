import { expect, test } from '@jest/globals';
import { isObject, type Json } from '../../src/base/json.js';
import { child, segments } from '../../src/base/json-pointer.js';
import { ownOf } from '../../src/compare/own.js';
import type { Own } from '../../src/compare/significant.js';
import type { AwsOwn } from '../../src/compare/types.js';
import { acceptableValues, compareAccepted, elementName, type UndeclaredInput } from '../../src/compare/undeclared.js';
import { ownOfAws } from '../../src/iac/cloudformation/types/aws-own/own.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import type { UndeclaredValue } from '../../src/model/comparison.js';
import { severityRules } from '../../src/severity/rules.js';
import type { PlainObject } from '../../src/value/value.js';
import { describeShared, sharedLines } from '../support/shared.js';
import { change, different, replaced } from './mutations.js';
import { compareCase, inputOf, type RecordedCase } from './recorded-cases.js';

const FILE = 'recorded/cases.jsonl.gz';

/** A recorded resource with what is live and not declared, and what a baseline accepts of it. */
interface Accepted {
  one: RecordedCase;
  comparison: Awaited<ReturnType<typeof compareCase>>;
  rest: readonly UndeclaredValue[];
  values: UndeclaredValue[];
  input: UndeclaredInput;
}

async function acceptedOf(one: RecordedCase): Promise<Accepted> {
  const comparison = await compareCase(one);
  const { types, type, resourceType, desired, context } = inputOf(one);
  const { physicalId, logicalId, live } = one;
  const about = { types, type, resourceType, physicalId, logicalId, context, live };
  const input = { types, type, resourceType, desired: desired as PlainObject, context, own: ownOf(about) };
  const { rest = [] } = comparison;
  return { one, comparison, rest, values: acceptableValues(rest, input), input };
}

/** `within`: only what was accepted there; each undeclared value is compared by itself, and resources have up to 298. */
function differencesTo({ comparison, values, input }: Accepted, rest: readonly UndeclaredValue[], within = '') {
  const own = values.filter(({ stablePath }) => `${stablePath}/`.startsWith(`${within}/`));
  const accepted = new Map(own.map(({ stablePath, live }) => [stablePath, live]));
  return compareAccepted({ ...comparison, rest }, accepted, input).differences;
}

/** A change of something undeclared, and the place at which it is to be found. */
interface Mutation {
  kind: 'leaf changed' | 'element added' | 'element removed' | 'member added' | 'member removed';
  /** The undeclared value that is changed, and what is left of it. */
  of: UndeclaredValue;
  rest: UndeclaredValue[];
  expected: string;
}

function* mutationsOf({ one, rest, input }: Accepted): Generator<Mutation> {
  const { type, live, physicalId, logicalId, context } = one;
  const about = { resourceType: input.resourceType, live, physicalId, logicalId, ...context };
  const ownAt: OwnAt = (path, value) => ownOfAws({ type, path, value }, about);
  for (const value of rest) {
    for (const { kind, at, live } of changesOf(value.live, '', value.path, ownAt, input.own)) {
      const changed = live === undefined ? [] : [{ ...value, live }];
      yield { kind, of: value, rest: changed, expected: value.path + at };
    }
  }
}

interface Change {
  kind: Mutation['kind'];
  /** Relative to the undeclared value. */
  at: string;
  /** The whole undeclared value afterwards. */
  live: Json | undefined;
}

type OwnAt = (path: string, value: Json) => AwsOwn | undefined;

/** How many leaves are left out, by what they are. */
const leftOut: Record<string, number> = {};

function* changesOf(root: Json, at: string, outer: string, ownAt: OwnAt, own: Own): Generator<Change> {
  const value = segments(at).reduce<Json>(step, root);
  const known = ownAt(outer + at, value);
  if (value === null || (known === undefined ? own.is(outer + at, value) : known.kind !== 'default')) {
    const kind = known?.kind ?? 'tag of the stack';
    if (typeof value !== 'object') leftOut[kind] = (leftOut[kind] ?? 0) + 1;
    return;
  }
  const whole = (next: Json): Json => (at === '' ? next : (replaced({ root }, `/root${at}`, next)['root'] ?? null));
  if (Array.isArray(value)) {
    const [first] = value;
    if (first !== undefined && !own.is(child(outer + at, 0), first)) {
      const added = different(first);
      if (JSON.stringify(added) !== JSON.stringify(first))
        yield { kind: 'element added', at: child(at, value.length), live: whole([...value, added]) };
      if (value.length > 1) yield { kind: 'element removed', at: child(at, 0), live: whole(value.slice(1)) };
    }
    return;
  }
  if (isObject(value)) {
    for (const key of Object.keys(value)) yield* changesOf(root, child(at, key), outer, ownAt, own);
    return;
  }
  const next = change(value);
  if (next !== undefined) yield { kind: 'leaf changed', at, live: whole(next) };
}

function step(inner: Json, key: string): Json {
  return (Array.isArray(inner) ? inner[Number(key)] : isObject(inner) ? inner[key] : null) ?? null;
}

describeShared(FILE, 'what no template declares', () => {
  const untouched = sharedLines<RecordedCase>(FILE).filter(({ drift }) => drift.length === 0);

  test('nothing of an untouched resource is open by itself', async () => {
    const rules = severityRules(cloudFormationTypes);
    for (const one of untouched) {
      const { rest, input } = await acceptedOf(one);
      const { accountId } = one.context;
      const isAwsDefault = input.own.isSeen;
      const about = { type: one.type, stack: 's', logicalId: 'R', accountId, desired: input.desired, isAwsDefault };
      const nameOf = (list: UndeclaredValue, index: number) => elementName(list, index, input);
      expect([one.id, rules.openings(rest, { ...about, nameOf })]).toEqual([one.id, []]);
    }
  });

  test('nothing is found on the same state, and a changed leaf, element or member once, where it is', async () => {
    const held: Record<string, [number, number]> = {};
    const broken: string[] = [];
    const lines: number[] = [];
    for (const one of untouched) {
      const accepted = await acceptedOf(one);
      lines.push(accepted.values.length);
      expect([one.id, differencesTo(accepted, accepted.rest)]).toEqual([one.id, []]);
      for (const { kind, of, rest, expected } of mutationsOf(accepted)) {
        const paths = differencesTo(accepted, rest, of.stablePath).map(({ path }) => path);
        const [place = ''] = paths;
        // A list or an element at its default was never written down, so that the whole of it is other than before.
        const isThere =
          blanked(place) === blanked(expected) ||
          ((kind.startsWith('element') || /\/\d+$/.test(place)) && expected.startsWith(`${place}/`));
        const isFound = paths.length === 1 && isThere;
        const tally = held[kind] ?? [0, 0];
        held[kind] = [tally[0] + (isFound ? 1 : 0), tally[1] + 1];
        if (!isFound) broken.push(`${kind}: ${one.type} ${expected}: ${paths.join(' ') || 'not found'}`);
      }
      for (const { stablePath } of accepted.values) {
        const of = accepted.rest.filter((each) => `${stablePath}/`.startsWith(`${each.stablePath}/`));
        const rest = of.flatMap((value) => without(value, stablePath));
        const paths = differencesTo(accepted, rest, of[0]?.stablePath).map((each) => each.stablePath);
        const tally = held['member removed'] ?? [0, 0];
        const isFound = paths.length === 1 && `${stablePath}/`.startsWith(`${paths[0]}/`);
        held['member removed'] = [tally[0] + (isFound ? 1 : 0), tally[1] + 1];
        if (!isFound) broken.push(`member removed: ${one.type} ${stablePath}: ${paths.join(' ') || 'not found'}`);
      }
    }
    const told = Object.entries(held).map(([kind, [found, all]]) => `${kind} ${found}/${all}`);
    lines.sort((left, right) => left - right);
    told.push(`lines a resource: median ${lines[lines.length >> 1]}, largest ${lines.at(-1)}`);
    process.stderr.write(`undeclared: ${told.join(', ')}; leaves left out: ${JSON.stringify(leftOut)}\n`);
    if (process.env['UNDECLARED']) process.stderr.write(`${broken.sort().join('\n')}\n`);
    for (const [kind, [found, all]] of Object.entries(held)) expect([kind, found]).toEqual([kind, all]);
  }, 300_000);
});

/** Without indices: what is accepted of a set has an order of its own. */
function blanked(path: string): string {
  return path.replace(/\/\d+(?=\/|$)/g, '/*');
}

/** An undeclared value without what stands at a stable path; the value itself where that is all. */
function without(value: UndeclaredValue, stablePath: string): UndeclaredValue[] {
  if (stablePath === value.stablePath) return [];
  if (!stablePath.startsWith(`${value.stablePath}/`)) return [value];
  const keys = segments(stablePath.slice(value.stablePath.length));
  const copy = structuredClone(value);
  const holder = keys.slice(0, -1).reduce<Json>(step, copy.live);
  if (isObject(holder)) delete holder[keys.at(-1) ?? ''];
  return [copy];
}
