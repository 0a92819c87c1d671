import { describe, expect, test } from '@jest/globals';
import { createProgressLine } from '../../src/cli/progress.js';
import type { Progress } from '../../src/scan/request.js';

/** What a terminal of so many columns shows after each update, with the seconds at which it comes. */
function shown(updates: [number, Progress][], { columns = 80, isTTY = true } = {}): string[] {
  const written: string[] = [];
  const stream = { isTTY, columns, write: (text: string) => written.push(text) };
  let seconds = 0;
  const line = createProgressLine(stream as unknown as NodeJS.WriteStream, true, () => seconds * 1000);
  for (const [at, progress] of updates) {
    seconds = at;
    line.update(progress);
  }
  line.clear();
  return written.map((text) => text.replace('\r\u001b[2K', ''));
}

const at = (done: number, rest: Partial<Progress> = {}): Progress => ({
  phase: 'stacks',
  stack: 'shop-app',
  stacks: { done: 12, total: 40 },
  resources: { done, total: 400, expected: 1000 },
  ...rest,
});

describe('the progress line', () => {
  test('tells what is read, how far, and, once that can be said, how long still', () => {
    expect(
      shown([
        [0, at(0, { stacks: { done: 0, total: 0 } })],
        [1, at(100)],
        [10, at(250)],
        [20, at(20)],
        [60, at(100)],
        [90, at(1000, { phase: 'unmanaged' })],
      ]),
    ).toEqual([
      'looking for stacks',
      'reading shop-app: 12/40 stacks, 100/1000 resources',
      'reading shop-app: 12/40 stacks, 250/1000 resources, about 30 s left',
      'reading shop-app: 12/40 stacks, 20/1000 resources',
      'reading shop-app: 12/40 stacks, 100/1000 resources, about 9 min left',
      'looking for resources that no stack owns',
      '',
    ]);
  });

  test('is drawn ten times a second at most', () => {
    expect(shown(Array.from({ length: 100 }, (_, index) => [index / 100, at(index)]))).toHaveLength(11);
  });

  test('fits in the terminal, and what is in a name does not act on it', () => {
    const [line = ''] = shown([[0, at(1, { stack: `\u001b[2J${'購買'.repeat(60)}` })]], { columns: 60 });
    expect(line).toMatch(/^….*: 12\/40 stacks, 1\/1000 resources$/);
    expect(line.length).toBeLessThan(60);
    expect(line).not.toContain('\u001b');
  });

  test('is not there where nobody looks at it', () => {
    expect(shown([[1, at(1)]], { isTTY: false })).toEqual([]);
  });
});
