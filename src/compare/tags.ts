import { isObject, type Json } from '../base/json.js';
import type { Comparing } from './comparing.js';
import type { Place } from './place.js';

type TagPlace = Pick<Place, 'path' | 'property'>;
type Judging = Pick<Comparing, 'rules' | 'context'>;

/** Whether a live-only map entry is a tag that CloudFormation or the stack put there. */
export function isServiceTag(key: string, value: Json, place: TagPlace, { rules, context }: Judging): boolean {
  if (!isTagProperty(place, rules.tagProperty)) return false;
  if (key.startsWith('aws:')) return true;
  return Object.hasOwn(context.stackTags ?? {}, key) && context.stackTags?.[key] === value;
}

/** The same for an element of a list of tags: `{Key, Value}`, in whatever case the service spells them. */
export function isServiceTagElement(item: Json, place: TagPlace, comparing: Judging): boolean {
  if (!isObject(item)) return false;
  const key = item['Key'] ?? item['key'] ?? item['TagKey'];
  const value = item['Value'] ?? item['value'] ?? item['TagValue'] ?? '';
  return typeof key === 'string' && isServiceTag(key, value, place, comparing);
}

function isTagProperty({ path, property }: TagPlace, tagProperty: string | undefined): boolean {
  return path === tagProperty || /tags$/i.test(property);
}
