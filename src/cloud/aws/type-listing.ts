import { credentialsProblem, reasonOf } from './errors.js';
import { allPages } from './pages.js';
import type { Place } from './place.js';
import type { AwsSession } from './session.js';

/** Whether an account and region have a resource of a type, by the list of all; or why that can't be told. */
export type Listed = { isListed: boolean } | { reason: string };

/** Looks for an identifier in the list of all resources of a type, which is read once. Rejects only for bad credentials. */
export type TypeListing = (place: Place, type: string, identifier: string) => Promise<Listed>;

/** A list that goes on longer is not waited for: AWS gives up to 100 resources a page. */
const MOST_PAGES = 100;

/** Cloud Control's lists of types (https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_ListResources.html). */
export function createTypeListing(session: AwsSession): TypeListing {
  const lists = new Map<string, Promise<ReadonlySet<string>>>();

  async function read(place: Place, type: string): Promise<ReadonlySet<string>> {
    const all = await allPages(async (token) => {
      const { ResourceDescriptions: items, NextToken: next } = await session.cloudControl(place, (client) =>
        client.listResources({ TypeName: type, ...(token === undefined ? {} : { NextToken: token }) }),
      );
      return { items, next };
    }, MOST_PAGES);
    return new Set(all.flatMap(({ Identifier: identifier }) => identifier?.toLowerCase() ?? []));
  }

  return async (place, type, identifier) => {
    const key = `${place.region} ${place.roleArn ?? ''} ${type}`;
    const reading = lists.get(key) ?? read(place, type);
    lists.set(key, reading);
    try {
      return { isListed: (await reading).has(identifier.toLowerCase()) };
    } catch (error) {
      const problem = credentialsProblem(error, place);
      if (problem) throw problem;
      return { reason: reasonOf(error) };
    }
  };
}
