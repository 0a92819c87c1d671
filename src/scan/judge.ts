import { breathe } from '../base/breathe.js';
import type { CompareContext } from '../compare/comparing.js';
import type { State } from '../iac/state.js';
import { type FindingSubject, pendingFinding, type Standing } from '../model/finding.js';
import type { ResourceReport, ResourceStatus } from '../model/report.js';
import type { Target } from '../model/target.js';
import { wholeChange } from '../severity/change.js';
import type { EvaluatedResource } from '../value/evaluated.js';
import { compareContext } from './compare-context.js';
import { judgeResource } from './judge-resource.js';
import { type Judgement, type JudgeOptions, unjudged } from './judgement.js';
import { standingNowhere, standingOf } from './standing.js';

/**
 * Judges every resource that the template declares, comparing what was read. Resources that their condition leaves out
 * are no part of the stack.
 */
export async function judgeStack(target: Target, state: State, options: JudgeOptions): Promise<Judgement[]> {
  const context = compareContext(target, state, options);
  const judgements: Judgement[] = [];
  for (const resource of state.evaluated.resources.values()) {
    if (resource.presence === 'absent') continue;
    const subject = subjectOf(target, state, resource);
    await breathe();
    try {
      judgements.push(await judgeDeclared(subject, resource, state, context, options));
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
  state: State,
  context: CompareContext,
  options: JudgeOptions,
): Promise<Judgement> {
  const obstacle = obstacleOf(resource, state);
  if (obstacle === undefined)
    return withAhead(await judgeResource(subject, resource, state, context, options), subject, state, options);
  if (obstacle.status !== 'undeployed') return unjudged(options, subject, obstacle.status, obstacle.reason);
  return pending(subject, obstacle.reason, standingOf(resource, state), options);
}

/** Tells where Git's source of a resource is ahead of the stack, beside what was found of it. */
function withAhead(judgement: Judgement, subject: FindingSubject, state: State, options: JudgeOptions): Judgement {
  const ahead = state.ahead?.(subject.logicalId);
  if (ahead === undefined) return judgement;
  const { resource, findings } = judgement;
  const own = pending(subject, ahead.reason, { ...standingNowhere(state), location: ahead.location }, options);
  const isSame = resource.status === 'inSync';
  return {
    ...judgement,
    resource: isSame ? { ...resource, status: 'undeployed', reason: ahead.reason } : resource,
    findings: [...findings, ...own.findings],
  };
}

/**
 * Resources that the stack still has and Git's template no longer declares. Where macros or modules make resources of
 * their own, only those count that the deployed template declares itself.
 */
function removed(target: Target, state: State, options: JudgeOptions): Judgement[] {
  const { evaluated, deployedResources, deployedTemplate } = state;
  if (deployedTemplate.kind === 'same') return [];
  const declared = deployedTemplate.kind === 'other' ? deployedTemplate.evaluated.resources : undefined;
  return [...deployedResources.values()].flatMap((resource) => {
    const { logicalId, type, physicalId } = resource;
    const ours = evaluated.resources.get(logicalId);
    if (ours !== undefined && ours.presence !== 'absent') return [];
    if (declared ? declared.get(logicalId)?.presence !== 'present' : state.mayBeMade(logicalId)) return [];
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

function subjectOf(target: Target, state: State, resource: EvaluatedResource): FindingSubject {
  const sourceId = resource.sourceId ?? state.code?.constructs.get(resource.logicalId)?.path;
  return {
    stack: target.path ?? target.name,
    region: target.region,
    account: state.account ?? null,
    logicalId: resource.logicalId,
    ...(sourceId === undefined ? {} : { sourceId }),
    type: resource.type,
    physicalId: state.deployedResources.get(resource.logicalId)?.physicalId ?? null,
  };
}

/** Why a resource can't be compared at all, if so. */
function obstacleOf(resource: EvaluatedResource, state: State): { status: ResourceStatus; reason: string } | undefined {
  const maker = state.madeElsewhere(resource);
  if (maker !== undefined) return { status: 'unsupported', reason: maker };
  if (resource.presence === 'unknown') {
    return { status: 'unsupported', reason: resource.reason ?? 'its condition could not be evaluated' };
  }
  const counterpart = state.deployedResources.get(resource.logicalId);
  if (counterpart === undefined) return { status: 'undeployed', reason: ADDED };
  if (counterpart.type !== resource.type) {
    return { status: 'undeployed', reason: `deployed as ${counterpart.type}` };
  }
  if (counterpart.physicalId !== undefined) return undefined;
  return { status: 'unreadable', reason: `no physical ID yet (${counterpart.status ?? 'status unknown'})` };
}
