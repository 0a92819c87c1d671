import type { Target } from '../config/targets.js';
import { type CompareContext, compareResource } from '../drift/compare/compare.js';
import type { Sibling } from '../drift/compare/models.js';
import type { Comparison, Difference } from '../drift/comparison.js';
import { deletedFinding, type FindingSubject, modifiedFinding } from '../drift/finding.js';
import { maskValue, secretTexts } from '../drift/mask.js';
import type { Finding, Location, ResourceReport, ResourceStatus } from '../drift/report.js';
import { isDeeperThan, type Json, MAX_DEPTH } from '../json.js';
import type { DriftedResource, Wanted } from '../patch/model.js';
import type { LiveResource } from '../provider/provider.js';
import type { ResourceType } from '../resource-type/resource-type.js';
import type { EvaluatedResource } from '../template/evaluate.js';
import { locate, locateRange } from '../template/locate.js';
import { spellingsOf } from '../template/spellings.js';
import { type MapValue, type Plain, type PlainObject, toPlain } from '../template/value.js';
import { setMaskedAside } from './recorded-secrets.js';
import type { StackState } from './stack-state.js';

/** What one declared resource came to. */
export interface Judgement {
  resource: ResourceReport;
  findings: Finding[];
  compared: number;
  /** What patching needs, where there are findings. */
  drifted?: DriftedResource;
}

/** What judging needs besides a stack's state. */
export interface JudgeOptions {
  /** What is known of a type: the shipped index, else the provider's registry. */
  resourceType(name: string): Promise<ResourceType | undefined>;
  /** Whether to keep which values are unlike but equal. */
  explain: boolean;
}

/** Macros that leave resources which are written out in the template as they are. */
const HARMLESS_TRANSFORMS =
  /^AWS::(LanguageExtensions|Serverless-2016-10-31|Include|CodeDeployBlueGreen|SecretsManager-.*)$/;

/**
 * Judges every resource that the template declares, comparing what was read. Resources that their condition leaves out
 * are no part of the stack.
 */
export async function judgeStack(target: Target, state: StackState, options: JudgeOptions): Promise<Judgement[]> {
  const context = compareContext(target, state);
  const macro = state.evaluated.transforms.find((name) => !HARMLESS_TRANSFORMS.test(name));
  const judgements: Judgement[] = [];
  for (const resource of state.evaluated.resources.values()) {
    if (resource.presence === 'absent') continue;
    const subject = subjectOf(target, state, resource);
    const obstacle = obstacleOf(resource, state, macro);
    if (obstacle) judgements.push(unjudged(subject, obstacle.status, obstacle.reason));
    else judgements.push(await judge(subject, resource, state.live.get(resource.logicalId), context, options));
  }
  return judgements;
}

function subjectOf(target: Target, state: StackState, resource: EvaluatedResource): FindingSubject {
  return {
    stack: target.name,
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
): { status: ResourceStatus; reason: string } | undefined {
  if (macro !== undefined) {
    return {
      status: 'unsupported',
      reason: `the macro ${macro} makes the deployed resource; Git does not hold its output`,
    };
  }
  if (resource.type.startsWith('AWS::Serverless::')) {
    return { status: 'unsupported', reason: 'AWS::Serverless makes other resources of it' };
  }
  if (resource.presence === 'unknown') {
    return { status: 'unsupported', reason: resource.reason ?? 'its condition could not be evaluated' };
  }
  const counterpart = state.deployedResources.get(resource.logicalId);
  if (counterpart === undefined)
    return { status: 'undeployed', reason: 'declared in Git, not yet in the deployed stack' };
  if (counterpart.type !== resource.type) {
    return { status: 'undeployed', reason: `deployed as ${counterpart.type}` };
  }
  if (counterpart.physicalId !== undefined) return undefined;
  return { status: 'unreadable', reason: `no physical ID yet (${counterpart.status ?? 'status unknown'})` };
}

function unjudged(subject: FindingSubject, status: ResourceStatus, reason: string): Judgement {
  return { resource: { ...subject, status, reason, unverifiable: [] }, findings: [], compared: 0 };
}

async function judge(
  subject: FindingSubject,
  resource: EvaluatedResource,
  live: LiveResource | undefined,
  context: CompareContext,
  options: JudgeOptions,
): Promise<Judgement> {
  if (live === undefined) return unjudged(subject, 'unreadable', 'it was not read');
  if (live.status === 'unreadable' || live.status === 'unsupported') return unjudged(subject, live.status, live.reason);
  if (live.status === 'deleted') {
    const finding = deletedFinding(subject, locateRange(resource.source, resource.keyRange));
    return {
      resource: { ...subject, status: 'deleted', unverifiable: [] },
      findings: [finding],
      compared: 0,
      drifted: { logicalId: subject.logicalId, wanted: [{ finding }], compare: nothingToCompare },
    };
  }
  if (isDeeperThan(live.properties, MAX_DEPTH)) {
    return unjudged(subject, 'unsupported', `its live model is nested deeper than ${MAX_DEPTH} levels`);
  }
  const secrets = secretTexts(resource.properties);
  const { properties } = live;
  const resourceType = await options.resourceType(resource.type);
  async function compare(desired: MapValue): Promise<Comparison> {
    const compared = await compareResource({
      type: resource.type,
      resourceType,
      desired: toPlain(desired) as PlainObject,
      live: properties,
      partial: (live?.status === 'live' && live.partial) || false,
      context: { ...context, spellings: spellingsOf(desired) },
    });
    return setMaskedAside(compared, secrets);
  }
  const comparison = await compare(resource.properties);
  const wanted = comparison.differences.map((difference): Wanted => {
    const location = locationOf(resource, difference.path);
    return { difference, finding: modifiedFinding(subject, shown(difference, secrets), location) };
  });
  const findings = wanted.map(({ finding }) => finding);
  const report: ResourceReport = {
    ...subject,
    status: findings.length > 0 ? 'modified' : 'inSync',
    unverifiable: comparison.unverifiable,
  };
  if (options.explain) {
    report.equivalent = comparison.equal.map(({ path, stablePath, desired, live: value, equivalence }) => ({
      path,
      desired: maskValue(desired, stablePath, { secrets }),
      live: maskValue(value, stablePath, { secrets }),
      equivalence,
    }));
  }
  const { logicalId } = subject;
  return {
    resource: report,
    findings,
    compared: comparison.compared,
    ...(wanted.length === 0
      ? {}
      : { drifted: { logicalId, wanted, compare: remembered(compare, resource.properties, comparison) } }),
  };
}

/** Proofs compare the same properties again and again, first of all those that were compared already. */
function remembered(
  compare: DriftedResource['compare'],
  compared: MapValue,
  comparison: Comparison,
): DriftedResource['compare'] {
  const known = new WeakMap([[compared, Promise.resolve(comparison)]]);
  return (properties) => {
    const comparison = known.get(properties) ?? compare(properties);
    known.set(properties, comparison);
    return comparison;
  };
}

async function nothingToCompare(): Promise<Comparison> {
  return { differences: [], unverifiable: [], equal: [], compared: 0 };
}

function shown(difference: Difference, secrets: string[]) {
  const { path, stablePath, desired, live } = difference;
  return {
    path,
    stablePath: String(maskValue(stablePath, '', { secrets })),
    ...(desired === undefined ? {} : { desired: maskValue(inTypeOf(live, desired), stablePath, { secrets }) }),
    ...(live === undefined ? {} : { live: maskValue(live, stablePath, { secrets }) }),
  };
}

/** Parameters are text to CloudFormation: beside a live number or boolean, a declared one is shown as such too. */
function inTypeOf(live: Json | undefined, desired: Plain): Plain {
  if (typeof desired !== 'string') return desired;
  if (typeof live === 'boolean' && /^(?:true|false)$/.test(desired)) return desired === 'true';
  return typeof live === 'number' && String(Number(desired)) === desired ? Number(desired) : desired;
}

function locationOf(resource: EvaluatedResource, path: string): Location {
  return locate(resource.properties, path) ?? locateRange(resource.source, resource.keyRange);
}

/** What the surroundings tell: the stack's tags, its other resources, and the keys behind the aliases that it makes itself. */
function compareContext(target: Target, state: StackState): CompareContext {
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
    kmsAliasTargets: Object.fromEntries(siblings.flatMap(aliasTarget)),
    ...(state.account === undefined ? {} : { accountId: state.account }),
  };
}

function aliasTarget({ type, live }: Sibling): [string, string][] {
  const { AliasName, TargetKeyId } = live;
  if (type !== 'AWS::KMS::Alias' || typeof AliasName !== 'string' || typeof TargetKeyId !== 'string') return [];
  return [[AliasName, TargetKeyId]];
}
