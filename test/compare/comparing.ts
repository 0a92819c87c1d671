import type { JsonObject } from '../../src/base/json.js';
import { compareResource } from '../../src/compare/compare.js';
import type { CompareContext } from '../../src/compare/comparing.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import type { Comparison } from '../../src/model/comparison.js';
import type { PlainObject } from '../../src/value/value.js';

export const ACCOUNT = '111111111111';

/** Compares as a scan in eu-west-1 does. */
export function comparing(
  type: string,
  desired: PlainObject,
  live: JsonObject,
  options: { context?: CompareContext; partial?: boolean } = {},
): Promise<Comparison> {
  const context = { accountId: ACCOUNT, region: 'eu-west-1', ...options.context };
  const resourceType = cloudFormationTypes.get(type);
  return compareResource({
    types: cloudFormationTypes,
    type,
    resourceType,
    desired,
    live,
    partial: options.partial ?? false,
    context,
  });
}

/** The paths of what differs. */
export async function differing(...args: Parameters<typeof comparing>): Promise<string[]> {
  return (await comparing(...args)).differences.map(({ path }) => path);
}

/** The paths of what could not be verified. */
export async function open(...args: Parameters<typeof comparing>): Promise<string[]> {
  return (await comparing(...args)).unverifiable.map(({ path }) => path);
}
