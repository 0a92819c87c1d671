/** The candidate that a mistyped word most likely meant: at most a third of its letters differ. Undefined: none is near. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.ceil((word.length + 1) / 3);
  for (const candidate of candidates) {
    // So unlike in length that the table need not be made; also bounds what hostile input costs.
    if (Math.abs(candidate.length - word.length) > least) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < least || (best === undefined && distance === least)) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

/** As many names are told whole. */
const MOST_TOLD = 5;
/** Of more, this many. */
const NEAREST = 3;

/** What there is instead of a name that is not there: all names where they are few, else the nearest and how many there are. */
export function insteadOf(word: string, names: readonly string[], kind: string): string {
  const all = [...new Set(names)].sort();
  if (all.length === 0) return `there are no ${kind}`;
  if (all.length <= MOST_TOLD) return `${kind}: ${all.join(', ')}`;
  const ranked = all.map((name) => ({ name, off: unlikeness(word.replace(/[*?]/g, ''), name) }));
  ranked.sort((one, other) => one.off - other.off);
  const near = ranked.slice(0, NEAREST).map(({ name }) => name);
  return `nearest of ${all.length} ${kind}: ${near.join(', ')}`;
}

/** A name that has the word in it is nearer than any other. */
function unlikeness(word: string, name: string): number {
  const [sought, found] = [word.toLowerCase(), name.toLowerCase()];
  if (sought !== '' && found.includes(sought)) return -1 / (1 + found.length - sought.length);
  return editDistance(sought.slice(0, LONGEST), found.slice(0, LONGEST));
}

/** Names of stacks are no longer; bounds what hostile input costs. */
const LONGEST = 128;

/** How many letters to insert, remove, replace or swap with the next one (the optimal string alignment distance). */
function editDistance(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforeLast = last;
    last = current;
  }
  return last[right.length] ?? 0;
}
