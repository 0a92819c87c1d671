import { isObject } from '../base/json.js';
import type { Comparison, Difference } from '../model/comparison.js';
import { isUnresolved, type Plain, someText } from '../value/value.js';
import { BASE64, MASK } from './secret-text.js';

const REASON = 'the live value is a secret that was masked when it was recorded';

/**
 * Takes differences back that are due to masking alone: a snapshot holds `****` where a secret was, so whether the
 * secret is the one in Git can't be told. What else differs (the host of a URL with a password) stays a difference.
 */
export function setMaskedAside(comparison: Comparison): Comparison {
  const masked = new Set(comparison.differences.filter(({ desired, live }) => isMaskOf(live, desired)));
  for (const [gone, added] of pairsOf(comparison.differences)) masked.add(gone).add(added);
  if (masked.size === 0) return comparison;
  const unverifiable = [...masked].filter(({ desired }) => desired !== undefined);
  return {
    ...comparison,
    differences: comparison.differences.filter((difference) => !masked.has(difference)),
    unverifiable: [
      ...comparison.unverifiable,
      ...unverifiable.map(({ path }) => ({ path, reason: REASON, class: 'never' as const })),
    ],
    compared: comparison.compared - unverifiable.length,
  };
}

/** Elements of a list that only one side has, where the live one may be the desired one with its secrets masked. */
function pairsOf(differences: readonly Difference[]): [Difference, Difference][] {
  const added = differences.filter(({ desired, live }) => desired === undefined && holdsMaskWithin(live));
  if (added.length === 0) return [];
  return differences.flatMap((gone): [Difference, Difference][] => {
    if (gone.live !== undefined || gone.desired === undefined) return [];
    const at = added.findIndex((one) => listOf(one) === listOf(gone) && isMaskOf(one.live, gone.desired));
    const [found] = at === -1 ? [] : added.splice(at, 1);
    return found === undefined ? [] : [[gone, found]];
  });
}

function listOf({ path }: Difference): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** Whether there is a mask in a value, be it within Base64. */
function holdsMaskWithin(value: Plain | undefined): boolean {
  return someText(value, (text) => decoded(text).includes(MASK));
}

/** Whether a live value holds masks, and is the desired one but for what they stand for. */
function isMaskOf(live: Plain | undefined, desired: Plain | undefined): boolean {
  return live !== undefined && desired !== undefined && holdsMaskWithin(live) && covers(live, desired);
}

function covers(live: Plain, desired: Plain): boolean {
  if (live === MASK) return true;
  if (typeof live === 'string') return typeof desired === 'string' && coversText(live, desired);
  if (Array.isArray(live)) {
    if (!Array.isArray(desired) || desired.length !== live.length) return false;
    return live.every((item, index) => covers(item, desired[index] ?? null));
  }
  if (!isObject(live) || !isObject(desired) || isUnresolved(live) || isUnresolved(desired)) return live === desired;
  const keys = Object.keys(live);
  return (
    keys.length === Object.keys(desired).length &&
    keys.every((key) => key in desired && covers(live[key] ?? null, desired[key] ?? null))
  );
}

/** Texts between masks have to be there, in this order. */
function coversText(recorded: string, declared: string): boolean {
  const [live, desired] = [decoded(recorded), decoded(declared)];
  const parts = live.split(MASK);
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (parts.length === 1) return live === desired;
  if (!desired.startsWith(first) || desired.length < first.length + last.length || !desired.endsWith(last))
    return false;
  const end = desired.length - last.length;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = desired.indexOf(part, at);
    if (found === -1 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

/** A text with what is Base64 in it decoded. */
function decoded(text: string): string {
  return text.replace(BASE64, (encoded) => {
    const plain = encoded.length % 4 === 0 ? Buffer.from(encoded, 'base64').toString('utf8') : '\uFFFD';
    return plain.includes('\uFFFD') ? encoded : plain;
  });
}
