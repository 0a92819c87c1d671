import type { JsonObject } from '../../base/json.js';
import type { LiveResource } from '../cloud.js';
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
    const { TypeName: told, ResourceDescription: description } = await session.cloudControl(place, (client) =>
      client.getResource({ TypeName: type, Identifier: identifier }),
    );
    if (told !== undefined && told !== type) return { status: 'unreadable', reason: `AWS answered for a ${told}` };
    const properties = parseModel(description?.Properties);
    if (properties === undefined) return { status: 'unreadable', reason: "AWS's answer holds no model" };
    const other = description?.Identifier;
    return isAnswerFor(identifier, other, properties)
      ? { status: 'live', properties }
      : { status: 'unreadable', reason: `AWS answered for another resource, ${other}` };
  } catch (error) {
    const problem = credentialsProblem(error, place);
    if (problem) throw problem;
    const name = errorName(error);
    if (name === 'ResourceNotFoundException') return { status: 'deleted' };
    return { status: NOT_READABLE.has(name) ? 'notReadable' : 'unreadable', reason: reasonOf(error) };
  }
}

/** Services may spell an identifier in another way, by its ARN, say; then what was asked for is among what identifies it. */
function isAnswerFor(asked: string, told: string | undefined, properties: JsonObject): boolean {
  if (told === undefined || told.toLowerCase() === asked.toLowerCase()) return true;
  const values = Object.values(properties).filter((value) => typeof value === 'string' || typeof value === 'number');
  const known = new Set([...values.map((value) => String(value).toLowerCase()), ...told.toLowerCase().split(/[|/:]/)]);
  return asked
    .toLowerCase()
    .split('|')
    .every((part) => known.has(part) || [...known].some((value) => value.endsWith(part)));
}
