import { clean, escapeNonAscii, head } from '../base/clean.js';
import { sameContent } from '../base/content.js';
import type { Json } from '../base/json.js';
import { asDocument, type Change, changesBetween } from './changes.js';
import { block, inline } from './inline.js';
import { shortenTexts, unlikeLines } from './shorten-text.js';

/** One place of a difference, as texts that are safe to print in one line. */
export interface Part {
  /** Where in the value: `Statement[ReadOrders].Action`, `line 3`; empty for the whole. */
  label: string;
  desired: string;
  live: string;
}

/** Of a value that differs in many places, at most so many are shown where nothing else is said. */
const MOST_PARTS = 8;
/** What stands for a side that has nothing. */
const ABSENT = '–';

/**
 * Two unlike values as texts (of one or more lines), each shortened to about `budget` characters of what differs:
 * texts lose their common beginning and end, documents (objects, lists, JSON texts) their equal members.
 */
export function shorten(desired: Json | undefined, live: Json | undefined, budget: number): Omit<Part, 'label'> {
  const parts = differingParts(desired, live, budget);
  const side = (of: 'desired' | 'live') =>
    parts.map((part) => (part.label === '' ? part[of] : `${part.label}: ${part[of]}`)).join('\n');
  return { desired: side('desired'), live: side('live') };
}

/** The same, place by place and at most `most` places: what a table shows in rows of their own. Never empty. */
export function differingParts(
  desired: Json | undefined,
  live: Json | undefined,
  budget: number,
  most = MOST_PARTS,
): Part[] {
  if (desired === undefined || live === undefined) {
    const side = (value: Json | undefined) => (value === undefined ? ABSENT : block(asDocument(value), budget, most));
    return [{ label: '', desired: side(desired), live: side(live) }];
  }
  if (sameContent(desired, live)) {
    // Two secrets that differ look the same when masked.
    const text = inline(desired, budget);
    return [{ label: '', desired: text, live: `${text} (differs)` }];
  }
  const changes = changesBetween(desired, live).flatMap(byLine);
  // Documents that differ in nothing but spelling are shown as spelled.
  if (changes.length === 0)
    return [partOf({ label: '', desired: JSON.stringify(desired), live: JSON.stringify(live) }, budget)];
  const parts: Part[] = [];
  let room = budget;
  for (const change of changes) {
    const part = partOf(change, Math.max(24, changes.length === 1 ? budget : Math.min(room, budget / 2)));
    parts.push(part);
    room -= part.label.length + Math.max(part.desired.length, part.live.length);
    if (room <= 0 || parts.length === most) break;
  }
  const left = changes.length - parts.length;
  if (left > 0) parts.push({ label: `… and ${left} more`, desired: '', live: '' });
  return parts;
}

/** Texts of several lines are compared line by line. */
function byLine(change: Change): Change[] {
  const { label, desired, live } = change;
  if (typeof desired !== 'string' || typeof live !== 'string') return [change];
  if (!desired.includes('\n') || !live.includes('\n')) return [change];
  return unlikeLines(desired, live).map(({ line, ...sides }) => ({
    label: label === '' ? `line ${line}` : `${label}, line ${line}`,
    ...sides,
  }));
}

function partOf(change: Change, budget: number): Part {
  const { desired, live, partial } = change;
  const label = clean(head(change.label, 200));
  if (typeof desired === 'string' && typeof live === 'string') {
    const fits = Math.max(desired.length, live.length) <= budget;
    const [left, right] = fits ? [inline(desired, budget), inline(live, budget)] : shortenTexts(desired, live, budget);
    return distinct({ label, desired: left, live: right });
  }
  const side = (value: Json | undefined) => (value === undefined ? ABSENT : listed(asDocument(value), partial, budget));
  const part = { label, desired: side(desired), live: side(live) };
  // A text and a number or a switch: `"10"` and `10`.
  if (part.desired !== part.live) return part;
  const [left, right] = shortenTexts(JSON.stringify(desired ?? null), JSON.stringify(live ?? null), budget);
  return { label, desired: left, live: right };
}

/** A list of which elements are left out begins with an ellipsis. */
function listed(value: Json, partial: boolean | undefined, budget: number): string {
  const text = inline(value, budget);
  if (!partial) return text;
  return text === '[]' ? '[…]' : `[…, ${text.slice(1)}`;
}

/** Lookalikes (composed and decomposed accents, full-width letters) are told apart by their escapes. */
function distinct(part: Part): Part {
  if (part.desired.normalize('NFKC') !== part.live.normalize('NFKC')) return part;
  return { ...part, desired: escapeNonAscii(part.desired), live: escapeNonAscii(part.live) };
}
