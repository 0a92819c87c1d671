/**
 * How much of what no template declares is left as somebody's value: on the recorded resources that nobody touched, with
 * all that is known, and on services whose recordings and mined facts are left out (those whose name hashes odd, then
 * the others).
 * Usage: npm run held-out:defaults [-- --values]; `--values` lists what is left with all that is known.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { awsDefaults } from '../dist/iac/cloudformation/types/aws-own/defaults.js';
import { distilDefaults } from '../dist/iac/cloudformation/types/aws-own/distil.js';
import { observationsOf } from '../dist/iac/cloudformation/types/aws-own/observe.js';
import { ownOfAws } from '../dist/iac/cloudformation/types/aws-own/own.js';
import { cloudFormationTypes } from '../dist/iac/cloudformation/types/types.js';
import { liveOnly } from './live-only.js';
import { recordedCases } from './recorded-cases.js';

const cases = recordedCases();
if (cases === undefined) {
  console.error('skipped: ../shared/recorded/cases.jsonl.gz is not there');
  process.exit();
}
const types = cloudFormationTypes;
const file = fileURLToPath(new URL('../../shared/mined/facts.jsonl.gz', import.meta.url));
const mined = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n').map(JSON.parse);
const untouched = cases.filter(({ live, drift }) => live !== null && drift.length === 0);

print(
  'all services, all known',
  untouched,
  defaultsWithout(() => false),
);
for (const half of [1, 0]) {
  const isOut = (type) => halfOf(type.split('::')[1]) === half;
  const name = half === 1 ? 'odd' : 'even';
  const ofHalf = untouched.filter(({ type }) => isOut(type));
  print(
    `services whose name hashes ${name}, all known`,
    ofHalf,
    defaultsWithout(() => false),
  );
  print(`services whose name hashes ${name}, left out`, ofHalf, defaultsWithout(isOut));
}

/** What is known without some types. */
function defaultsWithout(isOut) {
  const kept = cases.filter(({ type }) => !isOut(type)).flatMap((one) => observationsOf(one, types));
  const facts = mined.filter(({ type }) => !isOut(type));
  return awsDefaults(
    distilDefaults(
      kept,
      facts,
      types.names().map((name) => types.get(name)),
    ),
  );
}

function print(title, resources, defaults) {
  const kinds = {};
  const isShown = title.startsWith('all') && process.argv.includes('--values');
  const left = resources.map((one) => {
    const about = { ...one, ...one.context, resourceType: types.get(one.type) };
    const left = { values: 0, unset: 0 };
    const places = liveOnly(one.live, one.declared);
    let next = places.next();
    while (!next.done) {
      const [path, value] = next.value;
      const own = ownOfAws({ type: one.type, path, value }, about, defaults);
      const isLeaf = typeof value !== 'object' || value === null || Array.isArray(value) || isEmpty(value);
      if (own !== undefined || isLeaf) {
        const kind = own === undefined ? 'value' : own.kind === 'default' ? `default (${own.from})` : own.kind;
        kinds[kind] = (kinds[kind] ?? 0) + (isLeaf ? 1 : leaves(value));
        if (kind === 'value' || own?.isOneOf) left.values += 1;
        if (own?.from === 'unset') left.unset += 1;
        if (isShown && kind === 'value') console.log(`  ${one.type} ${path} ${JSON.stringify(value).slice(0, 120)}`);
      }
      next = places.next(own !== undefined);
    }
    return left;
  });
  console.log(`${title}: ${resources.length} resources`);
  console.log(
    `  leaves: ${Object.entries(kinds)
      .sort()
      .map(([kind, count]) => `${kind} ${count}`)
      .join(', ')}`,
  );
  console.log(
    `  values (and defaults of which there are several) a resource: ${spread(left.map(({ values }) => values))}`,
  );
  console.log(`  with what is off or empty: ${spread(left.map(({ values, unset }) => values + unset))}`);
}

function isEmpty(value) {
  return Object.keys(value).length === 0;
}

function leaves(value) {
  const isInner = typeof value === 'object' && value !== null && !Array.isArray(value) && !isEmpty(value);
  return isInner ? Object.values(value).reduce((sum, each) => sum + leaves(each), 0) : 1;
}

function spread(counts) {
  const sorted = [...counts].sort((left, right) => left - right);
  const mean = sorted.reduce((sum, count) => sum + count, 0) / sorted.length;
  return `median ${sorted[Math.floor(sorted.length / 2)]}, mean ${mean.toFixed(1)}, largest ${sorted.at(-1)}`;
}

/** Which half a service belongs to, for ever: by the first byte of its name's SHA-256. */
function halfOf(service) {
  return createHash('sha256').update(service).digest()[0] % 2;
}
