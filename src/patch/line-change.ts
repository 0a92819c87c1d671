import { head } from '../base/clean.js';

/** Longer lines are shortened to so many characters, and what stands before a value to fewer. */
export const LINE = 100;
const LEAD = 60;
const NEAR = 400;

/** What stands before a value: the end of a key, a dash, or the start or a comma of a collection in brackets. */
const SEPARATOR = /(?::\s+|"\s*:\s*|(?:^|\s)-\s+|[[{,]\s*)/g;

/**
 * A line before and after a change of one value in it, as one: `Timeout: 60 → 90`. The old and the new value are told
 * whole, and of what stands before them as much as fits; what follows is left out. What only came into brackets or went
 * out of them is told by itself: `+ Stage: prod`.
 */
export function lineChange(wholeBefore: string, wholeAfter: string): string {
  // Of a document on one line only the surroundings are looked at.
  const far = Math.max(0, commonStart(wholeBefore, wholeAfter) - NEAR);
  const [before, after] = [wholeBefore.slice(far), wholeAfter.slice(far)];
  const same = commonStart(before, after);
  const start = lastSeparator(before.slice(0, same));
  const lead = before.slice(0, start);
  const inBrackets = /[[{]/.test(lead);
  const member = inBrackets ? (addedMember(before, after, same) ?? addedMember(after, before, same)) : undefined;
  if (member !== undefined) return `${after.length > before.length ? '+' : '-'} ${head(member, LINE)}`;
  const [was, is] = [before.slice(start), after.slice(start)];
  const tail = tailOf(was, is, inBrackets);
  const [old, now] = [was, is].map((text) => head(text.slice(0, text.length - tail).trimEnd() || '""', LINE));
  return `${shortLead(lead)}${old} → ${now}`;
}

/** What the longer text has more than the shorter one, if that is all and a comma parts it from the rest. */
function addedMember(shorter: string, longer: string, same: number): string | undefined {
  const length = longer.length - shorter.length;
  for (let at = same; at >= 0 && length > 0; at -= 1) {
    if (longer.slice(0, at) + longer.slice(at + length) !== shorter) return undefined;
    const more = longer.slice(at, at + length);
    if (/^\s*,|,\s*$/.test(more)) return more.replace(/^\s*,|,\s*$/g, '').trim();
  }
  return undefined;
}

function commonStart(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

function lastSeparator(text: string): number {
  const ends = [...text.matchAll(SEPARATOR)].map((match) => match.index + match[0].length);
  return ends.findLast((end) => !isInQuotes(text.slice(0, end))) ?? 0;
}

function isInQuotes(text: string): boolean {
  const isOdd = (quote: string) => text.split(quote).length % 2 === 0;
  return isOdd('"') || (/[\s:[{,]'/.test(text) && isOdd("'"));
}

/** How many characters at the end of both say nothing: closing brackets, a comment, in brackets also what follows. */
function tailOf(one: string, other: string, inBrackets: boolean): number {
  let count = 0;
  const most = Math.min(one.length, other.length);
  while (count < most && one[one.length - 1 - count] === other[other.length - 1 - count]) count += 1;
  const common = one.slice(one.length - count);
  const from = common.search(inBrackets ? /(?<!\s)\s*[,\]}]|\s#/ : /\s#|(?<![\s,])[\s,]*$/);
  return from === -1 ? 0 : common.length - from;
}

/** Of a long lead, its last key or so. */
function shortLead(lead: string): string {
  if (lead.length <= LEAD) return lead;
  const near = lead.slice(-LEAD);
  const from = near.search(/[[{,\s]/);
  return `… ${near.slice(from + 1).trimStart()}`;
}
