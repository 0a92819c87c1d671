import { expect, test } from '@jest/globals';
import { DriftError } from '../../src/base/errors.js';
import { readJson } from '../../src/syntax/read-json.js';

const AS = { error: 'report', code: 'report-invalid', hint: 'do this' } as const;

test('JSON is read, with a mark of byte order, too', () => {
  expect(readJson('a.json', '\ufeff{"a": [1]}', AS)).toEqual({ a: [1] });
});

test.each([
  ['this is no json', 'a.json:1:1: JSON not well-formed: invalid symbol'],
  ['{\n "a": 1,\n "b": oops\n}\n', 'a.json:3:7: JSON not well-formed: invalid symbol'],
  ['{\n "a": 1,\n oops\n}', 'a.json:3:2: JSON not well-formed: invalid symbol'],
  ['{\r\n  "a": 1,\r\n}', 'a.json:3:1: JSON not well-formed: property name expected'],
  ['{"a": 1', 'a.json:1:8: JSON not well-formed: close brace expected'],
  ['{"a": 1} x', 'a.json:1:10: JSON not well-formed: invalid symbol'],
  ['', 'a.json:1:1: JSON not well-formed: value expected'],
])('%j is told with its place', (text, message) => {
  let told: unknown;
  try {
    readJson('a.json', text, AS);
  } catch (error) {
    told = error;
  }
  expect(told).toBeInstanceOf(DriftError);
  expect((told as DriftError).message).toBe(`${message}\n  do this`);
});
