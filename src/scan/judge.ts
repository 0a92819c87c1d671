import { breathe } from '../base/breathe.js';
import type { CompareContext, FindOthers, Sibling } from '../compare/comparing.js';
import type { TypeSystem } from '../compare/types.js';
import { isModule } from '../iac/cloudformation/template/made-elsewhere.js';
import { type FindingSubject, pendingFinding } from '../model/finding.js';
import type { ResourceReport, ResourceStatus } from '../model/report.js';
import type { Target } from '../model/target.js';
import { wholeChange } from '../severity/change.js';
import type { Location } from '../syntax/location.js';
import type { EvaluatedResource } from '../value/evaluated.js';
import { locateRange } from '../value/locate.js';
import { type PlainObject, toPlain } from '../value/value.js';
import { type Judgement, type JudgeOptions, judgeResource, unjudged } from './judge-resource.js';
import type { StackState } from './stack-state.js';

/** Macros that leave resources which are written out in the template as they are. */
const HARMLESS_TRANSFORMS =
  /^AWS::(LanguageExtensions|Serverless-2016-10-31|Include|CodeDeployBlueGreen|SecretsManager-.*)$/;

/** The first of a template's transforms that makes other resources of those which are written out in it. */
export function rewritingMacro(transforms: readonly string[]): string | undefined {
  return transforms.find((name) => !HARMLESS_TRANSFORMS.test(name));
}

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
  return pending(subject, obstacle.reason, locateRange(resource.source, resource.keyRange), options);
}

/**
 * Resources that the stack still has and Git's template no longer declares. Where macros or modules make resources of
 * their own, only those count that the deployed template declares itself; what a module makes begins with its logical ID.
 */
function removed(target: Target, state: StackState, options: JudgeOptions): Judgement[] {
  const { evaluated, deployedResources, deployedTemplate } = state;
  if (deployedTemplate.kind === 'same') return [];
  const declared = deployedTemplate.kind === 'other' ? deployedTemplate.evaluated.resources : undefined;
  const hasMacros = state.template.macros.length > 0;
  const modules = [...evaluated.resources.values()].flatMap(({ logicalId, type }) =>
    isModule(type) ? [logicalId] : [],
  );
  return [...deployedResources.values()].flatMap((resource) => {
    const { logicalId, type, physicalId } = resource;
    const ours = evaluated.resources.get(logicalId);
    if (ours !== undefined && ours.presence !== 'absent') return [];
    const isMade = hasMacros || modules.some((id) => logicalId.startsWith(id));
    if (declared ? declared.get(logicalId)?.presence !== 'present' : isMade) return [];
    const place = { stack: target.path ?? target.name, region: target.region, account: state.account ?? null };
    return pending({ ...place, logicalId, type, physicalId: physicalId ?? null }, REMOVED, undefined, options);
  });
}

/** A resource that the next deployment makes or takes away. */
function pending(
  subject: FindingSubject,
  reason: string,
  location: Location | undefined,
  { severity }: JudgeOptions,
): Judgement {
  const resource: ResourceReport = { ...subject, status: 'undeployed', reason, unverifiable: [] };
  const rated = severity.rate(wholeChange({ ...subject, kind: 'modified', verdict: 'undeployed' }));
  return { resource, findings: [pendingFinding(subject, reason, location, rated)], compared: 0 };
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

/** What the surroundings tell: the stack's tags, its other resources, and the keys behind the aliases that it makes itself. */
function compareContext(target: Target, state: StackState, { types, others }: JudgeOptions): CompareContext {
  const siblings = [...state.evaluated.resources.values()].map((resource): Sibling => {
    const live = state.live.get(resource.logicalId);
    // One that can't be read is still declared: what it puts into another resource's lists is known by that.
    const model = live?.status === 'live' ? live.properties : {};
    const { logicalId, type } = resource;
    const physicalId = state.deployedResources.get(logicalId)?.physicalId ?? '';
    return { logicalId, type, physicalId, desired: toPlain(resource.properties) as PlainObject, live: model };
  });
  return {
    region: target.region,
    stackTags: state.deployed.tags,
    siblings,
    kmsAliasTargets: Object.fromEntries(siblings.flatMap((sibling) => aliasTarget(sibling, types))),
    ...(others === undefined ? {} : { others: othersThan(target, siblings, others) }),
    ...(state.account === undefined ? {} : { accountId: state.account }),
  };
}

/** What the stack itself declares is known; what it is about to lose is still its own, and no other stack's. */
function othersThan({ name }: Target, siblings: readonly Sibling[], others: FindOthers): FindOthers {
  const declared = new Set(siblings.map(({ logicalId }) => logicalId));
  return async (types, identifiers) => {
    const found = await others(types, identifiers);
    const more = found.siblings.filter(({ stack, logicalId }) => stack !== name || !declared.has(logicalId));
    return { ...found, siblings: more.map((one) => (one.stack === name ? withoutStack(one) : one)) };
  };
}

function withoutStack({ stack: _, ...own }: Sibling): Sibling {
  return own;
}

function aliasTarget({ type, live }: Sibling, types: TypeSystem): [string, string][] {
  const alias = types.alias(type);
  const [name, target] = alias === undefined ? [] : [live[alias.name], live[alias.target]];
  return typeof name === 'string' && typeof target === 'string' ? [[name, target]] : [];
}
