import { requiredActions } from '../cloud/aws/iam/required-actions.js';
import type { Provider } from '../cloud/cloud.js';
import type { Place } from '../cloud/place.js';
import { accessChecks } from './access.js';
import { type Check, failures, ok } from './check.js';
import type { Accounts } from './connections.js';
import type { Purposes } from './purposes.js';

/** A region that can be asked, and what is denied there. */
export interface OpenPlace extends Place {
  denied: ReadonlySet<string>;
}

/** What is asked of a region, whatever stacks are in it. */
export function actionsOfPlace({ findsStacks, unmanaged, who }: Purposes): string[] {
  const nothing = {
    judges: 'own',
    readsStacks: false,
    imports: false,
    zones: false,
    unknownTypes: false,
    owners: false,
  } as const;
  return requiredActions({ ...nothing, findsStacks, unmanaged, who }).ofRegions;
}

/** For each region and role, once: whether the region is on, and what is permitted in it. Gives those that answer. */
export async function* checkPlaces(
  provider: Provider,
  places: readonly Place[],
  accounts: Accounts,
  purposes: Purposes,
): AsyncGenerator<Check, OpenPlace[]> {
  const open: OpenPlace[] = [];
  for (const place of new Map(places.map((each) => [placeKey(each), each])).values()) {
    const { region, roleArn } = place;
    try {
      const probe = { region, roleArn, actions: actionsOfPlace(purposes), resources: [] };
      const access = (await provider.checkAccess?.(probe)) ?? [];
      if (provider.checkAccess) yield ok('region', `${region} is on in account ${accounts.get(roleArn) ?? '?'}`);
      yield* accessChecks(access, region, roleArn);
      open.push({ ...place, denied: new Set(access.flatMap(deniedAction)) });
    } catch (error) {
      yield* failures('region', error);
    }
  }
  return open;
}

/** The same for all that is read in one region as the same role. */
export function placeKey({ region, roleArn }: Pick<Place, 'region' | 'roleArn'>): string {
  return JSON.stringify([region, roleArn]);
}

/** The action, where it is denied. */
export function deniedAction({ action, status }: { action?: string; status: string }): string[] {
  return status === 'denied' && action !== undefined ? [action] : [];
}
