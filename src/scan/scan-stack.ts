import type { Problem } from '../base/errors.js';
import type { Baseline } from '../baseline/baseline.js';
import type { AcceptedResource } from '../baseline/update.js';
import type { Provider } from '../cloud/cloud.js';
import type { Iac } from '../iac/iac.js';
import type { RootStack } from '../iac/root-stack.js';
import type { Owners, Reader, State } from '../iac/state.js';
import type { Defects } from '../model/defects.js';
import { type CrossCheckReport, isDrift, type ResourceReport } from '../model/report.js';
import type { Target } from '../model/target.js';
import type { PatchStack } from '../patch/model.js';
import type { SeverityRules } from '../severity/rules.js';
import type { CreatedResource, InlineSuppressions } from '../suppress/comments/suppressions.js';
import { type PlainObject, toPlain } from '../value/value.js';
import { crossCheck } from './cross-check.js';
import { judgeStack } from './judge.js';
import type { Judgement, JudgeOptions } from './judgement.js';
import { patchStackOf } from './patching.js';
import type { ScanRequest } from './request.js';
import { type StackScan, stackPlace } from './stack-scan.js';
import { warningsOf } from './stack-warnings.js';
import { type DriftedFacts, driftedFacts } from './who.js';

/** What scanning a stack and those nested in it needs. */
export interface ScanContext {
  iac: Iac;
  provider: Provider;
  reader: Reader;
  /** Where unexpected failures are noted. */
  defects: Defects;
  warn: (warning: Problem) => void;
  severity: SeverityRules;
  inline: InlineSuppressions;
  /** Whether a stack is scanned by itself, too: it is not scanned again as a nested one. */
  isScanned: (target: Target) => boolean;
  baseline?: Baseline | undefined;
  recordWith?: string | undefined;
  /** What other stacks put into resources of a stack. */
  owners: Owners;
}

/** What a nested stack is given by the one above. */
export interface Above {
  parent?: NonNullable<PatchStack['parent']>;
  /** The stack that is scanned with all of these. */
  scannedWith: string;
}

export type Depth = Pick<ScanRequest, 'explain' | 'crossCheck' | 'who'>;

/** A stack that was scanned, without those nested in it. */
export interface ScannedStack {
  scan: StackScan;
  patchStack: PatchStack;
}

/** Judges all resources of a stack that was read, and keeps what patching it takes. */
export async function scanStack(
  target: Target,
  state: State,
  context: ScanContext,
  { explain = false, crossCheck: isCrossChecked = false, who = false }: Depth,
  above: Above | undefined,
): Promise<ScannedStack> {
  const options = judgeOptions(target, context, explain || isCrossChecked);
  const judgements = await judgeStack(target, state, options);
  const checked = isCrossChecked ? await crossCheck(target, state, judgements, context.provider, options) : undefined;
  if (target.template !== null) {
    const { name: stack, region, account } = stackPlace(target, state.account ?? null);
    context.inline.add({ account, region, stack }, state.template, state.evaluated);
    context.inline.addCode({ account, region, stack }, createdIn(state));
  }
  for (const warning of warningsOf(target, state, judgements)) context.warn(warning);
  const root = { ...state.root(above?.scannedWith), isNested: above?.parent !== undefined };
  const isReadOnly = state.code !== undefined && state.code.openEditor === undefined;
  const editable = target.template === null || isReadOnly ? [] : judgements;
  return {
    scan: scanOf(target, state, judgements, {
      iac: context.iac.name,
      explain,
      root,
      checked,
      isRecorded: context.recordWith !== undefined,
      drifted: who ? driftedIn(target, state, judgements) : undefined,
    }),
    patchStack: patchStackOf(target, state, editable, context.iac, above?.parent),
  };
}

/** The resources that are known to be created by a line of code. */
function createdIn({ code }: State): CreatedResource[] {
  return [...(code?.constructs ?? [])].flatMap(([logicalId, { source, location }]) =>
    source && location ? [{ logicalId, source, line: location.line }] : [],
  );
}

function judgeOptions(target: Target, context: ScanContext, explain: boolean): JudgeOptions {
  const { severity, owners, defects, baseline, recordWith, iac, provider } = context;
  const { types } = iac;
  return {
    types,
    explain,
    severity,
    others: owners.of(target),
    defects,
    baseline,
    recordWith,
    resourceType: async (type) => types.get(type) ?? provider.resourceType?.(type, target.region, target.roleArn),
  };
}

function scanOf(
  target: Target,
  state: State,
  judgements: readonly Judgement[],
  told: {
    iac: string;
    explain: boolean;
    isRecorded: boolean;
    root: RootStack;
    checked: CrossCheckReport | undefined;
    drifted: StackScan['drifted'];
  },
): StackScan {
  const resources = judgements.map((one) => one.resource);
  const { version } = state.deployed;
  return {
    stack: {
      ...stackPlace(target, state.account ?? null),
      iac: told.iac,
      source: target.template === null ? 'deployed' : 'git',
      status: 'scanned',
      ...(version === undefined ? {} : { version }),
    },
    resources: detached(told.explain ? resources : resources.map(withoutExplanations)),
    findings: judgements.flatMap((one) => one.findings),
    compared: judgements.reduce((sum, one) => sum + one.compared, 0),
    root: told.root,
    ...(told.checked === undefined ? {} : { crossCheck: told.checked }),
    ...(told.drifted === undefined ? {} : { drifted: told.drifted }),
    ...(told.isRecorded ? { accepted: acceptedOf(judgements) } : {}),
    ...(version === undefined ? {} : { judged: { target, version } }),
  };
}

/** What telling who changed them takes, of resources that drifted. */
function driftedIn(
  { region, roleArn }: Target,
  { deployed, live, evaluated }: State,
  judgements: readonly Judgement[],
): Map<string, DriftedFacts> {
  const drifted = judgements.filter(({ findings }) => findings.some(({ verdict }) => isDrift(verdict)));
  return new Map(
    drifted.map(({ resource: { logicalId } }) => {
      const read = live.get(logicalId);
      const resource = evaluated.resources.get(logicalId);
      const declared = resource && (toPlain(resource.properties) as PlainObject);
      const place = { region, roleArn, deployedAt: deployed.deployedAt };
      return [logicalId, driftedFacts(place, read?.status === 'live' ? read.properties : {}, declared)];
    }),
  );
}

function acceptedOf(judgements: readonly Judgement[]): AcceptedResource[] {
  return judgements.flatMap(({ resource: { logicalId, type, physicalId }, accepted: values }) =>
    values === undefined ? [] : [{ logicalId, type, physicalId: physicalId ?? '', values }],
  );
}

function withoutExplanations({ equivalent: _, openByDefault: __, ...resource }: ResourceReport): ResourceReport {
  return resource;
}

/** A copy: texts that were cut out of a template or a snapshot would keep all of it in memory as long as the report. */
function detached<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
