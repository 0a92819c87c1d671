import type { ResourceType } from '../../resource-type/resource-type.js';
import type { LiveResource, ResourceRequest } from '../provider.js';
import { getResource } from './cloud-control.js';
import { createDriftDetection, type DriftDetection } from './drift-detection.js';
import { cloudControlIdentifier } from './identifier.js';
import type { TypeLookup } from './resource-types.js';
import type { AwsSession } from './session.js';

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

  return async (request) => {
    if (WITHOUT_STATE.test(request.type)) {
      return { status: 'unsupported', reason: `${request.type} has no live state that AWS could tell` };
    }
    const type = await lookUp(request.type, request);
    if (type === undefined) return detect(request);
    return type.readable ? readModel(session, detect, request, type) : detect(request);
  };
}

async function readModel(
  session: AwsSession,
  detect: DriftDetection,
  request: ResourceRequest,
  type: ResourceType,
): Promise<LiveResource> {
  const { physicalId, properties, region } = request;
  const built = cloudControlIdentifier(type, { physicalId, properties, environment: { region } });
  if ('missing' in built) {
    const detected = await detect(request);
    if (detected.status === 'live' || detected.status === 'deleted') return detected;
    return { status: 'unreadable', reason: `${built.missing} of its identifier is not known; ${detected.reason}` };
  }
  const answer = await getResource(session, request, request.type, built.identifier);
  return answer.status === 'notReadable' ? detect(request) : answer;
}
