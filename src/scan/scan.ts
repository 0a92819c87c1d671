import { DriftError, type Problem } from '../base/errors.js';
import { toolVersion } from '../base/version.js';
import { newSalt } from '../baseline/secrets.js';
import { updatedEntries } from '../baseline/update.js';
import { openRepository } from '../git/repository.js';
import { parseTemplate } from '../iac/cloudformation/template/parse.js';
import { IAC } from '../iac/registry.js';
import type { UnseenStack } from '../model/coverage.js';
import { mergeCrossChecks } from '../model/disagreements.js';
import { compareWithEarlier, repositoryMismatch } from '../model/earlier-report.js';
import { ID_VERSION } from '../model/fingerprint.js';
import { coverageOf } from '../model/measure-coverage.js';
import type { Finding, PlaceError } from '../model/report.js';
import { formatShards } from '../model/shard.js';
import { summarize } from '../model/summary.js';
import type { Target } from '../model/target.js';
import type { PatchStack } from '../patch/model.js';
import { severityRules } from '../severity/rules.js';
import { applyAccepted } from '../suppress/accepted.js';
import { collectInlineSuppressions } from '../suppress/comments/suppressions.js';
import { applySuppressions, configuredSuppressions, isSuppressed } from '../suppress/suppressions.js';
import { checkCrossCheck } from './cross-check.js';
import { noteDefects, partOf } from './defects.js';
import { addExcerpts } from './excerpts.js';
import type { TargetGroup } from './groups.js';
import { groupTargets } from './groups.js';
import { addLastChanges } from './last-changes.js';
import { type GroupChanges, mergeChanges } from './merge-changes.js';
import { createOwners } from './owners.js';
import { patchGroup } from './patching.js';
import { baselinePath, makePlan, type OpenRepository, type Plan, scannedByThemselves, templatesTold } from './plan.js';
import { type Tracker, trackProgress } from './progress.js';
import type { ScanRequest, ScanResult } from './request.js';
import { failedScan, type ScannedTree, type StackScan, scanTree, type TreeTools } from './scan-tree.js';
import { readShard, takeShard } from './shard.js';
import { spreadOver } from './spread.js';
import { stackTools } from './tools.js';
import { scanUnmanaged, unmanagedFindings } from './unmanaged.js';
import { changedError, changedScans } from './unsettled.js';
import { withRemedies } from './ways-out.js';

/**
 * Scans: templates from Git, live state from the provider, and a report of what differs.
 * Throws a `DriftError` when nothing can be scanned (no repository, bad configuration, no credentials); a stack that
 * can't be scanned is an error in the report, a resource that can't be read is `unreadable` in it.
 */
export function scan(request: ScanRequest): Promise<ScanResult> {
  return scanIn(openRepository, request);
}

/** Scans a repository that is opened in some other way, as one in memory. */
export async function scanIn(open: OpenRepository, request: ScanRequest): Promise<ScanResult> {
  const started = new Date();
  const shard = readShard(request.shard);
  trackProgress(0, request.onProgress).enter('stacks');
  const plan = takeShard(await makePlan(request, open), shard);
  const tracker = trackProgress(plan.targets.length, request.onProgress);
  try {
    if (request.crossCheck) checkCrossCheck(plan.provider);
    const { newSince } = request;
    const repository = plan.repository.originUrl ?? plan.repository.root;
    const mismatch = newSince === undefined ? [] : repositoryMismatch(repository, newSince);
    if (mismatch.length > 0) throw new DriftError('report', mismatch);
    const configured = configuredSuppressions(plan.config?.ignore ?? []);
    const inline = collectInlineSuppressions(IAC.cloudformation.comments);
    const severity = severityRules(plan.resourceTypes, plan.config?.severity);
    const today = started.toISOString().slice(0, 10);
    const patched: PatchedGroup[] = [];
    const warnings: Problem[] = [];
    const tell = (warning: Problem) => warnings.push(warning);
    const defects = noteDefects(request.signal);
    const recordWith = request.recordBaseline ? (plan.baseline?.salt ?? newSalt()) : undefined;
    const shared = { warn: tell, severity, inline, tracker, defects, baseline: plan.baseline, recordWith };
    const { scans: scanned, notLooked } = await scanStacks(plan, request, shared, async (group, stacks) => {
      if (request.patch === undefined) return;
      const suppressions = [...configured, ...inline.suppressions()];
      const suppressed = (finding: Finding) => isSuppressed(finding, suppressions, today);
      const findings = stacks.flatMap(({ drifted }) =>
        drifted.flatMap(({ wanted }) => wanted.map((one) => one.finding)),
      );
      try {
        const files = await patchGroup(group, stacks, suppressed, request.patch);
        patched.push({ targets: group.targets, findings, files });
      } catch (error) {
        const [first] = group.targets;
        if (first === undefined) throw error;
        const reason = defects.note(error, { ...partOf(first), doing: 'patching it' });
        for (const finding of findings) finding.patch = { status: 'refused', reason };
      }
    });
    if (request.unmanaged) tracker.enter('unmanaged');
    const unmanaged = request.unmanaged ? await scanUnmanaged(plan.provider, plan.places) : undefined;
    request.signal?.throwIfAborted();
    const { scans, unchanged } = await settle(scanned, patched, plan);
    const ignored = applySuppressions(
      [...scans.flatMap((one) => one.findings), ...unmanagedFindings(unmanaged?.resources ?? [], severity)],
      [...configured, ...inline.suppressions()],
      today,
      {
        partial: isPartial(request, scans) || plan.errors.length + notLooked.length > 0,
        resources: scans.flatMap((one) => one.resources),
      },
    );
    const blamed = await addLastChanges(ignored.findings, plan);
    const seen = { stacks: scans.map((one) => one.stack), resources: scans.flatMap((one) => one.resources) };
    const partial = isPartial(request, scans) || plan.errors.length > 0;
    const planned = templatesTold(plan, new Set(seen.stacks.map(({ template }) => template)));
    const rules = plan.config?.accept ?? [];
    const accepted = applyAccepted({ ...seen, notLooked }, rules, today, { partial });
    const { stacks, resources } = accepted;
    const found = {
      stacks,
      resources,
      coverage: coverageOf({ ...accepted, templates: planned.templates }),
      shard: shard && formatShards(shard),
      findings: withRemedies(blamed.findings, scans, request),
      compared: scans.reduce((sum, one) => sum + one.compared, 0),
      errors: [...plan.errors, ...untold(unmanaged?.errors ?? [], plan.errors, scans), ...defects.errors()],
    };
    // Each shard looks for what no stack owns; it would be gone in each.
    const looked = { ...found, unmanaged: unmanaged !== undefined && shard === undefined, ids: ID_VERSION };
    const outcome = newSince === undefined ? found : { ...found, ...compareWithEarlier(looked, newSince) };
    const gate = { failOn: request.failOn ?? plan.config?.failOn ?? 'low', strict: request.strict ?? false };
    const { findings, coverage } = outcome;
    const unused = [...ignored.warnings, ...accepted.warnings];
    const told = [
      ...planned.warnings,
      ...defects.problems(),
      ...warnings,
      ...inline.problems(),
      ...unused,
      ...blamed.warnings,
    ];
    return {
      report: {
        schemaVersion: 1,
        tool: { name: 'gitops-drift', version: toolVersion(), ids: ID_VERSION },
        scan: {
          startedAt: started.toISOString(),
          durationMs: Date.now() - started.getTime(),
          provider: plan.provider.name,
          repository,
          ref: plan.checkout.ref,
          commit: plan.checkout.commit,
          dirty: plan.checkout.dirty,
          ...(shard === undefined ? {} : { shard: formatShards(shard) }),
        },
        summary: summarize(outcome, gate),
        coverage,
        stacks,
        resources,
        findings,
        rules: severity.namedBy(findings),
        ...(told.length === 0 ? {} : { warnings: told }),
        ...(outcome.errors.length === 0 ? {} : { errors: outcome.errors }),
        ...(request.crossCheck ? { crossCheck: mergeCrossChecks(scans.flatMap((one) => one.crossCheck ?? [])) } : {}),
      },
      warnings: told,
      patched: mergeChanges(unchanged),
      ...(recordWith === undefined ? {} : { baseline: updatedBaseline(plan, scans, recordWith) }),
    };
  } finally {
    plan.provider.close?.();
  }
}

/** The baseline with what was read just now. */
function updatedBaseline(
  { config, baseline: before }: Plan,
  scans: readonly StackScan[],
  salt: string,
): NonNullable<ScanResult['baseline']> {
  const read = scans.flatMap(({ stack, resources, accepted }) => {
    const declared = new Set(resources.map(({ logicalId }) => logicalId));
    return accepted === undefined
      ? []
      : [{ account: stack.account, region: stack.region, stack: stack.name, declared, accepted }];
  });
  const entries = updatedEntries(before?.entries ?? new Map(), read);
  return { path: baselinePath(config), now: { salt, entries }, ...(before === undefined ? {} : { before }) };
}

/** The edited files of a group of stacks, and its findings; the stacks themselves would fill the memory. */
interface PatchedGroup extends GroupChanges {
  findings: readonly Finding[];
}

/** Takes back what was found in stacks that have changed since they were read, and the edits proven with them. */
async function settle(
  scans: readonly StackScan[],
  patched: readonly PatchedGroup[],
  { provider, checkout }: Plan,
): Promise<{ scans: StackScan[]; unchanged: PatchedGroup[] }> {
  const changed = await changedScans(scans, provider);
  const takenBack = new Set(changed.flatMap(({ findings }) => findings));
  const templateOf = async (path: string) => parseTemplate(await checkout.read(path));
  const settled = scans.map((scan) => {
    const { judged } = scan;
    return judged && changed.includes(scan)
      ? failedScan(judged.target, { templateOf }, changedError(judged.target))
      : scan;
  });
  const unchanged = patched.filter((group) => {
    const other = group.findings.find((finding) => takenBack.has(finding));
    if (other) refuseAll(group, `stack ${other.stack}, which has the same files, was changed while it was scanned`);
    return other === undefined;
  });
  return { scans: await Promise.all(settled), unchanged };
}

function refuseAll({ findings }: PatchedGroup, reason: string): void {
  for (const finding of findings) {
    if (finding.patch.status === 'patchable') finding.patch = { status: 'refused', reason };
  }
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

/** What to do with a group of stacks once all of them are scanned; those that failed are missing. */
type OnGroup = (group: TargetGroup, stacks: readonly PatchStack[]) => Promise<void>;

async function scanStacks(
  plan: Plan,
  request: ScanRequest,
  {
    tracker,
    ...shared
  }: Pick<TreeTools, 'warn' | 'severity' | 'inline' | 'defects' | 'baseline' | 'recordWith'> & { tracker: Tracker },
  onGroup: OnGroup,
): Promise<{ scans: StackScan[]; notLooked: UnseenStack[] }> {
  const tools = { ...stackTools(plan, tracker.onResource, shared.defects), isScanned: scannedByThemselves(plan) };
  const owners = createOwners(tools, plan.targets, request.ownerLimit);
  const inTurn = spreadOver(plan.targets);
  const trees = new Map<Target, Pick<ScannedTree, 'scans' | 'notLooked'>>();
  const nesting: { group: TargetGroup; stacks: PatchStack[] }[] = [];
  async function scanTarget(target: Target): Promise<PatchStack[]> {
    request.signal?.throwIfAborted();
    const tree = await tracker.during(target, () => scanTree(target, { ...tools, ...shared, owners }, request));
    try {
      addExcerpts(tree.located);
    } catch (error) {
      shared.defects.note(error, { ...partOf(target), doing: 'quoting its template' });
    }
    const { scans, notLooked } = tree;
    trees.set(target, { scans, notLooked });
    return request.patch ? tree.patchStacks : [];
  }
  const groups = await groupTargets(plan);
  await Promise.all(
    groups.map(async (group) => {
      const stacks = (
        await Promise.all(group.targets.map((target) => inTurn(target, () => scanTarget(target))))
      ).flat();
      // Which files nested stacks share with others shows only when all are scanned.
      if (stacks.some(({ parent }) => parent)) nesting.push({ group, stacks });
      else await onGroup(group, stacks);
    }),
  );
  const [first] = nesting;
  if (first !== undefined) {
    const targets = nesting.flatMap(({ group }) => group.targets);
    const stacks = nesting.flatMap((each) => each.stacks);
    await onGroup({ ...first.group, targets }, stacks);
  }
  const inOrder = plan.targets.flatMap((target) => trees.get(target) ?? []);
  return { scans: inOrder.flatMap(({ scans }) => scans), notLooked: inOrder.flatMap((tree) => tree.notLooked) };
}
