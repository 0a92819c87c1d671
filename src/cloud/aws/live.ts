import type { ResourceType } from '../../compare/resource-type.js';
import type { LiveResource, ResourceRequest } from '../cloud.js';
import type { Identifier, ReadableTypes } from '../types.js';
import type { AccountLookup } from './account.js';
import { getResource } from './cloud-control.js';
import type { DriftDetection } from './drift-detection.js';
import type { TypeLookup } from './resource-types.js';
import type { AwsSession } from './session.js';
import type { TypeListing } from './type-listing.js';

/** Ways to learn about one resource. */
export interface Readers {
  types: ReadableTypes;
  session: AwsSession;
  lookUp: TypeLookup;
  detect: DriftDetection;
  isListed: TypeListing;
  accountOf: AccountLookup;
}

/**
 * Reads a resource by Cloud Control; by CloudFormation's drift detection where Cloud Control can't read the type or the
 * identifier can't be built. What Cloud Control does not find is deleted only by a second witness, since its handlers say
 * "not found" for other reasons as well.
 * Rejects only with what is wrong beyond one resource (credentials that have expired).
 */
export async function readLive(readers: Readers, request: ResourceRequest): Promise<LiveResource> {
  const reason = readers.types.withoutState(request.type);
  if (reason !== undefined) return { status: 'unsupported', reason };
  const { session, lookUp, detect } = readers;
  const type = await lookUp(request.type, request);
  if (type === undefined || !type.readable) return detect(request);
  const built = await identify(readers, request, type);
  if ('missing' in built) return secondWitness(readers, request, `${built.missing} of its identifier is not known`);
  const answer = await getResource(session, request, request.type, built.identifier);
  if (answer.status === 'notReadable') return detect(request);
  if (answer.status !== 'deleted') return answer;
  const doubt = `Cloud Control finds no ${request.type} ${built.identifier}`;
  const detected = await secondWitness(readers, request, doubt);
  // Parts that only Git tells may be those of a resource that has not been deployed yet: no list has that one.
  if (detected.status !== 'unreadable' || !built.certain) return detected;
  return thirdWitness(readers, request, built.identifier, detected.reason);
}

/** Drift detection, which knows the resource by its logical ID; if that can't tell either, `doubt` is the reason. */
async function secondWitness({ detect }: Readers, request: ResourceRequest, doubt: string): Promise<LiveResource> {
  const detected = await detect(request);
  if (detected.status === 'live' || detected.status === 'deleted') return detected;
  return { status: 'unreadable', reason: `${doubt}; ${detected.reason}` };
}

/** The list of all resources of the type, complete and without this one; `doubt`: why that is asked for. */
async function thirdWitness(
  { isListed }: Readers,
  request: ResourceRequest,
  identifier: string,
  doubt: string,
): Promise<LiveResource> {
  const listed = await isListed(request, request.type, identifier);
  if ('reason' in listed) return { status: 'unreadable', reason: `${doubt}; ${listed.reason}` };
  return listed.isListed ? { status: 'unreadable', reason: `${doubt}; it lists it, though` } : { status: 'deleted' };
}

/** The account is asked for only where an identifier can't be built without it (an ARN made from a name). */
async function identify(
  { types, accountOf }: Readers,
  request: ResourceRequest,
  type: ResourceType,
): Promise<Identifier> {
  const { physicalId, properties, region } = request;
  const built = types.identifier(type, { physicalId, properties, environment: { region } });
  if (!('missing' in built)) return built;
  const accountId = await accountOf(request).catch(() => undefined);
  if (accountId === undefined) return built;
  return types.identifier(type, { physicalId, properties, environment: { region, accountId } });
}
