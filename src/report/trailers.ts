import { cleanShort } from '../base/clean.js';
import type { Finding } from '../model/report.js';

/** A line of a trailer is read as a whole, so that it may be longer than lines for people. */
const LONGEST = 300;

/**
 * What a commit that settles findings says of them to machines, in the form of Git's trailers: which, who made the change
 * in the cloud where that is known, and when: of the call, or else when it was `seen` by the scan.
 */
export function auditTrailers(findings: readonly Pick<Finding, 'id' | 'who'>[], seen: string): string[] {
  return findings.flatMap(({ id, who }) => [
    trailer('Drift-Finding', id),
    ...(who?.principal === undefined ? [] : [trailer('Drift-Who', who.principal)]),
    trailer('Drift-Seen', who?.principal === undefined ? seen : (who.time ?? seen)),
  ]);
}

function trailer(name: string, value: string): string {
  return `${name}: ${cleanShort(value, LONGEST).trim()}`;
}
