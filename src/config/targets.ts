import { closest } from '../base/closest.js';
import { DriftError, type Problem } from '../base/errors.js';
import type { Checkout } from '../git/repository.js';
import type { Iac } from '../iac/iac.js';
import { DEFAULT_IAC } from '../iac/registry.js';
import { isWanted, type TargetFilter, unmatchedGlobs } from '../iac/wanted.js';
import type { ConfiguredParameter } from '../model/parameter.js';
import type { RootTarget, Target } from '../model/target.js';
import { problemAt } from '../syntax/problem.js';
import type { Range, Source } from '../syntax/source.js';
import type { Config } from './load.js';
import { type StackConfig, stackParameters, stackParametersRange } from './stack.js';

/**
 * The configured stacks that a filter wants, with their parameter files read; parameters in the configuration override
 * those of the file. Throws a `DriftError` with all mistakes: names and regions that match nothing, stacks without a
 * region, files that are missing or bad.
 */
export async function selectTargets(
  config: Config,
  checkout: Checkout,
  filter: TargetFilter,
  iac: Pick<Iac, 'parameters'> = DEFAULT_IAC,
): Promise<RootTarget[]> {
  const { located, problems } = locateStacks(config, filter);
  const targets: RootTarget[] = [];
  for (const { stack, region } of located) targets.push(await readTarget(stack, region, { checkout, iac }, problems));
  if (problems.length > 0) throw new DriftError('config', onceEach(problems));
  return targets;
}

/** A configured stack in one of its regions. */
export interface LocatedStack {
  stack: StackConfig;
  region: string;
}

/** The configured stacks that a filter wants, region by region, and what in the filter or the stacks leads nowhere. */
export function locateStacks(config: Config, filter: TargetFilter): { located: LocatedStack[]; problems: Problem[] } {
  const wanted = config.stacks.filter(({ name }) => isWanted(name, filter));
  const located = wanted.flatMap((stack) => regionsOf(stack, config, filter).map((region) => ({ stack, region })));
  const problems = [
    ...unmatchedGlobs(filter, config.stacks, 'configured'),
    ...noRegion(wanted.filter((stack) => regionsOf(stack, config, filter).length === 0)),
    ...unmatchedRegions(filter, located),
  ];
  const { regions } = filter;
  return { located: located.filter(({ region }) => regions.length === 0 || regions.includes(region)), problems };
}

function regionsOf(stack: StackConfig, config: Config, filter: TargetFilter): string[] {
  if (stack.regions !== undefined) return stack.regions;
  const region = stack.region ?? config.region ?? filter.regions[0] ?? filter.defaultRegion;
  return region === undefined ? [] : [region];
}

function unmatchedRegions(filter: TargetFilter, located: readonly { region: string }[]): Problem[] {
  const regions = [...new Set(located.map(({ region }) => region))].sort();
  if (regions.length === 0) return [];
  const hint = `the chosen stacks are in ${regions.join(', ')}`;
  const unmatched = filter.regions.filter((region) => !regions.includes(region));
  return unmatched.map((region) => ({
    code: 'usage-no-match',
    message: `--region ${region} matches no configured stack`,
    hint,
  }));
}

/** What is wrong with an entry that stands for many stacks is told of the first. */
function onceEach(problems: readonly Problem[]): Problem[] {
  const told = new Map<string, Problem>();
  for (const problem of problems) {
    const { file, line, column, message } = problem;
    const key = JSON.stringify([
      file,
      line,
      column,
      line === undefined ? message : message.replace(/^stack \S+: /, ''),
    ]);
    if (!told.has(key)) told.set(key, problem);
  }
  return [...told.values()];
}

/** Of more stacks, the first stands for all. */
const TOLD_EACH = 3;

function noRegion(stacks: readonly StackConfig[]): Problem[] {
  const hint =
    'give it a "region:", or set one for all: "region:" at the top of the configuration, AWS_REGION, or --region';
  const told = stacks.length > TOLD_EACH ? stacks.slice(0, 1) : stacks;
  return told.map(({ name, source, range }) => {
    const others = stacks.length > told.length ? ` and ${stacks.length - 1} more stacks have` : ' has';
    return problemAt('region-missing', source, range.start, `stack ${name}${others} no region`, hint);
  });
}

/** The stack as a target. What is wrong with its files is added to `problems`. */
async function readTarget(
  stack: StackConfig,
  region: string,
  { checkout, iac }: { checkout: Checkout; iac: Pick<Iac, 'parameters'> },
  problems: Problem[],
): Promise<RootTarget> {
  const { name, template, account, roleArn, parametersFile, parameters, ranges } = stack;
  const { source } = stack;
  const place = (range: Range) => ({ source, range });
  await noting(problems, place(ranges.template), undefined, () => mustExist(stack, checkout));
  const file = await noting(problems, place(ranges.parametersFile ?? stack.range), undefined, async () => {
    if (parametersFile === undefined) return undefined;
    const read = await checkout.read(parametersFile);
    return { source: read, parameters: iac.parameters(read) };
  });
  const { index } = stack;
  const written = ranges.parameters && {
    ...{ source, range: ranges.parameters, index },
    rangeIn: (edited: Source) => stackParametersRange(edited, index),
  };
  return {
    name,
    region,
    template,
    configuration: source.path,
    parameters: new Map([...(file?.parameters ?? []), ...parameters]),
    parameterSources: { ...(file ? { file: file.source } : {}), ...(written ? { config: written } : {}) },
    ...(account === undefined ? {} : { account }),
    ...(roleArn === undefined ? {} : { roleArn }),
  };
}

/**
 * The configured parameters of a target when some files are other than they were, by path. Throws a `DriftError` with
 * what is wrong in them.
 */
export function configuredParameters(
  { parameters, parameterSources = {} }: Target,
  edited: ReadonlyMap<string, Source>,
  parse: Iac['parameters'],
): Map<string, ConfiguredParameter> {
  const { file, config } = parameterSources;
  const sources = [file, config?.source].flatMap((source) => (source ? [source.path] : []));
  if (!sources.some((path) => edited.has(path))) return parameters;
  const fromFile = file ? parse(edited.get(file.path) ?? file) : [];
  const fromConfig = config ? stackParameters(edited.get(config.source.path) ?? config.source, config.index) : [];
  return new Map([...fromFile, ...fromConfig]);
}

async function mustExist({ name, template }: StackConfig, checkout: Checkout): Promise<void> {
  if (await checkout.exists(template)) return;
  const near = closest(template, await checkout.list());
  const message = `stack ${name}: there is no file "${template}"`;
  const problem: Problem = { code: 'config-no-template', message };
  throw new DriftError('config', [near === undefined ? problem : { ...problem, hint: `did you mean "${near}"?` }]);
}

/** What `work` gives. If it fails, its problems are noted, at `place` where they name no file themselves. */
async function noting<T>(
  problems: Problem[],
  place: { source: Source; range: Range },
  fallback: T,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DriftError)) throw error;
    for (const problem of error.problems) {
      const { code, file, message, hint } = problem;
      problems.push(file === undefined ? problemAt(code, place.source, place.range.start, message, hint) : problem);
    }
    return fallback;
  }
}
