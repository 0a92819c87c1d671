import type { Json } from '../base/json.js';
import type { FindingSubject } from '../model/finding.js';

/** Where the baseline is kept, relative to the repository's root. */
export const BASELINE_FILE = '.gitops-drift/baseline.json';

/** The undeclared values that were accepted, by resource. */
export interface Baseline {
  /** Enters into the digests of secrets, so that equal secrets of two repositories are told apart: 32 hex digits. */
  salt: string;
  entries: ReadonlyMap<string, BaselineEntry>;
}

/** What was accepted of one resource. */
export interface BaselineEntry {
  type: string;
  physicalId: string;
  /** By stable path; a secret is `{"$sha256": "<digest>"}`. */
  values: ReadonlyMap<string, Json>;
}

/** What a baseline knows of a resource; `stale`: its entry is of another one that had the same name. */
export type KnownEntry = { kind: 'entry'; entry: BaselineEntry } | { kind: 'stale'; entry: BaselineEntry } | undefined;

type Keyed = Pick<FindingSubject, 'account' | 'region' | 'stack' | 'logicalId'>;

/** The name of a resource in the file: `<account or ->/<region>/<stack path>/<logicalId>`. */
export function entryKey({ account, region, stack, logicalId }: Keyed): string {
  return [account ?? '-', region, stack, logicalId].join('/');
}

/** The entry of a resource; one that was written where the account was not known counts where there is none that names it. */
export function entryOf(baseline: Baseline, subject: FindingSubject): KnownEntry {
  const { entries } = baseline;
  const entry = entries.get(entryKey(subject)) ?? entries.get(entryKey({ ...subject, account: null }));
  if (entry === undefined) return undefined;
  const isSame = entry.type === subject.type && entry.physicalId === (subject.physicalId ?? '');
  return { kind: isSame ? 'entry' : 'stale', entry };
}
