import { describe, expect, test } from '@jest/globals';
import { pathPatterns } from '../../src/base/path-pattern.js';

describe('path patterns', () => {
  test.each([
    ['/A', '/A', true],
    ['/A', '/B', false],
    ['/A', '/A/B', false],
    ['/A/*/B', '/A/0/B', true],
    ['/A/*/B', '/A/some key/B', true],
    ['/A/*/B', '/A/B', false],
    ['/A/*/B', '/A/0/1/B', false],
    ['/A/x~1y', '/A/x~1y', true],
    ['/A/**/B', '/A/B', true],
    ['/A/**/B', '/A/x/B', true],
    ['/A/**/B', '/A/x/y/z/B', true],
    ['/A/**/B', '/A/x', false],
    ['/A/**/B', '/x/A/B', false],
    ['/A/**/B/*/C', '/A/B/0/D/B/1/C', true],
    ['/A/**/B/**/C', '/A/x/B/y/C', true],
    ['/A/**/B/**/C', '/A/x/C', false],
    ['/A', '', false],
  ])('%s names %s: %s', (pattern, path, expected) => {
    expect(pathPatterns(['/Z', pattern]).has(path)).toBe(expected);
  });

  test('cover what lies below', () => {
    const patterns = pathPatterns(['/A/*', '/C/**/D']);
    expect(['/A/0/x', '/A/0', '/C/x/D/y'].every(patterns.covers)).toBe(true);
    expect(['/A', '/B/0', '/C/x'].some(patterns.covers)).toBe(false);
  });

  test('tell whether something lies below', () => {
    const patterns = pathPatterns(['/A/*/B']);
    expect(['', '/A', '/A/3'].every(patterns.reachesBelow)).toBe(true);
    expect(['/A/3/B', '/B'].some(patterns.reachesBelow)).toBe(false);
  });
});
