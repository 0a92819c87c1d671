import { expect, test } from '@jest/globals';
import { insteadOf } from '../../src/base/closest.js';

const many = ['shop-dev', 'shop-prod', 'pay-dev', 'pay-prod', 'mail-dev', 'mail-prod'];

test.each([
  ['x', [], 'there are no stacks'],
  ['x', ['b', 'a', 'b'], 'stacks: a, b'],
  ['x', many.slice(0, 5), 'stacks: mail-dev, pay-dev, pay-prod, shop-dev, shop-prod'],
  ['shop-prd', many, 'nearest of 6 stacks: shop-prod, '],
  ['PAY*', many, 'nearest of 6 stacks: pay-dev, pay-prod, '],
])('instead of %j: %j', (word, names, text) => {
  expect(insteadOf(word, names, 'stacks').startsWith(text)).toBe(true);
});
