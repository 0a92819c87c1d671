import { DriftError } from '../../../base/errors.js';
import type { UnmanagedResource, UnmanagedResources } from '../../cloud.js';
import type { ReadableTypes } from '../../types.js';
import { requestError } from '../errors.js';
import { allPages } from '../pages.js';
import type { Place } from '../place.js';
import { type Identity, inRegion } from '../refused-region.js';
import type { AwsSession } from '../session.js';
import { parseArn } from './arn.js';
import { madeByAws } from './made-by-aws.js';
import { createDescent, type DescentOf } from './orphan.js';
import { type Ownership, ownershipOf, readStacks, type StackContent } from './owned.js';
import { createTypeOfArn } from './types.js';
import { verify } from './verify.js';

export interface UnmanagedReaders {
  session: AwsSession;
  resourceTypes: ReadableTypes;
  identity: Identity;
}

interface Tagged {
  arn: string;
  tags: Record<string, string>;
}

/**
 * Finds what no stack owns: all that the Resource Groups Tagging API tells of (tagged resources, and some that were),
 * without what stacks own, what AWS's services made, and what is gone already. Throws a `DriftError` only when the
 * credentials fail.
 */
export async function findUnmanaged(
  readers: UnmanagedReaders,
  regions: readonly string[],
  roleArn: string | undefined,
): Promise<UnmanagedResources> {
  const { session } = readers;
  const read: RegionContent[] = [];
  const errors: UnmanagedResources['errors'] = [];
  const outcomes = await Promise.allSettled(regions.map((region) => readRegion(readers, { region, roleArn })));
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.status === 'fulfilled') read.push(outcome.value);
    else if (outcome.reason instanceof DriftError) errors.push({ region: regions[index] ?? '', error: outcome.reason });
    else throw outcome.reason;
  }
  const ownership = ownershipOf(
    read.flatMap(({ stacks }) => stacks),
    read.map(({ place }) => place.region),
  );
  const sort = sorter(readers, ownership, createDescent(session, ownership, roleArn));
  const found = await Promise.all(read.flatMap(({ place, tagged }) => tagged.map((resource) => sort(place, resource))));
  return { resources: found.filter((resource) => resource !== undefined), errors };
}

interface RegionContent {
  place: Place;
  stacks: StackContent[];
  tagged: Tagged[];
}

async function readRegion({ session, identity }: UnmanagedReaders, place: Place): Promise<RegionContent> {
  return inRegion(place, identity, async () => {
    const [stacks, tagged] = await Promise.all([
      explained(place, 'read all stacks', () => readStacks(session, place)),
      explained(place, 'list the tagged resources', () => listTagged(session, place)),
    ]);
    return { place, stacks, tagged };
  });
}

/** Tells of one tagged resource whether it is unmanaged; undefined where it is not, or is gone. */
function sorter({ session, resourceTypes }: UnmanagedReaders, ownership: Ownership, descentOf: DescentOf) {
  const typeOf = createTypeOfArn(resourceTypes);
  return async (place: Place, { arn: text, tags }: Tagged): Promise<UnmanagedResource | undefined> => {
    const arn = parseArn(text);
    if (arn === undefined || madeByAws(text, tags) !== undefined) return undefined;
    const type = typeOf(arn);
    if (ownership.owns(arn, type)) return undefined;
    const descent = await descentOf(tags, place.region);
    if (descent === 'living') return undefined;
    const presence = await verify(session, resourceTypes, place, arn, type);
    if (!presence.present) return undefined;
    // Whatever region's stack owns a bucket, its region is the bucket's.
    const isGlobal = arn.region === '' && arn.service !== 's3' && descent === undefined;
    const elsewhere = isGlobal ? `only stacks of ${[...ownership.regions].join(', ')} were looked through` : undefined;
    const doubts = [elsewhere, descent?.doubt, presence.doubt].filter((doubt) => doubt !== undefined);
    return {
      region: place.region,
      type: type ?? (arn.kind === '' ? arn.service : `${arn.service}:${arn.kind}`),
      identifier: presence.identifier,
      arn: text,
      tags,
      ...(descent?.orphan === undefined ? {} : { orphan: descent.orphan }),
      ...(doubts.length === 0 ? {} : { doubt: doubts.join('; ') }),
    };
  };
}

async function listTagged(session: AwsSession, place: Place): Promise<Tagged[]> {
  const mappings = await allPages(async (token) => {
    const page = await session.tagging(place, (client) =>
      client.getResources({ ResourcesPerPage: 100, PaginationToken: token }),
    );
    return { items: page.ResourceTagMappingList, next: page.PaginationToken };
  });
  return mappings.flatMap(({ ResourceARN: arn, Tags: tags = [] }) => {
    const pairs = tags.flatMap(({ Key, Value }) => (Key === undefined ? [] : [[Key, Value ?? ''] as const]));
    return arn === undefined ? [] : [{ arn, tags: Object.fromEntries(pairs) }];
  });
}

async function explained<T>({ region, roleArn }: Place, doing: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw requestError(error, `${doing} of ${region}`, { region, roleArn });
  }
}
