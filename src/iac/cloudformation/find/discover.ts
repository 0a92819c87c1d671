import { DriftError, type Problem } from '../../../base/errors.js';
import { matchesGlob } from '../../../base/glob.js';
import { someOf } from '../../../base/some-of.js';
import type { DeployedStack, Provider } from '../../../cloud/cloud.js';
import type { Place } from '../../../cloud/place.js';
import { problemOf } from '../../../cloud/place.js';
import type { Checkout } from '../../../git/repository.js';
import type { TemplateCoverage } from '../../../model/coverage.js';
import type { PlaceError } from '../../../model/report.js';
import type { RootTarget } from '../../../model/target.js';
import type { Discovery, MadeStack, TargetFilter, UnscannedStack } from '../../wanted.js';
import type { FoundApps } from '../cdk/find.js';
import { textKey } from '../template/deployed-text.js';
import { isNestedStack, isStackSet, nestedStackName, stackSetInstanceName } from '../template/nested-stack.js';
import { templatesAndApps } from './find-apps.js';
import { type FoundStack, findStacks } from './find-stacks.js';
import { type FoundTemplates, skippedProblems } from './find-templates.js';
import { isNamed, isNamedLike, type Match, matchTemplate, type TemplateCandidate } from './match.js';
import { readSamConfigs, type SamDeployment } from './samconfig.js';

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

/** The stacks that CDK made templates of, with those that are deployed. */
export interface MatchedMade {
  found: { stack: FoundStack; template: string }[];
  /** The folders of the assemblies. */
  outs: string[];
  undeployed: MadeStack[];
}

/** By name, and by what an app says of region and account. */
function matchMade(
  { stacks: made, folders }: Pick<FoundApps, 'stacks' | 'folders'>,
  stacks: readonly FoundStack[],
): MatchedMade {
  const matched: MatchedMade = { found: [], undeployed: [], outs: folders };
  for (const own of made) {
    const same = stacks.filter(
      ({ name, region, account }) =>
        name === own.name && region === (own.region ?? region) && (account ?? own.account) === (own.account ?? account),
    );
    matched.found.push(
      ...same.map((stack) => ({
        stack: own.account === undefined ? stack : { ...stack, account: own.account },
        template: own.template,
      })),
    );
    if (same.length === 0) matched.undeployed.push(own);
  }
  return matched;
}

function notDeployed({ name, template }: MadeStack): Problem {
  return {
    code: 'discovery-no-match',
    file: template,
    message: `its stack ${name} is not deployed where it was looked for`,
  };
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

/** A deployed stack, and the template it belongs to. */
export interface MatchedStack {
  stack: FoundStack;
  match: Match;
  /** Absent where it was not read, or can't be. */
  deployed?: DeployedStack;
}

/**
 * The text that a stack was deployed from is the best evidence, and one request each. An account may have hundreds of
 * stacks that are none of this repository's. So a stack is read only if its text is a template's or its name is like one's,
 * unless there is a template without a name to go by, or the stack was asked for.
 */
async function matchStacks(
  templates: readonly TemplateCandidate[],
  stacks: readonly FoundStack[],
  provider: Provider,
  filter: TargetFilter,
  deployments: readonly SamDeployment[],
): Promise<MatchedStack[]> {
  const readAll = filter.stackGlobs.length > 0 || templates.some(({ path }) => !isNamed(path));
  const matches = await Promise.all(
    stacks.map(async (stack) => {
      const { name } = stack;
      const text = await orSkip(async () => provider.readTemplate(stack));
      const key = text === undefined ? undefined : textKey(text);
      const named = deployedFrom(stack, templates, deployments);
      const isLike = (each: TemplateCandidate) =>
        each.path === named || isNamedLike(each.path, name) || (key !== undefined && each.text === key);
      if (!readAll && !templates.some(isLike)) return { stack, match: undefined };
      const deployed = await orSkip(async () => provider.readStack(stack));
      const isSame = templates.some((each) => key !== undefined && each.text === key);
      if (named !== undefined && !isSame) return { stack, ...(deployed && { deployed }), match: { template: named } };
      if (deployed === undefined) return { stack, match: matchTemplate({ name, text: key }, templates) };
      const resources = typesOf(deployed);
      return { stack, deployed, match: matchTemplate({ name, resources, text: key }, templates) };
    }),
  );
  return matches;
}

/** The template that SAM's configuration says a stack is deployed from. */
function deployedFrom(
  { name, region }: FoundStack,
  templates: readonly TemplateCandidate[],
  deployments: readonly SamDeployment[],
): string | undefined {
  const own = deployments.filter((each) => each.stackName === name && (each.region ?? region) === region);
  const paths = own.flatMap((each) => each.templates);
  return paths.find((path) => templates.some((each) => each.path === path));
}

/** A stack that another one has made is scanned with that one; not every list of stacks tells whose they are. */
function withoutNested(matches: readonly MatchedStack[]): MatchedStack[] {
  const nameIn = ({ account, region }: DeployedStack, name: string) => JSON.stringify([account, region, name]);
  const made = new Set<string>();
  const sets: RegExp[] = [];
  for (const { deployed } of matches) {
    if (deployed === undefined) continue;
    for (const { type, physicalId } of deployed.resources) {
      if (isNestedStack(type) && physicalId) made.add(nameIn(deployed, nestedStackName(physicalId)));
      if (isStackSet(type) && physicalId) sets.push(stackSetInstanceName(physicalId));
    }
  }
  const isMade = ({ name }: FoundStack, deployed: DeployedStack | undefined) =>
    sets.some((set) => set.test(name)) || (deployed !== undefined && made.has(nameIn(deployed, deployed.name)));
  return matches.filter(({ stack, deployed }) => !isMade(stack, deployed));
}

/** Undefined for a stack that can't be read: if it is one of ours, the scan will say why. */
async function orSkip<Answer>(read: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof DriftError) return undefined;
    throw error;
  }
}

/** The types of a stack's resources, by logical ID. */
export function typesOf({ resources }: DeployedStack): Map<string, string> {
  return new Map(resources.map(({ logicalId, type }) => [logicalId, type]));
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
