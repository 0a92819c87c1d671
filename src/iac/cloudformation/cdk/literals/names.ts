/** More than this many wrong ways to a value are not tried: each takes a run of the app. */
const MOST = 3;

/** What stands somewhere below the arguments of a call. */
export interface Named {
  /** The names on the way to it, the outermost first: properties, and what is called. */
  names: readonly string[];
  /** The positions in lists on the way to it. */
  indices: readonly number[];
}

/**
 * Those of what has an equal value that go by a name of the leaf's path, the likeliest first: the own name must be related
 * to one of it, and where the whole way to one is, all others are out.
 */
export function byName<Each extends Named>(found: readonly Each[], keys: readonly string[]): Each[] {
  const rated = found.flatMap((each) => {
    const rating = ratingOf(each, keys);
    return rating === undefined ? [] : [{ each, ...rating }];
  });
  const isWhole = rated.some(({ strangers }) => strangers === 0);
  return rated
    .filter(({ strangers }) => !isWhole || strangers === 0)
    .sort((one, other) => other.points - one.points)
    .slice(0, MOST)
    .map(({ each }) => each);
}

function ratingOf(
  { names, indices }: Named,
  keys: readonly string[],
): { points: number; strangers: number } | undefined {
  const path = keys.filter((key) => !isIndex(key)).map(plain);
  const own = plain(names.at(-1) ?? '');
  const last = path.at(-1) ?? '';
  const closeness = Math.max(kinship(own, last), ...path.slice(0, -1).map((key) => kinship(own, key) / 4));
  if (closeness === 0) return undefined;
  const parents = names.slice(0, -1).map(plain);
  const strangers = parents.filter((parent) => !path.some((key) => kinship(parent, key) > 0)).length;
  const places = keys.filter(isIndex).map(Number);
  const isSamePlace = indices.length > 0 && indices.join() === places.slice(-indices.length).join();
  return { points: closeness - strangers * 10 + parents.length + (isSamePlace ? 5 : 0), strangers };
}

/** How alike names are: the same, or one within the other; short ones are in everything. */
function kinship(one: string, other: string): number {
  if (one === '' || other === '') return 0;
  if (one === other) return 100;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length >= SHORTEST && long.includes(short) ? 60 : 0;
}

const SHORTEST = 3;

/** Without case, signs and the plural. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/(?<=..)s$/, '');
}

function isIndex(key: string): boolean {
  return /^\d+$/.test(key);
}
