import { segments } from '../base/json-pointer.js';
import type { Difference } from '../model/comparison.js';
import {
  isUnresolved,
  type ListValue,
  type MapValue,
  memberOf,
  type Plain,
  type PlainObject,
  type Value,
  valuesOnWay,
} from '../value/value.js';

/** What an edit is to do to a resource's evaluated properties, and nothing else. */
export type Intent =
  | { kind: 'set'; keys: string[] }
  /** A number or boolean becomes its text. */
  | { kind: 'text'; keys: string[] }
  | { kind: 'remove'; keys: string[] }
  | { kind: 'insert'; keys: string[]; index: number };

/** A difference as a change of Git's side: where, and to or in which desired value. */
export type Change =
  | { kind: 'set'; keys: string[]; value: Value; parent: ListValue | MapValue }
  | { kind: 'remove'; keys: string[]; value: Value; parent: ListValue | MapValue }
  | { kind: 'add-item'; keys: string[]; list: ListValue; index: number }
  | { kind: 'add-entry'; keys: string[]; map: MapValue; key: string }
  /** One value that stands for a list of one. */
  | { kind: 'widen'; keys: string[]; value: Value; parent: ListValue | MapValue };

/** Reads a difference as a change; undefined where Git's side has no such place. */
export function changeOf(difference: Difference, properties: MapValue): Change | undefined {
  const keys = withoutLoneIndex(segments(difference.path), properties);
  const last = keys.at(-1);
  const outer = walk(properties, keys.slice(0, -1));
  if (outer === undefined || last === undefined) return undefined;
  const { value: holder, parent } = outer;
  if (parent && /^\d+$/.test(last) && (holder.kind === 'scalar' || isLoneStatement(keys.at(-2), holder, last))) {
    const inner = keys.slice(0, -1);
    if (difference.desired === undefined) return { kind: 'widen', keys: inner, value: holder, parent };
    return last === '0' && difference.live !== undefined
      ? { kind: 'set', keys: inner, value: holder, parent }
      : undefined;
  }
  if (holder.kind !== 'list' && holder.kind !== 'map') return undefined;
  const value = memberOf(holder, last);
  if (value !== undefined && difference.desired !== undefined) {
    return { kind: difference.live === undefined ? 'remove' : 'set', keys, value, parent: holder };
  }
  if (value !== undefined && holder.kind === 'map') return undefined;
  if (holder.kind === 'map') return { kind: 'add-entry', keys: keys.slice(0, -1), map: holder, key: last };
  return { kind: 'add-item', keys: keys.slice(0, -1), list: holder, index: difference.insertAt ?? holder.items.length };
}

/** A lone statement of a policy is compared as a list of one: what is in it is not below an index. */
function withoutLoneIndex(keys: readonly string[], properties: MapValue): string[] {
  const at = keys.findIndex((key, index) => {
    const holder = walk(properties, keys.slice(0, index))?.value;
    return key === '0' && index < keys.length - 1 && holder && isLoneStatement(keys[index - 1], holder, key);
  });
  return at === -1 ? [...keys] : keys.toSpliced(at, 1);
}

function isLoneStatement(name: string | undefined, value: Value, key: string): boolean {
  return name === 'Statement' && value.kind === 'map' && !value.entries.has(key);
}

/** What must have become of the properties when the change is made. */
export function intentOf(change: Change): Intent {
  switch (change.kind) {
    case 'set':
    case 'widen':
      return { kind: 'set', keys: change.keys };
    case 'remove':
      return { kind: 'remove', keys: change.keys };
    case 'add-item':
      return { kind: 'insert', keys: change.keys, index: change.index };
    case 'add-entry':
      return { kind: 'set', keys: [...change.keys, change.key] };
  }
}

const ANYTHING = Symbol('anything');
type Expected = Plain | typeof ANYTHING | Expected[] | { [key: string]: Expected };

/** Whether `after` is `before` with exactly the intended changes; what was set may have any value. */
export function isChangedAsIntended(before: Plain, after: Plain, intents: readonly Intent[]): boolean {
  let expected: Expected = before;
  // Later elements first, so that indices hold; places are set before anything moves.
  const order = [...intents].sort(
    (left, right) => rank(left) - rank(right) || compareKeys(right, left) || turn(left) - turn(right),
  );
  for (const intent of order) expected = applied(expected, intent.keys, intent);
  return isSame(expected, after);
}

function rank({ kind }: Intent): number {
  return kind === 'set' || kind === 'text' ? 0 : 1;
}

/** Of one index, the element there goes before another one comes in its place. */
function turn({ kind }: Intent): number {
  return kind === 'remove' ? 0 : 1;
}

/** Where lists are changed, what stands further behind sorts higher. */
function compareKeys(left: Intent, right: Intent): number {
  const [one, other] = [left, right].map((each) =>
    each.kind === 'insert' ? [...each.keys, String(each.index)] : each.keys,
  );
  for (const [at, key] of (one ?? []).entries()) {
    const counterpart = other?.[at];
    if (counterpart === undefined) return 1;
    if (key === counterpart) continue;
    return /^\d+$/.test(key) && /^\d+$/.test(counterpart)
      ? Number(key) - Number(counterpart)
      : key < counterpart
        ? -1
        : 1;
  }
  return (one?.length ?? 0) - (other?.length ?? 0);
}

function applied(value: Expected, keys: readonly string[], intent: Intent): Expected {
  const [key, ...rest] = keys;
  if (value === ANYTHING) return value;
  if (key === undefined) {
    if (intent.kind === 'set') return ANYTHING;
    if (intent.kind === 'text') return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
    if (intent.kind !== 'insert' || !Array.isArray(value)) return value;
    return [...value.slice(0, intent.index), ANYTHING, ...value.slice(intent.index)];
  }
  const isLast = rest.length === 0;
  if (Array.isArray(value)) {
    const index = Number(key);
    if (isLast && intent.kind === 'remove') return value.filter((_, at) => at !== index);
    return value.map((item, at) => (at === index ? applied(item, rest, intent) : item));
  }
  if (!isMap(value)) return value;
  if (isLast && intent.kind === 'remove')
    return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  const inner = Object.hasOwn(value, key) ? applied(value[key] ?? null, rest, intent) : ANYTHING;
  return Object.fromEntries([...Object.entries(value).filter(([name]) => name !== key), [key, inner]]);
}

/** Whether two evaluated values are the same; what is unresolved must be so for the same reason. */
export function isSame(expected: Expected, actual: Plain): boolean {
  if (expected === ANYTHING) return true;
  if (isUnresolved(expected) || isUnresolved(actual)) {
    return isUnresolved(expected) && isUnresolved(actual) && expected.message === actual.message;
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return false;
    return expected.every((item, index) => isSame(item, actual[index] ?? null));
  }
  if (!isMap(expected)) return expected === actual;
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) return false;
  const keys = Object.keys(expected);
  if (keys.length !== Object.keys(actual).length) return false;
  return keys.every(
    (key) => Object.hasOwn(actual, key) && isSame(expected[key] ?? null, (actual as PlainObject)[key] ?? null),
  );
}

function isMap(value: Expected): value is { [key: string]: Expected } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isUnresolved(value);
}

function walk(
  properties: MapValue,
  keys: readonly string[],
): { value: Value; parent: ListValue | MapValue | undefined } | undefined {
  const way = valuesOnWay(properties, keys);
  const [parent, value] = [way.at(-2), way.at(-1)];
  if (value === undefined || way.length <= keys.length) return undefined;
  return { value, parent: parent?.kind === 'list' || parent?.kind === 'map' ? parent : undefined };
}
