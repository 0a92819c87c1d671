import { isPlainMap, isUnresolved, memberAt, type Plain } from '../../value/value.js';
import type { Step } from '../change.js';

/** How services name the oldest protocol that they take, and which one that is; the first that matches counts. */
const OLDEST: readonly [RegExp, (minor: string) => number][] = [
  // ELBSecurityPolicy-TLS13-1-2-2021-06: TLS 1.3 is the newest, 1.2 the oldest.
  [/TLS[-_]?13[-_]1[-_]([0-3])/i, Number],
  [/(?:TLS|FS)[-_]?v?1[-_.]([0-3])(?!\d)/i, Number],
  [/TLS[-_]?v?1(?![-_.]?[1-3](?!\d))/i, () => 0],
  [/SSL/, () => -1],
  // Those of load balancers that are named by their year alone.
  [/^ELBSecurityPolicy-(?:FS-)?20/, () => 0],
];

/** Whether a list of protocols or a security policy takes older versions of TLS, or SSL, than before. */
export function tlsWeakened({ keys, before, after }: Step): boolean {
  const property = keys.slice(0, keys.findLastIndex((key) => !/^\d+$/.test(key)) + 1);
  const old = oldest(property.reduce<Plain | undefined>(memberAt, before));
  return old !== Number.POSITIVE_INFINITY && oldest(property.reduce<Plain | undefined>(memberAt, after)) < old;
}

/** The minor version of the oldest protocol in a value: 2 for TLS 1.2; infinite where none is named. */
function oldest(value: Plain | undefined): number {
  if (isUnresolved(value)) return Number.POSITIVE_INFINITY;
  if (Array.isArray(value)) return Math.min(...value.map(oldest));
  if (isPlainMap(value)) return Math.min(...Object.values(value).map(oldest));
  if (typeof value !== 'string') return Number.POSITIVE_INFINITY;
  for (const [pattern, versionOf] of OLDEST) {
    const match = pattern.exec(value);
    if (match) return versionOf(match[1] ?? '');
  }
  return Number.POSITIVE_INFINITY;
}
