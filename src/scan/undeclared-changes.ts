import { sameContent } from '../base/content.js';
import type { Json } from '../base/json.js';
import { segments } from '../base/json-pointer.js';
import { holdsDigest, holdsMask, withDigestTexts } from '../baseline/secrets.js';
import { acceptedAt, compareAccepted } from '../compare/undeclared.js';
import type { Difference, UndeclaredValue } from '../model/comparison.js';
import type { Rated } from '../model/report.js';
import { withEdits } from '../severity/apply.js';
import { changesOf } from '../severity/change.js';
import type { SeverityRules } from '../severity/rules.js';
import type { Opening } from '../severity/undeclared.js';
import type { PlainObject } from '../value/value.js';
import { sealedRest } from './sealed-values.js';
import type { UndeclaredSubject } from './undeclared-subject.js';
import { withoutPlaces } from './without-places.js';

/** A difference to what was accepted, or of something open to nothing, with its severity. */
export interface Found {
  difference: Difference;
  rated: Rated;
  /** Whether the resource has a baseline, so that it is known what was accepted. */
  isCompared: boolean;
}

/** An opening of a resource without a baseline. */
export function openOf({ path, stablePath, live, rated }: Opening): Found {
  return { difference: { path, stablePath, live }, rated, isCompared: false };
}

/**
 * What is open, with what was accepted at its very place, and what else is other than was accepted. An opening in the file
 * counts as if it were not there.
 */
export function compared(
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
    if (opening.instead === undefined || sameContent(opening.instead, opening.live)) return found;
    return { ...found, difference: { ...found.difference, desired: withDigestTexts(opening.instead) } };
  });
  // Taken out of what is live, an opening that is an element of an accepted list would be missed there.
  const left = differences.filter(
    ({ path, desired, live }) =>
      desired === undefined ||
      live !== undefined ||
      !openings.some((each) => isBeside(each.path, path) && sameContent(each.live, desired)),
  );
  return [...opened, ...ratedChanges(left, accepted, of, severity)];
}

/** Whether two places are elements of the same list. */
function isBeside(one: string, other: string): boolean {
  const listOf = (path: string) => path.replace(/\/\d+$/, '/*');
  return listOf(one) !== one && listOf(one) === listOf(other);
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
