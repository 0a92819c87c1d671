import { isObject, type Json } from '../base/json.js';
import { isWithin, pointerOf, segments } from '../base/json-pointer.js';
import type { Difference, UndeclaredValue } from '../model/comparison.js';
import { rulesOf, type TypeRules } from './rules.js';
import { significant } from './significant.js';
import type { Typed } from './types.js';
import type { UndeclaredInput } from './undeclared.js';

/** An undeclared value that is compared as a whole once it is declared: how many keys lead to it, and what it holds. */
export interface UndeclaredWhole {
  depth: number;
  path: string;
  stablePath: string;
  live: Json;
}

/**
 * The outermost list, document or map of the author's own keys that a difference lies in and that is not declared,
 * without what is AWS's own. Who declares a part of it has to declare all of it.
 */
export function undeclaredWholeAround(
  { path, stablePath }: Pick<Difference, 'path' | 'stablePath'>,
  rest: readonly UndeclaredValue[],
  input: Typed & Pick<UndeclaredInput, 'own'>,
): UndeclaredWhole | undefined {
  const around = rest.find((value) => isWithin(stablePath, value.stablePath));
  if (around === undefined) return undefined;
  const rules = rulesOf(input);
  const keys = segments(path);
  let value: Json | undefined = around.live;
  for (let depth = segments(around.path).length; depth < keys.length; depth += 1) {
    const place = pointerOf(keys.slice(0, depth));
    if (Array.isArray(value) || isClosed(place, rules)) {
      const live = significant(value ?? null, place, input.own, rules);
      if (live === undefined) return undefined;
      return { depth, path: place, stablePath: pointerOf(segments(stablePath).slice(0, depth)), live };
    }
    const key = keys[depth] ?? '';
    value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return undefined;
}

/** Whether a live-only key beside declared ones is a difference. */
function isClosed(path: string, rules: TypeRules): boolean {
  if (rules.documents.has(path)) return true;
  return rules.maps.has(path) && !rules.facts(path).some((fact) => fact === 'bag' || fact === 'key-case');
}
