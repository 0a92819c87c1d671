import type { Problem } from '../base/errors.js';
import { stackKey } from '../base/group.js';
import { shellCommand } from '../base/shell.js';
import { toolVersion } from '../base/version.js';
import { updatedEntries } from '../baseline/update.js';
import { scopedRules } from '../config/scopes.js';
import { mergeCrossChecks } from '../model/disagreements.js';
import { ID_VERSION } from '../model/fingerprint.js';
import { coverageOf } from '../model/measure-coverage.js';
import type { Finding, PlaceError, Report, RuleReport, ScanInfo, StackReport } from '../model/report.js';
import { formatShards } from '../model/shard.js';
import { type Outcome, summarize } from '../model/summary.js';
import type { SeverityRules } from '../severity/rules.js';
import { applyAccepted } from '../suppress/accepted.js';
import { reportFindings } from './findings.js';
import { mergeChanges } from './merge-changes.js';
import { type Plan, templatesTold } from './plan.js';
import type { ScanRequest, ScanResult } from './request.js';
import type { Run } from './run.js';
import type { ScannedStacks } from './scan-stacks.js';
import type { StackScan } from './stack-scan.js';
import { uncommitted } from './uncommitted.js';
import { type FoundResource, type UnmanagedScan, unmanagedFindings } from './unmanaged.js';
import { type DriftedFacts, driftedFacts } from './who.js';

/** A scan's result, of all that was found: the report, and what a person should know. */
export async function resultOf(
  run: Run,
  scanned: ScannedStacks,
  unmanaged: UnmanagedScan | undefined,
): Promise<ScanResult> {
  const { request, plan, shard, severity, defects, recordWith } = run;
  const { scans, notLooked, patched } = scanned;
  const partial = isPartial(request, scans) || plan.errors.length > 0 || plan.config?.only !== undefined;
  const found = [
    ...scans.flatMap(({ findings }) => findings),
    ...unmanagedFindings(unmanaged?.resources ?? [], severity),
  ];
  const seen = { stacks: scans.map(({ stack }) => stack), resources: scans.flatMap(({ resources }) => resources) };
  // Each shard looks for what no stack owns; it would be gone in each.
  const isSwept = unmanaged !== undefined && shard === undefined;
  const errors = [...plan.errors, ...untold(unmanaged?.errors ?? [], plan.errors, scans), ...defects.errors()];
  const looked = { ...seen, errors, unmanaged: isSwept, ids: ID_VERSION };
  const factsOf = findFacts(scans, unmanaged?.resources ?? [], plan.places);
  const reported = await reportFindings(run, found, scanned, looked, partial || notLooked.length > 0, factsOf);
  const accept = scopedRules(plan.scopes, 'accept');
  const accepted = applyAccepted({ ...seen, notLooked: [...notLooked] }, accept, run.today, { partial });
  const planned = templatesTold(plan, new Set(seen.stacks.map(({ template }) => template)));
  const outcome: Outcome = {
    stacks: accepted.stacks.map((stack) => gated(stack, run)),
    resources: accepted.resources,
    coverage: coverageOf({ ...accepted, templates: planned.templates }),
    shard: shard && formatShards(shard),
    findings: reported.findings,
    gone: reported.gone,
    compared: scans.reduce((sum, one) => sum + one.compared, 0),
    errors,
  };
  const warnings = [
    ...uncommitted(plan, seen.stacks),
    ...leftToFolders(run),
    ...planned.warnings,
    ...defects.problems(),
    ...run.warnings,
    ...run.inline.problems(),
    ...reported.unused,
    ...accepted.warnings,
    ...reported.unblamed,
    ...reported.unattributed,
  ];
  return {
    report: reportOf(run, outcome, scans, warnings),
    warnings,
    patched: mergeChanges(patched),
    ...(recordWith === undefined ? {} : { baseline: updatedBaseline(plan, scans, recordWith) }),
  };
}

/** What is known of the resource of each finding, for telling who changed it. */
function findFacts(
  scans: readonly StackScan[],
  unmanaged: readonly FoundResource[],
  places: Plan['places'],
): (finding: Finding) => DriftedFacts | undefined {
  const byStack = new Map(scans.map(({ stack, drifted }) => [stackKey({ ...stack, stack: stack.name }), drifted]));
  return (finding) => {
    if (finding.kind !== 'unmanaged') return byStack.get(stackKey(finding))?.get(finding.logicalId);
    const { region, account, type, physicalId } = finding;
    const found = unmanaged.find(
      (one) => one.type === type && one.identifier === physicalId && (one.account ?? null) === account,
    );
    const place = places.find((one) => one.region === region && (one.account ?? account) === account);
    return driftedFacts({ region, roleArn: place?.roleArn, deployedAt: undefined }, found && { Arn: found.arn });
  };
}

function reportOf(run: Run, outcome: Outcome, scans: readonly StackScan[], warnings: readonly Problem[]): Report {
  const { request, plan, severity, severities } = run;
  const { coverage, stacks, resources, findings, errors = [] } = outcome;
  const gate = { failOn: request.failOn ?? plan.config?.failOn ?? 'low', strict: request.strict ?? false };
  return {
    schemaVersion: 1,
    tool: { name: 'gitops-drift', version: toolVersion(), ids: ID_VERSION },
    scan: scanInfo(run),
    summary: summarize(outcome, gate),
    coverage,
    stacks,
    resources,
    findings,
    rules: rulesNamed([severity, ...severities.values()], findings),
    ...(warnings.length === 0 ? {} : { warnings: [...warnings] }),
    ...(errors.length === 0 ? {} : { errors }),
    ...(request.crossCheck ? { crossCheck: mergeCrossChecks(scans.flatMap((one) => one.crossCheck ?? [])) } : {}),
  };
}

/** The rules that findings name, once each, in the order in which they are asked. */
function rulesNamed(all: readonly SeverityRules[], findings: readonly Finding[]): RuleReport[] {
  return [...new Map(all.flatMap((rules) => rules.namedBy(findings)).map((rule) => [rule.id, rule])).values()];
}

/** A stack, with the least severity that fails the scan in its folder where that is another than for the others. */
function gated(stack: StackReport, { request, plan }: Run): StackReport {
  const { name, region, account } = stack;
  const failOn = plan.scopes.ofPlace({ stack: name, region, account })?.failOn;
  const isOther = request.failOn === undefined && failOn !== undefined && failOn !== (plan.config?.failOn ?? 'low');
  return isOther ? { ...stack, failOn } : stack;
}

function scanInfo({ plan, started, repository, shard }: Run): ScanInfo {
  const { provider, checkout } = plan;
  return {
    startedAt: started.toISOString(),
    durationMs: Date.now() - started.getTime(),
    provider: provider.name,
    repository,
    ref: checkout.ref,
    commit: checkout.commit,
    dirty: checkout.dirty,
    ...(shard === undefined ? {} : { shard: formatShards(shard) }),
  };
}

/** What a person should know of baselines that are not written with this one. */
function leftToFolders({ request, plan }: Run): Problem[] {
  if (!request.recordBaseline) return [];
  return plan.scopes.all.flatMap((config): Problem[] => {
    if (!plan.baselines.isOwn(config)) return [];
    const message = `${config.folder} has a baseline of its own, which is left as it is`;
    return [
      {
        code: 'baseline-of-folder',
        message,
        hint: `write it with: ${shellCommand(['gitops-drift', 'baseline', config.folder])}`,
      },
    ];
  });
}

/** The baseline with what was read just now. */
function updatedBaseline(
  { scopes, baselines: { path, root: before, isOwn } }: Plan,
  scans: readonly StackScan[],
  salt: string,
): NonNullable<ScanResult['baseline']> {
  const read = scans.flatMap(({ stack, resources, accepted }) => {
    // A folder's own baseline is written by itself.
    const { name, region, account } = stack;
    if (isOwn(scopes.ofPlace({ stack: name, region, account }))) return [];
    const declared = new Set(resources.map(({ logicalId }) => logicalId));
    return accepted === undefined
      ? []
      : [{ account: stack.account, region: stack.region, stack: stack.name, declared, accepted }];
  });
  const entries = updatedEntries(before?.entries ?? new Map(), read);
  return { path, now: { salt, entries }, ...(before === undefined ? {} : { before }) };
}

/** What is wrong with an account or a region is told once: its stacks, or the look for stacks, may have said so. */
function untold(errors: readonly PlaceError[], told: readonly PlaceError[], scans: readonly StackScan[]): PlaceError[] {
  const known = new Set([...told, ...scans.map(({ stack }) => stack)].map(({ error }) => error));
  return errors.filter(({ error }) => !known.has(error));
}

/** Whether there is something that a rule may be for, and that was not looked at. */
function isPartial({ stacks, regions, shard }: ScanRequest, scans: readonly StackScan[]): boolean {
  const isFiltered = (stacks?.length ?? 0) > 0 || (regions?.length ?? 0) > 0 || shard !== undefined;
  return isFiltered || scans.some(({ stack }) => stack.status === 'error');
}
