import type { Coverage } from './coverage.js';
import { judge } from './exit-reason.js';
import type { Gate } from './gate.js';
import type { Finding, PlaceError, ResourceReport, ResourceStatus, Severity, StackReport, Summary } from './report.js';

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
  coverage: Coverage;
  /** The part of the scan that it is, where it is one. */
  shard?: string | undefined;
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
    ...undeclaredCounts(outcome),
    ...baselineCounts(outcome),
    ...patchCounts(outcome.findings),
  };
  return { ...summary, ...judge({ ...outcome, isSinceEarlier: outcome.gone !== undefined }, gate), gate };
}

/** Reports of older versions did not look for what no template declares. */
function undeclaredCounts({ resources, findings }: Outcome): Pick<Summary, 'undeclared'> {
  const counts = {
    findings: findings.filter((each) => each.undeclared && !each.suppressed).length,
    baselined: 0,
    withoutBaseline: 0,
    notVisible: 0,
  };
  let isKnown = counts.findings > 0;
  for (const { undeclared } of resources) {
    if (undeclared === undefined) continue;
    counts[undeclared] += 1;
    isKnown = true;
  }
  return isKnown ? { undeclared: counts } : {};
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
