import { cloudControlIdentifier, type Identifier } from '../../resource-type/identifier.js';
import type { ResourceType } from '../../resource-type/resource-type.js';
import type { LiveResource, ResourceRequest } from '../provider.js';
import { getResource } from './cloud-control.js';
import { createDriftDetection, type DriftDetection } from './drift-detection.js';
import type { TypeLookup } from './resource-types.js';
import type { AwsSession, Place } from './session.js';

/** Things that only CloudFormation knows: there is no live state to read. */
const WITHOUT_STATE =
  /^(?:Custom::.*|AWS::CloudFormation::(?:CustomResource|Macro|WaitCondition|WaitConditionHandle)|AWS::CDK::Metadata)$/;

/**
 * Makes the reader of live resources: Cloud Control with the resource's identifier; CloudFormation's drift detection
 * where Cloud Control can't read the type or the identifier can't be built.
 * It rejects only with what is wrong beyond one resource (credentials that have expired).
 */
export function createLiveReader(
  session: AwsSession,
  lookUp: TypeLookup,
): (request: ResourceRequest) => Promise<LiveResource> {
  const detect = createDriftDetection(session);
  const accountOf = createAccountLookup(session);

  return async (request) => {
    if (WITHOUT_STATE.test(request.type)) {
      return { status: 'unsupported', reason: `${request.type} has no live state that AWS could tell` };
    }
    const type = await lookUp(request.type, request);
    if (type === undefined) return detect(request);
    return type.readable ? readModel(session, accountOf, detect, request, type) : detect(request);
  };
}

async function readModel(
  session: AwsSession,
  accountOf: AccountLookup,
  detect: DriftDetection,
  request: ResourceRequest,
  type: ResourceType,
): Promise<LiveResource> {
  const built = await identify(accountOf, request, type);
  if ('missing' in built) {
    const detected = await detect(request);
    if (detected.status === 'live' || detected.status === 'deleted') return detected;
    return { status: 'unreadable', reason: `${built.missing} of its identifier is not known; ${detected.reason}` };
  }
  const answer = await getResource(session, request, request.type, built.identifier);
  // An identifier with parts that only Git tells may be that of a resource which has not been deployed yet.
  const doubtful = answer.status === 'deleted' && !built.certain;
  return answer.status === 'notReadable' || doubtful ? detect(request) : answer;
}

/** The account is asked for only where an identifier needs it: an ARN made from a name. */
async function identify(accountOf: AccountLookup, request: ResourceRequest, type: ResourceType): Promise<Identifier> {
  const { physicalId, properties, region } = request;
  const built = cloudControlIdentifier(type, { physicalId, properties, environment: { region } });
  if (!('missing' in built) || type.primaryIdentifier.length > 1) return built;
  const accountId = await accountOf(request);
  if (accountId === undefined) return built;
  return cloudControlIdentifier(type, { physicalId, properties, environment: { region, accountId } });
}

type AccountLookup = (place: Place) => Promise<string | undefined>;

/** Asks for the account of a role once; undefined where that fails. */
function createAccountLookup(session: AwsSession): AccountLookup {
  const asked = new Map<string | undefined, Promise<string | undefined>>();
  return (place) => {
    const account =
      asked.get(place.roleArn) ??
      session
        .sts(place, (client) => client.getCallerIdentity({}))
        .then(
          ({ Account }) => Account,
          () => undefined,
        );
    asked.set(place.roleArn, account);
    return account;
  };
}
