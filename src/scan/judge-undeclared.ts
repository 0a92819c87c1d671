import { isDeepStrictEqual } from 'node:util';
import { contentText } from '../base/content.js';
import type { Json, JsonObject } from '../base/json.js';
import { segments } from '../base/json-pointer.js';
import { type Baseline, entryOf } from '../baseline/baseline.js';
import { holdsDigest, holdsMask, sealed, withDigests, withDigestTexts, withMasks } from '../baseline/secrets.js';
import {
  acceptableValues,
  acceptedAt,
  compareAccepted,
  elementName,
  type UndeclaredInput,
} from '../compare/undeclared.js';
import { undeclaredWholeAround } from '../compare/undeclared-whole.js';
import type { Comparison, Difference, UndeclaredValue } from '../model/comparison.js';
import { type FindingSubject, type Standing, undeclaredFinding } from '../model/finding.js';
import type { OpenByDefault, Rated, UndeclaredSeen } from '../model/report.js';
import type { Wanted } from '../patch/model.js';
import type { Shown } from '../secrets/shown.js';
import { withEdits } from '../severity/apply.js';
import { changesOf } from '../severity/change.js';
import type { SeverityRules } from '../severity/rules.js';
import type { Opening, UndeclaredIn } from '../severity/undeclared.js';
import type { Plain, PlainObject } from '../value/value.js';
import { withoutPlaces } from './without-places.js';

/** How undeclared values are judged. */
export interface UndeclaredOptions {
  severity: SeverityRules;
  /** Whether to tell what AWS itself leaves open. */
  explain: boolean;
  baseline?: Baseline | undefined;
  /** The salt of the baseline that is to be written: what would be in it is gathered, and only openings are found. */
  recordWith?: string | undefined;
}

/** A resource with what is known of its live side. */
export interface UndeclaredSubject extends UndeclaredInput {
  subject: FindingSubject;
  live: JsonObject;
  /** Git's properties against the live ones; `rest` is what no template declares. */
  comparison: Comparison;
  show(): Shown;
  /** Where a path of it stands in Git. */
  standing(path: string): Standing;
}

/** What a resource's undeclared values came to. */
export interface UndeclaredJudgement {
  seen: UndeclaredSeen;
  wanted: Wanted[];
  /** What a baseline is to hold of it, by stable path; absent where it was not read whole, or is not asked for. */
  values?: ReadonlyMap<string, Json>;
  /** Whether the baseline has an entry of another resource under the same name. */
  isStale?: boolean;
  openByDefault?: OpenByDefault[];
}

/**
 * Judges what is live and in no template: what is open by itself, and where the baseline has the resource, what is other
 * than was accepted. An opening is never accepted, so it is no part of what is compared with the baseline.
 */
export function judgeUndeclared(of: UndeclaredSubject, options: UndeclaredOptions): UndeclaredJudgement {
  const { comparison, subject } = of;
  const { rest } = comparison;
  if (rest === undefined) return { seen: 'notVisible', wanted: [] };
  const openings = options.severity.openings(rest, aboutOf(of));
  const isWhole = !comparison.unverifiable.some((each) => each.class === 'notRead');
  const known = options.baseline && entryOf(options.baseline, subject);
  const { recordWith: salt } = options;
  // Where all is accepted as it is now, what was accepted before is nobody's measure.
  const accepted = known?.kind === 'entry' && salt === undefined ? known.entry.values : undefined;
  const found =
    accepted === undefined
      ? openings.map(openOf)
      : compared(of, rest, openings, { values: accepted, salt: options.baseline?.salt ?? '' }, options.severity);
  return {
    seen: !isWhole ? 'notVisible' : known?.kind === 'entry' ? 'baselined' : 'withoutBaseline',
    wanted: found.map((one) => wantedOf(one, of)),
    ...(salt === undefined || !isWhole ? {} : { values: recorded(of, withoutPlaces(rest, openings), salt) }),
    ...(known?.kind === 'stale' && salt === undefined ? { isStale: true } : {}),
    ...(options.explain ? { openByDefault: openByDefault(of, rest, openings, options.severity) } : {}),
  };
}

/** What would be an opening if AWS did not set it itself. */
function openByDefault(
  of: UndeclaredSubject,
  rest: readonly UndeclaredValue[],
  openings: readonly Opening[],
  severity: SeverityRules,
): OpenByDefault[] {
  const told = new Set(openings.map(({ stablePath }) => stablePath));
  const all = severity.openings(rest, { ...aboutOf(of), isAwsDefault: () => false });
  return all
    .filter(({ stablePath }) => !told.has(stablePath))
    .map(({ path, stablePath, live, rated }) => ({
      path,
      live: of.show().value(live, path, stablePath),
      rule: rated.rule,
    }));
}

function aboutOf(of: UndeclaredSubject): UndeclaredIn {
  const { subject, desired, context } = of;
  const { type, stack, logicalId } = subject;
  const account = context.accountId === undefined ? {} : { accountId: context.accountId };
  const names = {
    isAwsDefault: of.own.isSeen,
    nameOf: (list: UndeclaredValue, index: number) => elementName(list, index, of),
  };
  return { type, stack, logicalId, ...account, desired, ...names };
}

/** A difference to what was accepted, or of something open to nothing, with its severity. */
interface Found {
  difference: Difference;
  rated: Rated;
  /** Whether the resource has a baseline, so that it is known what was accepted. */
  isCompared: boolean;
}

function openOf({ path, stablePath, live, rated }: Opening): Found {
  return { difference: { path, stablePath, live }, rated, isCompared: false };
}

/**
 * What is open, with what was accepted at its very place, and what else is other than was accepted. An opening in the file
 * counts as if it were not there.
 */
function compared(
  of: UndeclaredSubject,
  rest: readonly UndeclaredValue[],
  openings: readonly Opening[],
  { values, salt }: { values: ReadonlyMap<string, Json>; salt: string },
  severity: SeverityRules,
): Found[] {
  const open = openings.map((opening) => ({ ...opening, instead: acceptedAt(values, opening.stablePath) }));
  const { differences, accepted } = changed(of, withoutPlaces(rest, open), values, salt);
  const opened = open.map((opening): Found => {
    const found = { ...openOf(opening), isCompared: true };
    if (opening.instead === undefined || isSame(opening.instead, opening.live)) return found;
    return { ...found, difference: { ...found.difference, desired: withDigestTexts(opening.instead) } };
  });
  // Taken out of what is live, an opening that is an element of an accepted list would be missed there.
  const left = differences.filter(
    ({ path, desired, live }) =>
      desired === undefined ||
      live !== undefined ||
      !openings.some((each) => isBeside(each.path, path) && isSame(each.live, desired)),
  );
  return [...opened, ...ratedChanges(left, accepted, of, severity)];
}

/** Whether two places are elements of the same list. */
function isBeside(one: string, other: string): boolean {
  const listOf = (path: string) => path.replace(/\/\d+$/, '/*');
  return listOf(one) !== one && listOf(one) === listOf(other);
}

function isSame(one: Plain, other: Plain): boolean {
  return contentText(one) === contentText(other);
}

/** Rates differences to the baseline as changes of what is declared and accepted together. */
function ratedChanges(
  differences: readonly Difference[],
  accepted: readonly { path: string; value: Json }[],
  { subject, desired, context }: UndeclaredSubject,
  severity: SeverityRules,
): Found[] {
  const before = withEdits(
    desired,
    accepted.map(({ path, value }) => ({ keys: segments(path), live: value })),
  ) as PlainObject;
  const changeOf = changesOf(before, differences);
  const account = context.accountId === undefined ? {} : { accountId: context.accountId };
  const about = { ...subject, ...account, kind: 'modified', verdict: 'drift', undeclared: true } as const;
  return differences.map((difference) => ({
    difference,
    rated: severity.rate(changeOf(difference, about)),
    isCompared: true,
  }));
}

function changed(
  of: UndeclaredSubject,
  rest: readonly UndeclaredValue[],
  values: ReadonlyMap<string, Json>,
  salt: string,
): ReturnType<typeof compareAccepted> {
  const isSealed = [...values].some(([path, value]) => holdsMask(path) || holdsDigest(value));
  const accepted = isSealed ? new Map([...values].map(([path, value]) => [path, withDigestTexts(value)])) : values;
  const live = isSealed ? sealedRest(of, rest, salt) : rest;
  const found = compareAccepted({ ...of.comparison, rest: live }, accepted, of);
  // Whether a secret that was recorded as a mask is the accepted one can't be told.
  return { ...found, differences: found.differences.filter((each) => !holdsMask(each.live ?? null)) };
}

function wantedOf({ difference, rated, isCompared }: Found, of: UndeclaredSubject): Wanted {
  const { subject, show, standing } = of;
  const { path, stablePath, desired, live } = difference;
  const shown = show();
  const masked = (value: Json) => shown.value(withMasks(value), path, stablePath);
  const told = {
    path,
    stablePath: shown.text(stablePath),
    ...(live === undefined ? {} : { live: masked(live) }),
    ...(desired === undefined ? {} : { accepted: masked(desired as Json) }),
  };
  const change = desired === undefined ? 'appeared' : live === undefined ? 'disappeared' : 'changed';
  return {
    finding: undeclaredFinding(subject, told, standing(path), isCompared ? change : undefined, rated),
    difference: { path, stablePath, ...(live === undefined ? {} : { live }) },
    ...wholeOf(difference, of),
  };
}

/** What declaring a value would have to declare with it. */
function wholeOf(difference: Difference, of: UndeclaredSubject): Pick<Wanted, 'whole'> {
  if (difference.live === undefined) return {};
  const whole = undeclaredWholeAround(difference, of.comparison.rest ?? [], of);
  if (whole === undefined) return {};
  const { depth, path, stablePath, live } = whole;
  const holdsSecret = !isDeepStrictEqual(of.show().value(live, path, stablePath), live);
  return { whole: { depth, live, holdsSecret } };
}

/** What a baseline is to hold; what was recorded masked is not known. */
function recorded(of: UndeclaredSubject, rest: readonly UndeclaredValue[], salt: string): Map<string, Json> {
  const values = acceptableValues(sealedRest(of, rest, salt), of).filter(({ live }) => !holdsMask(live));
  return new Map(values.map(({ stablePath, live }) => [stablePath, withDigests(live)]));
}

/** Most names and paths are so, and no secret is. */
const PLAIN_NAME = /^[A-Za-z/]{1,200}\d{0,3}$/;

/** What is live with its secrets as texts of digests, in names of places as masks. */
function sealedRest(
  { show, own }: UndeclaredSubject,
  rest: readonly UndeclaredValue[],
  salt: string,
): UndeclaredValue[] {
  const shown = show();
  const nameOf = (text: string) => (PLAIN_NAME.test(text) ? text : shown.text(text));
  const isSecretName = (key: string) => nameOf(key) !== key;
  return rest.map(({ path, stablePath, live }) => {
    const isOwn = (at: string, value: Json) => own.is(path + at, value);
    const value = sealed(live, shown.value(live, path, stablePath), { salt, isOwn, isSecretName });
    return { path, stablePath: nameOf(stablePath), live: withDigestTexts(value) };
  });
}
