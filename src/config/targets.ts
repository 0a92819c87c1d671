import picomatch from 'picomatch';
import { DriftError, type Problem } from '../errors.js';
import type { Checkout } from '../git/repository.js';
import type { ConfiguredParameter } from '../template/parameters.js';
import { problemAt } from '../template/problem.js';
import type { Config, StackConfig } from './load.js';
import { parseParameterFile } from './parameter-file.js';

/** A stack to scan: which one, against which template, with which configured parameters. */
export interface Target {
  name: string;
  region: string;
  account?: string;
  roleArn?: string;
  template: string;
  parameters: Map<string, ConfiguredParameter>;
}

/** Which stacks are wanted. */
export interface TargetFilter {
  /** Globs over stack names; none means all. */
  stackGlobs: readonly string[];
  /** None means all. */
  regions: readonly string[];
  defaultRegion: string | undefined;
}

/** The configured stacks that a filter wants, with their parameter files read. Throws a `DriftError` with all mistakes. */
export async function selectTargets(config: Config, checkout: Checkout, filter: TargetFilter): Promise<Target[]> {
  const problems: Problem[] = [];
  const names = config.stacks.map(({ name }) => name);
  for (const glob of filter.stackGlobs) {
    const matches = stackMatcher([glob]);
    if (!names.some(matches))
      problems.push({ message: `--stack ${glob} matches no stack`, hint: `configured stacks: ${names.join(', ')}` });
  }
  const wanted = config.stacks.filter(({ name }) => stackMatcher(filter.stackGlobs)(name));
  const targets: Target[] = [];
  for (const stack of wanted) {
    const region = stack.region ?? config.region ?? filter.regions[0] ?? filter.defaultRegion;
    if (region === undefined) {
      const hint = 'give it a region, or set one for all: region: in the configuration, AWS_REGION, or --region';
      problems.push(problemAt(config.source, stack.range.start, `stack ${stack.name} has no region`, hint));
    } else if (filter.regions.length === 0 || filter.regions.includes(region)) {
      const parameters = await parametersOf(stack, checkout, problems);
      const { name, template, account, roleArn } = stack;
      targets.push({
        name,
        region,
        template,
        parameters,
        ...(account ? { account } : {}),
        ...(roleArn ? { roleArn } : {}),
      });
    }
  }
  if (problems.length > 0) throw new DriftError('config', problems);
  if (targets.length > 0) return targets;
  throw new DriftError('usage', [{ message: `no configured stack is in ${filter.regions.join(', ')}` }]);
}

async function parametersOf({ parametersFile, parameters }: StackConfig, checkout: Checkout, problems: Problem[]) {
  if (parametersFile === undefined) return parameters;
  try {
    return new Map([...parseParameterFile(await checkout.read(parametersFile)), ...parameters]);
  } catch (error) {
    if (!(error instanceof DriftError)) throw error;
    problems.push(...error.problems);
    return parameters;
  }
}

/** Whether a stack's name is wanted; no globs want all. */
export function stackMatcher(globs: readonly string[]): (name: string) => boolean {
  return globs.length === 0 ? () => true : picomatch([...globs], { nonegate: true, dot: true });
}
