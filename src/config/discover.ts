import { DriftError, type Problem } from '../errors.js';
import type { Checkout } from '../git/repository.js';
import { matchesGlob } from '../glob.js';
import type { Provider, StackTarget } from '../provider/provider.js';
import { looksLikeTemplate, parseTemplate } from '../template/parse.js';
import type { Source } from '../template/source.js';
import { isNamed, isNamedLike, type Match, matchTemplate, type TemplateCandidate } from './match.js';
import { isWanted, type Target, type TargetFilter, unmatchedGlobs } from './targets.js';

const TEMPLATE_FILE = /\.(?:ya?ml|json|template)$/;
const SKIPPED_FOLDER = /(?:^|\/)(?:node_modules|\.[^/]+)\//;
const NAME_IT = 'say which stack belongs to which template in gitops-drift.yaml';

/** A stack that the filter leaves out, and a template that it may be deployed from. */
export interface UnscannedStack {
  name: string;
  template: string;
}

/** What there is to scan without a configuration. */
export interface Discovery {
  targets: Target[];
  warnings: Problem[];
  unscanned: UnscannedStack[];
}

/**
 * Without a configuration: finds templates in the repository and the deployed stacks that belong to them. Whatever is
 * unsure is told in the warnings, not guessed. Throws a `DriftError` when nothing at all can be scanned, or nothing of
 * what a `--stack` glob asks for.
 */
export async function discoverTargets(
  checkout: Checkout,
  provider: Provider,
  filter: TargetFilter,
): Promise<Discovery> {
  const templates = await findTemplates(checkout);
  const deployed = await findStacks(provider, filter);
  const stacks = deployed.filter(({ name }) => isWanted(name, filter));
  const matches = await matchStacks(templates, stacks, provider, filter);
  const targets = matches.flatMap(({ stack, match }) =>
    match && 'template' in match ? [{ ...stack, template: match.template, parameters: new Map() }] : [],
  );
  const warnings = [...unmatchedStacks(matches), ...unmatchedTemplates(templates, targets)];
  const problems = unmet(filter, targets);
  if (problems.length > 0) throw new DriftError('config', [...problems, ...warnings]);
  const unwanted = deployed.filter((stack) => !stacks.includes(stack));
  return { targets, warnings, unscanned: unwanted.flatMap((stack) => namesakes(stack, targets)) };
}

/** The templates of targets that a stack may be deployed from, too, by its name. */
function namesakes({ name }: StackTarget, targets: readonly Target[]): UnscannedStack[] {
  const templates = new Set(targets.map(({ template }) => template));
  return [...templates].filter((path) => isNamedLike(path, name)).map((template) => ({ name, template }));
}

/** What was asked for and has no template: at least one stack of all, or of each `--stack`. */
function unmet(filter: TargetFilter, targets: readonly Target[]): Problem[] {
  if (targets.length === 0) return [{ message: 'no template could be matched to a deployed stack', hint: NAME_IT }];
  return filter.stackGlobs
    .filter((glob) => !targets.some(({ name }) => matchesGlob(glob, name)))
    .map((glob) => ({ message: `--stack ${glob}: no template could be matched to such a stack`, hint: NAME_IT }));
}

async function findTemplates(checkout: Checkout): Promise<TemplateCandidate[]> {
  const templates: TemplateCandidate[] = [];
  for (const path of await checkout.list()) {
    if (!TEMPLATE_FILE.test(path) || SKIPPED_FOLDER.test(path)) continue;
    const source = await readOrSkip(checkout, path);
    if (source === undefined || !looksLikeTemplate(source)) continue;
    try {
      templates.push({ path, resources: parseTemplate(source).resourceTypes });
    } catch (error) {
      if (!(error instanceof DriftError)) throw error;
      templates.push({ path, problems: error.problems });
    }
  }
  if (templates.length > 0) return templates;
  const hint = 'templates are .yaml, .yml, .json or .template files with Resources; name others in gitops-drift.yaml';
  throw new DriftError('config', [{ message: 'no CloudFormation template was found in the repository', hint }]);
}

/** A file that is too big or no text is no template. One that a configuration names would be an error. */
async function readOrSkip(checkout: Checkout, path: string): Promise<Source | undefined> {
  try {
    return await checkout.read(path);
  } catch (error) {
    if (error instanceof DriftError) return undefined;
    throw error;
  }
}

/** All stacks of the regions; it is an error when `--stack` names none of them. */
async function findStacks(provider: Provider, filter: TargetFilter): Promise<StackTarget[]> {
  const { defaultRegion } = filter;
  const known = (await provider.regions?.()) ?? (defaultRegion === undefined ? [] : [defaultRegion]);
  const regions = filter.regions.length === 0 ? known : filter.regions;
  if (regions.length === 0) {
    const hint = 'set AWS_REGION, a region in the profile, or --region';
    throw new DriftError('usage', [{ message: 'no region is known to look for stacks in', hint }]);
  }
  const stacks = (await Promise.all(regions.map((region) => provider.listStacks(region)))).flat();
  if (stacks.length === 0) {
    const hint = 'is it the right account and region?';
    throw new DriftError('config', [{ message: `no stack is deployed in ${regions.join(', ')}`, hint }]);
  }
  const unmatched = unmatchedGlobs(filter, stacks, 'deployed');
  if (unmatched.length > 0) throw new DriftError('config', unmatched);
  return stacks;
}

interface MatchedStack {
  stack: StackTarget;
  match: Match;
}

/**
 * An account may have hundreds of stacks that are none of this repository's. So a stack is read only if its name is like a
 * template's, unless there is a template without a name to go by, or the stack was asked for.
 */
async function matchStacks(
  templates: readonly TemplateCandidate[],
  stacks: readonly StackTarget[],
  provider: Provider,
  filter: TargetFilter,
): Promise<MatchedStack[]> {
  const readAll = filter.stackGlobs.length > 0 || templates.some(({ path }) => !isNamed(path));
  return Promise.all(
    stacks.map(async (stack) => {
      if (!readAll && !templates.some(({ path }) => isNamedLike(path, stack.name))) return { stack, match: undefined };
      const resources = await readResources(provider, stack);
      const candidate = { name: stack.name, ...(resources === undefined ? {} : { resources }) };
      return { stack, match: matchTemplate(candidate, templates) };
    }),
  );
}

/** Undefined for a stack that can't be read: if it is one of ours, the scan will say why. */
async function readResources(provider: Provider, stack: StackTarget): Promise<Map<string, string> | undefined> {
  try {
    const { resources } = await provider.readStack(stack);
    return new Map(resources.map(({ logicalId, type }) => [logicalId, type]));
  } catch (error) {
    if (error instanceof DriftError) return undefined;
    throw error;
  }
}

function unmatchedStacks(matches: readonly MatchedStack[]): Problem[] {
  const unsure = matches.flatMap(({ match }) => (match && 'reason' in match ? [match.reason] : []));
  const strangers = matches.flatMap(({ stack, match }) => (match === undefined ? [stack.name] : []));
  const problems = unsure.map((message): Problem => ({ message, hint: NAME_IT }));
  if (strangers.length === 0) return problems;
  const subject = strangers.length === 1 ? '1 deployed stack has' : `${strangers.length} deployed stacks have`;
  return [...problems, { message: `${subject} no template here: ${someOf(strangers)}` }];
}

function unmatchedTemplates(templates: readonly TemplateCandidate[], targets: readonly Target[]): Problem[] {
  const matched = new Set(targets.map(({ template }) => template));
  const message = 'no deployed stack was found for this template';
  const unmatched = templates.filter(({ path }) => !matched.has(path));
  return unmatched.flatMap(({ path, problems }) => problems ?? [{ file: path, message, hint: NAME_IT }]);
}

function someOf(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
