import { type Config, type StackConfig, stackParameters } from '../config/load.js';
import type { Target } from '../config/targets.js';
import type { Finding, Verdict } from '../drift/report.js';
import type { FileChange } from '../git/file-change.js';
import type { PatchGroup, PatchStack } from '../patch/model.js';
import type { ResourceTypes } from '../resource-type/index-file.js';
import type { Source } from '../template/source.js';
import type { Judgement } from './judge-resource.js';
import type { StackState } from './stack-state.js';

/** Which findings to look for edits for. */
export interface PatchRequest {
  /** Default: all that are not suppressed. */
  wants?: ((finding: Finding) => boolean) | undefined;
  /** Whether to offer taking resources that are gone out of their templates. */
  includeDeletions?: boolean | undefined;
}

/** The targets that share a template, a parameter file or the configuration, and what else shares them but is not scanned. */
export interface TargetGroup {
  targets: Target[];
  unscanned: PatchGroup['unproven'];
}

/** Groups targets by the files that an edit may concern: those of one group have to be proven together. */
export function groupTargets(targets: readonly Target[], config: Config | undefined): TargetGroup[] {
  const groups: { targets: Target[]; files: Set<string> }[] = [];
  for (const target of targets) {
    const files = filesOf(target);
    const sharing = groups.filter((group) => [...files].some((file) => group.files.has(file)));
    const merged = {
      targets: [...sharing.flatMap((group) => group.targets), target],
      files: new Set([...sharing.flatMap((group) => [...group.files]), ...files]),
    };
    for (const group of sharing) groups.splice(groups.indexOf(group), 1);
    groups.push(merged);
  }
  const unscanned = (config?.stacks ?? []).filter((stack) => !isScanned(stack, targets));
  const others = unscanned.map(({ name, template, parametersFile, index }) => ({
    name: `stack ${name}`,
    reason: 'was not part of this scan: scan both together',
    isConcerned: concernOf({ template, parametersFile, config: config && { source: config.source, index } }),
  }));
  return groups.map((group) => ({ targets: group.targets, unscanned: others }));
}

/** One group of several, for stacks that share files with each other's nested stacks. */
export function mergedGroup(groups: readonly TargetGroup[]): TargetGroup {
  return {
    targets: groups.flatMap(({ targets }) => targets),
    unscanned: groups.slice(0, 1).flatMap(({ unscanned }) => unscanned),
  };
}

/** Whether all that a configured stack stands for is among the targets: it may be deployed in several regions. */
function isScanned({ name, region, regions = [], account }: StackConfig, targets: readonly Target[]): boolean {
  const named = targets.filter((each) => each.name === name && (account === undefined || each.account === account));
  if (regions.length > 0) return regions.every((one) => named.some((each) => each.region === one));
  return named.some((each) => region === undefined || each.region === region);
}

function filesOf({ template, parameterSources = {} }: Target): Set<string> {
  const { file, config } = parameterSources;
  return new Set([template, ...(file ? [file.path] : []), ...(config ? [config.source.path] : [])]);
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

/** What patching needs of a stack; of one without drift only what evaluating it again takes is kept. */
export function patchStackOf(
  target: Target,
  state: StackState,
  judgements: readonly Judgement[],
  resourceTypes: ResourceTypes,
  parent: PatchStack['parent'],
): PatchStack {
  const drifted = judgements.flatMap((judgement) => judgement.drifted ?? []);
  if (drifted.length === 0) for (const id of state.live.keys()) if (!state.asked.has(id)) state.live.delete(id);
  const known = [...state.deployedResources.values()].flatMap(({ logicalId, type, physicalId }) => {
    const live = state.live.get(logicalId);
    const model = live?.status === 'live' ? live.properties : undefined;
    if (physicalId === undefined) return [];
    return [[logicalId, { physicalId, model, attributes: resourceTypes.get(type)?.readOnly ?? [] }] as const];
  });
  return {
    target,
    template: state.template,
    evaluated: state.evaluated,
    evaluate: state.evaluate,
    environment: { region: target.region, accountId: state.account },
    known: new Map(known),
    drifted,
    ...(parent === undefined ? {} : { parent }),
  };
}

/** Looks for edits for the findings of a group's stacks, notes them on the findings, and gives the edited files. */
export async function patchGroup(
  group: TargetGroup,
  stacks: readonly PatchStack[],
  isSuppressed: (finding: Finding) => boolean,
  request: PatchRequest,
): Promise<FileChange[]> {
  const narrowed = new Map<PatchStack, PatchStack>();
  for (const stack of stacks) {
    const { parent } = stack;
    const above = parent && { ...parent, stack: narrowed.get(parent.stack) ?? parent.stack };
    const drifted = wantedOf(stack, isSuppressed, request);
    narrowed.set(stack, { ...stack, drifted, ...(above ? { parent: above } : {}) });
  }
  const wanted = [...narrowed.values()];
  if (wanted.every(({ drifted }) => drifted.length === 0)) return [];
  const missing = group.targets.filter((target) => !stacks.some((stack) => stack.target === target));
  const failed = missing.map(({ name, template, parameterSources: { file, config } = {} }) => ({
    name: `stack ${name}`,
    reason: 'could not be scanned',
    isConcerned: concernOf({ template, parametersFile: file?.path, config }),
  }));
  const { planPatches } = await import('../patch/plan.js');
  const { describePatch } = await import('../patch/describe.js');
  const plan = await planPatches(
    { stacks: wanted, unproven: [...group.unscanned, ...failed] },
    { includeDeletions: request.includeDeletions ?? false },
  );
  for (const [finding, suggestion] of plan.suggestions) finding.patch = describePatch(suggestion);
  return plan.files;
}

/** Verdicts where Git is ahead of the stack: there is nothing live that Git does not say or will not put in place. */
const NOTHING_TO_ADOPT: Partial<Record<Verdict, string>> = {
  undeployed: 'Git is ahead of the stack: deploy it',
  adopted: 'Git says already what is live',
};

function wantedOf(
  stack: PatchStack,
  isSuppressed: (finding: Finding) => boolean,
  { wants = () => true }: PatchRequest,
): PatchStack['drifted'] {
  return stack.drifted.flatMap((resource) => {
    for (const { finding } of resource.wanted) {
      const reason = isSuppressed(finding) ? 'the finding is suppressed' : NOTHING_TO_ADOPT[finding.verdict];
      if (reason !== undefined) finding.patch = { status: 'none', reason };
    }
    const wanted = resource.wanted.filter(
      ({ finding }) => !isSuppressed(finding) && NOTHING_TO_ADOPT[finding.verdict] === undefined && wants(finding),
    );
    return wanted.length === 0 ? [] : [{ ...resource, wanted }];
  });
}
