import { breathe } from '../base/breathe.js';
import type { CompareContext } from '../compare/comparing.js';
import { isModule } from '../iac/cloudformation/template/made-elsewhere.js';
import { rewritingMacro } from '../iac/cloudformation/template/transforms.js';
import { type FindingSubject, pendingFinding, type Standing } from '../model/finding.js';
import type { ResourceReport, ResourceStatus } from '../model/report.js';
import type { Target } from '../model/target.js';
import { wholeChange } from '../severity/change.js';
import type { EvaluatedResource } from '../value/evaluated.js';
import { compareContext } from './compare-context.js';
import { judgeResource } from './judge-resource.js';
import { type Judgement, type JudgeOptions, unjudged } from './judgement.js';
import { makesResources } from './nested.js';
import type { StackState } from './stack-state.js';
import { standingNowhere, standingOf } from './standing.js';

/**
 * Judges every resource that the template declares, comparing what was read. Resources that their condition leaves out
 * are no part of the stack.
 */
export async function judgeStack(target: Target, state: StackState, options: JudgeOptions): Promise<Judgement[]> {
  const context = compareContext(target, state, options);
  const macro = rewritingMacro(state.evaluated.transforms);
  const judgements: Judgement[] = [];
  for (const resource of state.evaluated.resources.values()) {
    if (resource.presence === 'absent') continue;
    const subject = subjectOf(target, state, resource);
    await breathe();
    try {
      judgements.push(await judgeDeclared(subject, resource, state, context, macro, options));
    } catch (error) {
      const reason = options.defects.note(error, { ...subject, doing: 'comparing it', isTold: true });
      const { resource: failed, ...judgement } = unjudged(options, subject, 'unreadable', reason);
      judgements.push({ ...judgement, resource: { ...failed, failure: 'internal' } });
    }
  }
  return [...judgements, ...removed(target, state, options)];
}

async function judgeDeclared(
  subject: FindingSubject,
  resource: EvaluatedResource,
  state: StackState,
  context: CompareContext,
  macro: string | undefined,
  options: JudgeOptions,
): Promise<Judgement> {
  const obstacle = obstacleOf(resource, state, macro, options);
  if (obstacle === undefined) return judgeResource(subject, resource, state, context, options);
  if (obstacle.status !== 'undeployed') return unjudged(options, subject, obstacle.status, obstacle.reason);
  return pending(subject, obstacle.reason, standingOf(resource, state), options);
}

/**
 * Resources that the stack still has and Git's template no longer declares. Where macros or modules make resources of
 * their own, only those count that the deployed template declares itself.
 */
function removed(target: Target, state: StackState, options: JudgeOptions): Judgement[] {
  const { evaluated, deployedResources, deployedTemplate } = state;
  if (deployedTemplate.kind === 'same') return [];
  const declared = deployedTemplate.kind === 'other' ? deployedTemplate.evaluated.resources : undefined;
  const mayBeMade = makesResources(state);
  return [...deployedResources.values()].flatMap((resource) => {
    const { logicalId, type, physicalId } = resource;
    const ours = evaluated.resources.get(logicalId);
    if (ours !== undefined && ours.presence !== 'absent') return [];
    if (declared ? declared.get(logicalId)?.presence !== 'present' : mayBeMade(logicalId)) return [];
    const place = { stack: target.path ?? target.name, region: target.region, account: state.account ?? null };
    const subject = { ...place, logicalId, type, physicalId: physicalId ?? null };
    return pending(subject, REMOVED, standingNowhere(state), options);
  });
}

/** A resource that the next deployment makes or takes away. */
function pending(subject: FindingSubject, reason: string, standing: Standing, { severity }: JudgeOptions): Judgement {
  const resource: ResourceReport = { ...subject, status: 'undeployed', reason, unverifiable: [] };
  const rated = severity.rate(wholeChange({ ...subject, kind: 'modified', verdict: 'undeployed' }));
  return { resource, findings: [pendingFinding(subject, reason, standing, rated)], compared: 0 };
}

const ADDED = 'declared in Git, not yet in the deployed stack';
const REMOVED = 'no longer in Git, still in the deployed stack';

function subjectOf(target: Target, state: StackState, resource: EvaluatedResource): FindingSubject {
  return {
    stack: target.path ?? target.name,
    region: target.region,
    account: state.account ?? null,
    logicalId: resource.logicalId,
    type: resource.type,
    physicalId: state.deployedResources.get(resource.logicalId)?.physicalId ?? null,
  };
}

/** Why a resource can't be compared at all, if so. */
function obstacleOf(
  resource: EvaluatedResource,
  state: StackState,
  macro: string | undefined,
  { types }: JudgeOptions,
): { status: ResourceStatus; reason: string } | undefined {
  if (macro !== undefined) {
    return {
      status: 'unsupported',
      reason: `the macro ${macro} makes the deployed resource; Git does not hold its output`,
    };
  }
  const transform = types.transformOf(resource.type);
  if (transform !== undefined) {
    return { status: 'unsupported', reason: `${transform} makes other resources of it` };
  }
  if (resource.presence === 'unknown') {
    return { status: 'unsupported', reason: resource.reason ?? 'its condition could not be evaluated' };
  }
  if (isModule(resource.type)) {
    return { status: 'unsupported', reason: `the module ${resource.type} makes other resources of it` };
  }
  const counterpart = state.deployedResources.get(resource.logicalId);
  if (counterpart === undefined) return { status: 'undeployed', reason: ADDED };
  if (counterpart.type !== resource.type) {
    return { status: 'undeployed', reason: `deployed as ${counterpart.type}` };
  }
  if (counterpart.physicalId !== undefined) return undefined;
  return { status: 'unreadable', reason: `no physical ID yet (${counterpart.status ?? 'status unknown'})` };
}
