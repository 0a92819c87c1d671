import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { isObject, type Json } from '../../src/base/json.js';
import type { Who } from '../../src/model/report.js';
import type { TrailRecord } from '../support/aws-simulator/state.js';
import { ACCOUNT, type Asked, recorded, withTrail } from './trail.js';

/** A property, and what sets it by AWS's models of its APIs (`scripts/who-pairs.py`), of which the tool knows nothing. */
interface Pair {
  type: string;
  property: string;
  kind: 'string' | 'integer' | 'boolean';
  source: string;
  operation: string;
  /** Where the property stands in the parameters. */
  at: string[];
  /** The parameters that name the resource, with the property that each holds. */
  named: [string, string][];
  identifying: string[];
}

// The history of all but one is told in one region, so that one clock meters them.
const PAIRS = (JSON.parse(readFileSync(new URL('./pairs.json', import.meta.url), 'utf8')) as Pair[]).filter(
  ({ source }) => !source.startsWith('globalaccelerator'),
);
const [ALICE, ...OTHERS] = ['alice', 'bob', 'carol', 'dave', 'eve', 'mallory'].map(
  (name) => `arn:aws:iam::${ACCOUNT}:user/${name}`,
);
const [BOB, CAROL, DAVE, EVE, MALLORY] = OTHERS;

const VALUES = { string: ['by-hand', 'as-was'], integer: [42, 7], boolean: [true, false] } as const;

/** How a call tells a property, and what can be said of it then at best. */
const TOLD: Record<string, (value: Json) => Json> = {
  plainly: (value) => value,
  'as a text': (value) => String(value),
  hidden: () => 'HIDDEN_DUE_TO_SECURITY_REASONS',
  'not at all': () => null,
};

function identityOf({ identifying, type }: Pair, index: number, mark = ''): Record<string, string> {
  return Object.fromEntries(
    identifying.map((name, part) => {
      const id = `thing-${mark}${index}-${part}`;
      const [, service = '', noun = ''] = type.toLowerCase().split('::');
      return [name, /Arn$/.test(name) ? `arn:aws:${service}:eu-west-1:${ACCOUNT}:${noun}/${id}` : id];
    }),
  );
}

function parametersOf({ named, at }: Pair, identity: Record<string, string>, value: Json): Json {
  const set = at.reduceRight<Json>((inner, key) => ({ [key]: inner }), value);
  return {
    ...Object.fromEntries(named.map(([key, property]) => [key, identity[property] ?? ''])),
    ...(isObject(set) ? set : {}),
  };
}

/** What others did at the same time, and has not made the change. */
function decoys(pair: Pair, index: number, identity: Record<string, string>, live: Json): TrailRecord[] {
  const { source, operation } = pair;
  const names = Object.values(identity);
  const same = parametersOf(pair, identity, live);
  const neighbour = identityOf(pair, index, 'x-');
  const subject = parametersOf({ ...pair, at: [] }, identity, {});
  return [
    recorded(source, operation, '2026-11-20T12:00:00Z', same, { by: MALLORY, names, errorCode: 'AccessDenied' }),
    recorded(source, operation, '2026-11-20T11:00:00Z', same, {
      names,
      userIdentity: { type: 'AssumedRole', arn: EVE, invokedBy: 'cloudformation.amazonaws.com' },
    }),
    recorded(source, operation, '2026-11-20T10:00:00Z', parametersOf(pair, neighbour, live), {
      by: BOB,
      names: Object.values(neighbour),
    }),
    recorded(
      source,
      'TagResource',
      '2026-11-20T09:00:00Z',
      { ...(isObject(subject) ? subject : {}), tags: { team: 'x' } },
      { by: CAROL, names },
    ),
    recorded(source, operation, '2026-11-01T00:00:00Z', same, { by: DAVE, names }),
    recorded('another.amazonaws.com', operation, '2026-11-20T08:00:00Z', same, { by: EVE, names }),
  ];
}

interface Case {
  pair: Pair;
  asked: Asked;
  /** Who did it; nobody's call is there, where it is undefined. */
  by: string | undefined;
  label: string;
}

const cases: Case[] = [];
const events: TrailRecord[] = [];
PAIRS.forEach((pair, index) => {
  const identity = identityOf(pair, index);
  const [live, before] = VALUES[pair.kind];
  const [told = '', tell = String] = Object.entries(TOLD)[index % 4] ?? [];
  const by = index % 5 === 4 ? undefined : ALICE;
  const names = index % 3 === 0 ? [] : Object.values(identity);
  const value = told === 'not at all' ? undefined : tell(live);
  const parameters =
    value === undefined ? parametersOf({ ...pair, at: [] }, identity, {}) : parametersOf(pair, identity, value);
  const earlier = parametersOf(pair, identity, before);
  if (by) events.push(recorded(pair.source, pair.operation, '2026-11-19T09:00:00Z', parameters, { by, names }));
  if (told === 'plainly')
    events.push(recorded(pair.source, pair.operation, '2026-11-18T09:00:00Z', earlier, { by: BOB, names }));
  events.push(...decoys(pair, index, identity, live));
  const physicalId = Object.values(identity).join('|');
  const asked = {
    type: pair.type,
    physicalId,
    texts: identity,
    path: `/${pair.property}`,
    live,
    properties: [pair.property, 'Tags'],
  };
  cases.push({ pair, asked, by, label: `${pair.type} ${pair.property} (${told}${by ? '' : ', nobody'})` });
});

describe('who changed a property, by what the services’ models say', () => {
  test('never names another, and names most', async () => {
    const answers: { one: Case; who: Who }[] = [];
    await withTrail(
      { [`${ACCOUNT} us-east-1`]: events },
      async (ask, aws) => {
        for (const one of cases) answers.push({ one, who: await ask(one.asked) });
        expect(aws.usage().filter(({ operation, throttled }) => operation === 'LookupEvents' && throttled > 0)).toEqual(
          [],
        );
      },
      { region: 'us-east-1' },
    );
    const services = new Set(PAIRS.map(({ source }) => source));
    expect(services.size).toBeGreaterThanOrEqual(20);
    const wrong = answers.filter(({ one, who }) => who.principal !== undefined && who.principal !== one.by);
    expect(wrong.map(({ one, who }) => [one.label, who.principal, who.event])).toEqual([]);
    const there = answers.filter(({ one }) => one.by !== undefined);
    const missed = there.filter(({ who }) => who.principal === undefined);
    // 104 of 109 when this was written.
    expect((there.length - missed.length) / there.length).toBeGreaterThanOrEqual(0.8);
  });
});
