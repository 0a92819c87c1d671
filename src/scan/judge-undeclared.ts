import { isDeepStrictEqual } from 'node:util';
import { contentText } from '../base/content.js';
import type { Json, JsonObject } from '../base/json.js';
import { segments } from '../base/json-pointer.js';
import { type Baseline, entryOf } from '../baseline/baseline.js';
import { holdsDigest, holdsMask, sealed, withDigestTexts, withMasks } from '../baseline/secrets.js';
import { acceptableValues, compareAccepted, type UndeclaredInput } from '../compare/undeclared.js';
import { undeclaredWholeAround } from '../compare/undeclared-whole.js';
import type { Comparison, Difference, UndeclaredValue } from '../model/comparison.js';
import { type FindingSubject, modifiedFinding } from '../model/finding.js';
import type { Rated, UndeclaredSeen } from '../model/report.js';
import type { Wanted } from '../patch/model.js';
import type { Shown } from '../secrets/shown.js';
import { withEdits } from '../severity/apply.js';
import { changesOf } from '../severity/change.js';
import type { Opening, SeverityRules } from '../severity/rules.js';
import type { Location } from '../syntax/location.js';
import type { Plain, PlainObject } from '../value/value.js';
import { withoutPlaces } from './without-places.js';

/** How undeclared values are judged. */
export interface UndeclaredOptions {
  severity: SeverityRules;
  baseline?: Baseline | undefined;
  /** The salt of the baseline that is to be written: what would be in it is gathered. */
  recordWith?: string | undefined;
}

/** A resource with what is known of its live side. */
export interface UndeclaredSubject extends UndeclaredInput {
  subject: FindingSubject;
  live: JsonObject;
  /** Git's properties against the live ones; `rest` is what no template declares. */
  comparison: Comparison;
  show(): Shown;
  locate(path: string): Location;
}

/** What a resource's undeclared values came to. */
export interface UndeclaredJudgement {
  seen: UndeclaredSeen;
  wanted: Wanted[];
  /** What a baseline is to hold of it, by stable path; absent where it was not read whole, or is not asked for. */
  values?: ReadonlyMap<string, Json>;
  /** Whether the baseline has an entry of another resource under the same name. */
  isStale?: boolean;
}

/**
 * Judges what is live and in no template: what is open by itself, and where the baseline has the resource, what is other
 * than was accepted. An opening is never accepted, so it is no part of what is compared with the baseline.
 */
export function judgeUndeclared(of: UndeclaredSubject, options: UndeclaredOptions): UndeclaredJudgement {
  const { comparison, subject } = of;
  const { rest } = comparison;
  if (rest === undefined) return { seen: 'notVisible', wanted: [] };
  const openings = options.severity.openings(rest, of);
  const others = withoutPlaces(rest, openings);
  const isWhole = !comparison.unverifiable.some((each) => each.class === 'notRead');
  const known = options.baseline && entryOf(options.baseline, subject);
  const changes =
    known?.kind === 'entry' ? changed(of, others, known.entry.values, options.baseline?.salt ?? '') : undefined;
  const found = changes === undefined ? openings.map(openOf) : merged(changes, openings, of, options.severity);
  const { recordWith: salt } = options;
  return {
    seen: !isWhole ? 'notVisible' : known?.kind === 'entry' ? 'baselined' : 'withoutBaseline',
    wanted: found.map((one) => wantedOf(one, of)),
    ...(salt === undefined || !isWhole ? {} : { values: recorded(of, others, salt) }),
    ...(known?.kind === 'stale' ? { isStale: true } : {}),
  };
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

interface Changed {
  differences: Difference[];
  accepted: { path: string; value: Json }[];
}

function changed(
  of: UndeclaredSubject,
  rest: readonly UndeclaredValue[],
  values: ReadonlyMap<string, Json>,
  salt: string,
): Changed {
  const isSealed = [...values.values()].some(holdsDigest);
  const accepted = isSealed ? new Map([...values].map(([path, value]) => [path, withDigestTexts(value)])) : values;
  const live = isSealed
    ? rest.map((value) => ({ ...value, live: withDigestTexts(sealedValue(value, of, salt)) }))
    : rest;
  const found = compareAccepted({ ...of.comparison, rest: live }, accepted, of);
  // Whether a secret that was recorded as a mask is the accepted one can't be told.
  return { ...found, differences: found.differences.filter((each) => !holdsMask(each.live ?? null)) };
}

/** What is open is told as that, with what was accepted at its very place. */
function merged(
  { differences, accepted }: Changed,
  openings: readonly Opening[],
  { subject, desired }: UndeclaredSubject,
  severity: SeverityRules,
): Found[] {
  const before = withEdits(
    desired,
    accepted.map(({ path, value }) => ({ keys: segments(path), live: value })),
  ) as PlainObject;
  const open = openings.map((opening): Found => {
    const own = differences.find(({ stablePath }) => stablePath === opening.stablePath);
    const found = openOf(opening);
    if (own === undefined) return { ...found, isCompared: true };
    const { desired: old } = own;
    // An opening in the file counts as if it were not there.
    if (old === undefined || isWrittenByHand(old)) return { ...found, isCompared: true };
    return { ...found, difference: { ...found.difference, desired: old }, isCompared: true };
  });
  const places = new Set(openings.map(({ stablePath }) => stablePath));
  const left = differences.filter(
    ({ stablePath, desired: old }) => !places.has(stablePath) && (old === undefined || !isWrittenByHand(old)),
  );
  const changeOf = changesOf(before, left);
  const rated = left.map((difference): Found => {
    const rating = severity.rate(changeOf(difference, { ...subject, kind: 'modified', verdict: 'drift' }));
    return { difference, rated: rating, isCompared: true };
  });
  return [...open, ...rated];

  function isWrittenByHand(old: Plain): boolean {
    return openings.some(({ live }) => contentText(live) === contentText(old));
  }
}

function wantedOf({ difference, rated, isCompared }: Found, of: UndeclaredSubject): Wanted {
  const { subject, show, locate } = of;
  const { path, stablePath, desired, live } = difference;
  const shown = show();
  const masked = (value: Json) => shown.value(withMasks(value), path, stablePath);
  const told = { path, stablePath: shown.text(stablePath), ...(live === undefined ? {} : { live: masked(live) }) };
  const finding = modifiedFinding(subject, told, locate(path), 'drift', rated);
  const change = desired === undefined ? 'appeared' : live === undefined ? 'disappeared' : 'changed';
  return {
    finding: {
      ...finding,
      undeclared: true,
      ...(desired === undefined ? {} : { accepted: masked(desired as Json) }),
      ...(isCompared ? { change } : {}),
    },
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
  const values = acceptableValues(rest, of).map((value) => [value.stablePath, sealedValue(value, of, salt)] as const);
  return new Map(values.filter(([, value]) => !holdsMask(value)));
}

function sealedValue({ path, stablePath, live }: UndeclaredValue, { show }: UndeclaredSubject, salt: string): Json {
  return sealed(live, show().value(live, path, stablePath), salt);
}
