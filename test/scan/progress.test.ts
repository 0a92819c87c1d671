import { describe, expect, test } from '@jest/globals';
import type { Target } from '../../src/model/target.js';
import { trackProgress } from '../../src/scan/progress.js';
import type { Progress } from '../../src/scan/request.js';

const target = (name: string, path?: string): Target => ({
  ...{ name, region: 'eu-west-1', template: 'shop.yaml', parameters: new Map() },
  ...(path === undefined ? {} : { path }),
});

function tracked(stacks: number) {
  const told: Progress[] = [];
  const tracker = trackProgress(stacks, (progress) => told.push(progress));
  return { tracker, last: () => told.at(-1), told };
}

describe('how far a scan is', () => {
  test('tells the stacks, and the one that was begun last of those under way', async () => {
    const { tracker, told } = tracked(2);
    await tracker.during(target('one'), () => tracker.during(target('two', 'one/Two'), async () => undefined));
    expect(told.map(({ stack, stacks }) => [stack, stacks.done, stacks.total])).toEqual([
      ['one', 0, 2],
      ['one/Two', 0, 2],
      ['one', 1, 2],
      [undefined, 2, 2],
    ]);
  });

  test('gives what the work gives, and goes on where it fails', async () => {
    const { tracker, last } = tracked(2);
    expect(await tracker.during(target('one'), async () => 7)).toBe(7);
    await expect(tracker.during(target('two'), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(last()?.stacks).toEqual({ done: 2, total: 2 });
    expect(last()?.stack).toBeUndefined();
  });

  test('expects of the stacks that are not looked into yet what the others have', () => {
    const { tracker, last } = tracked(4);
    tracker.enter('stacks');
    expect(last()?.resources).toEqual({ done: 0, total: 0, expected: 0 });
    tracker.onResource({ found: 10, read: 0 });
    expect(last()?.resources).toEqual({ done: 0, total: 10, expected: 40 });
    tracker.onResource({ found: 0, read: 1 });
    expect(last()?.resources).toEqual({ done: 1, total: 10, expected: 40 });
    tracker.onResource({ found: 20, read: 0 });
    expect(last()?.resources).toEqual({ done: 1, total: 30, expected: 60 });
  });

  test('expects no less than was found, where nested stacks are more than those that are known', () => {
    const { tracker, last } = tracked(1);
    for (const found of [1, 2, 3]) tracker.onResource({ found, read: 0 });
    expect(last()?.resources).toEqual({ done: 0, total: 6, expected: 6 });
  });

  test('tells the kind of work', () => {
    const { tracker, last } = tracked(1);
    tracker.enter('unmanaged');
    expect(last()?.phase).toBe('unmanaged');
  });

  test('is told to nobody where nobody asks', () => {
    expect(() => trackProgress(1, undefined).enter('stacks')).not.toThrow();
  });
});
