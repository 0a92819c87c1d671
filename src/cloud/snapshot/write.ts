import { DriftError, type Problem } from '../../base/errors.js';
import type { ZonesAnswer } from '../../model/deployed.js';
import { maskSecrets, maskText } from '../../secrets/mask.js';
import type { SecretPlaces } from '../../secrets/types.js';
import { accountOfRole } from '../account-of-role.js';
import type { Provider, RecordedOwners, StackTarget, UnmanagedResource } from '../cloud.js';
import { maskTexts, type ReadState, recordStack } from './record-stack.js';
import type { RecordedOwner, Snapshot, SnapshotRegion, SnapshotStack } from './snapshot.js';

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
  const outcomes = await Promise.allSettled(
    targets.map(async (target) => {
      const state = await readState(target);
      return { target, zones: state.zones, stack: await recordStack(provider, target, state) };
    }),
  );
  const recorded = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const problems = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? problemsOf(outcome.reason) : []));
  const regions = new Map<string, SnapshotRegion>();
  if (problems.length > 0) throw new DriftError('provider', problems);
  for (const { target, stack } of recorded) regionIn(regions, target.region).stacks.push(stack);
  const account = settleAccount(
    recorded.map(({ stack }) => stack),
    own,
  );
  for (const [name, region] of regions) {
    const roles = new Set(targets.filter((target) => target.region === name).map(({ roleArn }) => roleArn));
    for (const role of roles) await recordExports(provider, { region: name, role, account }, region);
  }
  for (const { target, zones } of recorded) {
    const whose = accountOfRole(target.roleArn) ?? account;
    for (const [region, answer] of zones)
      recordZones(regionIn(regions, region), whose === account ? null : whose, answer);
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

/** Adds what was learned of resources that put something into others, secrets masked. */
export function addOwners(snapshot: Snapshot, learned: readonly LearnedOwners[], types: SecretPlaces): void {
  for (const { region, roleArn, resources, unread } of learned) {
    const account = accountOfRole(roleArn) ?? snapshot.account;
    const recorded = snapshot.regions[region];
    if (recorded === undefined || (resources.length === 0 && unread === undefined)) continue;
    const owners: RecordedOwner = {
      ...(account === null || account === snapshot.account ? {} : { account }),
      resources: resources.map((one) => ({ ...one, properties: maskSecrets(one.properties, { types, ...one }) })),
      ...(unread === undefined ? {} : { unread: maskText(unread, []) }),
    };
    recorded.owners = [...(recorded.owners ?? []), owners];
  }
}

/** What was looked for in an account and region. */
export interface LearnedOwners extends RecordedOwners {
  region: string;
  roleArn?: string | undefined;
}

/** Exports of stacks that are not recorded, which templates may need. */
async function recordExports(
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
}

/** Zones of an account, null for the snapshot's own; what one of several roles may read is not forgotten for another. */
function recordZones(recorded: SnapshotRegion, account: string | null, answer: ZonesAnswer): void {
  const before = account === null ? recorded.availabilityZones : recorded.accountAvailabilityZones?.[account];
  if (Array.isArray(before)) return;
  const zones = 'zones' in answer ? answer.zones : { error: maskText(answer.reason, []) };
  if (account === null) recorded.availabilityZones = zones;
  else recorded.accountAvailabilityZones = { ...recorded.accountAvailabilityZones, [account]: zones };
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
