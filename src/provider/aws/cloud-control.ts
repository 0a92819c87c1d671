import type { LiveResource } from '../provider.js';
import { credentialsProblem, errorName, reasonOf } from './errors.js';
import { parseModel } from './model.js';
import type { Place } from './place.js';
import type { AwsSession } from './session.js';

/** `notReadable`: Cloud Control has no way to read the type; CloudFormation's drift detection may have one. */
export type CloudControlAnswer = LiveResource | { status: 'notReadable'; reason: string };

/** Errors that concern the type, not the resource. */
const NOT_READABLE = new Set(['UnsupportedActionException', 'TypeNotFoundException', 'PrivateTypeException']);

/**
 * The live model of the resource with this identifier. It is deleted only when Cloud Control says
 * `ResourceNotFoundException`; handlers that fail with "not found" in their text may have lost something else.
 * Rejects only with what is wrong beyond this resource (credentials).
 */
export async function getResource(
  session: AwsSession,
  place: Place,
  type: string,
  identifier: string,
): Promise<CloudControlAnswer> {
  try {
    const { ResourceDescription: description } = await session.cloudControl(place, (client) =>
      client.getResource({ TypeName: type, Identifier: identifier }),
    );
    const properties = parseModel(description?.Properties);
    return properties
      ? { status: 'live', properties }
      : { status: 'unreadable', reason: "AWS's answer holds no model" };
  } catch (error) {
    const problem = credentialsProblem(error, place);
    if (problem) throw problem;
    const name = errorName(error);
    if (name === 'ResourceNotFoundException') return { status: 'deleted' };
    return { status: NOT_READABLE.has(name) ? 'notReadable' : 'unreadable', reason: reasonOf(error) };
  }
}
