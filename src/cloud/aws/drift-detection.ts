import type { StackResourceDrift } from '@aws-sdk/client-cloudformation';
import type { LiveResource, ResourceRequest } from '../cloud.js';
import { credentialsProblem, errorName, reasonOf } from './errors.js';
import { parseModel } from './model.js';
import type { AwsSession } from './session.js';

/** Reads a resource by CloudFormation's own drift detection: only its declared properties, but also types that Cloud Control can't read. */
export type DriftDetection = (request: ResourceRequest) => Promise<LiveResource>;

/**
 * CloudFormation runs one detection a stack at a time, so the resources of a stack are asked for one after the other.
 * Rejects only with what is wrong beyond this resource (credentials).
 */
export function createDriftDetection(session: AwsSession): DriftDetection {
  const queues = new Map<string, Promise<unknown>>();

  async function detect(request: ResourceRequest): Promise<LiveResource> {
    try {
      const { StackResourceDrift: drift } = await session.cloudFormation(request, (client) =>
        client.detectStackResourceDrift({ StackName: request.name, LogicalResourceId: request.logicalId }),
      );
      return liveFrom(request, drift);
    } catch (error) {
      const problem = credentialsProblem(error, request);
      if (problem) throw problem;
      return { status: isUnsupported(error) ? 'unsupported' : 'unreadable', reason: reasonOf(error) };
    }
  }

  return (request) => {
    const key = `${request.region} ${request.roleArn ?? ''} ${request.name}`;
    const before = queues.get(key) ?? Promise.resolve();
    const detection = before.then(() => detect(request));
    queues.set(
      key,
      detection.catch(() => {}),
    );
    return detection;
  };
}

function liveFrom({ type, logicalId }: ResourceRequest, drift: StackResourceDrift | undefined): LiveResource {
  const { LogicalResourceId: other = logicalId } = drift ?? {};
  if (other !== logicalId) return { status: 'unreadable', reason: `drift detection answered for ${other}` };
  switch (drift?.StackResourceDriftStatus) {
    case 'IN_SYNC':
    case 'MODIFIED': {
      const properties = parseModel(drift.ActualProperties);
      if (properties) return { status: 'live', properties, partial: true };
      return { status: 'unreadable', reason: 'drift detection did not tell the actual properties' };
    }
    case 'DELETED':
      return { status: 'deleted' };
    case 'NOT_CHECKED':
    case 'UNSUPPORTED':
      return {
        status: 'unsupported',
        reason: `neither Cloud Control nor CloudFormation's drift detection reads ${type}`,
      };
    default:
      return { status: 'unreadable', reason: 'drift detection could not tell (status UNKNOWN)' };
  }
}

/** The API's documentation names no error for types that drift detection does not take; CloudFormation says so in the text. */
function isUnsupported(error: unknown): boolean {
  return errorName(error) === 'ValidationError' && error instanceof Error && /not support/i.test(error.message);
}
