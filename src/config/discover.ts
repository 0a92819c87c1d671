import { DriftError, type Problem } from '../errors.js';
import type { Checkout } from '../git/repository.js';
import type { Provider, StackTarget } from '../provider/provider.js';
import { looksLikeTemplate, parseTemplate } from '../template/parse.js';
import { stackMatcher, type Target, type TargetFilter } from './targets.js';

const TEMPLATE_FILE = /\.(?:ya?ml|json|template)$/;
const SKIPPED_FOLDER = /(?:^|\/)(?:node_modules|\.[^/]+)\//;
/** The least share of a template's resources that a stack must have as well to be taken for its deployment. */
const MIN_OVERLAP = 0.5;

interface Candidate {
  path: string;
  /** Types by logical ID. */
  resources: Map<string, string>;
}

/**
 * Without a configuration: finds templates in the repository and the deployed stacks they belong to. A stack's name
 * must resemble the file's, and its resources confirm it; whatever is unsure is told, not guessed.
 */
export async function discoverTargets(
  checkout: Checkout,
  provider: Provider,
  filter: TargetFilter,
): Promise<{ targets: Target[]; warnings: Problem[] }> {
  const candidates = await findTemplates(checkout);
  if (candidates.length === 0) {
    const hint = 'templates are .yaml, .yml, .json or .template files with Resources; name others in gitops-drift.yaml';
    throw new DriftError('config', [{ message: 'no CloudFormation template was found in the repository', hint }]);
  }
  const regions = filter.regions.length > 0 ? filter.regions : [filter.defaultRegion ?? noRegion()];
  const stacks = (await Promise.all(regions.map((region) => provider.listStacks(region)))).flat();
  const wanted = stacks.filter(({ name }) => stackMatcher(filter.stackGlobs)(name));
  if (wanted.length === 0) {
    const hint =
      stacks.length > 0
        ? `deployed stacks: ${stacks.map(({ name }) => name).join(', ')}`
        : 'is it the right account and region?';
    throw new DriftError('config', [{ message: `no matching stack is deployed in ${regions.join(', ')}`, hint }]);
  }
  return matchStacks(candidates, wanted, provider);
}

async function findTemplates(checkout: Checkout): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  for (const path of await checkout.list()) {
    if (!TEMPLATE_FILE.test(path) || SKIPPED_FOLDER.test(path)) continue;
    // A file that can't be read is no template of ours; one that is named in a configuration is an error there.
    const source = await checkout.read(path).catch(() => undefined);
    if (source === undefined || !looksLikeTemplate(source)) continue;
    const { resourceTypes } = parseTemplate(source);
    candidates.push({ path: source.path, resources: resourceTypes });
  }
  return candidates;
}

async function matchStacks(candidates: Candidate[], stacks: StackTarget[], provider: Provider) {
  const targets: Target[] = [];
  const warnings: Problem[] = [];
  for (const stack of stacks) {
    const named = candidates.filter(({ path }) => resembles(path, stack.name));
    if (named.length === 0) continue;
    const { resources } = await provider.readStack(stack);
    const types = new Map(resources.map(({ logicalId, type }) => [logicalId, type]));
    const ranked = named
      .map((candidate) => ({
        candidate,
        overlap: overlapOf(candidate, types),
        exact: isNamed(candidate.path, stack.name),
      }))
      .filter(({ overlap }) => overlap >= MIN_OVERLAP)
      .sort((left, right) => right.overlap - left.overlap || Number(right.exact) - Number(left.exact));
    const [best, next] = ranked;
    if (best === undefined || (next && next.overlap === best.overlap && next.exact === best.exact)) {
      const files = named.map(({ path }) => path).join(', ');
      const message = best
        ? `stack ${stack.name} could belong to any of ${files}`
        : `stack ${stack.name} is named like ${files}, but has other resources`;
      warnings.push({ message, hint: 'say which in gitops-drift.yaml' });
    } else {
      targets.push({ name: stack.name, region: stack.region, template: best.candidate.path, parameters: new Map() });
    }
  }
  const matched = new Set(targets.map(({ template }) => template));
  for (const { path } of candidates) {
    if (!matched.has(path))
      warnings.push({
        message: 'no deployed stack was found for this template',
        file: path,
        hint: 'name its stack in gitops-drift.yaml',
      });
  }
  if (targets.length > 0) return { targets, warnings };
  throw new DriftError('config', [
    {
      message: 'no template could be matched to a deployed stack',
      hint: 'name stacks and templates in gitops-drift.yaml',
    },
    ...warnings,
  ]);
}

function overlapOf({ resources }: Candidate, deployed: Map<string, string>): number {
  const shared = [...resources].filter(
    ([logicalId, type]) => deployed.get(logicalId) === type || type.startsWith('AWS::Serverless::'),
  );
  return resources.size === 0 ? 0 : shared.length / resources.size;
}

/** Whether the words of the file's name, or of its folder where the file has a general name, are in the stack's name. */
function resembles(path: string, stack: string): boolean {
  const words = wordsOf(stack);
  return namesOf(path).some(
    (name) => wordsOf(name).every((word) => words.includes(word)) || flat(name) === flat(stack),
  );
}

function isNamed(path: string, stack: string): boolean {
  return namesOf(path).some((name) => flat(name) === flat(stack));
}

function namesOf(path: string): string[] {
  const parts = path.replace(/(?:\.template)?\.[^./]+$/, '').split('/');
  const [file = '', folder = ''] = parts.reverse();
  return /^(?:template|stack|main|index|cloudformation|cfn)$/i.test(file)
    ? [folder].filter((name) => name !== '')
    : [file, `${folder}-${file}`];
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

function flat(name: string): string {
  return wordsOf(name).join('');
}

function noRegion(): never {
  const hint = 'set AWS_REGION, a region in the profile, or --region';
  throw new DriftError('usage', [{ message: 'no region is known to look for stacks in', hint }]);
}
