import { expect, test } from '@jest/globals';
import { describeShared, sharedLines } from '../support/shared.js';
import { mutationsOf } from './mutations.js';
import { compareCase, type RecordedCase } from './recorded-cases.js';

const FILE = 'recorded/cases.jsonl.gz';

describeShared(FILE, 'every real change of a recorded resource is found', () => {
  const cases = sharedLines<RecordedCase>(FILE).filter(({ drift }) => drift.length === 0);

  test('once, and where it is', async () => {
    const held: Record<string, [number, number]> = {};
    const broken: string[] = [];
    for (const one of cases) {
      const { unverifiable } = await compareCase(one);
      const open = unverifiable.map(({ path }) => path);
      for (const { kind, live, expected } of mutationsOf(one, open)) {
        const { differences, unverifiable: told } = await compareCase(one, live);
        const [first, ...others] = differences;
        const once = others.length === 0 && first?.path === expected;
        const ok =
          kind === 'elements swapped'
            ? differences.length > 0
            : once ||
              (kind === 'entry removed' &&
                first === undefined &&
                told.some(({ path }) => `${path}/`.startsWith(`${expected}/`)));
        const tally = held[kind] ?? [0, 0];
        held[kind] = [tally[0] + (ok ? 1 : 0), tally[1] + 1];
        if (!ok)
          broken.push(
            `${kind}: ${one.type} ${expected}: ${differences.map(({ path }) => path).join(' ') || 'not found'}`,
          );
      }
    }
    const lines = Object.entries(held).map(([kind, [ok, all]]) => `${kind} ${ok}/${all}`);
    process.stderr.write(`sensitivity: ${lines.join(', ')}\n`);
    if (process.env['SENSITIVITY']) process.stderr.write(`${broken.sort().join('\n')}\n`);
    for (const [kind, [ok, all]] of Object.entries(held)) expect([kind, ok / all >= 0.99]).toEqual([kind, true]);
  }, 300_000);
});
