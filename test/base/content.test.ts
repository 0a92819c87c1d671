import { expect, test } from '@jest/globals';
import { contentText, sameContent } from '../../src/base/content.js';

const VALUES: unknown[] = [
  ...[null, true, false, 0, 1, 1.5, '', '1', 'true', [], {}, [1], ['1'], [1, 2], [2, 1], [[1]], { 0: 1 }],
  ...[{ a: 1 }, { b: 1 }, { a: '1' }, { a: 1, b: 2 }, { a: { b: [1, {}] } }, { a: { b: [1, []] } }, { a: null }],
  JSON.parse('{"__proto__": 1}'),
];

test('two values are the same exactly when their texts are', () => {
  for (const [index, one] of VALUES.entries()) {
    for (const [at, other] of VALUES.entries()) {
      expect([one, other, sameContent(one, structuredClone(other))]).toEqual([one, other, index === at]);
      expect(contentText(one) === contentText(other)).toBe(index === at);
    }
  }
});

test('the order of members says nothing, that of elements does', () => {
  expect(sameContent({ a: [1, { c: 2, b: 3 }], d: 4 }, { d: 4, a: [1, { b: 3, c: 2 }] })).toBe(true);
  expect(sameContent({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
});

test('a member that is undefined is another one than none', () => {
  expect(sameContent({ a: undefined }, {})).toBe(false);
  expect(sameContent({ a: undefined }, { b: undefined })).toBe(false);
  expect(sameContent(undefined, null)).toBe(false);
});
