import { someOf } from '../base/some-of.js';

/** What was done, for a ticket or an audit trail. */
export interface RevertRecord {
  recordVersion: 1;
  /** ISO 8601. */
  at: string;
  /** `started`: how it came out was not seen. */
  action: 'planned' | 'started' | 'executed' | 'failed';
  stack: string;
  region: string;
  account: string | null;
  changeSet: string;
  digest: string;
  /** Who asked, as the cloud knows them. */
  by: string;
  /** What was to be undone: `Orders/VisibilityTimeout`. */
  what: string[];
  /** The ids of the findings, where they are known. */
  findings: string[];
  /** What has drifted still: `Orders/VisibilityTimeout`. */
  notConverged?: string[];
}

/** So many places are named in the line for a ticket. */
const NAMED = 5;
const DONE = {
  planned: 'Planned to revert',
  started: 'Began to revert',
  executed: 'Reverted',
  failed: 'Failed to revert',
};

/** The record as one line for a ticket. */
export function ticketLine(record: RevertRecord): string {
  const { action, stack, region, account, what, changeSet, by, at, notConverged = [] } = record;
  const left = notConverged.length === 0 ? '' : `; still drifted: ${someOf(notConverged, NAMED)}`;
  const where = `stack ${stack} (${[region, ...(account === null ? [] : [account])].join(', ')})`;
  return `${DONE[action]} ${someOf(what, NAMED)} of ${where} by change set ${changeSet}, asked by ${by}, ${at}${left}`;
}
