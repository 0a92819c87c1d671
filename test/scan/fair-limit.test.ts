import { expect, test } from '@jest/globals';
import type { Target } from '../../src/model/target.js';
import { fairLimit } from '../../src/scan/fair-limit.js';

function stacks(region: string, count: number): Target[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `${region}-${index}`,
    region,
    template: 'shop.yaml',
    parameters: new Map(),
  }));
}

test('stacks of a region that is held up hold up no other, in whatever order they are listed', async () => {
  const done: string[] = [];
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const targets = [...stacks('slow', 100), ...stacks('fast', 100)];
  const inTurn = fairLimit(targets);
  const all = targets.map((target) =>
    inTurn(target, async () => {
      if (target.region === 'slow') await held;
      done.push(target.region);
      if (done.length === 100) release();
      return target.name;
    }),
  );
  expect(await Promise.all(all)).toEqual(targets.map(({ name }) => name));
  expect(done.slice(0, 100).every((region) => region === 'fast')).toBe(true);
});

test('a few of many stacks are in flight at a time', async () => {
  let underWay = 0;
  let most = 0;
  const targets = stacks('eu-west-1', 200);
  const inTurn = fairLimit(targets);
  async function work(): Promise<void> {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise(setImmediate);
    underWay -= 1;
  }
  await Promise.all(targets.map((target) => inTurn(target, work)));
  expect(most).toBeLessThanOrEqual(25);
});
