import { insteadOf } from '../../base/closest.js';
import { DriftError } from '../../base/errors.js';
import { groupBy } from '../../base/group.js';
import type { DeployedParameter } from '../../model/deployed.js';
import { accountOfRole } from '../account-of-role.js';
import type {
  DeployedStack,
  LiveResource,
  Provider,
  StackResource,
  StackTarget,
  UnmanagedResource,
  UnmanagedResources,
} from '../cloud.js';
import type { ProviderOptions } from '../options.js';
import type { ReadableTypes } from '../types.js';
import { openSnapshot, type RecordedRegion, type RecordedSnapshot, type RecordedStack } from './recorded.js';
import type { RecordedUnmanaged, SnapshotResource, SnapshotStack } from './snapshot.js';

/**
 * A provider over a recorded snapshot: the same answers, without a cloud.
 * Throws a `DriftError` (code `usage` without a snapshot, `snapshot` for a bad one).
 */
export async function createSnapshotProvider({
  snapshot: source,
  resourceTypes,
}: Pick<ProviderOptions, 'snapshot' | 'resourceTypes'>): Promise<Provider> {
  if (source === undefined) {
    throw new DriftError('usage', [
      {
        code: 'usage-missing',
        message: 'the provider "snapshot" needs a snapshot',
        hint: 'name it with --snapshot <file>',
      },
    ]);
  }
  return snapshotProvider(await openSnapshot(source, resourceTypes), source.path, resourceTypes);
}

function snapshotProvider(snapshot: RecordedSnapshot, path: string, types: ReadableTypes): Provider {
  const resources = new WeakMap<SnapshotStack, Map<string, SnapshotResource>>();
  const regions = new Map<string, RecordedRegion>(Object.entries(snapshot.regions));
  const places = [...regions.keys()].filter((name) => !holdsOnlyZones(regions.get(name)));
  const byName = new Map([...regions].map(([region, { stacks }]) => [region, groupBy(stacks, ({ name }) => name)]));

  function stacksOf(region: string): RecordedStack[] {
    return regions.get(region)?.stacks ?? [];
  }

  function accountOf(stack: Pick<RecordedStack, 'account'>): string | undefined {
    return stack.account ?? snapshot.account ?? undefined;
  }

  /** The account that is read as a role; credentials as they are belong to the snapshot's own. */
  function accountAs(roleArn: string | undefined): string | undefined {
    return accountOfRole(roleArn) ?? snapshot.account ?? undefined;
  }

  /** What was recorded for the account that is read: the snapshot's own, or one of the others. */
  function ofAccount<T>(roleArn: string | undefined, own: T, others: Record<string, T> = {}): T | undefined {
    const account = accountAs(roleArn);
    if (account === undefined || account === snapshot.account) return own;
    return Object.hasOwn(others, account) ? others[account] : undefined;
  }

  /** Whether a role sees a stack; what is not known to be another account's may be any's. */
  function isSeen(stack: RecordedStack, roleArn: string | undefined): boolean {
    const account = accountAs(roleArn);
    return account === undefined || (accountOf(stack) ?? account) === account;
  }

  function stacksAs(region: string, roleArn: string | undefined): RecordedStack[] {
    return stacksOf(region).filter((stack) => isSeen(stack, roleArn));
  }

  /** Stacks of several accounts may share a name; the role tells the account. */
  function find({ name, region, roleArn }: StackTarget): SnapshotStack {
    const stack = byName
      .get(region)
      ?.get(name)
      ?.find((one) => isSeen(one, roleArn));
    if (stack) return stack.read();
    const account = accountOfRole(roleArn);
    const where = account === undefined || account === snapshot.account ? region : `${region}, ${account}`;
    const known = [...regions].flatMap(([of, { stacks }]) => stacks.map((one) => placed(one, of)));
    const hint = insteadOf(name, known, 'recorded stacks');
    throw new DriftError('provider', [
      { code: 'stack-not-found', message: `stack ${name} (${where}) is not in the snapshot`, file: path, hint },
    ]);
  }

  function findResource(stack: SnapshotStack, logicalId: string): SnapshotResource | undefined {
    const indexed = resources.get(stack) ?? new Map(stack.resources.map((one) => [one.logicalId, one]));
    resources.set(stack, indexed);
    return indexed.get(logicalId);
  }

  return {
    name: 'snapshot',
    async connect(roleArn) {
      const account = accountAs(roleArn);
      return account === undefined ? {} : { account };
    },
    async defaultRegion() {
      return places.length === 1 ? places[0] : undefined;
    },
    async regions() {
      return places;
    },
    async listStacks(region, roleArn) {
      const stacks = stacksAs(region, roleArn);
      const nested = new Set(stacks.flatMap((stack) => stack.nested));
      return stacks.map(({ name, id = name }) => ({
        name,
        region,
        ...(roleArn === undefined ? {} : { roleArn }),
        ...(nested.has(id) || nested.has(name) ? { nested: true } : {}),
      }));
    },
    async readStack(target) {
      return deployedStack(target, find(target), accountOf(find(target)));
    },
    async listResources(target) {
      return find(target).resources.map(stackResource);
    },
    async recordedOwners(region, roleArn) {
      const account = accountAs(roleArn);
      return regions.get(region)?.owners?.find((one) => (one.account ?? snapshot.account ?? undefined) === account);
    },
    async readTemplate(target) {
      return templateText(find(target).template);
    },
    async readProcessedTemplate(target) {
      return templateText(find(target).processedTemplate);
    },
    async readResource(request) {
      return liveResource(findResource(find(request), request.logicalId), request.type, types);
    },
    async readExports(region, roleArn) {
      const recorded = regions.get(region);
      const others = ofAccount(roleArn, recorded?.exports, recorded?.accountExports);
      const exports = [others, ...stacksAs(region, roleArn).map((stack) => stack.exports)];
      return Object.fromEntries(exports.flatMap((some) => Object.entries(some ?? {})));
    },
    async availabilityZones(region, roleArn) {
      const recorded = regions.get(region);
      const zones = ofAccount(roleArn, recorded?.availabilityZones, recorded?.accountAvailabilityZones);
      if (zones === undefined) return { reason: 'they are not in the snapshot' };
      return Array.isArray(zones) ? { zones } : { reason: zones.error };
    },
    async findUnmanaged(wanted, roleArn) {
      const account = accountAs(roleArn);
      const found: UnmanagedResources = { resources: [], errors: [] };
      for (const region of wanted) {
        const recorded = regions.get(region)?.unmanaged;
        if (recorded === undefined) found.errors.push({ region, error: notRecorded(region, path) });
        const own = (recorded ?? []).filter((one) => (one.account ?? snapshot.account ?? undefined) === account);
        found.resources.push(...own.map((one) => unmanagedResource(one, region)));
      }
      return found;
    },
  };
}

/** A region that templates of other regions ask for the zones of, and where nothing was read otherwise. */
function holdsOnlyZones(region: RecordedRegion | undefined): boolean {
  const { stacks = [], unmanaged, availabilityZones, accountAvailabilityZones } = region ?? {};
  const hasZones = availabilityZones !== undefined || accountAvailabilityZones !== undefined;
  return hasZones && stacks.length === 0 && unmanaged === undefined;
}

function notRecorded(region: string, file: string): DriftError {
  const hint = 'record them with: gitops-drift snapshot --unmanaged -o <file>';
  const message = `unmanaged resources of ${region} are not in the snapshot`;
  return new DriftError('snapshot', [{ code: 'snapshot-incomplete', message, file, hint }]);
}

function unmanagedResource(recorded: RecordedUnmanaged, region: string): UnmanagedResource {
  const { type, identifier, arn = identifier, tags = {}, orphan, doubt } = recorded;
  const known = { ...(orphan === undefined ? {} : { orphan }), ...(doubt === undefined ? {} : { doubt }) };
  return { region, type, identifier, arn, tags, ...known };
}

function deployedStack(target: StackTarget, stack: SnapshotStack, account: string | undefined): DeployedStack {
  const parameters = Object.entries(stack.parameters ?? {}).map(([name, told]): [string, DeployedParameter] => [
    name,
    typeof told === 'object' ? told : { value: String(told) },
  ]);
  return {
    name: target.name,
    region: target.region,
    ...(target.roleArn === undefined ? {} : { roleArn: target.roleArn }),
    ...(stack.id === undefined ? {} : { id: stack.id }),
    ...(account === undefined ? {} : { account }),
    ...(stack.status === undefined ? {} : { status: stack.status }),
    parameters: Object.fromEntries(parameters),
    outputs: stack.outputs ?? {},
    ...(stack.exports === undefined ? {} : { exports: stack.exports }),
    tags: stack.tags ?? {},
    resources: stack.resources.map(stackResource),
  };
}

function stackResource({ logicalId, type, physicalId, status }: SnapshotResource): StackResource {
  return {
    logicalId,
    type,
    ...(physicalId == null ? {} : { physicalId }),
    ...(status === undefined ? {} : { status }),
  };
}

function liveResource(resource: SnapshotResource | undefined, type: string, types: ReadableTypes): LiveResource {
  if (resource?.error !== undefined) return { status: 'unreadable', reason: resource.error };
  if (resource?.unsupported !== undefined) return { status: 'unsupported', reason: resource.unsupported };
  if (resource?.properties === undefined) {
    const reason = types.withoutState(type);
    if (reason !== undefined) return { status: 'unsupported', reason };
    return { status: 'unreadable', reason: 'its live state is not in the snapshot' };
  }
  if (resource.properties === null) return { status: 'deleted' };
  return { status: 'live', properties: resource.properties, ...(resource.partial ? { partial: true } : {}) };
}

function placed({ name, account }: RecordedStack, region: string): string {
  return `${name} (${account === undefined ? region : `${region}, ${account}`})`;
}

function templateText(template: SnapshotStack['template']): string | undefined {
  return typeof template === 'string' || template == null ? (template ?? undefined) : JSON.stringify(template);
}
