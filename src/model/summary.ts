import {
  type Finding,
  isDrift,
  type PlaceError,
  type ResourceReport,
  type ResourceStatus,
  type Severity,
  type StackReport,
  type Summary,
} from './report.js';

export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** What decides between exit codes 0, 1, 2 and 3. */
export interface Gate {
  /** The least severity that fails the gate. */
  failOn: Severity | 'never';
  /** Whether anything unverified fails the gate. */
  strict: boolean;
}

/** What a scan found, before it is counted. */
export interface Outcome {
  stacks: StackReport[];
  resources: ResourceReport[];
  findings: Finding[];
  /** Places that could not be looked at. */
  errors?: PlaceError[];
  /** Declared properties that were verified. */
  compared: number;
  /** How many findings an earlier report alone has, where the findings were compared with those of one. */
  gone?: number | undefined;
}

/** Counts an outcome and derives the exit code from the counts, so that text, JSON and exit code can't disagree. */
export function summarize(outcome: Outcome, gate: Gate): Summary {
  const resources: Record<ResourceStatus, number> = {
    inSync: 0,
    modified: 0,
    deleted: 0,
    unmanaged: 0,
    undeployed: 0,
    unreadable: 0,
    unsupported: 0,
  };
  let unverifiable = 0;
  for (const resource of outcome.resources) {
    resources[resource.status] += 1;
    unverifiable += resource.unverifiable.length;
  }
  const findings: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0 };
  let suppressed = 0;
  for (const finding of outcome.findings) {
    // It is no declared resource, so that its finding is all there is of it.
    if (finding.kind === 'unmanaged') resources.unmanaged += 1;
    if (finding.suppressed) suppressed += 1;
    else findings[finding.severity] += 1;
  }
  const summary = {
    stacks: outcome.stacks.length,
    resources: { total: outcome.resources.length, ...resources },
    findings,
    suppressed,
    properties: { compared: outcome.compared, unverifiable },
    ...baselineCounts(outcome),
    ...patchCounts(outcome.findings),
  };
  return { ...summary, exitCode: exitCode(outcome, summary, gate) };
}

/** What does not count as known fails the gate, and counts as new. */
function baselineCounts({ findings, gone }: Outcome): Pick<Summary, 'baseline'> {
  if (gone === undefined) return {};
  const counted = findings.filter(({ suppressed }) => !suppressed);
  const known = counted.filter(({ baseline }) => baseline === 'known').length;
  return { baseline: { new: counted.length - known, known, gone } };
}

function patchCounts(findings: readonly Finding[]): Pick<Summary, 'patches'> {
  const [patchable, refused] = ['patchable', 'refused'].map(
    (status) => findings.filter(({ patch }) => patch.status === status).length,
  );
  return patchable || refused ? { patches: { patchable: patchable ?? 0, refused: refused ?? 0 } } : {};
}

/** 2 a stack or a place could not be scanned · 1 drift or conflict at or above `failOn` that is not known · 3 strict and something unverified · 0. */
function exitCode(outcome: Outcome, summary: Omit<Summary, 'exitCode'>, gate: Gate): number {
  if (outcome.stacks.some((stack) => stack.status === 'error')) return 2;
  if (outcome.errors !== undefined && outcome.errors.length > 0) return 2;
  if (outcome.findings.some((finding) => failsGate(finding, gate.failOn))) return 1;
  const { unreadable, unsupported } = summary.resources;
  const unverified = unreadable + unsupported + summary.properties.unverifiable;
  return gate.strict && unverified > 0 ? 3 : 0;
}

function failsGate(finding: Finding, failOn: Severity | 'never'): boolean {
  if (failOn === 'never' || finding.suppressed || finding.baseline === 'known') return false;
  if (!isDrift(finding.verdict)) return false;
  return SEVERITIES.indexOf(finding.severity) <= SEVERITIES.indexOf(failOn);
}
