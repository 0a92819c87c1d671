import { expect, test } from '@jest/globals';
import { coversPointer, matchesGlob } from '../../src/base/glob.js';

test.each([
  ['shop', 'shop', true],
  ['shop', 'shop-prod', false],
  ['Shop', 'shop', false],
  ['shop-*', 'shop-prod', true],
  ['shop-*', 'shop-', true],
  ['*-prod', 'shop-eu-prod', true],
  ['*-prod', 'shop-prod-eu', false],
  ['*a*b*', 'xxaxxbxx', true],
  ['*a*b*', 'xxbxxaxx', false],
  ['AWS::ECS::*', 'AWS::ECS::Service', true],
  ['shop-?', 'shop-1', true],
  ['shop-?', 'shop-', false],
  ['*', '', true],
  ['', '', true],
  ['', 'x', false],
  ['a.c', 'abc', false],
  ['(a|b)', 'a', false],
  ['*ab', 'aab', true],
  ['?', '🚀', true],
])('%j and %j: %j', (glob, text, expected) => {
  expect(matchesGlob(glob, text)).toBe(expected);
});

test('a glob made to exhaust a matcher does not', () => {
  expect(matchesGlob(`${'*a'.repeat(500)}b`, 'a'.repeat(5000))).toBe(false);
});

test.each([
  ['/DesiredCount', '/DesiredCount', true],
  ['/Desired', '/DesiredCount', false],
  ['/Desired*', '/DesiredCount', true],
  ['/A', '/A/0/B', true],
  ['/A/0/B', '/A', false],
  ['/A', '', false],
  ['', '', true],
  ['', '/A', true],
  ['/Tags/*', '/Tags/3/Value', true],
  ['/Tags/*/Value', '/Tags/3/Value', true],
  ['/Tags/*/Value', '/Tags/3/Key', false],
  ['/*/Value', '/Tags/3/Value', false],
  ['/**/Value', '/Tags/3/Value', true],
  ['/**/Value', '/Value', true],
  ['/Tags/**', '/Tags', true],
  ['/a~1b/*', '/a~1b/c', true],
  ['/a/b', '/a~1b', false],
])('the pointer glob %j and %j: %j', (glob, pointer, expected) => {
  expect(coversPointer(glob, pointer)).toBe(expected);
});
