import type { Json } from '../base/json.js';
import type { Location } from '../syntax/location.js';
import type { Difference } from './comparison.js';
import { fingerprint } from './fingerprint.js';
import type { Finding, FindingKind, Rated, UndeclaredChange, Verdict } from './report.js';

/** The resource that a finding is about. */
export type FindingSubject = Pick<
  Finding,
  'stack' | 'region' | 'account' | 'logicalId' | 'sourceId' | 'type' | 'physicalId'
>;

/** What is left of a difference once its values are fit for output: secrets masked, unresolved leaves as text. */
export type ShownDifference = Pick<Difference, 'path' | 'stablePath'> & {
  desired?: Json;
  live?: Json;
  deployed?: Json;
};

/** Where in Git a finding stands. */
export interface Standing {
  location?: Location | undefined;
  /** Why there is no edit to look for, where that is known from the start. */
  noPatch?: string | undefined;
}

/** A finding for one difference in a resource's properties. */
export function modifiedFinding(
  subject: FindingSubject,
  difference: ShownDifference,
  standing: Standing,
  verdict: Verdict,
  rated: Rated,
): Finding {
  return finding(subject, 'modified', difference, standing, verdict, rated);
}

/** A finding for a difference to what a baseline accepts, or for what is open by itself in no template. */
export function undeclaredFinding(
  subject: FindingSubject,
  difference: ShownDifference & { accepted?: Json },
  standing: Standing,
  change: UndeclaredChange | undefined,
  rated: Rated,
): Finding {
  const { accepted } = difference;
  return {
    ...finding(subject, 'modified', difference, standing, 'drift', rated),
    undeclared: true,
    ...(accepted === undefined ? {} : { accepted }),
    ...(change === undefined ? {} : { change }),
  };
}

/** A finding for a resource that the next deployment makes or takes away: Git and the stack differ in all of it. */
export function pendingFinding(
  subject: FindingSubject,
  reason: string,
  { location, noPatch = `${reason}: deploy it` }: Standing,
  rated: Rated,
): Finding {
  return finding(subject, 'modified', WHOLE, { location, noPatch }, 'undeployed', rated);
}

/** A finding for a resource that is certainly gone; its path is the whole resource. */
export function deletedFinding(subject: FindingSubject, standing: Standing, rated: Rated): Finding {
  return finding(subject, 'deleted', WHOLE, standing, 'drift', rated);
}

/**
 * A finding for a resource that is in no template. `arn` tells it from others of its type; `reason` says whose orphan it
 * is, and what is not certain.
 */
export function unmanagedFinding(
  subject: FindingSubject,
  arn: string,
  reason: string | undefined,
  rated: Rated,
): Finding {
  const standing = { noPatch: 'no template declares it' };
  const found = finding(subject, 'unmanaged', { path: '', stablePath: arn }, standing, 'drift', rated);
  return reason === undefined ? found : { ...found, reason };
}

/** The place of what is about a resource as a whole. */
const WHOLE = { path: '', stablePath: '' };

function finding(
  subject: FindingSubject,
  kind: FindingKind,
  difference: ShownDifference,
  { location, noPatch }: Standing,
  verdict: Verdict,
  rated: Rated,
): Finding {
  const { account, region, stack, logicalId, type } = subject;
  const { path, stablePath, desired, live, deployed } = difference;
  return {
    id: fingerprint({ account, region, stack, logicalId, type, kind, stablePath, live }),
    ...subject,
    kind,
    verdict,
    path,
    ...(desired === undefined ? {} : { desired }),
    ...(deployed === undefined ? {} : { deployed }),
    ...(live === undefined ? {} : { live }),
    ...rated,
    ...(location === undefined ? {} : { location }),
    patch: { status: 'none', ...(noPatch === undefined ? {} : { reason: noPatch }) },
  };
}
