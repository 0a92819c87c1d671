import { DriftError, type Problem } from '../../../base/errors.js';
import type { Provider } from '../../../cloud/cloud.js';
import { problemOf } from '../../../cloud/place.js';
import type { Checkout } from '../../../git/repository.js';
import type { Suggested, SuggestedContent, SuggestedStack } from '../../suggestions.js';
import type { MadeStack, TargetFilter } from '../../wanted.js';
import { matchDeployed } from '../find/discover.js';
import type { TemplateCandidate } from '../find/match.js';
import type { MatchedStack } from '../find/match-stacks.js';
import { readSamConfigs, type SamDeployment } from '../find/samconfig.js';
import { findParameterFiles } from './parameter-files.js';
import { suggestStack } from './stack.js';

/**
 * The stacks that a scan without a configuration would find, and those that SAM's configuration names, with the parameter
 * files whose values they are deployed with. Throws a `DriftError` when nothing could be matched.
 */
export async function suggestStacks(checkout: Checkout, provider: Provider, filter: TargetFilter): Promise<Suggested> {
  const { templates, matches, made, problems, places, errors } = await matchDeployed(checkout, provider, filter);
  const missed = errors.map(problemOf);
  const sam = await readSamConfigs(checkout);
  const { files, warnings: unread } = await findParameterFiles(checkout);
  const found = await Promise.all(
    matches.map((each) => suggestStack(each, { templates, deployments: sam.deployments, files, checkout, provider })),
  );
  const stacks = found.filter((stack) => stack !== undefined);
  const leftovers = [...unmatchedStacks(matches, stacks), ...undeployed(sam.deployments, matches)];
  if (stacks.length === 0 && made.found.length === 0) {
    const problem: Problem = {
      code: 'discovery-no-match',
      message: 'no template could be matched to a deployed stack',
      hint: 'name stacks and templates in gitops-drift.yaml',
    };
    const others = leftovers.map((message): Problem => ({ code: 'discovery-no-match', message }));
    throw new DriftError('config', [problem, ...others, ...problems, ...missed, ...sam.warnings]);
  }
  return {
    stacks,
    apps: made.outs,
    leftovers: [...leftovers, ...made.undeployed.map(undeployedOf)],
    ...unusedTemplates(templates, stacks),
    places,
    warnings: [...problems, ...missed, ...sam.warnings, ...unread],
  };
}

function unmatchedStacks(matches: readonly MatchedStack[], stacks: readonly SuggestedStack[]): string[] {
  const isSuggested = ({ stack }: MatchedStack) =>
    stacks.some(({ name, region }) => name === stack.name && region === stack.region);
  const others = matches.filter((each) => !isSuggested(each));
  const unsure = others.flatMap(({ match }) => (match && 'reason' in match ? [match.reason] : []));
  const strangers = others.filter(({ match }) => !(match && 'reason' in match)).map(({ stack }) => stack.name);
  return strangers.length === 0 ? unsure : [...unsure, `Deployed, without a template here: ${strangers.join(', ')}`];
}

/** Templates without a stack of their own: nested ones are scanned with the stack that they are nested in. */
function unusedTemplates(
  templates: readonly TemplateCandidate[],
  stacks: readonly SuggestedStack[],
): Pick<SuggestedContent, 'templates' | 'nested'> {
  const unused = templates.filter(({ path }) => !stacks.some(({ template }) => template === path));
  const parentsOf = (path: string) => templates.filter(({ nested = [] }) => nested.includes(path));
  const parents = unused.map(({ path }) => ({ path, parents: parentsOf(path).map((parent) => parent.path) }));
  return {
    templates: parents.filter((each) => each.parents.length === 0).map(({ path }) => path),
    nested: parents.filter((each) => each.parents.length > 0),
  };
}

function undeployed(deployments: readonly SamDeployment[], matches: readonly MatchedStack[]): string[] {
  return deployments
    .filter(({ stackName }) => !matches.some(({ stack }) => stack.name === stackName))
    .map(({ origin, stackName }) => `${origin} names the stack ${stackName}, which was not found`);
}

function undeployedOf({ name, template }: MadeStack): string {
  return `${template}: its stack ${name} was not found`;
}
