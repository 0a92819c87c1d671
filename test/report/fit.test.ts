import { describe, expect, test } from '@jest/globals';
import { afterVariable, beforeVariable, fitted, fittedPath } from '../../src/report/fit.js';

const TEXT = 'a${Env}b}c';

describe('a cut', () => {
  test.each([
    [0, 0],
    [1, 1],
    [2, 7],
    [3, 7],
    [6, 7],
    [7, 7],
    [8, 8],
  ])('at %d of a text with a variable leaves what is from %d on', (from, kept) => {
    expect(afterVariable(TEXT, from)).toBe(kept);
  });

  test.each([
    ['a', 'a'],
    ['a$', 'a'],
    ['a${', 'a'],
    ['a${Env', 'a'],
    ['a${Env}', 'a${Env}'],
    ['{"a": 1', '{"a": 1'],
  ])('behind %j leaves %j', (text, kept) => expect(beforeVariable(text)).toBe(kept));

  test('keeps to the width, and shows', () => {
    expect(fitted('abcdef', 6)).toBe('abcdef');
    expect(fitted('abcdefg', 6)).toBe('abcde…');
    expect(fitted('購買商店の注文', 7)).toBe('購買商…');
  });

  test('of a path leaves its end', () => {
    const path = '/PublicAccessBlockConfiguration/BlockPublicPolicy';
    expect(fittedPath(path, path.length)).toBe(path);
    expect(fittedPath(path, path.length - 1)).toBe('/…/BlockPublicPolicy');
    expect(fittedPath(`/${'a'.repeat(40)}`, 20)).toBe(`/${'a'.repeat(18)}…`);
  });
});
