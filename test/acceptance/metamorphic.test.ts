import { expect, test } from '@jest/globals';
import { describeShared, sharedLines } from '../support/shared.js';
import { type Metamorphosis, metamorphosesOf, seeded } from './metamorphoses.js';
import { compareCase, type RecordedCase } from './recorded-cases.js';

const FILE = 'recorded/cases.jsonl.gz';
/** Of each kind of change, about this many are tried; with `METAMORPHIC=all` all of them. */
const SAMPLE = process.env['METAMORPHIC'] === 'all' ? Number.POSITIVE_INFINITY : 400;

describeShared(FILE, 'what means the same is the same, whatever it is made of, and all else is not', () => {
  const cases = sharedLines<RecordedCase>(FILE).filter(({ drift }) => drift.length === 0);

  test('over the recorded resources', async () => {
    const random = seeded(11);
    const all: Metamorphosis[] = [];
    for (const one of cases) {
      const { unverifiable } = await compareCase(one);
      all.push(
        ...metamorphosesOf(
          one,
          unverifiable.map(({ path }) => path),
          random,
        ),
      );
    }
    const held: Record<string, [right: number, tried: number, all: number]> = {};
    const wrong: string[] = [];
    const counts = countBy(all);
    for (const each of all) {
      const tally = held[each.kind] ?? [0, 0, counts[each.kind] ?? 0];
      held[each.kind] = tally;
      if (random() >= SAMPLE / tally[2]) continue;
      const { differences } = await compareCase(each.one);
      const paths = differences.map(({ path }) => path);
      const isFound = paths.some((path) => `${path}/`.startsWith(`${each.path}/`) || each.path.startsWith(`${path}/`));
      const isRight = each.found ? isFound : paths.length === 0;
      tally[1] += 1;
      if (isRight) tally[0] += 1;
      else wrong.push(`${each.kind}: ${each.one.type} ${each.path} (${each.told}): ${paths.join(' ') || 'not found'}`);
    }
    const lines = Object.entries(held).map(([kind, [right, tried, of]]) => `${kind} ${right}/${tried} of ${of}`);
    process.stderr.write(`metamorphic: ${lines.sort().join(', ')}\n`);
    expect(wrong.sort()).toEqual([]);
  }, 300_000);
});

function countBy(all: readonly Metamorphosis[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of all) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
