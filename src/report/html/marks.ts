import { diffArrays } from 'diff';

/** A text in pieces, by turns as on the other side and unlike it: `['', '10.20', '.0.0/', '16']`. */
export type Segments = string[];

/** Escapes of what can't be seen, words, numbers, blanks, and any other character by itself. */
const TOKENS = /\\x[\da-f]{2}|\\u\{[\da-f]+\}|\\u[\da-f]{4}|(?:\p{L}\p{M}*)+|\p{N}+|\s+|.\p{M}*/gsu;
/** Of texts that are further apart only the common beginning and end is told: to find more would take too long. */
const MOST_EDITS = 80;

/** Two texts with what is unlike in them told apart, by words and numbers. */
export function markDifferences(left: string, right: string): [Segments, Segments] {
  const [one, other] = [tokens(left), tokens(right)];
  const changes = diffArrays(one, other, { maxEditLength: MOST_EDITS }) ?? betweenEnds(one, other);
  const marked: [Segments, Segments] = [[''], ['']];
  for (const [index, { value, added, removed }] of changes.entries()) {
    const text = value.join('');
    // A dot or blank between two changes would only break the mark into crumbs.
    const isGlue = index > 0 && index < changes.length - 1 && !/[\p{L}\p{N}]/u.test(text);
    const differs = added || removed || isGlue;
    if (!added) append(marked[0], text, differs);
    if (!removed) append(marked[1], text, differs);
  }
  return marked;
}

function tokens(text: string): string[] {
  return text.match(TOKENS) ?? [];
}

/** What is between the common beginning and the common end taken for one change. */
function betweenEnds(left: string[], right: string[]): ReturnType<typeof diffArrays<string>> {
  const most = Math.min(left.length, right.length);
  let start = 0;
  while (start < most && left[start] === right[start]) start += 1;
  let end = 0;
  while (end < most - start && left.at(-1 - end) === right.at(-1 - end)) end += 1;
  const change = (tokens: string[], added: boolean, removed: boolean) => ({
    value: tokens,
    count: tokens.length,
    added,
    removed,
  });
  return [
    change(left.slice(0, start), false, false),
    change(left.slice(start, left.length - end), false, true),
    change(right.slice(start, right.length - end), true, false),
    change(left.slice(left.length - end), false, false),
  ];
}

function append(segments: Segments, text: string, differs: boolean): void {
  const isMarked = segments.length % 2 === 0;
  if (differs === isMarked) segments[segments.length - 1] += text;
  else segments.push(text);
}
