import { DriftError } from '../../base/errors.js';
import { isRefusal, reasonOf } from './errors.js';
import type { Place } from './place.js';

/** Tells the account of a place's credentials, and the region in which AWS took them. */
export type Identity = (place: Place) => Promise<{ account?: string; region: string }>;

/**
 * Runs requests to a region. In a region that is off in the account, AWS refuses credentials as if they were wrong
 * (`InvalidClientTokenId`, `UnrecognizedClientException`): where it takes the same ones elsewhere, the error says so.
 */
export async function inRegion<T>(place: Place, identity: Identity, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof DriftError) || !isRefusal(error.cause)) throw error;
    const known = await identity(place).catch(() => undefined);
    if (known === undefined || known.region === place.region) throw error;
    const whose = known.account === undefined ? 'the account' : `account ${known.account}`;
    const message = `${place.region} refuses credentials of ${whose} that ${known.region} takes: ${reasonOf(error.cause)}`;
    const hint = `the region is most likely not enabled in ${whose}: enable it there, or take it out of the scan`;
    throw new DriftError('credentials', [{ code: 'region-not-enabled', message, hint }], { cause: error.cause });
  }
}
