import type { Json } from '../base/json.js';
import { child } from '../base/json-pointer.js';
import type { TypeRules } from './rules.js';

/** Whether a live value at a path, which nothing declares, is AWS's own: a default, an identifier, what moves by itself. */
export type IsOwn = (path: string, value: Json) => boolean;

/**
 * A live value that nothing declares, without what is AWS's own in it; undefined where nothing is left. Documents are
 * their author's as a whole.
 */
export function significant(value: Json, path: string, isOwn: IsOwn, rules: TypeRules): Json | undefined {
  if (value === null || isOwn(path, value)) return undefined;
  if (typeof value !== 'object' || rules.documents.has(path)) return value;
  if (Array.isArray(value)) {
    const items = value.flatMap((item, index) => {
      const kept = significant(item, child(path, index), isOwn, rules);
      return kept === undefined ? [] : [kept];
    });
    return items.length === 0 && value.length > 0 ? undefined : items;
  }
  const members = Object.entries(value).flatMap(([key, member]) => {
    const kept = significant(member, child(path, key), isOwn, rules);
    return kept === undefined ? [] : [[key, kept] as const];
  });
  return members.length === 0 && Object.keys(value).length > 0 ? undefined : Object.fromEntries(members);
}
