import type { Json } from '../base/json.js';
import { type CrossCheckReport, type Disagreement, type Finding, isDrift, type ResourceReport } from './report.js';

/** One judge's outcome for a resource; `resource.equivalent` tells what it takes for equal. */
export interface Opinion {
  resource: ResourceReport;
  findings: readonly Finding[];
}

/** AWS's detection compares what the deployed template declares, by its own notion of equality. */
const AWS_SILENT = 'AWS lists no difference: it compares the template as deployed, and only what that declares';

/**
 * Where two judges of one resource disagree: this tool's own comparison and AWS's drift detection, and why, as far as
 * either tells. A judge that could not look has no opinion; it is told only where the other one found something.
 */
export function disagreementsOf(own: Opinion, aws: Opinion): Disagreement[] {
  const silent = wholeResource(own, aws);
  if (silent) return silent;
  const missed = drifting(own)
    .filter((finding) => !isAmong(drifting(aws), finding))
    .map((finding) => told(finding, 'modified', 'inSync', unverifiableReason(aws, finding.path) ?? AWS_SILENT));
  const surplus = drifting(aws)
    .filter((finding) => !isAmong(drifting(own), finding))
    .map((finding) => told(finding, ...ownReason(own, finding)));
  return [...missed, ...surplus];
}

/** Where one of them says something of the resource as a whole; undefined where both have compared properties. */
function wholeResource(own: Opinion, aws: Opinion): Disagreement[] | undefined {
  const statuses = [own.resource.status, aws.resource.status];
  // What is only pending is as deployed.
  if (statuses.every((status) => status === 'inSync' || status === 'modified' || status === 'undeployed')) {
    return undefined;
  }
  if (statuses[0] === statuses[1] || statuses.every(hasNoOpinion)) return [];
  const [judged, other] = hasNoOpinion(own.resource.status) ? [aws, own] : [own, aws];
  if (hasNoOpinion(other.resource.status) && drifting(judged).length === 0) return [];
  const { stack, region, account, logicalId, type } = own.resource;
  const reason = other.resource.reason ?? aws.resource.reason ?? 'one of them finds the resource, the other does not';
  return [
    { stack, region, account, logicalId, type, path: '', own: own.resource.status, aws: aws.resource.status, reason },
  ];
}

function hasNoOpinion(status: string | undefined): boolean {
  return status !== 'inSync' && status !== 'modified' && status !== 'deleted';
}

/** What the own comparison makes of a place where AWS sees a difference. */
function ownReason({ resource }: Opinion, { path, desired }: Finding): ['inSync' | 'unverifiable', 'modified', string] {
  const open = resource.unverifiable.find((each) => isAlong(each.path, path));
  if (open) return ['unverifiable', 'modified', open.reason];
  if (desired === undefined) return ['inSync', 'modified', 'Git does not declare it'];
  const equal = (resource.equivalent ?? []).find((each) => isAlong(each.path, path));
  const reason = equal ? `equal by the rule "${equal.equivalence}"` : 'equal when compared with what Git declares';
  return ['inSync', 'modified', reason];
}

function unverifiableReason({ resource }: Opinion, path: string): string | undefined {
  return resource.unverifiable.find((each) => isAlong(each.path, path))?.reason;
}

function drifting({ findings }: Opinion): Finding[] {
  return findings.filter(({ verdict }) => isDrift(verdict));
}

/**
 * The same drift has the same id, whoever found it. Else a place is enough, where Git declares it: what only the cloud
 * has stands at a free index, which may be another element's.
 */
function isAmong(findings: readonly Finding[], { id, path, desired }: Finding): boolean {
  return findings.some((other) => other.id === id || (isDeclared(desired, other.desired) && isAlong(other.path, path)));
}

function isDeclared(...values: readonly (Json | undefined)[]): boolean {
  return values.every((value) => value !== undefined);
}

/** Whether one path is the other, or leads to it. */
function isAlong(one: string, other: string): boolean {
  return one === other || other.startsWith(`${one}/`) || one.startsWith(`${other}/`);
}

function told(finding: Finding, own: Disagreement['own'], aws: Disagreement['aws'], reason: string): Disagreement {
  const { stack, region, account, logicalId, type, path, desired, live } = finding;
  return {
    ...{ stack, region, account, logicalId, type, path, own, aws, reason },
    ...(desired === undefined ? {} : { desired }),
    ...(live === undefined ? {} : { live }),
  };
}

/** All stacks' cross-checks as one. */
export function mergeCrossChecks(reports: readonly CrossCheckReport[]): CrossCheckReport {
  return {
    stacks: reports.reduce((sum, { stacks }) => sum + stacks, 0),
    disagreements: reports.flatMap(({ disagreements }) => disagreements),
    errors: reports.flatMap(({ errors }) => errors),
  };
}
