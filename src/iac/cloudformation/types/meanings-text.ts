import { pointerOf, segments } from '../../../base/json-pointer.js';
import type { MeaningKey } from '../../../compare/meanings/names.js';
import type { ResourceType } from '../../../compare/resource-type.js';

/** Shared segments are counted by one digit of this base; no schema nests as deep. */
const BASE = 36;

/**
 * Packs meanings for the index: places sorted, each as the number of segments that it shares with the one before, the
 * rest of its path, and a letter for its meaning, whose keys come first. 56,000 places take a third of what lists take.
 */
export function packMeanings(meanings: ResourceType['meanings']): string {
  const keys = Object.keys(meanings).sort() as MeaningKey[];
  const places = keys.flatMap((key, index) => (meanings[key] ?? []).map((path) => ({ keys: segments(path), index })));
  places.sort((left, right) => (left.keys.join('\0') < right.keys.join('\0') ? -1 : 1));
  let before: string[] = [];
  const texts = places.map(({ keys: path, index }) => {
    let shared = 0;
    while (shared < Math.min(before.length, path.length, BASE - 1) && before[shared] === path[shared]) shared += 1;
    before = path;
    return `${shared.toString(BASE)}${path.slice(shared).join('/')} ${index.toString(BASE)}`;
  });
  return [keys.join(','), ...texts].join('\n');
}

/** Takes apart what `packMeanings` has packed. */
export function unpackMeanings(text: string): ResourceType['meanings'] {
  const [head = '', ...texts] = text.split('\n');
  const keys = head.split(',') as MeaningKey[];
  const meanings: ResourceType['meanings'] = {};
  let before: string[] = [];
  for (const each of texts) {
    const end = each.lastIndexOf(' ');
    const shared = before.slice(0, Number.parseInt(each.slice(0, 1), BASE));
    before = [...shared, ...each.slice(1, end).split('/')];
    const key = keys[Number.parseInt(each.slice(end + 1), BASE)];
    if (key === undefined) continue;
    const paths = meanings[key] ?? [];
    meanings[key] = paths;
    paths.push(pointerOf(before));
  }
  return meanings;
}
