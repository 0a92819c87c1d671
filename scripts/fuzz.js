import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { DriftError } from '../dist/base/errors.js';
import { createDemo } from '../dist/cli/demo-repository.js';
import { scan } from '../dist/index.js';
import { mutatedTexts, readAs } from './fuzz/mutated.js';
import { readersIn, seedsOf } from './fuzz/readers.js';

/**
 * `npm run fuzz [-- --runs 20000 --seed N]`: mutated templates, configurations, snapshots, live models and reports. Each is
 * read or refused with a `DriftError`; anything else that is thrown is a crash, printed with what to repeat it with.
 */
const { values } = parseArgs({ options: { runs: { type: 'string', default: '20000' }, seed: { type: 'string' } } });
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
const demo = await createDemo();
const { report } = await scan({ repository: demo, patch: {} });
const readers = readersIn(folder);
const counts = {};
const crashes = new Map();
for (const text of fc.sample(mutatedTexts(fc, seedsOf(JSON.stringify(report))), {
  numRuns: Number(values.runs),
  seed,
})) {
  try {
    const outcome = `${text.kind} ${await readAs(text, { readers, DriftError })}`;
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  } catch (error) {
    const where = String(error?.stack).split('\n').slice(0, 4).join('\n');
    if (!crashes.has(where)) crashes.set(where, text);
  }
}
for (const path of [folder, demo]) rmSync(path, { recursive: true });
console.log(`seed ${seed}: ${values.runs} inputs, ${crashes.size} kinds of crashes`, counts);
for (const [where, { kind, text }] of crashes)
  console.log(`\n${where}\n${kind}: ${JSON.stringify(text).slice(0, 3000)}`);
process.exitCode = crashes.size === 0 ? 0 : 1;
