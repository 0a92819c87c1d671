import type { Json } from '../base/json.js';
import type { Location } from '../syntax/location.js';
import type { Difference } from './comparison.js';
import { fingerprint } from './fingerprint.js';
import type { Finding, FindingKind, Rated, Verdict } from './report.js';

/** The resource that a finding is about. */
export type FindingSubject = Pick<Finding, 'stack' | 'region' | 'account' | 'logicalId' | 'type' | 'physicalId'>;

/** What is left of a difference once its values are fit for output: secrets masked, unresolved leaves as text. */
export type ShownDifference = Pick<Difference, 'path' | 'stablePath'> & {
  desired?: Json;
  live?: Json;
  deployed?: Json;
};

/** A finding for one difference in a resource's properties. */
export function modifiedFinding(
  subject: FindingSubject,
  difference: ShownDifference,
  location: Location | undefined,
  verdict: Verdict,
  rated: Rated,
): Finding {
  return finding(subject, 'modified', difference, location, verdict, rated);
}

/** A finding for a resource that the next deployment makes or takes away: Git and the stack differ in all of it. */
export function pendingFinding(
  subject: FindingSubject,
  reason: string,
  location: Location | undefined,
  rated: Rated,
): Finding {
  const patch = { status: 'none' as const, reason: `${reason}: deploy it` };
  return { ...finding(subject, 'modified', { path: '', stablePath: '' }, location, 'undeployed', rated), patch };
}

/** A finding for a resource that is certainly gone; its path is the whole resource. */
export function deletedFinding(subject: FindingSubject, location: Location | undefined, rated: Rated): Finding {
  return finding(subject, 'deleted', { path: '', stablePath: '' }, location, 'drift', rated);
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
  const found: Finding = {
    ...finding(subject, 'unmanaged', { path: '', stablePath: arn }, undefined, 'drift', rated),
    patch: { status: 'none', reason: 'no template declares it' },
  };
  return reason === undefined ? found : { ...found, reason };
}

function finding(
  subject: FindingSubject,
  kind: FindingKind,
  difference: ShownDifference,
  location: Location | undefined,
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
    patch: { status: 'none' },
  };
}
