import { createHash } from 'node:crypto';
import { DriftError } from '../base/errors.js';
import { formatShards, parseShards, type Shards } from '../model/shard.js';
import type { Target } from '../model/target.js';
import type { Plan } from './plan.js';

/** Reads which part of the stacks to scan. Throws a `DriftError` (code `usage`) for anything but one part, like `2/8`. */
export function readShard(text: string | undefined): Shards | undefined {
  if (text === undefined) return undefined;
  const shards = parseShards(text);
  if (shards?.indexes.length === 1) return shards;
  const hint = 'give the part and their number: --shard 1/8 to --shard 8/8, one for each job';
  throw new DriftError('usage', [
    { code: 'usage-bad-value', message: `invalid shard "${text}": use INDEX/TOTAL, such as 1/8`, hint },
  ]);
}

/** The plan with the stacks of one part alone. A part without stacks is told, and no mistake. */
export function takeShard(plan: Plan, shards: Shards | undefined): Plan {
  if (shards === undefined) return plan;
  const targets = plan.targets.filter((target) => shards.indexes.includes(shardOf(target, shards.count)));
  const others = plan.targets.filter((target) => !targets.includes(target));
  const unscanned = [...plan.unscanned, ...others.map(({ name, template }) => ({ name, template }))];
  if (targets.length > 0) return { ...plan, targets, unscanned };
  const message = `no stack falls into shard ${formatShards(shards)}`;
  const hint = `nothing is wrong: ${plan.targets.length} stacks are in the other shards`;
  return { ...plan, targets, warnings: [...plan.warnings, { code: 'scan-shard-empty', message, hint }] };
}

/** By the stack's own name alone, so that neither the order of stacks nor those that come and go move it. */
function shardOf({ account, roleArn, region, name }: Target, count: number): number {
  const key = JSON.stringify([account ?? roleArn?.split(':')[4] ?? '', region, name]);
  return (createHash('sha256').update(key).digest().readUIntBE(0, 6) % count) + 1;
}
