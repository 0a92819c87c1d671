import { isObject, type Json, type JsonObject } from '../base/json.js';
import { pointerOf, segments, withoutIndices } from '../base/json-pointer.js';
import { loadAwsDefaults } from '../iac/cloudformation/types/aws-own/defaults.js';
import { type AwsOwn, ownOfAws } from '../iac/cloudformation/types/aws-own/own.js';
import type { ResourceType } from '../iac/cloudformation/types/resource-type.js';
import type { CompareContext } from './comparing.js';
import { rulesOf } from './rules.js';
import type { Own } from './significant.js';
import { isServiceTag, isServiceTagElement } from './tags.js';

/** A resource, as far as telling what AWS itself sets of it takes it. */
export interface AboutResource {
  type: string;
  resourceType: ResourceType | undefined;
  physicalId?: string | undefined;
  logicalId?: string | undefined;
  context: CompareContext;
  live: JsonObject;
}

/** Tells what of a resource's live model AWS sets by itself: defaults, identifiers, tags of the stack, what moves. */
export function ownOf(about: AboutResource): Own {
  const { type, resourceType, context } = about;
  const judging = { rules: rulesOf(type, resourceType), context };
  const { accountId, region } = context;
  const surroundings = { ...about, accountId, region };
  const places = placesWithDefaults(type, resourceType);
  const at = (path: string, value: Json) => ownOfAws({ type, path, value }, surroundings);
  function isTag(path: string, value: Json): boolean {
    const keys = segments(path);
    const key = keys.pop() ?? '';
    const parent = { path: pointerOf(keys), property: keys.at(-1) ?? '' };
    return isObject(value) ? isServiceTagElement(value, parent, judging) : isServiceTag(key, value, parent, judging);
  }
  return {
    hasDefault: (path) => places().has(withoutIndices(path)),
    is(path, value) {
      const own = at(path, value);
      // Of an object, each member decides, so that the others stay quiet when one is changed; an element is one thing.
      const isByMembers = own?.kind === 'default' && hasMembers(value) && !/\/\d+$/.test(path);
      return (isQuiet(own) && !isByMembers) || isTag(path, value);
    },
    isSeen(path, value, root) {
      const own = at(path, value);
      if (own?.kind !== 'default') return own !== undefined || isTag(path, value);
      return own.from === 'recorded' || (own.from === 'schema' && path === root);
    },
  };
}

function hasMembers(value: Json): boolean {
  return isObject(value) && Object.keys(value).length > 0;
}

/**
 * Whether nobody has to accept a value. What is off or empty may have been on before; of several defaults, one may have
 * become another.
 */
export function isQuiet(own: AwsOwn | undefined): boolean {
  if (own?.kind !== 'default') return own !== undefined;
  return own.from !== 'unset' && own.isOneOf === undefined;
}

const known = new Map<string, ReadonlySet<string>>();

/** All places of a type with a default, and those that lead to them; asked for only where something appeared. */
function placesWithDefaults(type: string, resourceType: ResourceType | undefined): () => ReadonlySet<string> {
  return () => {
    const found = known.get(type) ?? new Set(defaultPlaces(type, resourceType).flatMap(leadingTo));
    known.set(type, found);
    return found;
  };
}

function defaultPlaces(type: string, resourceType: ResourceType | undefined): string[] {
  const seen = loadAwsDefaults().of(type).places();
  return [...Object.keys(resourceType?.defaults ?? {}), ...seen.map(({ path }) => path)];
}

/** A pointer, and those of what it stands in. */
function leadingTo(pointer: string): string[] {
  const keys = segments(pointer);
  return keys.map((_, index) => pointerOf(keys.slice(0, index + 1)));
}
