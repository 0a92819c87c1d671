import { isObject, type Json, type JsonObject } from '../base/json.js';
import { pointerOf, segments, withoutIndices } from '../base/json-pointer.js';
import type { CompareContext } from './comparing.js';
import { rulesOf } from './rules.js';
import type { Own } from './significant.js';
import { isServiceTag, isServiceTagElement } from './tags.js';
import type { AwsOwn, Typed, TypeSystem } from './types.js';

/** A resource, as far as telling what AWS itself sets of it takes it. */
export interface AboutResource extends Typed {
  physicalId?: string | undefined;
  logicalId?: string | undefined;
  context: CompareContext;
  live: JsonObject;
}

/** Tells what of a resource's live model AWS sets by itself: defaults, identifiers, tags of the stack, what moves. */
export function ownOf(about: AboutResource): Own {
  const { types, type, context } = about;
  const judging = { rules: rulesOf(about), context };
  const { accountId, region } = context;
  const surroundings = { ...about, accountId, region };
  const places = placesWithDefaults(about);
  const at = (path: string, value: Json) => types.own({ type, path, value }, surroundings);
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

const known = new WeakMap<TypeSystem, Map<string, ReadonlySet<string>>>();

/** All places of a type with a default, and those that lead to them; asked for only where something appeared. */
function placesWithDefaults(typed: Typed): () => ReadonlySet<string> {
  return () => {
    const byType = known.get(typed.types) ?? new Map<string, ReadonlySet<string>>();
    const found = byType.get(typed.type) ?? new Set(defaultPlaces(typed).flatMap(leadingTo));
    known.set(typed.types, byType.set(typed.type, found));
    return found;
  };
}

function defaultPlaces({ types, type, resourceType }: Typed): string[] {
  return [...Object.keys(resourceType?.defaults ?? {}), ...types.defaults(type).map(({ path }) => path)];
}

/** A pointer, and those of what it stands in. */
function leadingTo(pointer: string): string[] {
  const keys = segments(pointer);
  return keys.map((_, index) => pointerOf(keys.slice(0, index + 1)));
}
