import type { Equivalence } from './equivalence.js';

/** Keywords by number, https://www.iana.org/assignments/protocol-numbers; EC2 says -1 for all of them. */
const KEYWORDS: ReadonlyMap<string, string> = new Map([
  ['-1', 'all'],
  ['1', 'icmp'],
  ['6', 'tcp'],
  ['17', 'udp'],
  ['58', 'icmpv6'],
]);

/** A network protocol by number or by keyword, in a property that is named so. */
export const protocol: Equivalence = (desired, live, { property }) => {
  if (!/Protocol$/.test(property) || typeof desired === 'object' || typeof live === 'object') return false;
  return keyword(desired) === keyword(live);
};

function keyword(value: string | number | boolean): string {
  const text = String(value).toLowerCase();
  return KEYWORDS.get(text) ?? text;
}
