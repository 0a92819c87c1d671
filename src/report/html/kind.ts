import { type Finding, isDrift } from '../../model/report.js';

/** What a finding is to a reader, of kind and verdict: each has exactly one. */
export type ShownKind = 'modified' | 'deleted' | 'conflict' | 'unmanaged' | 'undeclared' | 'undeployed' | 'adopted';

/** In the order in which they are listed, and what they mean. */
export const SHOWN_KINDS: Record<ShownKind, string> = {
  modified: 'changed in the cloud',
  deleted: 'deleted from the cloud',
  conflict: 'both sides changed',
  unmanaged: 'in no stack',
  undeclared: 'set in the cloud, in no template',
  undeployed: 'only in Git yet',
  adopted: 'in Git and live already',
};

export function shownKind({ kind, verdict, undeclared }: Finding): ShownKind {
  if (kind === 'unmanaged') return kind;
  if (!isDrift(verdict)) return verdict === 'adopted' ? 'adopted' : 'undeployed';
  if (kind === 'deleted') return kind;
  if (undeclared) return 'undeclared';
  return verdict === 'conflict' ? verdict : 'modified';
}
