import type { ResourceType } from '../../compare/resource-type.js';
import type { ReadableTypes } from '../types.js';
import type { Place } from './place.js';
import type { AwsSession } from './session.js';

/** Finds what is known of a type in a place. Never rejects. */
export type TypeLookup = (name: string, place: Place) => Promise<ResourceType | undefined>;

/**
 * Looks in the index, then, once a type and place, in the place's registry (`DescribeType`): for private and third-party
 * types, and for those that are newer than the index. A denial is as good as not knowing the type.
 */
export function createTypeLookup(session: AwsSession, types: ReadableTypes): TypeLookup {
  const described = new Map<string, Promise<ResourceType | undefined>>();

  async function describe(name: string, place: Place): Promise<ResourceType | undefined> {
    try {
      const { Schema: schema } = await session.cloudFormation(place, (client) =>
        client.describeType({ Type: 'RESOURCE', TypeName: name }),
      );
      return schema === undefined ? undefined : types.fromSchema(JSON.parse(schema));
    } catch {
      return undefined;
    }
  }

  return async (name, place) => {
    const known = types.get(name);
    // Custom resources are in no registry.
    if (known || name.startsWith('Custom::')) return known;
    const key = `${name} ${place.region} ${place.roleArn ?? ''}`;
    const asked = described.get(key) ?? describe(name, place);
    described.set(key, asked);
    return asked;
  };
}
