import { stackParameters } from '../config/load.js';
import type { Target } from '../config/targets.js';
import type { Finding } from '../drift/report.js';
import type { FileChange } from '../git/file-change.js';
import type { PatchGroup, PatchStack } from '../patch/model.js';
import type { ResourceTypes } from '../resource-type/index-file.js';
import type { Source } from '../template/source.js';
import type { Judgement } from './judge.js';
import type { Plan } from './plan.js';
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
export function groupTargets({
  targets,
  config,
  unscanned,
}: Pick<Plan, 'targets' | 'config' | 'unscanned'>): TargetGroup[] {
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
  const configured = (config?.stacks ?? []).filter(
    ({ name, region }) =>
      !targets.some((each) => each.name === name && (region === undefined || each.region === region)),
  );
  const others = [
    ...configured.map(({ name, template, parametersFile, index }) => ({
      name: `stack ${name}`,
      reason: 'was not part of this scan: scan both together',
      isConcerned: concernOf({ template, parametersFile, config: config && { source: config.source, index } }),
    })),
    ...unscanned.map(({ name, template }) => ({
      name: `stack ${name}`,
      reason: 'was not part of this scan (its name says so): scan both together',
      isConcerned: concernOf({ template, parametersFile: undefined, config: undefined }),
    })),
  ];
  return groups.map((group) => ({ targets: group.targets, unscanned: others }));
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
  };
}

/** Looks for edits for the findings of a group's stacks, notes them on the findings, and gives the edited files. */
export async function patchGroup(
  group: TargetGroup,
  stacks: readonly PatchStack[],
  isSuppressed: (finding: Finding) => boolean,
  request: PatchRequest,
): Promise<FileChange[]> {
  const wanted = stacks.map((stack) => ({ ...stack, drifted: wantedOf(stack, isSuppressed, request) }));
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

function wantedOf(
  stack: PatchStack,
  isSuppressed: (finding: Finding) => boolean,
  { wants = () => true }: PatchRequest,
): PatchStack['drifted'] {
  return stack.drifted.flatMap((resource) => {
    for (const { finding } of resource.wanted) {
      if (isSuppressed(finding)) finding.patch = { status: 'none', reason: 'the finding is suppressed' };
    }
    const wanted = resource.wanted.filter(({ finding }) => !isSuppressed(finding) && wants(finding));
    return wanted.length === 0 ? [] : [{ ...resource, wanted }];
  });
}
