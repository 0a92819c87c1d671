import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/base/json.js';
import { maskSecrets } from '../../src/secrets/mask.js';
import type { SecretPlaces } from '../../src/secrets/types.js';

/** A kind of infrastructure as code of which boxes keep a code, and whose texts call functions as `{"$join": […]}`. */
const TOYS: SecretPlaces = {
  secretPlaces: (type) => (type === 'toy_box' ? ['/codes/*/value_of'] : []),
  calls: {
    argumentsOf: (key) =>
      key === '$name' ? 'names' : key === '$join' ? 'head' : key === '$text' ? 'value' : undefined,
    endOf: ({ $join: joined }) => joined,
  },
};

function masked(properties: JsonObject, type = 'toy_box'): JsonObject {
  return maskSecrets(properties, { types: TOYS, type });
}

test('a kind tells where its types keep secrets', () => {
  const box = { codes: [{ value_of: 'abracadabra', colour: 'red' }] };
  expect(masked(box)).toEqual({ codes: [{ value_of: '****', colour: 'red' }] });
  expect(masked(box, 'toy_shelf')).toEqual(box);
});

test.each<[string, JsonObject, JsonObject]>([
  ['gives a value', { $text: 'abracadabra' }, { $text: '****' }],
  ['names what has it', { $name: 'the-other-box' }, { $name: 'the-other-box' }],
  ['puts it together by what stands first', { $join: [' ', ['abra', 'cadabra']] }, { $join: [' ', ['****', '****']] }],
  ['is none that the kind knows', { Fn_Text: 'abracadabra' }, { Fn_Text: 'abracadabra' }],
])('a call in the place of a secret that %s', (_, call, shown) => {
  expect(masked({ password: call })).toEqual({ password: shown });
});

test('a name that a call makes is a name', () => {
  const pair = (name: JsonObject) => ({ settings: [{ name, value: 'abracadabra' }] });
  const call = { $join: ['/', ['shop', 'db_password']] };
  expect(masked(pair(call))).toEqual({ settings: [{ name: call, value: '****' }] });
  expect(masked(pair({ $join: ['/', ['shop', 'db_host']] }))).toEqual(pair({ $join: ['/', ['shop', 'db_host']] }));
});

test('calls count in texts that hold a document, too', () => {
  const text = JSON.stringify({ password: { $text: 'abracadabra' } });
  expect(masked({ definition: text })).toEqual({ definition: text.replace('abracadabra', '****') });
});
