import type { Problem } from '../base/errors.js';
import { type Looked, type SinceEarlier, sinceEarlier } from '../model/earlier-report.js';
import type { Finding, Patch, Remedy, Suppressed, Who } from '../model/report.js';
import { applySuppressions } from '../suppress/suppressions.js';
import type { Excerpt, LastChange } from '../syntax/location.js';
import { lastChangesOf } from './last-changes.js';
import { remediesFor } from './remedies.js';
import { type Run, suppressionsOf } from './run.js';
import type { ScannedStacks } from './scan-stacks.js';
import { type DriftedFacts, type WhoScan, whoChanged } from './who.js';

/** What was worked out of findings, each by the finding as it was found. */
interface Notes {
  suppressed: ReadonlyMap<Finding, Suppressed>;
  patches: ReadonlyMap<Finding, Patch>;
  excerpts: ReadonlyMap<Finding, Excerpt>;
  lastChanges: ReadonlyMap<Finding, LastChange>;
  remedies: ReadonlyMap<Finding, readonly Remedy[]>;
  who: ReadonlyMap<Finding, Who>;
  marks: SinceEarlier['marks'];
}

/** The findings as they are reported, and what a person should know of the rules for them and of their history. */
export interface ReportedFindings {
  findings: Finding[];
  /** How many an earlier report alone has, where there is one. */
  gone: number | undefined;
  /** Of suppressions. */
  unused: Problem[];
  /** Of who last changed what. */
  unblamed: Problem[];
  /** Of who made the changes. */
  unattributed: Problem[];
}

/**
 * Works out, of what was found, which findings do not count, who last touched the desired value, how to resolve it, and what
 * an earlier report has; then builds each finding.
 */
export async function reportFindings(
  run: Run,
  found: readonly Finding[],
  { scans, patched, excerpts }: ScannedStacks,
  looked: Omit<Looked, 'findings' | 'suppressed'>,
  partial: boolean,
  factsOf: (finding: Finding) => DriftedFacts | undefined,
): Promise<ReportedFindings> {
  const { request, plan, today } = run;
  const resources = scans.flatMap((one) => one.resources);
  const ignored = applySuppressions(found, suppressionsOf(run), today, { partial, resources });
  const { suppressed } = ignored;
  const blamed = await lastChangesOf(found, plan);
  const changed = await changersOf(
    run,
    found.filter((finding) => !suppressed.has(finding)),
    factsOf,
  );
  const patches = new Map(patched.flatMap((group) => [...group.patches]));
  const rules = run.severity.namedBy(found);
  const remedies = remediesFor(found, { suppressed, patches, rules }, scans, request, plan.iac);
  const since = request.newSince && sinceEarlier({ ...looked, findings: found, suppressed }, request.newSince);
  const { lastChanges } = blamed;
  const marks = since?.marks ?? new Map();
  const notes = { suppressed, patches, excerpts, lastChanges, remedies, who: changed.who, marks };
  return {
    findings: found.map((finding) => reported(finding, notes)),
    gone: since?.gone,
    unused: ignored.warnings,
    unblamed: blamed.warnings,
    unattributed: changed.warnings,
  };
}

async function changersOf(
  { request, plan, tracker, started }: Run,
  found: readonly Finding[],
  factsOf: (finding: Finding) => DriftedFacts | undefined,
): Promise<WhoScan> {
  if (!request.who) return { who: new Map(), warnings: [] };
  tracker.enter('who');
  return whoChanged(found, factsOf, plan.provider, started);
}

function reported(finding: Finding, notes: Notes): Finding {
  const { location, patch } = finding;
  const excerpt = notes.excerpts.get(finding);
  const lastChange = notes.lastChanges.get(finding);
  const suppressed = notes.suppressed.get(finding);
  const remedies = notes.remedies.get(finding);
  const baseline = notes.marks.get(finding);
  const who = notes.who.get(finding);
  return {
    ...finding,
    ...(location && { location: { ...location, ...(excerpt && { excerpt }), ...(lastChange && { lastChange }) } }),
    patch: notes.patches.get(finding) ?? patch,
    ...(suppressed && { suppressed }),
    ...(remedies && { remedies }),
    ...(baseline && { baseline }),
    ...(who && { who }),
  };
}
