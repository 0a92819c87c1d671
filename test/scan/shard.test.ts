import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../src/base/errors.js';
import type { Target } from '../../src/model/target.js';
import type { Plan } from '../../src/scan/plan.js';
import { readShard, takeShard } from '../../src/scan/shard.js';

function target(name: string, more: Partial<Target> = {}): Target {
  return { name, region: 'eu-west-1', template: `${name}.yaml`, parameters: new Map(), ...more };
}

/** A plan, as far as parts of it ask. */
function planOf(targets: Target[]): Plan {
  return { targets, unscanned: [{ name: 'left', template: 'out.yaml' }], warnings: [] as Plan['warnings'] } as Plan;
}

const COUNT = 5;

/** The shard of a stack alone. */
function shardOf(one: Target): number {
  const found = Array.from({ length: COUNT }, (_, index) => index + 1).filter(
    (index) => takeShard(planOf([one]), { indexes: [index], count: COUNT }).targets.length > 0,
  );
  expect(found).toHaveLength(1);
  return found[0] ?? 0;
}

const many = Array.from({ length: 40 }, (_, index) => target(`stack-${index}`));

describe('a part of the stacks', () => {
  test('takes each stack once, and names those of other parts as not scanned', () => {
    const parts = Array.from({ length: COUNT }, (_, index) =>
      takeShard(planOf(many), { indexes: [index + 1], count: COUNT }),
    );
    expect(parts.flatMap(({ targets }) => targets.map(({ name }) => name)).sort()).toEqual(
      many.map(({ name }) => name).sort(),
    );
    for (const { targets, unscanned } of parts) {
      expect(targets.length).toBeGreaterThan(0);
      expect(unscanned).toHaveLength(1 + many.length - targets.length);
      expect(unscanned[0]).toEqual({ name: 'left', template: 'out.yaml' });
    }
  });

  test('is the same whatever other stacks there are, and in which order', () => {
    const shards = many.map(shardOf);
    for (const [index, shard] of shards.entries()) {
      const { targets } = takeShard(planOf([...many].reverse()), { indexes: [shard], count: COUNT });
      expect(targets).toContain(many[index]);
    }
  });

  // So that parts stay the same when the tool is updated: stacks would be scanned twice or never in between.
  test('is this one for these stacks', () => {
    expect(many.slice(0, 8).map(shardOf)).toEqual([1, 3, 1, 4, 2, 3, 5, 4]);
  });

  test('goes by the account, whether it is named or that of the role', () => {
    const roleArn = 'arn:aws:iam::222222222222:role/reader';
    const named = many.map(({ name }) => shardOf(target(name, { account: '222222222222' })));
    const byRole = many.map(({ name }) => shardOf(target(name, { roleArn })));
    expect(byRole).toEqual(named);
    expect(byRole).not.toEqual(many.map(shardOf));
    const both = many.map(({ name }) => shardOf(target(name, { account: '333333333333', roleArn })));
    expect(both).not.toEqual(byRole);
    expect(many.map(({ name }) => shardOf(target(name, { region: 'us-east-1' })))).not.toEqual(many.map(shardOf));
  });

  test('without a stack is told, and no mistake', () => {
    const [one = target('')] = many;
    const other = (shardOf(one) % COUNT) + 1;
    expect(takeShard(planOf([one]), { indexes: [other], count: COUNT })).toMatchObject({
      targets: [],
      warnings: [
        {
          message: `no stack falls into shard ${other}/${COUNT}`,
          hint: 'nothing is wrong: 1 stacks are in the other shards',
        },
      ],
    });
  });

  test('is all where none is asked for', () => {
    const plan = planOf(many);
    expect(takeShard(plan, undefined)).toBe(plan);
  });
});

describe('which part is asked for', () => {
  test.each(['1/1', '1/8', '8/8'])('%s', (text) => {
    const [index, count] = text.split('/').map(Number);
    expect(readShard(text)).toEqual({ indexes: [index], count });
  });

  test('none', () => expect(readShard(undefined)).toBeUndefined());

  test.each(['0/8', '9/8', '1,2/8', '1', '1/0', '0/0', '/8', 'a/b', '1/8/2', '', '-1/8', '1 /8'])(
    '%j is refused',
    (text) => {
      expect(() => readShard(text)).toThrow(DriftError);
      expect(() => readShard(text)).toThrow(`invalid shard "${text}"`);
    },
  );
});
