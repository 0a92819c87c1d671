import type { Json } from '../base/json.js';

/** How a kind of infrastructure as code writes calls of functions, which the parser reads and the editor writes. */
export interface Dialect {
  /** Short tags of YAML, each with the name of the same call in long form: `!Join` is a map whose one key is that name. */
  readonly tags: ReadonlyMap<string, string>;
  /** Whether a map of one entry with this key is a call. */
  isCall(key: string): boolean;
  /** The argument of a call as it stands behind the call's tag. */
  shortArgument(name: string, argument: Json): Json;
  /** Who knows these tags, and how long a text may be there; said of a text that can't be read. */
  readonly owner: string;
  readonly longest: string;
}

/** Says what a misspelt tag may have meant. */
export function suggestTag(tag: string, { tags, owner }: Dialect): string {
  const known = [...tags.keys()];
  const near = nearest(tag.slice(0, 40), known);
  return near === undefined ? `${owner} knows ${known.join(' ')}` : `did you mean ${near}?`;
}

function nearest(tag: string, known: readonly string[]): string | undefined {
  const ranked = known.map((name) => ({ name, off: distance(name.toLowerCase(), tag.toLowerCase()) }));
  ranked.sort((left, right) => left.off - right.off);
  const [best] = ranked;
  return best !== undefined && best.off <= 2 ? best.name : undefined;
}

/** Levenshtein's distance of two short texts. */
function distance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const cost = left[row - 1] === right[column - 1] ? 0 : 1;
      const best = Math.min(previous[column] ?? 0, current[column - 1] ?? 0) + 1;
      current.push(Math.min(best, (previous[column - 1] ?? 0) + cost));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}
