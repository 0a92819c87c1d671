import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/base/json.js';
import { compareResource } from '../../src/compare/compare.js';
import type { Sibling } from '../../src/compare/comparing.js';
import { ownOf } from '../../src/compare/own.js';
import type { PathFact, TypeSystem } from '../../src/compare/types.js';
import { acceptableValues } from '../../src/compare/undeclared.js';
import type { PlainObject } from '../../src/value/value.js';

/** A kind of infrastructure as code that nothing in the engine has heard of. */
const TOYS: TypeSystem = {
  get: () => undefined,
  names: () => ['toy_box'],
  facts: (type) => [fact('/size', 'size'), fact('/parts', 'ordered')].filter((each) => each.type === type),
  word: () => undefined,
  alternatives: async () => new Map(),
  own: ({ path }) => (path === '/serial' ? { kind: 'generated', because: 'the factory gives it' } : undefined),
  defaults: () => [],
  moving: () => [],
  childKinds: [],
  childKindsOf: (parent) =>
    parent === 'toy_box'
      ? [
          {
            child: 'toy_brick',
            parent,
            parentId: 'box',
            list: '/bricks',
            naming: { by: 'keys', keys: { '/name': 'name' } },
          },
        ]
      : [],
  isGlobal: () => false,
  capacities: (type) =>
    type === 'toy_box' ? [{ path: '/level', by: 'toy_filler', bounds: () => ({ low: 1, high: 9 }) }] : [],
  scalers: ['toy_filler'],
  alias: () => undefined,
  definition: (type) =>
    type === 'toy_box' ? { text: 'plan_text', object: 'plan', substitutions: 'plan_values' } : undefined,
  echoes: (type) =>
    type === 'toy_box' ? [{ list: '/labels', of: 'label', because: 'the box has its own label, too' }] : [],
  standIns: (property) => (property === 'lid' ? ['cover'] : []),
};

function fact(path: string, rule: PathFact['rule']): PathFact {
  return { type: 'toy_box', path, rule, because: 'seen' };
}

const OTHERS: Sibling[] = [sibling('toy_brick', { box: 'box-1', name: 'red' }), sibling('toy_filler', {})];

function sibling(type: string, desired: PlainObject): Sibling {
  return { logicalId: 'other', type, physicalId: 'other-1', desired, live: {} };
}

async function differing(desired: PlainObject, live: JsonObject, type = 'toy_box'): Promise<string[]> {
  const typed = { types: TOYS, type, resourceType: undefined };
  const context = { siblings: OTHERS };
  const compared = await compareResource({ ...typed, desired, live, physicalId: 'box-1', partial: true, context });
  return compared.differences.map(({ path }) => path);
}

test.each<[string, PlainObject, JsonObject, here: string[], elsewhere: string[]]>([
  ['a meaning of a place', { size: '1 GB' }, { size: '1024' }, [], ['/size']],
  ['the kind of a list', { parts: ['a', 'b'] }, { parts: ['b', 'a'] }, ['/parts/0', '/parts/1'], []],
  ['what another resource puts into a list', { bricks: [] }, { bricks: [{ name: 'red' }] }, [], ['/bricks/0']],
  ['what scaling moves', { level: 3 }, { level: 5 }, [], ['/level']],
  ['a definition in another form', { plan: { a: 1 } }, { plan_text: '{"a":1}' }, [], ['/plan']],
  [
    'a list that repeats a property',
    { label: 'A', labels: ['b'] },
    { label: 'A', labels: ['b', 'a'] },
    [],
    ['/labels/1'],
  ],
])('the types of a kind tell of %s, each of its own', async (_, desired, live, here, elsewhere) => {
  expect(await differing(desired, live)).toEqual(here);
  expect(await differing(desired, live, 'toy_shelf')).toEqual(elsewhere);
});

test('outside of its bounds, what scaling moves has drifted', async () => {
  expect(await differing({ level: 3 }, { level: 10 })).toEqual(['/level']);
});

test('what stands in the place of what is gone is a difference as well', async () => {
  expect(await differing({ lid: 'blue' }, { cover: 'red' })).toEqual(['/lid', '/cover']);
});

test("what is the cloud's own is nothing to accept", () => {
  const typed = { types: TOYS, type: 'toy_box', resourceType: undefined };
  const live = { serial: '17', colour: 'red' };
  const own = ownOf({ ...typed, context: {}, live });
  const rest = Object.entries(live).map(([key, value]) => ({ path: `/${key}`, stablePath: `/${key}`, live: value }));
  expect(acceptableValues(rest, { ...typed, own }).map(({ path }) => path)).toEqual(['/colour']);
});
