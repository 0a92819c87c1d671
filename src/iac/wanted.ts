import { insteadOf } from '../base/closest.js';
import type { Problem } from '../base/errors.js';
import { matchesGlob } from '../base/glob.js';
import type { Place } from '../cloud/place.js';
import type { TemplateCoverage } from '../model/coverage.js';
import type { PlaceError } from '../model/report.js';
import type { RootTarget } from '../model/target.js';

/** Which stacks are wanted. */
export interface TargetFilter {
  /** Globs over stack names; none means all. */
  stackGlobs: readonly string[];
  /** None means all. */
  regions: readonly string[];
  defaultRegion: string | undefined;
  /** Where to look for stacks that no configuration names; absent: in `regions`, or all that the provider knows. */
  places?: readonly Place[] | undefined;
}

/** A stack that the filter leaves out, and a template that it may be deployed from. */
export interface UnscannedStack {
  name: string;
  template: string;
}

/** A stack whose template a program made. */
export interface MadeStack {
  name: string;
  template: string;
  /** Absent where the program leaves it to whoever deploys. */
  account?: string;
  region?: string;
}

/** What there is to scan without a configuration. */
export interface Discovery {
  targets: RootTarget[];
  warnings: Problem[];
  /** Where stacks could not be looked for. */
  errors: PlaceError[];
  unscanned: UnscannedStack[];
  templates: TemplateCoverage;
}

/** Whether a stack's name is wanted; no globs want all. */
export function isWanted(name: string, { stackGlobs }: TargetFilter): boolean {
  return stackGlobs.length === 0 || stackGlobs.some((glob) => matchesGlob(glob, name));
}

/** A problem for each glob that matches none of the stacks, which are `configured` or `deployed`. */
export function unmatchedGlobs(filter: TargetFilter, stacks: readonly { name: string }[], kind: string): Problem[] {
  const names = [...new Set(stacks.map(({ name }) => name))].sort();
  return filter.stackGlobs
    .filter((glob) => !names.some((name) => matchesGlob(glob, name)))
    .map((glob) => ({
      code: 'usage-no-match',
      message: `--stack ${glob} matches no stack`,
      hint: insteadOf(glob, names, `${kind} stacks`),
    }));
}
