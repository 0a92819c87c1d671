import { breathe } from '../base/breathe.js';
import { DriftError, describeProblem, type Problem } from '../base/errors.js';
import type { Baseline } from '../baseline/baseline.js';
import type { AcceptedResource } from '../baseline/update.js';
import { NESTED_STACK } from '../iac/cloudformation/template/nested-stack.js';
import type { RootStack } from '../iac/iac.js';
import type { UnseenStack } from '../model/coverage.js';
import type { CrossCheckReport, Finding, ResourceReport, StackReport } from '../model/report.js';
import type { Target } from '../model/target.js';
import type { PatchStack } from '../patch/model.js';
import type { SeverityRules } from '../severity/rules.js';
import type { InlineSuppressions } from '../suppress/comments/suppressions.js';
import { type Child, childrenOf } from './children.js';
import { crossCheck } from './cross-check.js';
import { partOf } from './defects.js';
import type { StackFindings } from './excerpts.js';
import { judgeStack } from './judge.js';
import type { Judgement } from './judge-resource.js';
import type { Owners } from './owners.js';
import { patchStackOf } from './patching.js';
import type { ScanRequest } from './request.js';
import { readStackState, type StackState, type StackTools } from './stack-state.js';

/** What scanning one stack came to. */
export interface StackScan {
  stack: StackReport;
  resources: ResourceReport[];
  findings: Finding[];
  compared: number;
  /** What a baseline is to hold of its resources, where that is asked for. */
  accepted?: AcceptedResource[];
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
  /** Stacks that belong to these, and that could not even be tried. */
  notLooked: UnseenStack[];
}

type TemplateTools = Pick<StackTools, 'templateOf'>;
/** What a nested stack is given by the one above, and how its drift is undone. */
interface Above {
  parent?: NonNullable<PatchStack['parent']>;
  root?: RootStack;
  /** The stack that is scanned with all of these. */
  scannedWith: string;
}

export type TreeTools = StackTools & {
  warn: (warning: Problem) => void;
  severity: SeverityRules;
  inline: InlineSuppressions;
  /** Whether a stack is scanned by itself, too: it is not scanned again as a nested one. */
  isScanned: (target: Target) => boolean;
  baseline?: Baseline | undefined;
  recordWith?: string | undefined;
  /** What other stacks put into resources of a stack. */
  owners: Owners;
};

const NO_TEMPLATE = 'Git has no template for this stack: put it there to be offered an edit';

/** Scans a stack and the stacks nested in it. A stack that can't be scanned is an error of its own; it stops no other. */
export async function scanTree(
  asked: Target,
  tools: TreeTools,
  request: Pick<ScanRequest, 'explain' | 'crossCheck'>,
  above?: Above,
): Promise<ScannedTree> {
  await breathe();
  let target = asked;
  let own: ScannedStack;
  try {
    const state = await readStackState(target, tools);
    if (target.template !== state.path) target = { ...target, template: state.path };
    own = await scanStack(target, state, tools, request, above);
  } catch (error) {
    const told = error instanceof DriftError ? error : defectError(target, tools, error);
    return { scans: [await failedScan(target, tools, told)], patchStacks: [], located: [], notLooked: [] };
  }
  const { scan, patchStack, children, root, notLooked } = own;
  const tree: ScannedTree = {
    scans: [scan],
    patchStacks: [patchStack],
    located: [{ findings: scan.findings, stack: patchStack }],
    notLooked: [...notLooked],
  };
  for (const child of children) {
    if (tools.isScanned(child.target)) continue;
    const logicalId = child.target.path?.split('/').at(-1) ?? '';
    const scannedWith = above?.scannedWith ?? target.name;
    // What a stack set deploys is changed by itself, and takes its parameters from the set.
    const inherited = child.isInstance ? {} : { parent: { stack: patchStack, logicalId }, root };
    const inner = await scanTree(child.target, tools, request, { scannedWith, ...inherited });
    tree.scans.push(...inner.scans);
    tree.patchStacks.push(...inner.patchStacks);
    tree.located.push(...inner.located);
    tree.notLooked.push(...inner.notLooked);
  }
  return tree;
}

/** An unexpected failure, as the error of the stack that it happened in. */
function defectError(target: Target, tools: TreeTools, error: unknown): DriftError {
  const part = { ...partOf(target), doing: 'scanning it', isTold: true } as const;
  return new DriftError('provider', tools.defects.note(error, part));
}

/** A stack that was scanned, without those nested in it. */
interface ScannedStack {
  scan: StackScan;
  patchStack: PatchStack;
  children: readonly Child[];
  notLooked: readonly UnseenStack[];
  root: RootStack;
}

async function scanStack(
  target: Target,
  state: StackState,
  tools: TreeTools,
  request: Pick<ScanRequest, 'explain' | 'crossCheck'>,
  above: Above | undefined,
): Promise<ScannedStack> {
  const { children, notLooked } = await childrenOf(target, state, tools);
  const { explain = false, crossCheck: isCrossChecked = false } = request;
  const options = {
    types: tools.resourceTypes,
    explain: explain || isCrossChecked,
    severity: tools.severity,
    others: tools.owners.of(target),
    defects: tools.defects,
    baseline: tools.baseline,
    recordWith: tools.recordWith,
    resourceType: async (type: string) =>
      tools.resourceTypes.get(type) ?? tools.provider.resourceType?.(type, target.region, target.roleArn),
  };
  const judgements = await judgeStack(target, state, options);
  const checked = isCrossChecked ? await crossCheck(target, state, judgements, tools.provider, options) : undefined;
  const resources = judgements.map((one) => one.resource);
  const root = above?.root ?? rootStack(target, state, above?.scannedWith);
  const { name, path = name, region, template } = target;
  const account = state.account ?? null;
  const findings = judgements.flatMap((one) => one.findings);
  if (template === null) for (const finding of findings) withoutPlace(finding);
  else tools.inline.add({ account, region, stack: path }, state.template, state.evaluated);
  const scan: StackScan = {
    stack: {
      name: path,
      ...(path === name ? {} : { deployedAs: name }),
      region,
      account,
      template,
      source: template === null ? 'deployed' : 'git',
      status: 'scanned',
    },
    resources: detached(explain ? resources : resources.map(withoutExplanations)),
    findings,
    compared: judgements.reduce((sum, one) => sum + one.compared, 0),
    root,
    ...(checked === undefined ? {} : { crossCheck: checked }),
  };
  if (tools.recordWith !== undefined) scan.accepted = acceptedOf(judgements);
  for (const { resource, isStale } of judgements) if (isStale) tools.warn(staleEntry(resource));
  const { version } = state.deployed;
  if (version !== undefined) scan.judged = { target, version };
  const { deployedTemplate } = state;
  if (deployedTemplate.kind === 'unknown' && deployedTemplate.reason !== undefined && scan.findings.length > 0) {
    tools.warn(unknownDeployment(path, deployedTemplate.reason));
  }
  const editable = template === null ? [] : judgements;
  const patchStack = patchStackOf(target, state, editable, tools.resourceTypes, above?.parent);
  return { scan, patchStack, children, notLooked, root };
}

function acceptedOf(judgements: readonly Judgement[]): AcceptedResource[] {
  return judgements.flatMap(({ resource: { logicalId, type, physicalId }, accepted: values }) =>
    values === undefined ? [] : [{ logicalId, type, physicalId: physicalId ?? '', values }],
  );
}

function staleEntry({ stack, logicalId }: ResourceReport): Problem {
  const message = `the baseline's entry of ${logicalId} in stack ${stack} is of another resource, so it does not count`;
  return { message, hint: 'write the baseline anew with: gitops-drift baseline' };
}

function withoutExplanations({ equivalent: _, openByDefault: __, ...resource }: ResourceReport): ResourceReport {
  return resource;
}

/** There is no text in Git to point at, or to edit. */
function withoutPlace(finding: Finding): void {
  delete finding.location;
  finding.patch = { status: 'none', reason: NO_TEMPLATE };
}

/** What reverting a stack's drift takes. */
function rootStack(
  { name, region }: Target,
  { deployed, template }: StackState,
  scannedWith: string | undefined,
): RootStack {
  const types = [...template.resourceTypes.values()];
  return {
    name,
    ...(scannedWith === undefined ? {} : { scannedWith }),
    region,
    parameters: Object.keys(deployed.parameters),
    types,
    hasMacros: template.transforms.length + template.macros.length > 0,
    hasNested: types.includes(NESTED_STACK),
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
      ...(template === null ? {} : { source: 'git' as const }),
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
  if (target.template === null) return [];
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
