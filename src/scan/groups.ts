import { type StackConfig, stackParameters } from '../config/stack.js';
import type { Checkout } from '../git/repository.js';
import type { RootTarget } from '../model/target.js';
import type { PatchGroup, PatchStack } from '../patch/model.js';
import type { Maker } from '../patch/ports.js';
import type { Source } from '../syntax/source.js';
import type { Plan } from './plan.js';

/** The targets that share a template, a parameter file or parameters in the configuration, and what else shares them but is not scanned. */
export interface TargetGroup {
  targets: RootTarget[];
  unscanned: PatchGroup['unproven'];
  realPath: RealPath;
  /** Makes templates of them, where it was run. */
  maker?: Maker | undefined;
}

/** Where a file really is: a template may be reached by several names. */
type RealPath = (path: string) => string;

/** Groups targets by the files that an edit may concern: those of one group have to be proven together. */
export async function groupTargets({ targets, config, unscanned, checkout, maker }: Plan): Promise<TargetGroup[]> {
  const realPath = await realPathsIn(checkout, [...targets, ...(config?.stacks ?? []), ...unscanned]);
  const groups: { targets: RootTarget[]; files: Set<string> }[] = [];
  for (const target of targets) {
    const files = filesOf(target, realPath, maker);
    const sharing = groups.filter((group) => [...files].some((file) => group.files.has(file)));
    const merged = {
      targets: [...sharing.flatMap((group) => group.targets), target],
      files: new Set([...sharing.flatMap((group) => [...group.files]), ...files]),
    };
    for (const group of sharing) groups.splice(groups.indexOf(group), 1);
    groups.push(merged);
  }
  const configured = (config?.stacks ?? []).filter((stack) => !isScanned(stack, targets));
  const others = [
    ...configured.map(({ name, template, parametersFile, source, index }) => ({
      name: `stack ${name}`,
      reason: 'was not part of this scan: scan both together',
      isConcerned: concernOf({
        template: realPath(template),
        parametersFile: parametersFile && realPath(parametersFile),
        config: { source, index },
      }),
    })),
    ...unscanned.map(({ name, template }) => ({
      name: `stack ${name}`,
      reason: 'was not part of this scan: scan both together',
      isConcerned: concernOf({ template: realPath(template), parametersFile: undefined, config: undefined }),
    })),
  ];
  return groups.map((group) => ({ targets: group.targets, unscanned: others, realPath, maker }));
}

/** Whether all that a configured stack stands for is among the targets: it may be deployed in several regions. */
function isScanned({ name, region, regions = [], account }: StackConfig, targets: readonly RootTarget[]): boolean {
  const named = targets.filter((each) => each.name === name && (account === undefined || each.account === account));
  if (regions.length > 0) return regions.every((one) => named.some((each) => each.region === one));
  return named.some((each) => region === undefined || each.region === region);
}

/** Where the files of stacks really are: a template may be reached by several names. */
async function realPathsIn(
  checkout: Checkout,
  stacks: readonly { template: string; parametersFile?: string }[],
): Promise<RealPath> {
  const paths = new Set(stacks.flatMap(({ template, parametersFile }) => [template, parametersFile ?? template]));
  const real = new Map<string, string>();
  for (const path of paths) real.set(path, await checkout.realPath(path).catch(() => path));
  return (path) => real.get(path) ?? path;
}

/** Each stack has parameters of its own in the configuration, unless they are anchored there for others. */
function filesOf(
  { template, parameterSources = {} }: RootTarget,
  realPath: RealPath,
  maker: Maker | undefined,
): Set<string> {
  const { file, config } = parameterSources;
  const shared = config?.source.text.includes('&') ? [config.source.path] : [];
  const made = maker?.makes(template) ? [MADE] : [];
  return new Set([realPath(template), ...(file ? [file.path] : []), ...shared, ...made]);
}

/** Stands for all files that templates are made of by running programs: nobody knows which of them one reads. */
const MADE = '\0made';

/** The templates that are made along with those of a group's stacks, and of which no stack was scanned. */
export function madeUnscanned({ maker }: TargetGroup, stacks: readonly PatchStack[]): PatchGroup['unproven'] {
  const scanned = new Set(stacks.map(({ template }) => template.source.path));
  const others = [...(maker?.templates.keys() ?? [])].filter((path) => !scanned.has(path));
  return others.map((path) => ({
    name: path,
    shares: 'would change, too',
    reason: 'no stack of it was part of this scan',
    isConcerned: (edited) => maker?.isOther(path, edited) === true,
  }));
}

/** Whether edited files concern a stack: its template, its parameter file, or its own parameters in the configuration. */
function concernOf(files: {
  template: string;
  parametersFile: string | undefined;
  config: { source: Source; index: number } | undefined;
}): (edited: ReadonlyMap<string, Source>) => boolean {
  const { template, parametersFile, config } = files;
  return (edited) => {
    if (edited.has(template) || (parametersFile !== undefined && edited.has(parametersFile))) return true;
    const after = config && edited.get(config.source.path);
    if (config === undefined || after === undefined) return false;
    return configuredText(after, config.index) !== configuredText(config.source, config.index);
  };
}

function configuredText(source: Source, index: number): string {
  return JSON.stringify([...stackParameters(source, index)].map(([name, { value }]) => [name, value]));
}

/** Targets of a group that could not be scanned, so that nothing can be proven for them. */
export function failedTargets(targets: readonly RootTarget[], { realPath }: TargetGroup): PatchGroup['unproven'] {
  return targets.map(({ name, template, parameterSources: { file, config } = {} }) => ({
    name: `stack ${name}`,
    reason: 'could not be scanned',
    isConcerned: concernOf({ template: realPath(template), parametersFile: file?.path, config }),
  }));
}
