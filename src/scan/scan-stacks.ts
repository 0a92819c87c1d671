import { describeProblem } from '../base/errors.js';
import type { UnseenStack } from '../model/coverage.js';
import { partOf } from '../model/defects.js';
import type { Finding } from '../model/report.js';
import type { RootTarget, Target } from '../model/target.js';
import type { PatchStack } from '../patch/model.js';
import type { Excerpt } from '../syntax/location.js';
import { excerptsOf } from './excerpts.js';
import { fairLimit } from './fair-limit.js';
import { groupTargets, type TargetGroup } from './groups.js';
import { type PatchedGroup, patchStacks } from './patch-stacks.js';
import { scannedByThemselves } from './plan.js';
import type { Run } from './run.js';
import type { ScanContext, ScannedStack } from './scan-stack.js';
import { scanTree } from './scan-tree.js';
import type { StackScan } from './stack-scan.js';

/** What was found in all stacks. */
export interface ScannedStacks {
  scans: readonly StackScan[];
  notLooked: readonly UnseenStack[];
  patched: readonly PatchedGroup[];
  excerpts: ReadonlyMap<Finding, Excerpt>;
}

/** What is kept of a stack and those nested in it. */
type ScannedTarget = Pick<ScannedStacks, 'scans' | 'notLooked' | 'excerpts'>;

/** Scans all stacks of a plan; those whose files are the same are patched together, as soon as all of them are scanned. */
export async function scanStacks(run: Run): Promise<ScannedStacks> {
  const { plan, request } = run;
  const context = scanContext(run);
  const inTurn = fairLimit(plan.targets);
  const found = new Map<Target, ScannedTarget>();
  async function scanTarget(target: RootTarget): Promise<PatchStack[]> {
    request.signal?.throwIfAborted();
    const tree = await run.tracker.during(target, () => scanTree(target, contextOf(target, context, run), request));
    const { scans, notLooked, scanned } = tree;
    found.set(target, { scans, notLooked, excerpts: quoted(target, scanned, run) });
    return request.patch ? scanned.map(({ patchStack }) => patchStack) : [];
  }
  const groups = await groupTargets(plan);
  const patched = await patchedGroups(groups, run, (target) => inTurn(target, () => scanTarget(target)));
  const inOrder = plan.targets.flatMap((target) => found.get(target) ?? []);
  return {
    scans: inOrder.flatMap(({ scans }) => scans),
    notLooked: inOrder.flatMap(({ notLooked }) => notLooked),
    excerpts: new Map(inOrder.flatMap(({ excerpts }) => [...excerpts])),
    patched,
  };
}

function scanContext(run: Run): ScanContext {
  const { plan, request, severity, inline, tracker, defects, warnings, recordWith } = run;
  const { iac, provider, checkout } = plan;
  const reader = iac.reader({ checkout, provider, onResource: tracker.onResource, defects });
  return {
    iac,
    provider,
    reader,
    defects,
    warn: (warning) => {
      const isTold = warnings.some((each) => describeProblem(each) === describeProblem(warning));
      if (!isTold) warnings.push(warning);
    },
    severity,
    inline,
    isScanned: scannedByThemselves(plan),
    baseline: plan.baselines.root,
    recordWith,
    owners: reader.owners(plan.targets, request.ownerLimit),
  };
}

/** With what the configuration says that a stack goes by. */
function contextOf(target: RootTarget, context: ScanContext, { plan, severity, severities }: Run): ScanContext {
  const config = plan.scopes.of(target);
  return { ...context, severity: severities.get(config) ?? severity, baseline: plan.baselines.of(config) };
}

/** The lines around each finding, while the templates are at hand. */
function quoted(
  target: Target,
  scanned: readonly ScannedStack[],
  { defects, plan }: Run,
): ReadonlyMap<Finding, Excerpt> {
  try {
    const found = scanned.map(({ scan, patchStack }) => ({ findings: scan.findings, stack: patchStack }));
    return excerptsOf(found, plan.iac.editor.dialect);
  } catch (error) {
    defects.note(error, { ...partOf(target), doing: 'quoting its template' });
    return new Map();
  }
}

/** Scans the stacks of each group, then patches them. */
async function patchedGroups(
  groups: readonly TargetGroup[],
  run: Run,
  scanTarget: (target: RootTarget) => Promise<PatchStack[]>,
): Promise<PatchedGroup[]> {
  const { patch } = run.request;
  const patched: PatchedGroup[] = [];
  const nesting: { group: TargetGroup; stacks: PatchStack[] }[] = [];
  await Promise.all(
    groups.map(async (group) => {
      const stacks = (await Promise.all(group.targets.map(scanTarget))).flat();
      if (patch === undefined) return;
      // Which files nested stacks share with others shows only when all are scanned.
      if (stacks.some(({ parent }) => parent)) nesting.push({ group, stacks });
      else patched.push(await patchStacks(group, stacks, patch, run));
    }),
  );
  const [first] = nesting;
  if (first !== undefined && patch !== undefined) {
    const targets = nesting.flatMap(({ group }) => group.targets);
    const stacks = nesting.flatMap((each) => each.stacks);
    patched.push(await patchStacks({ ...first.group, targets }, stacks, patch, run));
  }
  return patched;
}
