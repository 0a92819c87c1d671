import type { Identifier, IdentifierRequest } from '../../../cloud/types.js';
import type { ResourceType } from '../../../compare/resource-type.js';
import { type PlainObject, valueAt } from '../../../value/value.js';
import { partRule } from './identifier-parts.js';

/**
 * Builds the identifier that Cloud Control asks for: the values of the schema's `primaryIdentifier`, joined by `|`
 * (https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-identifier.html). CloudFormation's physical ID
 * is that for most types; for others it is one part of it (API Gateway, Cognito, SSM), a name where an ARN is asked
 * for, or the reverse. Never guesses.
 */
export function cloudControlIdentifier(type: ResourceType, request: IdentifierRequest): Identifier {
  const parts =
    type.primaryIdentifier.length > 1
      ? compoundParts(type, request)
      : singlePart(type, type.primaryIdentifier[0], request);
  if (!Array.isArray(parts)) return parts;
  return { identifier: parts.join('|'), certain: parts.every((part) => request.physicalId.includes(part)) };
}

type Parts = string[] | { missing: string };

function singlePart(type: ResourceType, path: string | undefined, request: IdentifierRequest): Parts {
  if (path === undefined) return { missing: 'primaryIdentifier' };
  const rule = partRule(type.name, path);
  if (rule) return known([path], [rule(request, declaredText(request.properties, path))]);
  if (!ASKS_FOR_ARN.test(path) || ARN.test(request.physicalId)) return [request.physicalId];
  // A name or ID where an ARN is asked for: only a declared ARN helps.
  const declared = declaredText(request.properties, path);
  return known([path], [declared !== undefined && ARN.test(declared) ? declared : undefined]);
}

const ASKS_FOR_ARN = /arn$/i;
const ARN = /^arn:/;

function compoundParts(type: ResourceType, request: IdentifierRequest): Parts {
  const { physicalId, properties } = request;
  const paths = type.primaryIdentifier;
  const written = physicalId.split('|');
  if (written.length === paths.length) return written;
  const parts = paths.map((path) => {
    const declared = declaredText(properties, path);
    return partRule(type.name, path)?.(request, declared) ?? declared;
  });
  // The one part that nothing else tells is the resource's own ID or generated name: the physical ID.
  const unknown = parts.filter((part) => part === undefined).length;
  if (unknown === 1 && !parts.includes(physicalId)) return parts.map((part) => part ?? physicalId);
  return known(paths, parts);
}

function known(paths: readonly string[], parts: readonly (string | undefined)[]): Parts {
  const missing = paths.find((_, index) => parts[index] === undefined);
  return missing === undefined ? parts.filter((part) => part !== undefined) : { missing: missing.slice(1) };
}

/** The declared value at a path as text; undefined for one that is absent, unresolved or no scalar. */
function declaredText(properties: PlainObject, path: string): string | undefined {
  const value = valueAt(properties, path);
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
