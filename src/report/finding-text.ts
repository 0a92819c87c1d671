import type { Finding, Report, Severity } from '../drift/report.js';
import { SEVERITIES } from '../drift/summary.js';
import { isDrift } from '../drift/verdict.js';
import { clean } from './clean.js';
import { shorten } from './shorten.js';

/** Whether a finding counts as drift: neither suppressed nor merely a change in Git that waits for its deployment. */
export function isCounted({ suppressed, verdict }: Finding): boolean {
  return suppressed === undefined && isDrift(verdict);
}

/** The gravest findings first; those alike in severity stay in the order of the report. */
export function gravestFirst(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((one, other) => rank(one.severity) - rank(other.severity));
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/** What a finding is about, safe to print in one line: `WebSecurityGroup /SecurityGroupIngress/0/CidrIp`. */
export function subjectText({ kind, logicalId, physicalId, type, path }: Finding): string {
  const name = kind === 'unmanaged' || logicalId === '' ? (physicalId ?? type) : logicalId;
  return clean(path === '' ? name : `${name} ${path}`);
}

/** What happened, in one line of about twice `budget` characters at most: `10.20.0.0/16 → 0.0.0.0/0`. */
export function changeText({ kind, path, desired, live, verdict, patch, reason }: Finding, budget: number): string {
  if (kind === 'deleted') return 'deleted from the cloud';
  if (kind === 'unmanaged') return clean(`in no stack${reason === undefined ? '' : ` (${reason})`}`);
  if (path === '' && desired === undefined && live === undefined) {
    return clean(patch.reason?.replace(/: deploy it$/, '') ?? verdict);
  }
  const sides = shorten(desired, live, budget);
  const git = desired === undefined ? 'not in Git' : sides.desired;
  const cloud = live === undefined ? 'missing' : sides.live;
  return `${git} → ${cloud}`.replaceAll('\n', '; ');
}

/** The title of the rule that gives a finding its severity; undefined where the report does not have it. */
export function ruleTitle({ rules = [] }: Report, { rule }: Finding): string | undefined {
  return rules.find(({ id }) => id === rule)?.title;
}
