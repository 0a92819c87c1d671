import { contentText } from '../../../../base/content.js';
import type { Json } from '../../../../base/json.js';

/** Where a resource is, and what it is called there. */
export interface Surroundings {
  physicalId?: string | undefined;
  accountId?: string | undefined;
  region?: string | undefined;
}

/** Shorter names occur in texts by chance. */
const SHORTEST_NAME = 6;

/**
 * The same value as another account's resource would have it: its account, region and own name are `{account}`,
 * `{region}` and `{physicalId}`. The order of lists and keys means nothing.
 */
export function generalText(value: Json, surroundings: Surroundings): string {
  return contentText(general(value, surroundings));
}

/** The general value itself, lists sorted; see `generalText`. */
export function general(value: Json, surroundings: Surroundings): Json {
  if (typeof value === 'string') return generalString(value, surroundings);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => general(item, surroundings));
    return items.length < 2 ? items : sorted(items);
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, general(each, surroundings)]));
}

function sorted(items: readonly Json[]): Json[] {
  const named = items.map((item) => [contentText(item), item] as const);
  return named.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0)).map(([, item]) => item);
}

function generalString(text: string, { physicalId, accountId, region }: Surroundings): string {
  let general = text;
  for (const name of namesIn(physicalId)) general = general.split(name).join('{physicalId}');
  if (accountId !== undefined && accountId !== '') general = general.split(accountId).join('{account}');
  return region !== undefined && general.includes(region) ? withoutRegion(general, region) : general;
}

/** A physical ID, and the name that ends it where it is an ARN or URL. */
function namesIn(physicalId: string | undefined): string[] {
  if (physicalId === undefined) return [];
  const name = physicalId.slice(Math.max(...['/', ':', '|'].map((each) => physicalId.lastIndexOf(each))) + 1);
  return [...new Set([physicalId, name])].filter((each) => each.length >= SHORTEST_NAME);
}

/** An availability zone begins with its region's name, and is no region. */
function withoutRegion(text: string, region: string): string {
  const parts = text.split(region);
  return parts.reduce((left, right) => `${left}${/^[a-z0-9]/.test(right) ? region : '{region}'}${right}`);
}

/** Whether a value says that something is off, or that there is none. */
export function isUnset(value: Json): boolean {
  if (value === null || value === '' || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
