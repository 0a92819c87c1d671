import { expect, test } from '@jest/globals';
import { isDeeperThan, type Json } from '../../src/base/json.js';

test('tells how deep a value is without walking it recursively', () => {
  let value: Json = 'leaf';
  for (let level = 0; level < 100_000; level += 1) value = [value];
  expect(isDeeperThan(value, 200)).toBe(true);
  expect(isDeeperThan({ a: [{ b: 1 }] }, 3)).toBe(false);
  expect(isDeeperThan({ a: [{ b: 1 }] }, 2)).toBe(true);
});
