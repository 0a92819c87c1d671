/**
 * How something goes unseen: `notRead` could be read and was not (denied, an outage, a macro, a limit), `unverified` is
 * not known this time, `never` can't be compared by its nature (write-only, a secret, a custom resource).
 */
export type UnseenClass = 'notRead' | 'unverified' | 'never';

/** The `accept:` rule by which something may stay unread or unverified. */
export interface Accepted {
  reason: string;
  /** The last day on which that holds, `2027-01-31`. */
  until?: string;
  /** The place where it is said. */
  file?: string;
  line?: number;
}
