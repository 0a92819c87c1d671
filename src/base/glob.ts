import { segments } from './json-pointer.js';

/**
 * Whether a text matches a glob: `*` stands for any run of characters, `?` for any one; case matters. The time is bounded
 * by the product of both lengths: patterns come from configuration, and a regular expression made of one can take hours.
 */
export function matchesGlob(glob: string, text: string): boolean {
  return matchesSequence([...glob], [...text], '*', (wanted, found) => wanted === '?' || wanted === found);
}

/**
 * Whether a JSON Pointer is at or below what a pointer glob names: in it, a segment is a glob, and the segment `**` stands
 * for any number of segments. `/Tags/*` covers `/Tags/0/Value`; `''` covers everything.
 */
export function coversPointer(glob: string, pointer: string): boolean {
  return pointerMatcher(glob)(segments(pointer));
}

/** The same for many globs and pointers, each given as its keys: what the globs say is made out once. */
export function pointerMatcher(...globs: readonly string[]): (keys: readonly string[]) => boolean {
  const anywhere: Matcher[] = [];
  const others: ((keys: readonly string[]) => boolean)[] = [];
  for (const glob of globs) {
    const [first, key, ...more] = segments(glob);
    if (first === '**' && key !== undefined && key !== '**' && more.length === 0) anywhere.push(keyMatcher(key));
    else others.push(sequenceMatcher(glob));
  }
  const isAnywhere = remembering((key) => anywhere.some((matches) => matches(key)));
  return (keys) => keys.some(isAnywhere) || others.some((matches) => matches(keys));
}

type Matcher = (key: string) => boolean;

/** Bounds the memory that keys of the author's own cost. */
const MOST_KEYS = 10_000;

/** Of the keys in a scan, most come again and again. */
export function remembering(matches: Matcher): Matcher {
  const known = new Map<string, boolean>();
  return (key) => {
    const answer = known.get(key) ?? matches(key);
    if (known.size < MOST_KEYS) known.set(key, answer);
    return answer;
  };
}

function sequenceMatcher(glob: string): (keys: readonly string[]) => boolean {
  const pattern = [...segments(glob), '**'].map((key) => (key === '**' ? key : keyMatcher(key)));
  return (keys) => matchesSequence(pattern, keys, '**', (wanted, key) => typeof wanted !== 'string' && wanted(key));
}

/** Most globs are plain, or have their asterisks at the ends, and need no search. */
function keyMatcher(glob: string): Matcher {
  const [, before, text = '', after] = /^(\*?)([^*?]*)(\*?)$/.exec(glob) ?? [];
  if (before === undefined) return (key) => matchesGlob(glob, key);
  if (before && after) return (key) => key.includes(text);
  if (before) return (key) => key.endsWith(text);
  return after ? (key) => key.startsWith(text) : (key) => key === text;
}

/** Walks both at once; on a mismatch, the last wildcard takes one item more. Earlier wildcards never have to be tried again. */
function matchesSequence<Wanted>(
  pattern: readonly Wanted[],
  items: readonly string[],
  wildcard: Wanted,
  matches: (wanted: Wanted, found: string) => boolean,
): boolean {
  let at = 0;
  let item = 0;
  let retry: { at: number; item: number } | undefined;
  while (item < items.length) {
    const wanted = pattern[at];
    if (wanted === wildcard) {
      at += 1;
      retry = { at, item };
    } else if (wanted !== undefined && matches(wanted, items[item] ?? '')) {
      at += 1;
      item += 1;
    } else if (retry !== undefined) {
      retry.item += 1;
      ({ at, item } = retry);
    } else {
      return false;
    }
  }
  return pattern.slice(at).every((wanted) => wanted === wildcard);
}

/** Whether a glob names a path: in it, a segment is a glob, and the segment `**` stands for any number of segments. */
export function matchesPath(glob: string, path: string): boolean {
  return matchesSequence(glob.split('/'), path.split('/'), '**', matchesGlob);
}

/** Whether a glob names a stack, or one that the stack is nested in: `shop-*` covers `shop-prod/Network`. */
export function matchesStack(glob: string, stack: string): boolean {
  return stack.split('/').some((_, index, names) => matchesGlob(glob, names.slice(0, index + 1).join('/')));
}
