import { DriftError, type Problem } from '../../../base/errors.js';
import { matchesGlob } from '../../../base/glob.js';
import { someOf } from '../../../base/some-of.js';
import type { Provider } from '../../../cloud/cloud.js';
import type { Place } from '../../../cloud/place.js';
import { problemOf } from '../../../cloud/place.js';
import type { Checkout } from '../../../git/repository.js';
import type { TemplateCoverage } from '../../../model/coverage.js';
import type { PlaceError } from '../../../model/report.js';
import type { RootTarget } from '../../../model/target.js';
import type { Discovery, TargetFilter, UnscannedStack } from '../../wanted.js';
import { templatesAndApps } from './find-apps.js';
import { type FoundStack, findStacks } from './find-stacks.js';
import { type FoundTemplates, skippedProblems } from './find-templates.js';
import { isNamedLike, type TemplateCandidate } from './match.js';
import { type MatchedMade, matchMade, notDeployed } from './match-made.js';
import { type MatchedStack, matchStacks, orSkip, withoutNested } from './match-stacks.js';
import { readSamConfigs } from './samconfig.js';

const NAME_IT = 'say which stack belongs to which template in gitops-drift.yaml';

/**
 * Without a configuration: finds templates in the repository and the deployed stacks that belong to them. Whatever is
 * unsure is told in the warnings, not guessed. Throws a `DriftError` when nothing at all can be scanned, or nothing of
 * what a `--stack` glob asks for. An account or region that can't be looked in doesn't stop the others.
 */
export async function discoverTargets(
  checkout: Checkout,
  provider: Provider,
  filter: TargetFilter,
): Promise<Discovery> {
  const {
    templates,
    skipped,
    matches,
    made,
    unwanted,
    errors,
    problems: unread,
  } = await matchDeployed(checkout, provider, filter);
  const targets = [
    ...made.found.map(({ stack, template }) => ({ ...stack, template, parameters: new Map() })),
    ...matches.flatMap(({ stack, match }) =>
      match && 'template' in match ? [{ ...stack, template: match.template, parameters: new Map() }] : [],
    ),
  ];
  const unmatched = [...unmatchedTemplates(templates, targets), ...made.undeployed.map(notDeployed)];
  // Who asks for some stacks alone knows that the templates of others have none.
  const isPart = filter.stackGlobs.length > 0;
  const told = isPart ? unmatched.filter(({ code }) => code !== 'discovery-no-match') : unmatched;
  const warnings = [...unread, ...unmatchedStacks(matches), ...told, ...skippedProblems(skipped)];
  const problems = unmet(filter, targets);
  if (problems.length > 0) throw new DriftError('config', [...problems, ...warnings, ...errors.map(problemOf)]);
  const unscanned = unwanted.flatMap((stack) => namesakes(stack, targets));
  const ofApps = new Set([...made.found, ...made.undeployed].map(({ template }) => template)).size;
  const coverage = coverageOfTemplates({ templates, skipped }, unmatched, ofApps);
  return { targets, warnings, errors, unscanned, templates: coverage };
}

/** How many templates belong to a stack, and why the others do not: each has a problem, some have several. */
function coverageOfTemplates(
  { templates, skipped }: FoundTemplates,
  unmatched: readonly Problem[],
  ofApps: number,
): TemplateCoverage {
  const reasons = new Map(unmatched.map(({ file = '', message }) => [file, message]));
  const named = [...reasons].map(([file, reason]) => ({ file, reason }));
  return {
    found: templates.length + ofApps + skipped.length,
    matched: templates.length + ofApps - named.length,
    skipped: [...named, ...skipped],
  };
}

/** What was found in the repository and the cloud, and what of it belongs together. */
export interface MatchedDeployment extends FoundTemplates {
  matches: MatchedStack[];
  /** What CDK made. */
  made: MatchedMade;
  /** Why an app's stacks are not known. */
  problems: Problem[];
  /** Stacks that the filter leaves out. */
  unwanted: FoundStack[];
  /** Where stacks were looked for, and where that was not possible. */
  places: readonly Place[];
  errors: PlaceError[];
}

/** Finds templates and deployed stacks, and tells which belong together. Throws a `DriftError` when there are none. */
export async function matchDeployed(
  checkout: Checkout,
  provider: Provider,
  filter: TargetFilter,
): Promise<MatchedDeployment> {
  const { templates, skipped, apps } = await templatesAndApps(checkout);
  const { stacks, ...found } = await findStacks(provider, filter);
  const { deployments } = await readSamConfigs(checkout);
  const made = matchMade(apps ?? { stacks: [], folders: [] }, stacks);
  const others = stacks.filter(
    ({ name, region }) => !made.found.some(({ stack }) => stack.name === name && stack.region === region),
  );
  const matches = await matchStacks(templates, others, provider, filter, deployments);
  const ofApps = await Promise.all(
    made.found.map(async ({ stack, template }): Promise<MatchedStack> => {
      const deployed = await orSkip(async () => provider.readStack(stack));
      return { stack, ...(deployed && { deployed }), match: { template } };
    }),
  );
  const alone = withoutNested([...matches, ...ofApps]).filter((each) => !ofApps.includes(each));
  return { templates, skipped, matches: alone, made, problems: apps?.problems ?? [], ...found };
}

/** The templates of targets that a stack may be deployed from, too, by its name. */
function namesakes({ name }: FoundStack, targets: readonly RootTarget[]): UnscannedStack[] {
  const templates = new Set(targets.map(({ template }) => template));
  return [...templates].filter((path) => isNamedLike(path, name)).map((template) => ({ name, template }));
}

/** What was asked for and has no template: at least one stack of all, or of each `--stack`. */
function unmet(filter: TargetFilter, targets: readonly RootTarget[]): Problem[] {
  if (targets.length === 0)
    return [{ code: 'discovery-no-match', message: 'no template could be matched to a deployed stack', hint: NAME_IT }];
  return filter.stackGlobs
    .filter((glob) => !targets.some(({ name }) => matchesGlob(glob, name)))
    .map((glob) => ({
      code: 'discovery-no-match',
      message: `--stack ${glob}: no template could be matched to such a stack`,
      hint: NAME_IT,
    }));
}

function unmatchedStacks(matches: readonly MatchedStack[]): Problem[] {
  const unsure = matches.flatMap(({ match }) => (match && 'reason' in match ? [match.reason] : []));
  const strangers = matches.flatMap(({ stack, match }) => (match === undefined ? [stack.name] : []));
  const problems = unsure.map((message): Problem => ({ code: 'discovery-unsure', message, hint: NAME_IT }));
  if (strangers.length === 0) return problems;
  const subject = strangers.length === 1 ? '1 deployed stack has' : `${strangers.length} deployed stacks have`;
  return [...problems, { code: 'discovery-no-match', message: `${subject} no template here: ${someOf(strangers, 5)}` }];
}

function unmatchedTemplates(templates: readonly TemplateCandidate[], targets: readonly RootTarget[]): Problem[] {
  const matched = new Set(targets.map(({ template }) => template));
  // A set tells what is added to it while it is walked through.
  for (const path of matched) {
    for (const nested of templates.find((each) => each.path === path)?.nested ?? []) matched.add(nested);
  }
  const message = 'no deployed stack was found for this template';
  const unmatched = templates.filter(({ path }) => !matched.has(path));
  return unmatched.flatMap(
    ({ path, problems }) => problems ?? [{ code: 'discovery-no-match', file: path, message, hint: NAME_IT }],
  );
}
