import type { Expression } from 'jsonata';
import { sameContent } from '../../../base/content.js';
import { isObject, type Json } from '../../../base/json.js';
import { pointerOf, segments } from '../../../base/json-pointer.js';
import { asText } from '../../../base/text.js';
import type { ResourceType } from '../../../compare/resource-type.js';
import type { Alternative } from '../../../compare/types.js';
import { isKnown, type Plain, type PlainObject, valueAt } from '../../../value/value.js';
import { isPattern, MARK, maskText, matchesOnly } from './pattern-text.js';

/** Longer texts (certificates, documents) are not transformed: AWS's expressions search them in quadratic time. */
const MAX_TRANSFORMED_LENGTH = 20_000;

const compiled = new Map<string, Expression | undefined>();

/**
 * What the schema's `propertyTransform` makes of the declared values, by pointer: AWS compares the live value with
 * these as well (https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html).
 * `$OR` joins alternatives. Expressions are programs: only those of types that AWS itself publishes are run (no one
 * else may name a type `AWS::`). One that fails, or yields nothing, gives no alternative.
 */
export async function transformAlternatives(
  type: ResourceType,
  desired: PlainObject,
): Promise<Map<string, Alternative[]>> {
  const found = new Map<string, Alternative[]>();
  if (!type.name.startsWith('AWS::')) return found;
  for (const [path, rule] of Object.entries(type.transforms)) {
    for (const keys of declaredAt(desired, segments(path))) {
      const alternatives: Alternative[] = [];
      for (const text of rule.split(/(?<!\s)\s+\$OR\s+/))
        alternatives.push(...(await alternativesOf(text, desired, keys)));
      found.set(pointerOf(keys), alternatives);
    }
  }
  return found;
}

/** Another value than the declared one. */
function anotherValue(value: Json): Alternative {
  const matches = (live: Json) =>
    typeof value === 'object' || typeof live === 'object' ? sameContent(value, live) : asText(value) === asText(live);
  return { value, matches };
}

/** A pattern with the declared value in it, for this value alone; `other` is the same pattern around another value. */
function patternAround(pattern: string, other: string): Alternative {
  return { matches: (live) => typeof live === 'string' && matchesOnly(pattern, other, live) };
}

async function alternativesOf(text: string, desired: PlainObject, keys: readonly string[]): Promise<Alternative[]> {
  const declared = valueAt(desired, pointerOf(keys));
  if (declared === undefined || !isKnown(declared) || asText(declared).length > MAX_TRANSFORMED_LENGTH) return [];
  const context = contextOf(desired, keys);
  // CloudFormation reads `IpProtocol: -1` as text where the type wants text; the expressions rely on that.
  const value = (await evaluate(text, context)) ?? (await evaluate(text, withTexts(context)));
  if (value === undefined) return [];
  if (typeof value !== 'string' || declared === '' || !isPattern(value)) return [anotherValue(value)];
  const masked = maskText(asText(declared));
  const pattern = await evaluate(text, contextOf(replaceAt(desired, keys, masked), keys));
  const other = await evaluate(text, contextOf(replaceAt(desired, keys, masked + MARK), keys));
  const isAbout = typeof pattern === 'string' && typeof other === 'string' && isPattern(pattern);
  return isAbout ? [anotherValue(value), patternAround(pattern, other)] : [anotherValue(value)];
}

async function evaluate(text: string, context: PlainObject): Promise<Json | undefined> {
  try {
    if (!compiled.has(text)) {
      const { default: jsonata } = await import('jsonata');
      compiled.set(text, jsonata(text));
    }
    const result = (await compiled.get(text)?.evaluate(context)) as Plain | undefined;
    return result === undefined || result === null || !isKnown(result) ? undefined : result;
  } catch {
    return undefined;
  }
}

/**
 * What an expression may name: some schemas name a property by its full path (`MaintenanceWindowStartTime.DayOfWeek`),
 * some from the object that holds it (`FileSystemId`), so both are there.
 */
function contextOf(desired: PlainObject, keys: readonly string[]): PlainObject {
  const holder = valueAt(desired, pointerOf(keys.slice(0, -1)));
  return isObject(holder) ? { ...desired, ...(holder as PlainObject) } : desired;
}

function withTexts(context: PlainObject): PlainObject {
  return Object.fromEntries(
    Object.entries(context).map(([key, value]) => [key, typeof value === 'number' ? String(value) : value]),
  );
}

function replaceAt<T extends Plain>(node: T, keys: readonly string[], value: string): T;
function replaceAt(node: Plain, [key, ...rest]: readonly string[], value: string): Plain {
  if (key === undefined) return value;
  if (Array.isArray(node))
    return node.map((item, index) => (String(index) === key ? replaceAt(item, rest, value) : item));
  if (!isObject(node)) return node;
  const object = node as PlainObject;
  return { ...object, [key]: replaceAt(object[key] ?? null, rest, value) };
}

/** The keys of each declared place that a path with `*` names. */
function declaredAt(root: Plain, path: readonly string[]): string[][] {
  const [key, ...rest] = path;
  if (key === undefined) return [[]];
  if (typeof root !== 'object' || root === null) return [];
  const names = key === '*' ? Object.keys(root) : [key].filter((name) => Object.hasOwn(root, name));
  return names.flatMap((name) => declaredAt((root as PlainObject)[name] ?? null, rest).map((keys) => [name, ...keys]));
}
