import { expect, test } from '@jest/globals';
import { someOf } from '../../src/base/some-of.js';

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a, b'],
  [['a', 'b', 'c'], 'a, b and 1 more'],
  [[1, 2, 3, 4], '1, 2 and 2 more'],
])('the first two of %j: %s', (names, text) => expect(someOf(names, 2)).toBe(text));
