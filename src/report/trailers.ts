import { cleanShort } from '../base/clean.js';
import { groupBy } from '../base/group.js';
import type { Finding } from '../model/report.js';

/** A line of a trailer is read as a whole, so that it may be longer than lines for people. */
const LONGEST = 300;

/**
 * What a commit that settles findings says of them to machines, in the form of Git's trailers: which, and after those of
 * one call who made the change in the cloud, where that is known, and when: of the call, or else when it was `seen` by the
 * scan.
 */
export function auditTrailers(findings: readonly Pick<Finding, 'id' | 'who'>[], seen: string): string[] {
  const groups = groupBy(findings, ({ who: { principal, time } = {} }) =>
    JSON.stringify(principal === undefined ? [] : [principal, time]),
  );
  return [...groups.values()].flatMap((alike) => {
    const { principal, time = seen } = alike[0]?.who ?? {};
    return [
      ...alike.map(({ id }) => trailer('Drift-Finding', id)),
      ...(principal === undefined ? [] : [trailer('Drift-Who', principal)]),
      trailer('Drift-Seen', principal === undefined ? seen : time),
    ];
  });
}

function trailer(name: string, value: string): string {
  return `${name}: ${cleanShort(value, LONGEST).trim()}`;
}
