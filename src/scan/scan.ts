import type { Target } from '../config/targets.js';
import type { Finding, ResourceReport, StackReport } from '../drift/report.js';
import { summarize } from '../drift/summary.js';
import { applyIgnoreRules } from '../drift/suppressions.js';
import { DriftError, describeProblem } from '../errors.js';
import { toolVersion } from '../version.js';
import { judgeStack } from './judge.js';
import { makePlan, type Plan } from './plan.js';
import type { ScanRequest, ScanResult } from './request.js';
import { spread } from './spread.js';
import { readStackState, type StackTools } from './stack-state.js';
import { stackTools } from './tools.js';

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
    const scans = await scanStacks(plan, request);
    request.signal?.throwIfAborted();
    const rules = plan.config?.ignore ?? [];
    const ignored = applyIgnoreRules(
      scans.flatMap((one) => one.findings),
      rules,
      started.toISOString().slice(0, 10),
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

async function scanStacks(plan: Plan, request: ScanRequest): Promise<StackScan[]> {
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
  return spread(plan.targets, async (target) => {
    request.signal?.throwIfAborted();
    const scanned = await scanStack(target, tools, request.explain ?? false);
    total.done += 1;
    report();
    return scanned;
  });
}

async function scanStack(target: Target, tools: StackTools, explain: boolean): Promise<StackScan> {
  const { name, region, template } = target;
  try {
    const state = await readStackState(target, tools);
    const judgements = await judgeStack(target, state, {
      explain,
      resourceType: async (type) =>
        tools.resourceTypes.get(type) ?? tools.provider.resourceType?.(type, region, target.roleArn),
    });
    return {
      stack: { name, region, account: state.account ?? null, template, status: 'scanned' },
      resources: judgements.map((one) => one.resource),
      findings: judgements.flatMap((one) => one.findings),
      compared: judgements.reduce((sum, one) => sum + one.compared, 0),
    };
  } catch (error) {
    if (!(error instanceof DriftError)) throw error;
    const text = error.problems.map(describeProblem).join('\n');
    return {
      stack: { name, region, account: target.account ?? null, template, status: 'error', error: text },
      resources: await declaredResources(target, tools, text),
      findings: [],
      compared: 0,
    };
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
