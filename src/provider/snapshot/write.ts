import { maskSecrets, maskValue } from '../../drift/mask.js';
import { isSecretName } from '../../drift/secret-name.js';
import { MASK, maskText } from '../../drift/secret-text.js';
import { DriftError, type Problem } from '../../errors.js';
import type {
  DeployedParameter,
  DeployedStack,
  LiveResource,
  Provider,
  StackResource,
  StackTarget,
} from '../provider.js';
import { maskTemplate } from './mask-template.js';
import type { Snapshot, SnapshotRegion, SnapshotResource, SnapshotStack } from './snapshot.js';

export type { Snapshot } from './snapshot.js';

/** A stack as a scan has read it. */
export interface ReadState {
  deployed: DeployedStack;
  account?: string | undefined;
  /** By logical ID; resources that are missing here are asked for by their physical ID alone. */
  live: ReadonlyMap<string, LiveResource>;
}

/**
 * Records stacks: structure, deployed template, live models and what could not be read, with secrets masked as `****`.
 * Throws a `DriftError` with the problems of all stacks that can't be read; a snapshot never lacks a stack silently.
 */
export async function recordSnapshot<Target extends StackTarget>(
  provider: Provider,
  targets: readonly Target[],
  readState: (target: Target) => Promise<ReadState>,
): Promise<Snapshot> {
  const capturedAt = new Date().toISOString();
  const outcomes = await Promise.allSettled(targets.map((target) => recordStack(provider, target, readState)));
  const problems: Problem[] = [];
  const regions = new Map<string, SnapshotRegion>();
  for (const [index, outcome] of outcomes.entries()) {
    const region = targets[index]?.region ?? '';
    if (outcome.status === 'rejected') problems.push(...problemsOf(outcome.reason));
    else regionIn(regions, region).stacks.push(outcome.value);
  }
  if (problems.length > 0) throw new DriftError('provider', problems);
  const account = settleAccount([...regions.values()].flatMap(({ stacks }) => stacks));
  for (const [region, recorded] of regions) {
    const roles = new Set(targets.filter((target) => target.region === region).map(({ roleArn }) => roleArn));
    for (const role of roles) await recordSurroundings(provider, region, role, recorded);
  }
  const byName = [...regions].sort(([left], [right]) => (left < right ? -1 : 1));
  return { snapshotVersion: 1, capturedAt, account, regions: Object.fromEntries(byName) };
}

async function recordStack<Target extends StackTarget>(
  provider: Provider,
  target: Target,
  readState: (target: Target) => Promise<ReadState>,
): Promise<SnapshotStack> {
  const { deployed, account, live } = await readState(target);
  const template = await provider.readTemplate(target);
  const secrets = Object.entries(deployed.parameters)
    .filter(([name]) => isSecretName(name))
    .flatMap(([, { value, resolvedValue }]) => [value, resolvedValue ?? ''])
    .filter((secret) => secret !== '' && secret !== MASK);

  async function record(resource: StackResource): Promise<SnapshotResource> {
    const { logicalId, type, physicalId, status } = resource;
    const told = live.get(logicalId) ?? (await readByPhysicalId(provider, target, resource));
    return {
      logicalId,
      type,
      physicalId: physicalId ?? null,
      ...(status === undefined ? {} : { status }),
      ...(told === undefined ? {} : recordedLive(told, secrets)),
    };
  }

  return {
    name: deployed.name,
    ...(deployed.id === undefined ? {} : { id: deployed.id }),
    ...((account ?? deployed.account) === undefined ? {} : { account: account ?? deployed.account ?? '' }),
    ...(deployed.status === undefined ? {} : { status: deployed.status }),
    template: template === undefined ? null : (maskTemplate(template, secrets) ?? null),
    parameters: Object.fromEntries(
      Object.entries(deployed.parameters).map(([name, one]) => [name, recordedParameter(name, one, secrets)]),
    ),
    outputs: maskTexts(deployed.outputs, secrets),
    exports: maskTexts(deployed.exports ?? {}, secrets),
    tags: maskTexts(deployed.tags, secrets),
    resources: await Promise.all(deployed.resources.map(record)),
  };
}

async function readByPhysicalId(
  provider: Provider,
  target: StackTarget,
  { logicalId, type, physicalId, status }: StackResource,
): Promise<LiveResource | undefined> {
  if (physicalId === undefined || status === 'DELETE_COMPLETE') return undefined;
  const { name, region, roleArn } = target;
  const as = roleArn === undefined ? {} : { roleArn };
  return provider.readResource({ name, region, ...as, logicalId, type, physicalId, properties: {} });
}

function recordedLive(live: LiveResource, secrets: string[]): Partial<SnapshotResource> {
  switch (live.status) {
    case 'live':
      return { properties: maskSecrets(live.properties, { secrets }), ...(live.partial ? { partial: true } : {}) };
    case 'deleted':
      return { properties: null };
    case 'unreadable':
      return { error: maskText(live.reason, secrets) };
    case 'unsupported':
      return { unsupported: live.reason };
  }
}

function recordedParameter(name: string, { value, resolvedValue }: DeployedParameter, secrets: string[]) {
  const masked = maskName(name, value, secrets);
  return resolvedValue === undefined
    ? masked
    : { value: masked, resolvedValue: maskName(name, resolvedValue, secrets) };
}

function maskTexts(texts: Record<string, string>, secrets: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, maskName(name, value, secrets)]));
}

function maskName(name: string, value: string, secrets: string[]): string {
  return String(maskValue(value, `/${name}`, { secrets }));
}

/** Exports of stacks that are not recorded, and availability zones, which templates may need. */
async function recordSurroundings(
  provider: Provider,
  region: string,
  roleArn: string | undefined,
  recorded: SnapshotRegion,
): Promise<void> {
  const templates = recorded.stacks.map(({ template }) => (typeof template === 'string' ? template : ''));
  if (templates.some((template) => template.includes('ImportValue'))) {
    const owned = new Set(recorded.stacks.flatMap(({ exports }) => Object.keys(exports ?? {})));
    const others = Object.entries(await provider.readExports(region, roleArn)).filter(([name]) => !owned.has(name));
    recorded.exports = { ...recorded.exports, ...maskTexts(Object.fromEntries(others), []) };
  }
  const zones = await provider.availabilityZones?.(region, roleArn);
  if (zones !== undefined) recorded.availabilityZones = zones;
}

/** The account that most stacks are in is the snapshot's; only the others name theirs. */
function settleAccount(stacks: SnapshotStack[]): string | null {
  const counts = new Map<string, number>();
  for (const { account } of stacks) if (account !== undefined) counts.set(account, (counts.get(account) ?? 0) + 1);
  const [common] = [...counts].sort(([, left], [, right]) => right - left)[0] ?? [null];
  for (const stack of stacks) if (stack.account === common) delete stack.account;
  return common;
}

function regionIn(regions: Map<string, SnapshotRegion>, name: string): SnapshotRegion {
  const region = regions.get(name) ?? { stacks: [], unmanaged: [] };
  regions.set(name, region);
  return region;
}

function problemsOf(reason: unknown): readonly Problem[] {
  if (reason instanceof DriftError) return reason.problems;
  throw reason;
}
