import { isObject, type JsonObject } from '../base/json.js';
import { pointerOf, segments } from '../base/json-pointer.js';
import type { ResourceType } from '../resource-type/resource-type.js';
import type { CompareContext } from './comparing.js';
import { rulesOf } from './rules.js';
import type { IsOwn } from './significant.js';
import { isServiceTag, isServiceTagElement } from './tags.js';

/** A resource, as far as telling what AWS itself sets of it takes it. */
export interface AboutResource {
  type: string;
  resourceType: ResourceType | undefined;
  physicalId?: string | undefined;
  context: CompareContext;
  live: JsonObject;
}

/** Tells what of a resource's live model AWS sets by itself: defaults, identifiers, tags of the stack, what moves. */
export function isOwnOf({ type, resourceType, context }: AboutResource): IsOwn {
  const rules = rulesOf(type, resourceType);
  const judging = { rules, context };
  return (path, value) => {
    const keys = segments(path);
    const key = keys.pop() ?? '';
    const parent = { path: pointerOf(keys), property: keys.at(-1) ?? '' };
    return isObject(value) ? isServiceTagElement(value, parent, judging) : isServiceTag(key, value, parent, judging);
  };
}
