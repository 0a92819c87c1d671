import { describe, expect, test } from '@jest/globals';
import { createPace } from '../../src/provider/aws/pace.js';

/** A pace with a clock that the test turns. */
function paceAt(start: number) {
  const clock = { now: start };
  return { clock, pace: createPace(() => clock.now) };
}

/** How far apart the next requests are sent, in ms. */
function spacing({ reserve }: { reserve(): number }): number {
  const first = reserve();
  return Math.round(reserve() - first);
}

describe('the pace of requests', () => {
  test('does not hold anything back until AWS throttles', () => {
    const { pace } = paceAt(0);
    expect([pace.reserve(), pace.reserve(), pace.reserve()]).toEqual([0, 0, 0]);
    pace.succeeded();
    expect(pace.reserve()).toBe(0);
  });

  test('spaces requests out after throttling, and further apart when it goes on', () => {
    const { pace, clock } = paceAt(0);
    pace.throttled();
    expect(spacing(pace)).toBe(40);
    clock.now = 1000;
    pace.throttled();
    expect(spacing(pace)).toBe(80);
  });

  test('takes the throttling of requests that were under way together for one', () => {
    const { pace, clock } = paceAt(0);
    for (let count = 0; count < 16; count += 1) {
      pace.throttled();
      clock.now += 10;
    }
    expect(spacing(pace)).toBe(40);
  });

  test('speeds up again by two requests a second, every second', () => {
    const { pace } = paceAt(0);
    pace.throttled();
    for (let count = 0; count < 25; count += 1) pace.succeeded();
    expect(spacing(pace)).toBe(Math.round(1000 / 27));
  });

  test('never stops altogether', () => {
    const { pace, clock } = paceAt(0);
    for (let count = 0; count < 20; count += 1) {
      pace.throttled();
      clock.now += 1000;
    }
    expect(spacing(pace)).toBe(1000);
  });
});
