import type { ResourceType } from '../compare/resource-type.js';
import type { ResourceTypes, TypeSystem } from '../compare/types.js';
import type { PlainObject } from '../value/value.js';

/** What a provider asks of the types that it reads; it is given when the provider is made. */
export interface ReadableTypes extends ResourceTypes, Pick<TypeSystem, 'childKindsOf'> {
  /** Why there is nothing to read of a type at all; undefined where there is. */
  withoutState(type: string): string | undefined;
  /** Whether a resource of a type is a stack of its own. */
  isNestedStack(type: string): boolean;
  /** The transform that makes other resources of those of a type, which are deployed instead; undefined for most. */
  transformOf(type: string): string | undefined;
  /** What Cloud Control calls a resource. */
  identifier(type: ResourceType, request: IdentifierRequest): Identifier;
  /** What a registry's schema says. Throws a `DriftError` (code `provider`) where it is none. */
  fromSchema(schema: unknown): ResourceType;
}

/**
 * `certain`: every part is in the physical ID, so that "not found" means deleted. Otherwise parts are taken from what
 * Git declares, which may not be deployed yet: "not found" then needs another witness.
 * `missing` names the property that isn't known.
 */
export type Identifier = { identifier: string; certain: boolean } | { missing: string };

/** What tells a resource's identifier: CloudFormation's physical ID, what Git declares, and where it is deployed. */
export interface IdentifierRequest {
  physicalId: string;
  /** Evaluated properties; leaves may be unresolved. */
  properties: PlainObject;
  environment: { region: string; accountId?: string; partition?: string };
}
