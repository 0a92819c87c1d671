import { expect, test } from '@jest/globals';
import { childrenIn, objectIn, objectOf, textIn, textsIn } from '../../src/base/json-members.js';

test('the object that a text holds', () => {
  expect(objectOf('{"a":1}')).toEqual({ a: 1 });
});

test.each(['[1]', 'null', '"a"', '', '{"a":', 'NaN'])('there is no object in %s', (text) =>
  expect(objectOf(text)).toBeUndefined(),
);

test('what is of another kind, or inherited, is not there', () => {
  const holder = { text: 'a', empty: '', number: 1, list: ['a', 1, null], object: { b: 'c' } };
  expect(['text', 'empty', 'number', 'list', 'toString', 'none'].map((key) => textIn(holder, key))).toEqual([
    'a',
    ...Array.from({ length: 5 }, () => undefined),
  ]);
  expect(['object', 'list', 'text', 'constructor'].map((key) => objectIn(holder, key))).toEqual([
    { b: 'c' },
    {},
    {},
    {},
  ]);
  expect([textsIn(holder.list), textsIn(holder.object), textsIn(undefined)]).toEqual([['a'], [], []]);
  expect([...childrenIn(holder)]).toEqual([['object', { b: 'c' }]]);
  expect([...childrenIn(holder.list), ...childrenIn(undefined)]).toEqual([]);
});
