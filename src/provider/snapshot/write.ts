import { DriftError, type Problem } from '../../base/errors.js';
import { accountOfRole } from '../account-of-role.js';
import type { Provider, StackTarget, UnmanagedResource } from '../provider.js';
import { maskTexts, type ReadState, recordStack } from './record-stack.js';
import type { Snapshot, SnapshotRegion, SnapshotStack } from './snapshot.js';

export type { Snapshot } from './snapshot.js';

/**
 * Records stacks: structure, deployed template, live models and what could not be read, with secrets masked as `****`.
 * `own` is the account of the credentials as they are, where something is read without a role; it becomes the snapshot's.
 * Throws a `DriftError` with the problems of all stacks that can't be read; a snapshot never lacks a stack silently.
 */
export async function recordSnapshot<Target extends StackTarget>(
  provider: Provider,
  targets: readonly Target[],
  readState: (target: Target) => Promise<ReadState>,
  own?: string,
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
  const account = settleAccount(
    [...regions.values()].flatMap(({ stacks }) => stacks),
    own,
  );
  for (const [region, recorded] of regions) {
    const roles = new Set(targets.filter((target) => target.region === region).map(({ roleArn }) => roleArn));
    for (const role of roles) await recordSurroundings(provider, { region, role, account }, recorded);
  }
  const byName = [...regions].sort(([left], [right]) => (left < right ? -1 : 1));
  return { snapshotVersion: 1, capturedAt, account, regions: Object.fromEntries(byName) };
}

/** Adds what no stack owns, of the regions that were looked at; secrets in tags are masked. */
export function addUnmanaged(
  snapshot: Snapshot,
  regions: Iterable<string>,
  resources: readonly (UnmanagedResource & { account: string | undefined })[],
): void {
  const recorded = new Map(Object.entries(snapshot.regions));
  for (const region of regions) {
    const own = resources.filter((resource) => resource.region === region);
    regionIn(recorded, region).unmanaged = own.map(({ region: _, account, tags, ...resource }) => ({
      ...(account === undefined || account === snapshot.account ? {} : { account }),
      ...resource,
      tags: maskTexts(tags, []),
    }));
  }
  snapshot.regions = Object.fromEntries([...recorded].sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Exports of stacks that are not recorded, and availability zones, which templates may need. */
async function recordSurroundings(
  provider: Provider,
  { region, role, account }: { region: string; role: string | undefined; account: string | null },
  recorded: SnapshotRegion,
): Promise<void> {
  const whose = accountOfRole(role) ?? account;
  const stacks = recorded.stacks.filter((stack) => (stack.account ?? account) === whose);
  if (stacks.some(({ template }) => typeof template === 'string' && template.includes('ImportValue'))) {
    const owned = new Set(stacks.flatMap(({ exports }) => Object.keys(exports ?? {})));
    const others = Object.entries(await provider.readExports(region, role)).filter(([name]) => !owned.has(name));
    const texts = maskTexts(Object.fromEntries(others), []);
    if (whose === null || whose === account) recorded.exports = texts;
    else if (others.length > 0) recorded.accountExports = { ...recorded.accountExports, [whose]: texts };
  }
  const zones = await provider.availabilityZones?.(region, role);
  if (zones !== undefined) recorded.availabilityZones = zones;
}

/** The snapshot's account: that of the credentials, else the one that most stacks are in; only other stacks name theirs. */
function settleAccount(stacks: SnapshotStack[], own: string | undefined): string | null {
  const counts = new Map<string, number>();
  for (const { account } of stacks) if (account !== undefined) counts.set(account, (counts.get(account) ?? 0) + 1);
  const [common] = [...counts].sort(([, left], [, right]) => right - left)[0] ?? [null];
  const settled = own ?? common;
  for (const stack of stacks) if (stack.account === settled) delete stack.account;
  return settled;
}

function regionIn(regions: Map<string, SnapshotRegion>, name: string): SnapshotRegion {
  const region = regions.get(name) ?? { stacks: [] };
  regions.set(name, region);
  return region;
}

function problemsOf(reason: unknown): readonly Problem[] {
  if (reason instanceof DriftError) return reason.problems;
  throw reason;
}
