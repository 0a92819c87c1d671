import { isObject, type Json, type JsonObject } from '../base/json.js';
import { pointerOf, segments } from '../base/json-pointer.js';
import { ownOfAws } from '../resource-type/aws-own.js';
import type { ResourceType } from '../resource-type/resource-type.js';
import type { CompareContext } from './comparing.js';
import { rulesOf } from './rules.js';
import type { Own } from './significant.js';
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
export function ownOf({ type, resourceType, physicalId, context }: AboutResource): Own {
  const judging = { rules: rulesOf(type, resourceType), context };
  const { at, hasDefault } = ownOfAws({ type, resourceType, physicalId });
  function isTag(path: string, value: Json): boolean {
    const keys = segments(path);
    const key = keys.pop() ?? '';
    const parent = { path: pointerOf(keys), property: keys.at(-1) ?? '' };
    return isObject(value) ? isServiceTagElement(value, parent, judging) : isServiceTag(key, value, parent, judging);
  }
  return {
    hasDefault,
    is: (path, value) => at(path, value) !== undefined || isTag(path, value),
    isSeen(path, value, root) {
      const own = at(path, value);
      if (own?.kind !== 'default') return own !== undefined || isTag(path, value);
      return own.from === 'recorded' || (own.from === 'schema' && path === root);
    },
  };
}
