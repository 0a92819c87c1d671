import { breathe } from '../base/breathe.js';
import { DriftError, describeProblem, type Problem } from '../base/errors.js';
import type { CrossCheckReport, Finding, ResourceReport, StackReport } from '../model/report.js';
import type { PatchStack } from '../patch/model.js';
import type { SeverityRules } from '../severity/rules.js';
import type { InlineSuppressions } from '../suppress/comments/suppressions.js';
import { NESTED_STACK } from '../template/nested-stack.js';
import type { Target } from '../template/target.js';
import { crossCheck } from './cross-check.js';
import { partOf } from './defects.js';
import type { StackFindings } from './excerpts.js';
import { judgeStack } from './judge.js';
import { nestedTargets } from './nested.js';
import type { Owners } from './owners.js';
import { patchStackOf } from './patching.js';
import type { RootStack } from './remedies.js';
import type { ScanRequest } from './request.js';
import { readStackState, type StackState, type StackTools } from './stack-state.js';

/** What scanning one stack came to. */
export interface StackScan {
  stack: StackReport;
  resources: ResourceReport[];
  findings: Finding[];
  compared: number;
  /** Which version of the deployed stack was judged, where that is known. */
  judged?: { target: Target; version: string };
  crossCheck?: CrossCheckReport;
  /** The deployed stack that it is, or is nested in; absent where that could not be read. */
  root?: RootStack;
}

/** A stack and those nested in it, parents first; for patching, those that could be scanned. */
export interface ScannedTree {
  scans: StackScan[];
  patchStacks: PatchStack[];
  /** The findings of each of the latter. */
  located: StackFindings[];
}

type TemplateTools = Pick<StackTools, 'templateOf'>;
export type TreeTools = StackTools & {
  warn: (warning: Problem) => void;
  severity: SeverityRules;
  inline: InlineSuppressions;
  /** What other stacks put into resources of a stack. */
  owners: Owners;
};

/** Scans a stack and the stacks nested in it. A stack that can't be scanned is an error of its own; it stops no other. */
export async function scanTree(
  target: Target,
  tools: TreeTools,
  request: Pick<ScanRequest, 'explain' | 'crossCheck'>,
  above?: Above,
): Promise<ScannedTree> {
  await breathe();
  let own: ScannedStack;
  try {
    const state = await readStackState(target, tools);
    own = await scanStack(target, state, tools, request, above);
  } catch (error) {
    const told = error instanceof DriftError ? error : defectError(target, tools, error);
    return { scans: [await failedScan(target, tools, told)], patchStacks: [], located: [] };
  }
  const { scan, patchStack, children, root } = own;
  const tree: ScannedTree = {
    scans: [scan],
    patchStacks: [patchStack],
    located: [{ findings: scan.findings, stack: patchStack }],
  };
  for (const child of children) {
    const logicalId = child.path?.split('/').at(-1) ?? '';
    const inner = await scanTree(child, tools, request, { parent: { stack: patchStack, logicalId }, root });
    tree.scans.push(...inner.scans);
    tree.patchStacks.push(...inner.patchStacks);
    tree.located.push(...inner.located);
  }
  return tree;
}

/** An unexpected failure, as the error of the stack that it happened in. */
function defectError(target: Target, tools: TreeTools, error: unknown): DriftError {
  const part = { ...partOf(target), doing: 'scanning it', isTold: true } as const;
  return new DriftError('provider', tools.defects.note(error, part));
}

type Above = { parent: NonNullable<PatchStack['parent']>; root: RootStack };

/** A stack that was scanned, without those nested in it. */
interface ScannedStack {
  scan: StackScan;
  patchStack: PatchStack;
  children: Target[];
  root: RootStack;
}

async function scanStack(
  target: Target,
  state: StackState,
  tools: TreeTools,
  request: Pick<ScanRequest, 'explain' | 'crossCheck'>,
  above: Above | undefined,
): Promise<ScannedStack> {
  const children = nestedTargets(target, state);
  const { explain = false, crossCheck: isCrossChecked = false } = request;
  const options = {
    explain: explain || isCrossChecked,
    severity: tools.severity,
    others: tools.owners.of(target),
    defects: tools.defects,
    resourceType: async (type: string) =>
      tools.resourceTypes.get(type) ?? tools.provider.resourceType?.(type, target.region, target.roleArn),
  };
  const judgements = await judgeStack(target, state, options);
  const checked = isCrossChecked ? await crossCheck(target, state, judgements, tools.provider, options) : undefined;
  const resources = judgements.map((one) => one.resource);
  const root = above?.root ?? rootStack(target, state);
  const { name, path = name, region, template } = target;
  const account = state.account ?? null;
  tools.inline.add({ account, region, stack: path }, state.template, state.evaluated);
  const scan: StackScan = {
    stack: {
      name: path,
      ...(path === name ? {} : { deployedAs: name }),
      region,
      account,
      template,
      status: 'scanned',
    },
    resources: detached(explain ? resources : resources.map(({ equivalent: _, ...resource }) => resource)),
    findings: judgements.flatMap((one) => one.findings),
    compared: judgements.reduce((sum, one) => sum + one.compared, 0),
    root,
    ...(checked === undefined ? {} : { crossCheck: checked }),
  };
  const { version } = state.deployed;
  if (version !== undefined) scan.judged = { target, version };
  const { deployedTemplate } = state;
  if (deployedTemplate.kind === 'unknown' && deployedTemplate.reason !== undefined && scan.findings.length > 0) {
    tools.warn(unknownDeployment(path, deployedTemplate.reason));
  }
  const patchStack = patchStackOf(target, state, judgements, tools.resourceTypes, above?.parent);
  return { scan, patchStack, children, root };
}

/** What reverting a stack's drift takes; nested stacks may hold anything that has to be acknowledged. */
function rootStack({ name, region }: Target, { deployed, template }: StackState): RootStack {
  const types = [...template.resourceTypes.values()];
  const hasNested = types.includes(NESTED_STACK);
  const hasRoles = types.some((type) => type.startsWith('AWS::IAM::'));
  const hasMacros = template.transforms.length + template.macros.length > 0;
  return {
    name,
    region,
    parameters: Object.keys(deployed.parameters),
    capabilities: [
      ...(hasRoles || hasNested ? ['CAPABILITY_NAMED_IAM'] : []),
      ...(hasMacros || hasNested ? ['CAPABILITY_AUTO_EXPAND'] : []),
    ],
    hasNested,
  };
}

/** A copy: texts that were cut out of a template or a snapshot would keep all of it in memory as long as the report. */
function detached<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

/** The scan of a stack that could not be scanned. */
export async function failedScan(target: Target, tools: TemplateTools, error: DriftError): Promise<StackScan> {
  const { name, path = name, region, account = null, template } = target;
  const text = error.problems.map(describeProblem).join('\n');
  return {
    stack: {
      name: path,
      ...(path === name ? {} : { deployedAs: name }),
      region,
      account,
      template,
      status: 'error',
      error: text,
    },
    resources: await declaredResources(target, tools),
    findings: [],
    compared: 0,
  };
}

function unknownDeployment(stack: string, reason: string): Problem {
  const message = `the deployed template of stack ${stack} is not known: ${reason}`;
  return { message, hint: 'changes in Git that are not deployed yet may show as drift there' };
}

/** What a stack that can't be read declares, so that no resource goes missing from the report; the stack tells why. */
async function declaredResources(target: Target, tools: TemplateTools): Promise<ResourceReport[]> {
  try {
    const { resourceTypes } = await tools.templateOf(target.template);
    return [...resourceTypes].map(([logicalId, type]) => ({
      stack: target.path ?? target.name,
      region: target.region,
      account: target.account ?? null,
      logicalId,
      type,
      physicalId: null,
      status: 'unreadable',
      reason: 'its stack could not be scanned',
      class: 'notRead',
      unverifiable: [],
    }));
  } catch {
    return [];
  }
}
