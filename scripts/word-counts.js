import { pathTable } from '../dist/base/path-pattern.js';
import { compareResource } from '../dist/compare/compare.js';
import { meaning } from '../dist/compare/meanings/registry.js';
import { rulesOf } from '../dist/compare/rules.js';
import { placeOf, relationOf, sameForm } from '../dist/compare/scalar.js';
import { declaredName } from '../dist/iac/cloudformation/types/schema-meanings.js';
import { WORDS, wordOf } from '../dist/iac/cloudformation/types/words.js';
import { inputOf } from './recorded-cases.js';

/**
 * For each word, in the order of the table, the recorded places at which two values are unlike as written: it agrees
 * where its meaning takes untouched values as the same, and disagrees where it does not, or where it takes drift as the
 * same. What path data and transforms say instead is not asked.
 */
export async function countWords(cases) {
  const counts = WORDS.map(() => ({ agree: [], disagree: [] }));
  for (const one of cases) {
    const input = inputOf(one);
    if (input.resourceType === undefined) continue;
    const words = wordsOf(input.resourceType);
    const rules = rulesOf(input);
    const { differences, equal } = await compareResource(input);
    for (const { path, desired, live } of [...differences, ...equal]) {
      const place = placeOf(path, rules);
      const [word] = place.isAuthors ? [] : words.at(path);
      if (word === undefined || !isScalar(desired) || !isScalar(live)) continue;
      const kind = meaning(word.meaning);
      const why = sameForm(desired, live, place, kind) ?? relationOf(desired, live, kind, one.context);
      const isSame = why !== undefined;
      const isDrift = one.drift.some((drift) => shapeOf(drift) === shapeOf(path));
      if (isDrift && !isSame) continue;
      const { agree, disagree } = counts[WORDS.indexOf(word)];
      (isSame && !isDrift ? agree : disagree).push({ type: one.type, path, desired, live });
    }
  }
  return counts;
}

/** The places of a type that go by a word, with the word. */
function wordsOf({ meanings, maps }) {
  const mapPaths = new Set(maps);
  const paths = Object.entries(meanings).flatMap(([key, each]) => (key.endsWith(' word') ? each : []));
  return pathTable(paths.map((path) => [path, wordOf(declaredName(path, mapPaths) ?? '')]));
}

function isScalar(value) {
  return value !== undefined && value !== null && typeof value !== 'object';
}

function shapeOf(path) {
  return path.replace(/\/\d+(?=\/|$)/g, '/*');
}
