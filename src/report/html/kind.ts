import { type Finding, isDrift } from '../../model/report.js';

/** What a finding is to a reader, of kind and verdict: each has exactly one. */
export type ShownKind = 'modified' | 'deleted' | 'conflict' | 'unmanaged' | 'undeployed' | 'adopted';

/** In the order in which they are listed, and what they mean. */
export const SHOWN_KINDS: Record<ShownKind, string> = {
  modified: 'changed in the cloud',
  deleted: 'deleted from the cloud',
  conflict: 'both sides changed',
  unmanaged: 'in no stack',
  undeployed: 'only in Git yet',
  adopted: 'in Git and live already',
};

export function shownKind({ kind, verdict }: Finding): ShownKind {
  if (kind === 'unmanaged') return kind;
  if (!isDrift(verdict)) return verdict === 'adopted' ? 'adopted' : 'undeployed';
  if (kind === 'deleted') return kind;
  return verdict === 'conflict' ? verdict : 'modified';
}
