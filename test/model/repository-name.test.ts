import { expect, test } from '@jest/globals';
import { isSameRepository } from '../../src/model/repository-name.js';

test.each([
  ['git@github.com:acme/shop.git', 'https://github.com/acme/shop'],
  ['ssh://git@github.com:22/acme/shop.git', 'https://x-access-token@GitHub.com/acme/shop/'],
  ['/home/ada/shop', '/home/ada/shop'],
])('%s is %s', (one, other) => {
  expect(isSameRepository(one, other)).toBe(true);
});

test.each([
  ['https://github.com/acme/shop', 'https://github.com/acme/shop-two'],
  ['https://github.com/acme/shop', 'https://gitlab.com/acme/shop'],
  ['/home/ada/shop', '/home/bob/shop'],
  ['C:\\shop', 'C:\\other'],
])('%s is not %s', (one, other) => {
  expect(isSameRepository(one, other)).toBe(false);
});
