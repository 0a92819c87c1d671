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
  return matchesSequence([...segments(glob), '**'], segments(pointer), '**', matchesGlob);
}

/** Walks both at once; on a mismatch, the last wildcard takes one item more. Earlier wildcards never have to be tried again. */
function matchesSequence(
  pattern: readonly string[],
  items: readonly string[],
  wildcard: string,
  matches: (wanted: string, found: string) => boolean,
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

/** Whether a glob names a stack, or one that the stack is nested in: `shop-*` covers `shop-prod/Network`. */
export function matchesStack(glob: string, stack: string): boolean {
  return stack.split('/').some((_, index, names) => matchesGlob(glob, names.slice(0, index + 1).join('/')));
}
