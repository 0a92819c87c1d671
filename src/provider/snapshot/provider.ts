import { DriftError } from '../../errors.js';
import { groupBy } from '../../report/group.js';
import type {
  DeployedParameter,
  DeployedStack,
  LiveResource,
  Provider,
  StackTarget,
  UnmanagedResource,
  UnmanagedResources,
} from '../provider.js';
import { openSnapshot, type RecordedRegion, type RecordedSnapshot, type RecordedStack } from './recorded.js';
import type { RecordedUnmanaged, SnapshotResource, SnapshotStack } from './snapshot.js';

/**
 * A provider over a recorded snapshot: the same answers, without a cloud.
 * Throws a `DriftError` (code `usage` without a snapshot, `snapshot` for a bad one).
 */
export async function createSnapshotProvider(
  source: { path: string; text: string | Buffer } | undefined,
): Promise<Provider> {
  if (source === undefined) {
    throw new DriftError('usage', [
      { message: 'the provider "snapshot" needs a snapshot', hint: 'name it with --snapshot <file>' },
    ]);
  }
  return snapshotProvider(await openSnapshot(source), source.path);
}

function snapshotProvider(snapshot: RecordedSnapshot, path: string): Provider {
  const resources = new WeakMap<SnapshotStack, Map<string, SnapshotResource>>();
  const regions = new Map<string, RecordedRegion>(Object.entries(snapshot.regions));
  const byName = new Map([...regions].map(([region, { stacks }]) => [region, groupBy(stacks, ({ name }) => name)]));

  function stacksOf(region: string): RecordedStack[] {
    return regions.get(region)?.stacks ?? [];
  }

  function accountOf(stack: Pick<RecordedStack, 'account'>): string | undefined {
    return stack.account ?? snapshot.account ?? undefined;
  }

  /** Stacks of several accounts may share a name; then the role tells the account. */
  function find(target: StackTarget): SnapshotStack {
    const named = byName.get(target.region)?.get(target.name) ?? [];
    const account = accountOfRole(target.roleArn);
    const stack = named.find((one) => accountOf(one) === account) ?? named[0];
    if (stack) return stack.read();
    const hint = `recorded are: ${[...regions].flatMap(([region, { stacks }]) => stacks.map(({ name }) => `${name} (${region})`)).join(', ') || 'no stacks'}`;
    throw new DriftError('provider', [
      { message: `stack ${target.name} (${target.region}) is not in the snapshot`, file: path, hint },
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
      const ofRole = accountOfRole(roleArn);
      const isRecorded = [...regions.values()].some(({ stacks }) =>
        stacks.some((stack) => accountOf(stack) === ofRole),
      );
      const account = isRecorded ? ofRole : (snapshot.account ?? undefined);
      return account === undefined ? {} : { account };
    },
    async defaultRegion() {
      return regions.size === 1 ? [...regions.keys()][0] : undefined;
    },
    async regions() {
      return [...regions.keys()];
    },
    async listStacks(region, roleArn) {
      const nested = new Set(stacksOf(region).flatMap((stack) => stack.nested));
      return stacksOf(region).map(({ name, id = name }) => ({
        name,
        region,
        ...(roleArn === undefined ? {} : { roleArn }),
        ...(nested.has(id) || nested.has(name) ? { nested: true } : {}),
      }));
    },
    async readStack(target) {
      return deployedStack(target, find(target), accountOf(find(target)));
    },
    async readTemplate(target) {
      const { template } = find(target);
      return typeof template === 'string' || template == null ? (template ?? undefined) : JSON.stringify(template);
    },
    async readResource(request) {
      return liveResource(findResource(find(request), request.logicalId));
    },
    async readExports(region) {
      const exports = [regions.get(region)?.exports, ...stacksOf(region).map((stack) => stack.exports)];
      return Object.fromEntries(exports.flatMap((some) => Object.entries(some ?? {})));
    },
    async availabilityZones(region) {
      return regions.get(region)?.availabilityZones;
    },
    async findUnmanaged(wanted, roleArn) {
      const account = accountOfRole(roleArn) ?? snapshot.account ?? undefined;
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

function notRecorded(region: string, file: string): DriftError {
  const hint = 'record them with: gitops-drift snapshot --unmanaged -o <file>';
  const message = `unmanaged resources of ${region} are not in the snapshot`;
  return new DriftError('snapshot', [{ message, file, hint }]);
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
    resources: stack.resources.map(({ logicalId, type, physicalId, status }) => ({
      logicalId,
      type,
      ...(physicalId == null ? {} : { physicalId }),
      ...(status === undefined ? {} : { status }),
    })),
  };
}

function liveResource(resource: SnapshotResource | undefined): LiveResource {
  if (resource?.error !== undefined) return { status: 'unreadable', reason: resource.error };
  if (resource?.unsupported !== undefined) return { status: 'unsupported', reason: resource.unsupported };
  if (resource?.properties === undefined)
    return { status: 'unreadable', reason: 'its live state is not in the snapshot' };
  if (resource.properties === null) return { status: 'deleted' };
  return { status: 'live', properties: resource.properties, ...(resource.partial ? { partial: true } : {}) };
}

function accountOfRole(roleArn: string | undefined): string | undefined {
  return roleArn?.split(':')[4];
}
