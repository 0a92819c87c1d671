import type { Expression } from 'jsonata';
import { isObject, type Json } from '../json.js';
import { pointerOf, segments } from '../json-pointer.js';
import { isKnown, type Plain, type PlainObject } from '../template/value.js';
import type { ResourceType } from './resource-type.js';

/** What a schema's transform makes of a declared value. */
export interface Alternative {
  result: Json;
  declared: Json;
}

const compiled = new Map<string, Expression | undefined>();
/** Longer values are no identifiers; matching them against a pattern is not worth the time it may take. */
const MAX_MATCHED_LENGTH = 2048;

/**
 * What the schema's `propertyTransform` makes of the declared values, by pointer: AWS compares the live value with
 * these as well (https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html).
 * `$OR` joins alternatives. Some expressions name their property from the root, some from the object that holds it.
 */
export async function transformAlternatives(
  type: ResourceType,
  desired: PlainObject,
): Promise<Map<string, Alternative[]>> {
  const found = new Map<string, Alternative[]>();
  for (const [pattern, rule] of Object.entries(type.transforms)) {
    for (const { keys, parent, value } of declaredAt(desired, segments(pattern))) {
      if (!isKnown(value)) continue;
      const alternatives: Alternative[] = [];
      for (const text of rule.split(/\s+\$OR\s+/)) {
        const result = (await evaluate(text, desired)) ?? (await evaluate(text, parent));
        if (result !== undefined && result !== null) alternatives.push({ result, declared: value });
      }
      found.set(pointerOf(keys), alternatives);
    }
  }
  return found;
}

/** Whether a live value is what an alternative asks for: the same, or matching it as an anchored pattern. */
export function matchesAlternative({ result, declared }: Alternative, live: Json): boolean {
  if (typeof result !== 'object' && typeof live !== 'object' && String(result) === String(live)) return true;
  if (typeof result !== 'string' || typeof live !== 'string' || live.length > MAX_MATCHED_LENGTH) return false;
  const text = String(declared);
  // A pattern without the declared value in it would forgive any change; and what was declared is text, not pattern.
  if (text === '' || !result.includes(text)) return false;
  const pattern = result.split(text).join(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  try {
    return new RegExp(`^(?:${pattern})$`, 's').test(live);
  } catch {
    return false;
  }
}

async function evaluate(text: string, context: Plain): Promise<Json | undefined> {
  try {
    if (!compiled.has(text)) {
      const { default: jsonata } = await import('jsonata');
      compiled.set(text, jsonata(text));
    }
    return (await compiled.get(text)?.evaluate(context)) as Json | undefined;
  } catch {
    // A rule that can't be applied to this value says nothing about it.
    return undefined;
  }
}

function declaredAt(
  root: PlainObject,
  pattern: readonly string[],
): { keys: string[]; parent: PlainObject; value: Plain }[] {
  let places: { keys: string[]; parent: PlainObject; value: Plain }[] = [{ keys: [], parent: root, value: root }];
  for (const key of pattern) {
    places = places.flatMap(({ keys, value }) => {
      if (key === '*' && Array.isArray(value)) {
        return value.map((item, index) => ({ keys: [...keys, String(index)], parent: root, value: item }));
      }
      if (!isObject(value) || !Object.hasOwn(value, key)) return [];
      return [{ keys: [...keys, key], parent: value as PlainObject, value: (value as PlainObject)[key] ?? null }];
    });
  }
  return places;
}
