import { expect, test } from '@jest/globals';
import { failedStackTexts } from '../../src/cli/failed-stacks.js';
import { stack } from '../report/sample.js';

test('stacks that failed for one reason are told together, the first by name', () => {
  const failed = (name: string, error: string) => stack(name, { status: 'error', error });
  const stacks = [
    failed('a', 'x'),
    stack('fine'),
    failed('b', 'y'),
    ...['c', 'd', 'e'].map((name) => failed(name, 'x')),
  ];
  expect(failedStackTexts({ stacks }, ', so')).toEqual([
    'stacks a, c, d and 1 more could not be scanned, so: x',
    'stack b could not be scanned, so: y',
  ]);
  expect(failedStackTexts({ stacks: stacks.slice(0, 4) })[0]).toBe('stacks a, c could not be scanned: x');
});
