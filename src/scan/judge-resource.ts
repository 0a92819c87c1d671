import { isDeeperThan, isLargerThan, MAX_DEPTH, MAX_LIVE_VALUES } from '../base/json.js';
import { lazily } from '../base/lazily.js';
import type { LiveResource } from '../cloud/cloud.js';
import type { CompareContext } from '../compare/comparing.js';
import { ownOf } from '../compare/own.js';
import { sameInTemplates } from '../compare/scalar.js';
import type { Typed } from '../compare/types.js';
import type { Judged } from '../compare/verdict.js';
import type { State } from '../iac/state.js';
import type { Comparison } from '../model/comparison.js';
import { deletedFinding, type FindingSubject, modifiedFinding } from '../model/finding.js';
import { type Finding, isDrift, type ResourceReport } from '../model/report.js';
import type { Wanted } from '../patch/model.js';
import { maskText } from '../secrets/mask.js';
import { type Shown, shownValues } from '../secrets/shown.js';
import { changesOf, wholeChange } from '../severity/change.js';
import type { SeverityRules } from '../severity/rules.js';
import type { EvaluatedResource } from '../value/evaluated.js';
import { type PlainObject, toPlain } from '../value/value.js';
import { comparerWith } from './compare-live.js';
import { judgeUndeclared, type UndeclaredJudgement } from './judge-undeclared.js';
import { type Judgement, type JudgeOptions, unjudged } from './judgement.js';
import { nothingToCompare, remembered, withUndeclared } from './proof-comparison.js';
import { shownDifference } from './shown-difference.js';
import { standingOf } from './standing.js';
import { deployedProperties, threeWay } from './three-way.js';

type LiveModel = Extract<LiveResource, { status: 'live' }>;

/** A resource that is declared and deployed, in its stack. */
interface Declared {
  subject: FindingSubject;
  resource: EvaluatedResource;
  state: State;
}

/** Judges a resource that is declared and deployed, comparing what Git, the deployed template and the cloud say of it. */
export async function judgeResource(
  subject: FindingSubject,
  resource: EvaluatedResource,
  state: State,
  context: CompareContext,
  options: JudgeOptions,
): Promise<Judgement> {
  const declared = { subject, resource, state };
  const live = state.live.get(resource.logicalId);
  if (live === undefined) return unjudged(options, subject, 'unreadable', 'it was not read');
  if (live.status === 'unreadable') return unjudged(options, subject, 'unreadable', maskText(live.reason));
  if (live.status === 'unsupported') return unjudged(options, subject, 'unsupported', maskText(live.reason), 'never');
  if (live.status === 'deleted') return judgeDeleted(declared, options.severity);
  if (isDeeperThan(live.properties, MAX_DEPTH)) {
    return unjudged(options, subject, 'unsupported', `its live model is nested deeper than ${MAX_DEPTH} levels`);
  }
  if (isLargerThan(live.properties, MAX_LIVE_VALUES)) {
    return unjudged(options, subject, 'unsupported', `its live model has more than ${MAX_LIVE_VALUES} values`);
  }
  return judgeLive(declared, live, context, options);
}

function judgeDeleted({ subject, resource, state }: Declared, severity: SeverityRules): Judgement {
  const rated = severity.rate(wholeChange({ ...subject, kind: 'deleted', verdict: 'drift' }));
  const finding = deletedFinding(subject, standingOf(resource, state), rated);
  return {
    resource: { ...subject, status: 'deleted', unverifiable: [] },
    findings: [finding],
    compared: 0,
    drifted: { logicalId: subject.logicalId, wanted: [{ finding }], compare: nothingToCompare },
  };
}

async function judgeLive(
  declared: Declared,
  live: LiveModel,
  context: CompareContext,
  options: JudgeOptions,
): Promise<Judgement> {
  const { subject, resource, state } = declared;
  const { type, logicalId, properties } = resource;
  const resourceType = await options.resourceType(type);
  const physicalId = subject.physicalId ?? undefined;
  const typed = { types: options.types, type, resourceType };
  const compare = comparerWith({ typed, physicalId, live, context, stack: state });
  const compared = await compare(properties);
  const isSame = sameInTemplates(typed);
  const { judged, comparison } = await threeWay(resource, compared, state, compare, isSame);
  // Most resources have nothing to show, and what may be shown takes long to tell.
  const show = lazily(() =>
    shownValues(
      { types: options.types, ...resource },
      [properties, ...deployedProperties(resource, state)],
      live.properties,
    ),
  );
  const wanted = wantedOf(declared, judged, show, options.severity);
  const undeclared = undeclaredOf(declared, live, { ...typed, context, comparison, show }, options);
  const all = [...wanted, ...undeclared.wanted];
  const findings = all.map(({ finding }) => finding);
  const known = remembered((desired) => compare(desired), properties, compared);
  return {
    resource: {
      ...subject,
      ...statusOf(findings),
      unverifiable: comparison.unverifiable,
      undeclared: undeclared.seen,
      ...(comparison.owned === undefined ? {} : { owned: comparison.owned }),
      ...(options.explain ? { equivalent: equivalentOf(comparison, show) } : {}),
      ...(undeclared.openByDefault?.length ? { openByDefault: undeclared.openByDefault } : {}),
    },
    findings,
    compared: comparison.compared,
    ...(all.length === 0
      ? {}
      : { drifted: { logicalId, wanted: all, compare: withUndeclared(known, undeclared.wanted) } }),
    ...(undeclared.values === undefined ? {} : { accepted: undeclared.values }),
    ...(undeclared.isStale ? { isStale: true } : {}),
  };
}

/** A finding for each difference to what Git declares. */
function wantedOf(
  { subject, resource, state }: Declared,
  judged: readonly Judged[],
  show: () => Shown,
  severity: SeverityRules,
): Wanted[] {
  const changeOf = changesOf(
    toPlain(resource.properties) as PlainObject,
    judged.map(({ difference }) => difference),
  );
  return judged.map(({ difference, verdict, deployed }) => {
    const standing = standingOf(resource, state, difference.path);
    const rated = severity.rate(changeOf(difference, { ...subject, kind: 'modified', verdict }));
    const finding = modifiedFinding(subject, shownDifference(difference, show(), deployed), standing, verdict, rated);
    return { difference, finding };
  });
}

function undeclaredOf(
  { subject, resource, state }: Declared,
  { properties: live }: LiveModel,
  known: Typed & {
    context: CompareContext;
    comparison: Comparison;
    show: () => Shown;
  },
  options: JudgeOptions,
): UndeclaredJudgement {
  const { logicalId } = resource;
  const { types, type, resourceType, context } = known;
  const physicalId = subject.physicalId ?? undefined;
  return judgeUndeclared(
    {
      ...known,
      ...{ subject, live },
      desired: toPlain(resource.properties) as PlainObject,
      own: ownOf({ types, type, resourceType, physicalId, logicalId, context, live }),
      standing: (path) => standingOf(resource, state, path),
    },
    options,
  );
}

/** What is unlike and means the same. */
function equivalentOf({ equal }: Comparison, show: () => Shown): NonNullable<ResourceReport['equivalent']> {
  return equal.map(({ path, stablePath, desired, live, equivalence }) => ({
    path,
    desired: show().value(desired, path, stablePath),
    live: show().value(live, path, stablePath),
    equivalence,
  }));
}

function statusOf(findings: readonly Finding[]): Pick<ResourceReport, 'status' | 'reason'> {
  if (findings.length === 0) return { status: 'inSync' };
  if (findings.some(({ verdict }) => isDrift(verdict))) return { status: 'modified' };
  return { status: 'undeployed', reason: 'what Git says of it is not deployed yet' };
}
