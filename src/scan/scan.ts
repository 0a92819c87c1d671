import pLimit from 'p-limit';
import type { Target } from '../config/targets.js';
import type { Finding, ResourceReport, StackReport } from '../drift/report.js';
import { summarize } from '../drift/summary.js';
import { applyIgnoreRules, isSuppressed } from '../drift/suppressions.js';
import { DriftError, describeProblem } from '../errors.js';
import type { PatchStack } from '../patch/model.js';
import { toolVersion } from '../version.js';
import { groupTargets, type TargetGroup } from './groups.js';
import { judgeStack } from './judge.js';
import { type GroupChanges, mergeChanges } from './merge-changes.js';
import { patchGroup, patchStackOf } from './patching.js';
import { makePlan, type Plan } from './plan.js';
import type { ScanRequest, ScanResult } from './request.js';
import { readStackState, type StackTools } from './stack-state.js';
import { stackTools } from './tools.js';

/** Stacks in flight at a time: enough to keep the provider's requests busy, few enough to bound memory. */
const STACKS_AT_A_TIME = 16;

interface StackScan {
  stack: StackReport;
  resources: ResourceReport[];
  findings: Finding[];
  compared: number;
}

/**
 * Scans: templates from Git, live state from the provider, and a report of what differs.
 * Throws a `DriftError` when nothing can be scanned (no repository, bad configuration, no credentials); a stack that
 * can't be scanned is an error in the report, a resource that can't be read is `unreadable` in it.
 */
export async function scan(request: ScanRequest): Promise<ScanResult> {
  const started = new Date();
  const plan = await makePlan(request);
  try {
    const rules = plan.config?.ignore ?? [];
    const today = started.toISOString().slice(0, 10);
    const patched: GroupChanges[] = [];
    const scans = await scanStacks(plan, request, async (group, stacks) => {
      if (request.patch === undefined) return;
      const suppressed = (finding: Finding) => isSuppressed(finding, rules, today);
      patched.push({
        targets: group.targets,
        files: await patchGroup(group, stacks, suppressed, request.patch),
      });
    });
    request.signal?.throwIfAborted();
    const ignored = applyIgnoreRules(
      scans.flatMap((one) => one.findings),
      rules,
      today,
      { partial: isPartial(request, scans), resources: scans.flatMap((one) => one.resources) },
    );
    const outcome = {
      stacks: scans.map((one) => one.stack),
      resources: scans.flatMap((one) => one.resources),
      findings: ignored.findings,
      compared: scans.reduce((sum, one) => sum + one.compared, 0),
    };
    const gate = { failOn: request.failOn ?? plan.config?.failOn ?? 'low', strict: request.strict ?? false };
    const { stacks, resources, findings } = outcome;
    return {
      report: {
        schemaVersion: 1,
        tool: { name: 'gitops-drift', version: toolVersion() },
        scan: {
          startedAt: started.toISOString(),
          durationMs: Date.now() - started.getTime(),
          provider: plan.provider.name,
          repository: plan.repository.originUrl ?? plan.repository.root,
          ref: plan.checkout.ref,
          commit: plan.checkout.commit,
          dirty: plan.checkout.dirty,
        },
        summary: summarize(outcome, gate),
        stacks,
        resources,
        findings,
      },
      warnings: [...plan.warnings, ...ignored.warnings],
      patched: mergeChanges(patched),
    };
  } finally {
    plan.provider.close?.();
  }
}

/** Whether there is something that a rule may be for, and that was not looked at. */
function isPartial({ stacks, regions }: ScanRequest, scans: readonly StackScan[]): boolean {
  const isFiltered = (stacks?.length ?? 0) > 0 || (regions?.length ?? 0) > 0;
  return isFiltered || scans.some(({ stack }) => stack.status === 'error');
}

/** What to do with a group of stacks once all of them are scanned; those that failed are missing. */
type OnGroup = (group: TargetGroup, stacks: readonly PatchStack[]) => Promise<void>;

async function scanStacks(plan: Plan, request: ScanRequest, onGroup: OnGroup): Promise<StackScan[]> {
  const total = { stacks: plan.targets.length, found: 0, read: 0, done: 0 };
  function report(): void {
    request.onProgress?.({
      stacks: { done: total.done, total: total.stacks },
      resources: { done: total.read, total: total.found },
    });
  }
  const tools = stackTools(plan, ({ found, read }) => {
    total.found += found;
    total.read += read;
    report();
  });
  const limit = pLimit(STACKS_AT_A_TIME);
  const scans = new Map<Target, StackScan>();
  async function scanTarget(target: Target): Promise<PatchStack | undefined> {
    request.signal?.throwIfAborted();
    const { scanned, patchStack } = await scanStack(target, tools, request.explain ?? false);
    scans.set(target, scanned);
    total.done += 1;
    report();
    return request.patch && patchStack;
  }
  const groups = await groupTargets(plan);
  await Promise.all(
    groups.map(async (group) => {
      const stacks = await Promise.all(group.targets.map((target) => limit(() => scanTarget(target))));
      await onGroup(
        group,
        stacks.flatMap((stack) => stack ?? []),
      );
    }),
  );
  return plan.targets.flatMap((target) => scans.get(target) ?? []);
}

async function scanStack(
  target: Target,
  tools: StackTools,
  explain: boolean,
): Promise<{ scanned: StackScan; patchStack?: PatchStack }> {
  const { name, region, template } = target;
  try {
    const state = await readStackState(target, tools);
    const judgements = await judgeStack(target, state, {
      explain,
      resourceType: async (type) =>
        tools.resourceTypes.get(type) ?? tools.provider.resourceType?.(type, region, target.roleArn),
    });
    const scanned: StackScan = {
      stack: { name, region, account: state.account ?? null, template, status: 'scanned' },
      resources: judgements.map((one) => one.resource),
      findings: judgements.flatMap((one) => one.findings),
      compared: judgements.reduce((sum, one) => sum + one.compared, 0),
    };
    return { scanned, patchStack: patchStackOf(target, state, judgements, tools.resourceTypes) };
  } catch (error) {
    if (!(error instanceof DriftError)) throw error;
    const text = error.problems.map(describeProblem).join('\n');
    const scanned: StackScan = {
      stack: { name, region, account: target.account ?? null, template, status: 'error', error: text },
      resources: await declaredResources(target, tools, text),
      findings: [],
      compared: 0,
    };
    return { scanned };
  }
}

/** What a stack that can't be read declares, so that no resource goes missing from the report. */
async function declaredResources(target: Target, tools: StackTools, error: string): Promise<ResourceReport[]> {
  try {
    const { resourceTypes } = await tools.templateOf(target.template);
    return [...resourceTypes].map(([logicalId, type]) => ({
      stack: target.name,
      region: target.region,
      account: target.account ?? null,
      logicalId,
      type,
      physicalId: null,
      status: 'unreadable',
      reason: `its stack could not be scanned: ${error.split('\n')[0]}`,
      unverifiable: [],
    }));
  } catch {
    return [];
  }
}
