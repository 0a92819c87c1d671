import type { ScanRequest } from '../scan/request.js';

/** What to check: all that a scan with this request needs. */
export type DoctorRequest = Pick<
  ScanRequest,
  | 'repository'
  | 'ref'
  | 'config'
  | 'stacks'
  | 'regions'
  | 'provider'
  | 'snapshot'
  | 'concurrency'
  | 'crossCheck'
  | 'unmanaged'
  | 'who'
> & {
  /** Whether to check what `revert` needs, too. */
  reverts?: boolean | undefined;
  /** The version of Node that is running, `20.19.1`. */
  nodeVersion: string;
};
