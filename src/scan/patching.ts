import { configuredParameters } from '../config/targets.js';
import type { FileChange } from '../git/file-change.js';
import type { Iac } from '../iac/iac.js';
import type { Code, State } from '../iac/state.js';
import type { Finding, Patch, Verdict } from '../model/report.js';
import type { Target } from '../model/target.js';
import type { PatchStack } from '../patch/model.js';
import type { Editor } from '../patch/ports.js';
import { type KnownSecrets, knownSecrets } from '../secrets/known-secrets.js';
import { secretLines } from '../secrets/secret-lines.js';
import type { Source } from '../syntax/source.js';
import type { TargetGroup } from './groups.js';
import { failedTargets } from './groups.js';
import type { Judgement } from './judgement.js';
import type { PatchRequest } from './request.js';

/** What patching needs of a stack; of one without drift only what evaluating it again takes is kept. */
export function patchStackOf(
  target: Target,
  state: State,
  judgements: readonly Judgement[],
  iac: Iac,
  parent: PatchStack['parent'],
): PatchStack {
  const { types } = iac;
  const drifted = judgements.flatMap((judgement) => judgement.drifted ?? []);
  if (drifted.length === 0) for (const id of state.live.keys()) if (!state.asked.has(id)) state.live.delete(id);
  const known = [...state.deployedResources.values()].flatMap(({ logicalId, type, physicalId }) => {
    const live = state.live.get(logicalId);
    const model = live?.status === 'live' ? live.properties : undefined;
    if (physicalId === undefined) return [];
    const { readOnly: attributes = [], createOnly = [] } = types.get(type) ?? {};
    return [[logicalId, { physicalId, model, attributes, createOnly }] as const];
  });
  return {
    types,
    target,
    template: state.template,
    ...(state.code === undefined ? {} : { code: sourcesOf(state.code) }),
    program: state.program(target, (edited) => configuredParameters(target, edited, iac.parameters)),
    evaluated: state.evaluated,
    environment: { region: target.region, accountId: state.account },
    known: new Map(known),
    drifted,
    ...(parent === undefined ? {} : { parent }),
  };
}

/** The files of code in which resources were created. */
function sourcesOf({ constructs }: Code): Map<string, Source> {
  return new Map([...constructs.values()].flatMap(({ source }) => (source ? [[source.path, source] as const] : [])));
}

/** What came of looking for edits. */
export interface GroupPatches {
  /** By the finding as it was found; of those that nothing was looked for, those that have a reason. */
  patches: ReadonlyMap<Finding, Patch>;
  /** The edited files. */
  files: readonly FileChange[];
}

/** Looks for edits for the findings of a group's stacks. */
export async function patchGroup(
  group: TargetGroup,
  stacks: readonly PatchStack[],
  isSuppressed: (finding: Finding) => boolean,
  request: PatchRequest,
  editor: Editor,
): Promise<GroupPatches> {
  let known: KnownSecrets | undefined;
  const secrets = () => (known ??= knownSecrets(stacks));
  const patches = new Map<Finding, Patch>();
  const narrowed = new Map<PatchStack, PatchStack>();
  for (const stack of stacks) {
    const { parent } = stack;
    const above = parent && { ...parent, stack: narrowed.get(parent.stack) ?? parent.stack };
    const drifted = wantedOf(stack, isSuppressed, request);
    for (const [finding, patch] of unpatched(stack, isSuppressed)) patches.set(finding, patch);
    narrowed.set(stack, {
      ...stack,
      drifted,
      hiddenLines: hiddenLinesOf(stack, secrets),
      ...(above ? { parent: above } : {}),
    });
  }
  const wanted = [...narrowed.values()];
  if (wanted.every(({ drifted }) => drifted.length === 0)) return { patches, files: [] };
  const missing = group.targets.filter((target) => !stacks.some((stack) => stack.target === target));
  const { planPatches } = await import('../patch/plan.js');
  const { describePatch } = await import('../patch/describe.js');
  const plan = await planPatches(
    {
      editor,
      stacks: wanted,
      remakes: request.remakes ?? false,
      unproven: [...group.unscanned, ...failedTargets(missing, group)],
    },
    { includeDeletions: request.includeDeletions ?? false },
  );
  for (const [finding, suggestion] of plan.suggestions) {
    patches.set(finding, describePatch(suggestion, secrets().texts));
  }
  return { patches, files: plan.files };
}

/** Looks for the lines that hold secrets when a file is to be edited. */
function hiddenLinesOf(stack: PatchStack, secrets: () => KnownSecrets): (path: string) => ReadonlySet<string> {
  const found = new Map<string, ReadonlySet<string>>();
  function look(path: string, { types, template, target, parent }: PatchStack): ReadonlySet<string> {
    const { file, config } = target.parameterSources ?? {};
    const source = [template.source, file, config?.source].find((each) => each?.path === path);
    // A nested stack's parameters stand in the template that nests it.
    if (source === undefined) return parent === undefined ? new Set() : look(path, parent.stack);
    const root = source === template.source ? { root: template.root } : {};
    return secretLines(source, { types, ...root, given: secrets().ranges.get(path) ?? [], texts: secrets().texts });
  }
  return (path) => {
    const lines = found.get(path) ?? look(path, stack);
    found.set(path, lines);
    return lines;
  };
}

/** Verdicts where Git is ahead of the stack: there is nothing live that Git does not say or will not put in place. */
const NOTHING_TO_ADOPT: Partial<Record<Verdict, string>> = {
  undeployed: 'Git is ahead of the stack: deploy it',
  adopted: 'Git says already what is live',
};

function nothingToAdopt({ verdict, change }: Finding): string | undefined {
  if (change === 'disappeared') return 'it is gone from the cloud: write the baseline anew, or restore it';
  return NOTHING_TO_ADOPT[verdict];
}

/** The findings that Git is not to adopt, and why. */
function unpatched(stack: PatchStack, isSuppressed: (finding: Finding) => boolean): [Finding, Patch][] {
  return findingsOf([stack]).flatMap((finding): [Finding, Patch][] => {
    const reason = isSuppressed(finding) ? 'the finding is suppressed' : nothingToAdopt(finding);
    return reason === undefined ? [] : [[finding, { status: 'none', reason }]];
  });
}

function wantedOf(
  stack: PatchStack,
  isSuppressed: (finding: Finding) => boolean,
  { wants = () => true }: PatchRequest,
): PatchStack['drifted'] {
  return stack.drifted.flatMap((resource) => {
    const wanted = resource.wanted.filter(
      ({ finding }) => !isSuppressed(finding) && nothingToAdopt(finding) === undefined && wants(finding),
    );
    return wanted.length === 0 ? [] : [{ ...resource, wanted }];
  });
}

/** All findings of stacks that have something to patch. */
export function findingsOf(stacks: readonly PatchStack[]): Finding[] {
  return stacks.flatMap(({ drifted }) => drifted.flatMap(({ wanted }) => wanted.map(({ finding }) => finding)));
}
