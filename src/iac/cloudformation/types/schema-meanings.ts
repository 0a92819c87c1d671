import type { MeaningKey } from '../../../compare/meanings/names.js';
import type { ResourceType } from '../../../compare/resource-type.js';
import type { Pieces } from './schema-node.js';
import type { Place } from './schema-walk.js';
import { meaningOfName } from './words.js';

/**
 * What stands at the places of a schema that hold scalars, as the schema itself tells: by an enumeration, by the type
 * number or boolean, or by the words in the names that it declares. `maps` are the paths of maps, whose keys are the
 * author's and say nothing. Paths are sorted.
 */
export function meaningsOf(places: readonly Place[], maps: ReadonlySet<string>): ResourceType['meanings'] {
  const found = new Map<MeaningKey, Set<string>>();
  const told = new Map([...new Set(places.map(({ pieces }) => pieces))].map((pieces) => [pieces, toldBy(pieces)]));
  for (const place of places) {
    const said = told.get(place.pieces);
    const key = said === 'named' ? meaningByName(place.path, maps) : said;
    if (key === undefined) continue;
    const paths = found.get(key) ?? new Set();
    paths.add(place.path);
    found.set(key, paths);
  }
  const sorted = [...found].map(([key, paths]) => [key, [...paths].sort()] as const);
  return Object.fromEntries(sorted.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** What the schema says of a scalar; `named` where only its name may tell; undefined where there is nothing to tell. */
function toldBy(pieces: Pieces): MeaningKey | 'named' | undefined {
  const types = new Set(pieces.flatMap((piece) => [piece['type']].flat()));
  if (types.has('array') || types.has('object')) return undefined;
  const isNumber = types.has('number') || types.has('integer');
  if (isNumber && !types.has('string')) return 'number type';
  if (types.has('boolean') && !types.has('string')) return 'boolean type';
  if (!types.has('string')) return undefined;
  const values = pieces.flatMap((piece) => (Array.isArray(piece['enum']) ? piece['enum'] : []));
  if (values.length > 0) return differByCaseAlone(values) ? undefined : 'keyword enum';
  return 'named';
}

function meaningByName(path: string, maps: ReadonlySet<string>): MeaningKey | undefined {
  const name = declaredName(path, maps);
  const meaning = name === undefined ? undefined : meaningOfName(name);
  return meaning === undefined ? undefined : `${meaning} word`;
}

/** Whether case tells two members apart, so that it means something. */
function differByCaseAlone(values: readonly unknown[]): boolean {
  const texts = new Set(values.map(String));
  return new Set([...texts].map((text) => text.toLowerCase())).size < texts.size;
}

/** The name that the schema gives a place; elements go by their list, what stands under a key of a map by nothing. */
export function declaredName(path: string, maps: ReadonlySet<string>): string | undefined {
  const at = path.lastIndexOf('/');
  const key = path.slice(at + 1);
  if (key !== '*') return key;
  const parent = path.slice(0, at);
  return maps.has(parent) ? undefined : declaredName(parent, maps);
}
