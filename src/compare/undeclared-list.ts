import { isObject, type Json } from '../base/json.js';
import { pointerOf, segments } from '../base/json-pointer.js';
import type { Difference, UndeclaredValue } from '../model/comparison.js';
import { rulesOf } from './rules.js';
import { significant } from './significant.js';
import type { UndeclaredInput } from './undeclared.js';

/** A list that nothing declares: how many keys of the path of what is in it lead to it, and what it holds. */
export interface UndeclaredList {
  depth: number;
  path: string;
  stablePath: string;
  live: Json[];
}

/**
 * The outermost undeclared list that a difference lies in, without what is AWS's own. Who declares one of its elements
 * has to declare the list: all of it, since a declared list is compared as a whole.
 */
export function undeclaredListAround(
  { path, stablePath }: Pick<Difference, 'path' | 'stablePath'>,
  rest: readonly UndeclaredValue[],
  { type, resourceType, isOwn }: Pick<UndeclaredInput, 'type' | 'resourceType' | 'isOwn'>,
): UndeclaredList | undefined {
  const around = rest.find((value) => `${stablePath}/`.startsWith(`${value.stablePath}/`));
  if (around === undefined) return undefined;
  const keys = segments(path);
  let depth = segments(around.path).length;
  let value: Json | undefined = around.live;
  while (isObject(value) && depth < keys.length) {
    const key = keys[depth] ?? '';
    value = Object.hasOwn(value, key) ? value[key] : undefined;
    depth += 1;
  }
  if (!Array.isArray(value) || depth >= keys.length) return undefined;
  const list = pointerOf(keys.slice(0, depth));
  const live = significant(value, list, isOwn, rulesOf(type, resourceType));
  if (!Array.isArray(live)) return undefined;
  return { depth, path: list, stablePath: pointerOf(segments(stablePath).slice(0, depth)), live };
}
