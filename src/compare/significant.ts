import { isObject, type Json, type JsonObject } from '../base/json.js';
import { child } from '../base/json-pointer.js';
import type { UndeclaredValue } from '../model/comparison.js';
import { isBlank } from './absent.js';
import type { TypeRules } from './rules.js';

/** What of a resource is AWS's own, where nothing is declared. */
export interface Own {
  /** Whether a live value at a path is: a default, an identifier, what moves by itself. */
  is(path: string, value: Json): boolean;
  /**
   * The same with evidence that is good enough to keep an opening quiet. What a schema states holds for a place whose parent
   * is declared, `root`: below that, it is what AWS takes where somebody else sets the parent.
   */
  isSeen(path: string, value: Json, root: string): boolean;
  /** Whether AWS sets something at a path, so that another value there is a change of that. */
  hasDefault(path: string): boolean;
}

/**
 * A live value that nothing declares, without what is AWS's own in it (the very value where none is); undefined where
 * nothing is left. Documents are their author's as a whole.
 */
export function significant(value: Json, path: string, own: Own, rules: TypeRules): Json | undefined {
  if (value === null || own.is(path, value)) return undefined;
  if (typeof value !== 'object' || rules.documents.has(path)) return value;
  let isWhole = true;
  const members = Object.entries(value).flatMap(([key, member]) => {
    const kept = significant(member, child(path, key), own, rules);
    if (kept !== member) isWhole = false;
    return kept === undefined ? [] : [[key, kept] as const];
  });
  if (isWhole) return value;
  if (members.length === 0) return undefined;
  return Array.isArray(value) ? members.map(([, kept]) => kept) : Object.fromEntries(members);
}

/**
 * The parts of a live value that say something and are not AWS's own: the value itself, or its members where AWS has some
 * there, too.
 */
export function significantParts(found: UndeclaredValue, own: Own, rules: TypeRules): UndeclaredValue[] {
  const { path, stablePath, live } = found;
  const kept = significant(live, path, own, rules);
  if (kept === undefined || isBlank(kept)) return [];
  // An element of a list is one thing.
  if (/\/\d+$/.test(path)) return [{ path, stablePath, live: kept }];
  const isThere = (live: JsonObject) => Object.keys(live).some((key) => own.hasDefault(child(path, key)));
  if (!isObject(live) || (kept === live && !isThere(live))) return [{ path, stablePath, live: kept }];
  return Object.entries(live).flatMap(([key, member]) =>
    significantParts({ path: child(path, key), stablePath: child(stablePath, key), live: member }, own, rules),
  );
}
