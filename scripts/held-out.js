/**
 * How well the comparison does on services that it was not made for. Leaves out what is known of half of the services
 * (those whose name hashes odd, then the others): their path data, and the words that only their recorded resources are
 * evidence for; then compares the recorded resources of these services, and lists what is reported though nobody
 * touched it.
 * Usage: npm run held-out [-- --words]; `--words` prints at how many recorded places each word agrees and disagrees,
 * `--json` prints these counts for machines.
 */
import { createHash } from 'node:crypto';
import { compareResource } from '../dist/compare/compare.js';
import { compileRules } from '../dist/compare/rules.js';
import { declaredName } from '../dist/iac/cloudformation/types/schema-meanings.js';
import { WORDS, wordOf } from '../dist/iac/cloudformation/types/words.js';
import { inputOf, recordedCases } from './recorded-cases.js';
import { countWords } from './word-counts.js';

/** Of many differences of one resource, this many are listed. */
const SHOWN = 3;

const cases = recordedCases();
if (cases === undefined) {
  console.error('skipped: ../shared/recorded/cases.jsonl.gz is not there');
  process.exit();
}
const counts = await countWords(cases);
if (process.argv.includes('--json')) {
  console.log(JSON.stringify(counts.map(({ agree, disagree }) => [agree.length, disagree.length])));
} else if (process.argv.includes('--words')) {
  printWords();
} else {
  for (const half of [1, 0]) await holdOut(half);
}

function printWords() {
  for (const [index, { agree, disagree }] of counts.entries()) {
    const { meaning, name } = WORDS[index];
    console.log(`${meaning}: ${agree.length} agree, ${disagree.length} disagree  ${name}`);
    for (const each of disagree) console.log(`    ${each.type} ${each.path}: ${each.desired} | ${each.live}`);
  }
}

async function holdOut(half) {
  const isOut = (type) => halfOf(serviceOf(type)) === half;
  const words = WORDS.filter((_, index) => {
    const { agree } = counts[index];
    return agree.length === 0 || !agree.every(({ type }) => isOut(type));
  });
  const untouched = cases.filter(({ type, drift }) => drift.length === 0 && isOut(type));
  const services = new Set(untouched.map(({ type }) => serviceOf(type)));
  const reported = await reportedOf(untouched, words);
  const allWords = await reportedOf(untouched, WORDS);
  const left = WORDS.filter((word) => !words.includes(word)).map(({ meaning }) => meaning);
  console.log(`${services.size} services whose name hashes ${half === 1 ? 'odd' : 'even'}, without their path data and the words that
only they are evidence for (${left.join(', ') || 'none'}): ${reported.length} of ${untouched.length} untouched resources reported;
with all words kept: ${allWords.length}`);
  for (const { one, differences } of reported) {
    console.log(`  ${one.type} ${one.logicalId}`);
    const shown = differences.slice(0, SHOWN);
    for (const { path, desired, live } of shown) console.log(`    ${path}: ${short(desired)} | ${short(live)}`);
    if (differences.length > SHOWN) console.log(`    … ${differences.length - SHOWN} more`);
  }
}

async function reportedOf(resources, words) {
  const reported = [];
  for (const one of resources) {
    const { differences } = await compareResource(withoutOwn(inputOf(one), words));
    if (differences.length > 0) reported.push({ one, differences });
  }
  return reported;
}

/** The input of a comparison that knows no path data of the type, and these words alone. */
function withoutOwn(input, words) {
  const { types, type, resourceType } = input;
  const known = resourceType && { ...resourceType, meanings: withWords(resourceType, words) };
  const facts = types.facts(type).filter((fact) => !fact.type.startsWith(`AWS::${serviceOf(type)}::`));
  return { ...input, resourceType: known, rules: compileRules(known, facts) };
}

/** The meanings of a type, with those by words as these words tell. */
function withWords({ meanings, maps }, words) {
  const mapPaths = new Set(maps);
  const kept = {};
  for (const [key, paths] of Object.entries(meanings)) {
    for (const path of paths) {
      const name = key.endsWith(' word') ? `${wordOf(declaredName(path, mapPaths) ?? '', words)?.meaning} word` : key;
      if (!name.startsWith('undefined')) kept[name] = [...(kept[name] ?? []), path];
    }
  }
  return kept;
}

function serviceOf(type) {
  return type.split('::')[1];
}

/** Which half a service belongs to, for ever: by the first byte of its name's SHA-256. */
function halfOf(service) {
  return createHash('sha256').update(service).digest()[0] % 2;
}

function short(value) {
  return (JSON.stringify(value) ?? '(absent)').slice(0, 100);
}
