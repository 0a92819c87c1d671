import { expect, test } from '@jest/globals';
import { keepLast } from '../../src/base/keep-last.js';

test('what was asked for last is kept, up to the limit, and made again only when it has gone', () => {
  const made: string[] = [];
  const keep = keepLast<string, string>(6, (key) => key.length);
  for (const key of ['aaa', 'bbb', 'aaa', 'cc', 'aaa', 'bbb', 'longer than all', 'longer than all', 'aaa']) {
    const value = keep(key, () => {
      made.push(key);
      return key.toUpperCase();
    });
    expect(value).toBe(key.toUpperCase());
  }
  // `cc` was one too many for `bbb`, which had not been asked for again; `longer than all`, kept as the last one, for everything.
  expect(made).toEqual(['aaa', 'bbb', 'cc', 'bbb', 'longer than all', 'aaa']);
});
