import { DriftError } from '../../../base/errors.js';
import type { DeployedStack, Provider } from '../../../cloud/cloud.js';
import type { TargetFilter } from '../../wanted.js';
import { textKey } from '../template/deployed-text.js';
import { isNestedStack, isStackSet, nestedStackName, stackSetInstanceName } from '../template/nested-stack.js';
import type { FoundStack } from './find-stacks.js';
import { isNamed, isNamedLike, type Match, matchTemplate, type TemplateCandidate } from './match.js';
import type { SamDeployment } from './samconfig.js';

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
export async function matchStacks(
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
export function withoutNested(matches: readonly MatchedStack[]): MatchedStack[] {
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
export async function orSkip<Answer>(read: () => Promise<Answer>): Promise<Answer | undefined> {
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
