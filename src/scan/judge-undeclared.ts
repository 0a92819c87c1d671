import { sameContent } from '../base/content.js';
import type { Json } from '../base/json.js';
import { type Baseline, entryOf } from '../baseline/baseline.js';
import { withMasks } from '../baseline/secrets.js';
import { elementName } from '../compare/undeclared.js';
import { undeclaredWholeAround } from '../compare/undeclared-whole.js';
import type { Difference, UndeclaredValue } from '../model/comparison.js';
import { undeclaredFinding } from '../model/finding.js';
import type { OpenByDefault, UndeclaredSeen } from '../model/report.js';
import type { Wanted } from '../patch/model.js';
import type { SeverityRules } from '../severity/rules.js';
import type { Opening, UndeclaredIn } from '../severity/undeclared.js';
import { recorded } from './sealed-values.js';

import { compared, type Found, openOf } from './undeclared-changes.js';
import type { UndeclaredSubject } from './undeclared-subject.js';
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
  const holdsSecret = !sameContent(of.show().value(live, path, stablePath), live);
  return { whole: { depth, live, holdsSecret } };
}
