import { diffArrays } from 'diff';
import { clean, head, tail } from '../base/clean.js';
import { afterVariable, beforeVariable } from './fit.js';

/** How much of the common beginning and end stays at least, for orientation. */
const CONTEXT = 8;

/**
 * Two unlike texts, each shortened to about `budget` characters: what they have in common at the beginning and the end
 * gives way to an ellipsis; texts that fit are left whole.
 */
export function shortenTexts(desired: string, live: string, budget: number): [string, string] {
  const longest = Math.max(desired.length, live.length);
  if (longest <= budget) return [clean(desired), clean(live)];
  const start = commonStart(desired, live);
  const end = commonEnd(desired, live, start);
  const room = Math.max(2 * CONTEXT, budget - (longest - start - end));
  const before = keepEnd(desired.slice(0, start), Math.max(room / 2, room - end));
  const after = keepStart(desired.slice(desired.length - end), Math.max(room / 2, room - start));
  const [left, right] = [desired, live].map((text) => {
    return before + cutMiddle(text.slice(start, text.length - end), budget) + after;
  });
  return [left ?? '', right ?? ''];
}

/** Two unlike lines at the same place; a side is absent where its text has no such line. */
export interface LineChange {
  /** From 1, in the first text; of a line that came, where it stands among the first text's. */
  line: number;
  desired?: string;
  live?: string;
}

/** Texts that differ in more lines than this are compared line by line as they stand. */
const MOST_EDITS = 400;

/** The lines in which two texts differ, in their order; lines that only moved down because of others are no difference. */
export function unlikeLines(desired: string, live: string): LineChange[] {
  const left = desired.split('\n');
  const right = live.split('\n');
  const runs = diffArrays(left, right, { maxEditLength: MOST_EDITS });
  if (runs === undefined) return changedLines(left, right, 0);
  const changes: LineChange[] = [];
  let at = 0;
  let removed: string[] = [];
  for (const { value, added, removed: gone } of runs) {
    if (gone) {
      removed = value;
      continue;
    }
    changes.push(...changedLines(removed, added ? value : [], at));
    at += removed.length + (added ? 0 : value.length);
    removed = [];
  }
  return [...changes, ...changedLines(removed, [], at)];
}

/** Lines that stand in the place of others, one by one; `before` lines come before the first. */
function changedLines(left: readonly string[], right: readonly string[], before: number): LineChange[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, at) => at).flatMap((at) => {
    const [one, other] = [left[at], right[at]];
    if (one === other) return [];
    return {
      line: before + at + 1,
      ...(one === undefined ? {} : { desired: one }),
      ...(other === undefined ? {} : { live: other }),
    };
  });
}

/** The end of a text, about `length` long, from the beginning of a word. */
function keepEnd(text: string, length: number): string {
  if (text.length <= length + 1) return clean(text);
  const kept = tail(text, Math.floor(length));
  const word = /[^\s/:,._=;|@&?-]{1,12}$/.exec(text.slice(-kept.length - 13, -kept.length))?.[0] ?? '';
  const shown = tail(text, kept.length + word.length);
  const from = afterVariable(text, text.length - shown.length);
  return (from > 0 ? '…' : '') + clean(text.slice(from));
}

/** The beginning of a text, about `length` long, up to the end of a word. */
function keepStart(text: string, length: number): string {
  if (text.length <= length + 1) return clean(text);
  const kept = head(text, Math.floor(length));
  const word = /^[^\s/:,._=;|@&?-]{1,12}/.exec(text.slice(kept.length, kept.length + 13))?.[0] ?? '';
  const shown = head(text, kept.length + word.length);
  return shown.length < text.length ? `${clean(beforeVariable(shown))}…` : clean(shown);
}

function cutMiddle(text: string, budget: number): string {
  if (text.length <= budget) return clean(text);
  const kept = Math.max(CONTEXT, Math.floor(budget / 2) - 10);
  const start = beforeVariable(head(text, kept));
  const end = text.slice(afterVariable(text, text.length - tail(text, kept).length));
  return `${clean(start)}… (+${text.length - start.length - end.length} characters) …${clean(end)}`;
}

function commonStart(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at < most && one[at] === other[at]) at += 1;
  return head(one, at).length;
}

function commonEnd(one: string, other: string, start: number): number {
  const most = Math.min(one.length, other.length) - start;
  let at = 0;
  while (at < most && one[one.length - 1 - at] === other[other.length - 1 - at]) at += 1;
  return tail(one, at).length;
}
