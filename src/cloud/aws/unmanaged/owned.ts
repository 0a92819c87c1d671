import type { Place } from '../place.js';
import type { AwsSession } from '../session.js';
import { listResources, listStackSummaries } from '../stacks.js';
import { type Arn, lastPart } from './arn.js';
import { isOfService } from './types.js';

/** What the stacks of an account own, over all regions that were looked through. */
export interface Ownership {
  /** Whether a resource, of this type where that is known, is one of a stack's. */
  owns(arn: Arn, type: string | undefined): boolean;
  /** Logical IDs of a living stack, by its ARN, or by region and name. */
  logicalIdsOf(stack: { id: string | undefined; name: string | undefined; region: string }): Set<string> | undefined;
  regions: ReadonlySet<string>;
}

interface OwnedResource {
  type: string;
  region: string;
}

/** A stack as far as owning goes. */
export interface StackContent {
  id: string | undefined;
  name: string;
  region: string;
  resources: { logicalId: string; type: string; physicalId: string }[];
}

/** Reads all stacks of a region, nested ones included, with their resources. Rejects with the SDK's error. */
export async function readStacks(session: AwsSession, place: Place): Promise<StackContent[]> {
  const stacks = await listStackSummaries(session, place);
  const contents = stacks.map(async ({ StackName: name = '', StackId: id }): Promise<StackContent[]> => {
    try {
      const resources = await listResources(session, { ...place, name: id ?? name });
      return [{ id, name, region: place.region, resources: resources.flatMap(ownedResource) }];
    } catch (error) {
      // Deleted since it was listed: it owns nothing any more.
      if (error instanceof Error && /\bdoes not exist\b/.test(error.message)) return [];
      throw error;
    }
  });
  return (await Promise.all(contents)).flat();
}

function ownedResource(summary: Awaited<ReturnType<typeof listResources>>[number]) {
  const { LogicalResourceId: logicalId, ResourceType: type, PhysicalResourceId: physicalId } = summary;
  if (logicalId === undefined || type === undefined || summary.ResourceStatus === 'DELETE_COMPLETE') return [];
  return [{ logicalId, type, physicalId: physicalId ?? '' }];
}

/** Makes the stacks of some regions answer whose a resource is. */
export function ownershipOf(stacks: readonly StackContent[], regions: readonly string[]): Ownership {
  const owned = new Map<string, OwnedResource[]>();
  const byId = new Map<string, Set<string>>();
  for (const { id, name, region, resources } of stacks) {
    const logicalIds = new Set(resources.map(({ logicalId }) => logicalId));
    byId.set(`${region} ${name}`, logicalIds);
    if (id !== undefined) byId.set(id, logicalIds);
    for (const { type, physicalId } of resources) {
      for (const name of namesOf(physicalId)) owned.set(name, [...(owned.get(name) ?? []), { type, region }]);
    }
  }
  return {
    regions: new Set(regions),
    logicalIdsOf: ({ id, name, region }) =>
      (id === undefined ? undefined : byId.get(id)) ?? (id === undefined ? byId.get(`${region} ${name}`) : undefined),
    owns(arn, type) {
      if (owned.has(arn.text)) return true;
      return [arn.id, lastPart(arn), ...variantsOf(arn)].some((name) =>
        owned.get(name)?.some((resource) => isSame(resource, arn, type)),
      );
    },
  };
}

/** A name is one of many: it counts for a resource of the same service, type and region. */
function isSame(resource: OwnedResource, { service, region }: Arn, type: string | undefined): boolean {
  if (region !== '' && region !== resource.region) return false;
  return type === resource.type || (isOfService(resource.type, service) && !isOther(type, resource.type));
}

/** Types of one service that are as far apart as a table and a stream; unknown and related ones may be the same. */
function isOther(type: string | undefined, owned: string): boolean {
  if (type === undefined) return false;
  const [namespace, name] = type.split('::').slice(1);
  const [ownedNamespace, ownedName] = owned.split('::').slice(1);
  return namespace === ownedNamespace && name !== ownedName && !RELATED.has(ownedName ?? '');
}

/** Types that are deployed as another type's resources. */
const RELATED = new Set(['GlobalTable', 'ReplicationGroup']);

/** Physical IDs are ARNs, names, URLs, paths or several of them joined. */
function namesOf(physicalId: string): string[] {
  if (physicalId === '') return [];
  if (/^https?:/.test(physicalId)) return [physicalId, physicalId.split('/').at(-1) ?? ''];
  return [...new Set([physicalId, ...physicalId.split('|'), physicalId.replace(/^\//, '')])];
}

/** Log groups' ARNs end in `:*`, those of a replication group's members in a number; names may begin with a slash. */
function variantsOf({ service, kind, id }: Arn): string[] {
  const plain = id.replace(/:\*$/, '');
  const group = service === 'elasticache' && kind === 'cluster' ? [id.replace(/(?:-\d{4})?-\d{3}$/, '')] : [];
  return [plain, `/${plain}`, ...group];
}
