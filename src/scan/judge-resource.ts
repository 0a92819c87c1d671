import { isDeeperThan, isLargerThan, type Json, MAX_DEPTH, MAX_LIVE_VALUES } from '../base/json.js';
import { lazily } from '../base/lazily.js';
import { compareByAwsWithOwners } from '../compare/by-aws.js';
import { compareResource } from '../compare/compare.js';
import type { CompareContext, FindOthers } from '../compare/comparing.js';
import { ownOf } from '../compare/own.js';
import type { ResourceType } from '../compare/resource-type.js';
import { sameInTemplates } from '../compare/scalar.js';
import { stillUndeclared, undeclaredByBoth } from '../compare/undeclared.js';
import { type Judged, judgeThreeWay, type SameScalar } from '../compare/verdict.js';
import { isLocalPath, NESTED_STACK } from '../iac/cloudformation/template/nested-stack.js';
import type { IacTypes } from '../iac/iac.js';
import type { Comparison, Difference } from '../model/comparison.js';
import { deletedFinding, type FindingSubject, modifiedFinding } from '../model/finding.js';
import { type Finding, isDrift, type ResourceReport, type ResourceStatus } from '../model/report.js';
import type { UnseenClass } from '../model/unseen.js';
import type { DriftedResource, Wanted } from '../patch/model.js';
import { maskText } from '../secrets/mask.js';
import { setMaskedAside } from '../secrets/recorded-secrets.js';
import { type Shown, shownValues } from '../secrets/shown.js';
import { changesOf, wholeChange } from '../severity/change.js';
import type { Location } from '../syntax/location.js';
import type { EvaluatedResource } from '../value/evaluated.js';
import { locate, locateRange } from '../value/locate.js';
import { spellingsOf } from '../value/spellings.js';
import { type MapValue, type Plain, type PlainObject, toPlain, unresolved } from '../value/value.js';
import type { Defects } from './defects.js';
import { unmasked } from './deployed-template.js';
import { judgeUndeclared, type UndeclaredOptions } from './judge-undeclared.js';
import type { StackState } from './stack-state.js';

/** What one declared resource came to. */
export interface Judgement {
  resource: ResourceReport;
  findings: Finding[];
  compared: number;
  /** What patching needs, where there are findings. */
  drifted?: DriftedResource;
  /** What a baseline is to hold of it, where that is asked for. */
  accepted?: ReadonlyMap<string, Json>;
  /** Whether the baseline has an entry of another resource under its name. */
  isStale?: boolean;
}

/** What judging needs besides a stack's state. */
export interface JudgeOptions extends UndeclaredOptions {
  types: IacTypes;
  /** What is known of a type: the shipped index, else the provider's registry. */
  resourceType(name: string): Promise<ResourceType | undefined>;
  /** Where unexpected failures are noted. */
  defects: Defects;
  /** Looks for what other stacks put into this one's resources; absent: nobody is asked. */
  others?: FindOthers | undefined;
}

/** A resource that can't be compared, why, and how it goes unseen: what has no state is never read, whatever else fails. */
export function unjudged(
  { types }: Pick<JudgeOptions, 'types'>,
  subject: FindingSubject,
  status: ResourceStatus,
  reason: string,
  unseen: UnseenClass = 'notRead',
): Judgement {
  const of = types.withoutState(subject.type) === undefined || status !== 'unsupported' ? unseen : 'never';
  return { resource: { ...subject, status, reason, class: of, unverifiable: [] }, findings: [], compared: 0 };
}

/** Judges a resource that is declared and deployed, comparing what Git, the deployed template and the cloud say of it. */
export async function judgeResource(
  subject: FindingSubject,
  resource: EvaluatedResource,
  state: StackState,
  context: CompareContext,
  options: JudgeOptions,
): Promise<Judgement> {
  const live = state.live.get(resource.logicalId);
  if (live === undefined) return unjudged(options, subject, 'unreadable', 'it was not read');
  if (live.status === 'unreadable') return unjudged(options, subject, 'unreadable', maskText(live.reason));
  if (live.status === 'unsupported') return unjudged(options, subject, 'unsupported', maskText(live.reason), 'never');
  if (live.status === 'deleted') {
    const rated = options.severity.rate(wholeChange({ ...subject, kind: 'deleted', verdict: 'drift' }));
    const finding = deletedFinding(subject, locateRange(resource.source, resource.keyRange), rated);
    return {
      resource: { ...subject, status: 'deleted', unverifiable: [] },
      findings: [finding],
      compared: 0,
      drifted: { logicalId: subject.logicalId, wanted: [{ finding }], compare: nothingToCompare },
    };
  }
  if (isDeeperThan(live.properties, MAX_DEPTH)) {
    return unjudged(options, subject, 'unsupported', `its live model is nested deeper than ${MAX_DEPTH} levels`);
  }
  if (isLargerThan(live.properties, MAX_LIVE_VALUES)) {
    return unjudged(options, subject, 'unsupported', `its live model has more than ${MAX_LIVE_VALUES} values`);
  }
  const { properties, verdict } = live;
  const resourceType = await options.resourceType(resource.type);
  const typed = { types: options.types, type: resource.type, resourceType };
  const { partial = false } = live;
  /** Where the deployed template stands for Git's, what CloudFormation does not return of it is not known. */
  function inFull(desired: PlainObject): PlainObject {
    return state.path === null ? unmasked(desired, properties as PlainObject, () => unresolved(LOST)) : desired;
  }
  async function comparePlain(desired: PlainObject, spellings: ReadonlyMap<string, string[]>): Promise<Comparison> {
    const input = {
      ...typed,
      desired: inFull(beforePackaging(resource.type, desired)),
      live: properties,
      physicalId: subject.physicalId ?? undefined,
      partial,
    };
    const compared = verdict
      ? await compareByAwsWithOwners({ ...input, context, verdict })
      : await compareResource({ ...input, context: { ...context, spellings } });
    return setMaskedAside(compared);
  }
  function compare(desired: MapValue): Promise<Comparison> {
    return comparePlain(toPlain(desired) as PlainObject, spellingsOf(desired));
  }
  const compared = await compare(resource.properties);
  const { judged, comparison } = await threeWay(resource, compared, state, comparePlain, sameInTemplates(typed));
  // Most resources have nothing to show, and what may be shown takes long to tell.
  const show = lazily(() =>
    shownValues(
      { types: options.types, ...resource },
      [resource.properties, ...deployedProperties(resource, state)],
      properties,
    ),
  );
  const changeOf = changesOf(
    toPlain(resource.properties) as PlainObject,
    judged.map(({ difference }) => difference),
  );
  const wanted = judged.map(({ difference, verdict, deployed }): Wanted => {
    const location = locationOf(resource, difference.path);
    const rated = options.severity.rate(changeOf(difference, { ...subject, kind: 'modified', verdict }));
    const finding = modifiedFinding(subject, shown(difference, show(), deployed), location, verdict, rated);
    return { difference, finding };
  });
  const undeclared = judgeUndeclared(
    {
      ...typed,
      ...{ subject, context, comparison, live: properties, show },
      desired: toPlain(resource.properties) as PlainObject,
      own: ownOf({
        ...typed,
        physicalId: subject.physicalId ?? undefined,
        logicalId: subject.logicalId,
        context,
        live: properties,
      }),
      locate: (path) => locationOf(resource, path),
    },
    options,
  );
  wanted.push(...undeclared.wanted);
  const findings = wanted.map(({ finding }) => finding);
  const report: ResourceReport = {
    ...subject,
    ...statusOf(findings),
    unverifiable: comparison.unverifiable,
    undeclared: undeclared.seen,
    ...(comparison.owned === undefined ? {} : { owned: comparison.owned }),
  };
  if (options.explain) {
    report.equivalent = comparison.equal.map(({ path, stablePath, desired, live: value, equivalence }) => ({
      path,
      desired: show().value(desired, path, stablePath),
      live: show().value(value, path, stablePath),
      equivalence,
    }));
  }
  const { openByDefault = [] } = undeclared;
  if (openByDefault.length > 0) report.openByDefault = openByDefault;
  const { logicalId } = subject;
  return {
    resource: report,
    findings,
    compared: comparison.compared,
    ...(wanted.length === 0
      ? {}
      : {
          drifted: {
            logicalId,
            wanted,
            compare: withUndeclared(remembered(compare, resource.properties, compared), undeclared.wanted),
          },
        }),
    ...(undeclared.values === undefined ? {} : { accepted: undeclared.values }),
    ...(undeclared.isStale ? { isStale: true } : {}),
  };
}

/** To a proof, an undeclared value is a difference for as long as it, or a part of it, is not declared. */
function withUndeclared(
  compare: DriftedResource['compare'],
  undeclared: readonly Wanted[],
): DriftedResource['compare'] {
  const wanted = undeclared.flatMap(({ difference }) => (difference?.live === undefined ? [] : [difference]));
  if (wanted.length === 0) return compare;
  return async (properties) => {
    const comparison = await compare(properties);
    const open = wanted.flatMap((difference) => stillUndeclared(difference, comparison.rest ?? []) ?? []);
    return { ...comparison, differences: [...comparison.differences, ...open] };
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

const LOST = 'the deployed template has "?" for what is not ASCII';

async function nothingToCompare(): Promise<Comparison> {
  return { differences: [], unverifiable: [], equal: [], compared: 0 };
}

/** Where a nested stack's template is uploaded to shows only when it is packaged. */
function beforePackaging(type: string, desired: PlainObject): PlainObject {
  const url = desired['TemplateURL'];
  if (type !== NESTED_STACK || typeof url !== 'string' || !isLocalPath(url)) return desired;
  const reason = 'a local path until it is packaged; the nested stack is compared by itself';
  return { ...desired, TemplateURL: unresolved(reason, { never: true }) };
}

/** The differences with their verdicts, and what neither template declares; without a deployed template that says something else, each is drift. */
async function threeWay(
  resource: EvaluatedResource,
  comparison: Comparison,
  { deployedTemplate: side }: StackState,
  compare: (desired: PlainObject, spellings: ReadonlyMap<string, string[]>) => Promise<Comparison>,
  isSameScalar: SameScalar,
): Promise<{ judged: Judged[]; comparison: Comparison }> {
  const deployed = side.kind === 'other' ? side.evaluated.resources.get(resource.logicalId) : undefined;
  if (deployed?.presence !== 'present' || deployed.type !== resource.type) {
    return { comparison, judged: comparison.differences.map((difference) => ({ difference, verdict: 'drift' })) };
  }
  const desired = toPlain(resource.properties) as PlainObject;
  const properties = unmasked(toPlain(deployed.properties) as PlainObject, desired);
  const deployedLive = await compare(properties, spellingsOf(deployed.properties));
  const rest = comparison.rest && undeclaredByBoth(comparison.rest, deployedLive.rest ?? []);
  return {
    judged: judgeThreeWay(desired, properties, comparison, deployedLive, isSameScalar),
    comparison: rest === undefined ? comparison : { ...comparison, rest },
  };
}

/** What the stack was deployed with, where that is something else. */
function deployedProperties({ logicalId }: EvaluatedResource, { deployedTemplate: side }: StackState): MapValue[] {
  const deployed = side.kind === 'other' ? side.evaluated.resources.get(logicalId) : undefined;
  return deployed === undefined ? [] : [deployed.properties];
}

function statusOf(findings: readonly Finding[]): Pick<ResourceReport, 'status' | 'reason'> {
  if (findings.length === 0) return { status: 'inSync' };
  if (findings.some(({ verdict }) => isDrift(verdict))) return { status: 'modified' };
  return { status: 'undeployed', reason: 'what Git says of it is not deployed yet' };
}

function shown(difference: Difference, show: Shown, deployed: Plain | undefined) {
  const { path, stablePath, desired, live } = difference;
  const masked = (value: Plain) => show.value(value, path, stablePath);
  return {
    path,
    stablePath: show.text(stablePath),
    ...(desired === undefined ? {} : { desired: masked(inTypeOf(live, desired)) }),
    ...(live === undefined ? {} : { live: masked(live) }),
    ...(deployed === undefined ? {} : { deployed: masked(inTypeOf(live, deployed)) }),
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
