import { isObject, type Json } from '../base/json.js';
import { segments } from '../base/json-pointer.js';
import type { Range, Source } from '../syntax/source.js';

/** What a step of an origin does for the value, whatever a kind of infrastructure as code calls it. */
export type OriginRole = 'reference' | 'choice' | 'parameter' | 'table' | 'loop' | 'call' | 'alias' | 'outside';

/** One hop between the place where a value is used and the literal that determines it. */
export interface OriginStep {
  role: OriginRole;
  /** The function or construct gone through, by the name that its kind of infrastructure as code has for it. */
  kind: string;
  /** Parameter, mapping entry (`Map/Top/Second`), condition, loop variable, export, `Resource.Attribute` or YAML anchor. */
  name?: string;
  /** Where this step stands in source; absent for values that came from outside (a deployed parameter, a live attribute). */
  source?: Source;
  range?: Range;
}

/** A piece of a composed string, in order; a literal piece can be edited in place. */
export interface OriginPart {
  text: string;
  literal: boolean;
  origin: Origin;
}

/**
 * Where a desired value comes from. `source` and `range` are the literal that determines it (a parameter's default,
 * a mapping entry, the branch that is taken), `use` is where the template uses it (equal for a plain literal).
 * Values from outside the repository (deployed parameters, live attributes) have no `source`. `via` leads from the use to
 * the literal; a literal with a loop or an alias in it serves more than one place.
 */
export interface Origin {
  source?: Source;
  range?: Range;
  use: { source: Source; range: Range };
  via: OriginStep[];
  parts?: OriginPart[];
  /** What came from outside and had a hand in the value, where the literal is the repository's all the same. */
  outside?: OriginStep;
}

/** Why a value is not known; `message` is a sentence for people. */
export type UnresolvedCode =
  | 'no-echo' // a parameter whose value is not told, since it is secret
  | 'dynamic-reference' // {{resolve:…}}
  | 'not-deployed' // refers to a resource that has no physical ID yet
  | 'attribute' // an attribute that neither the live model nor the template can tell
  | 'import' // an export that is not known
  | 'parameter' // a parameter without a value
  | 'macro' // something that rewrites the template: a macro or a module
  | 'environment' // account, zones … when the surroundings are unknown
  | 'unsupported'; // a function that can't be evaluated here

export interface ScalarValue {
  kind: 'scalar';
  value: string | number | boolean;
  /** The literal's text where it says more than the value: `0123`, `1.0`, `1e3`, `yes`. */
  text?: string;
  secret?: boolean;
  origin: Origin;
}
export interface ListValue {
  kind: 'list';
  items: Value[];
  origin: Origin;
}
export interface MapValue {
  kind: 'map';
  entries: Map<string, Value>;
  /** Where the keys stand in source. */
  keyRanges?: Map<string, Range>;
  origin: Origin;
}
export interface UnresolvedValue {
  kind: 'unresolved';
  code: UnresolvedCode;
  message: string;
  secret?: boolean;
  /** Whether nobody can ever know it: a secret parameter, a reference to a secret, what has no state to read. */
  never?: boolean;
  origin: Origin;
}

/** An evaluated template value; every node knows its origin. */
export type Value = ScalarValue | ListValue | MapValue | UnresolvedValue;

/** A value without origins, in which `Unresolved` leaves stand for what is not known. This is what comparing works on. */
export type Plain = string | number | boolean | null | Unresolved | Plain[] | PlainObject;
export interface PlainObject {
  [key: string]: Plain;
}

const UNRESOLVED = Symbol('unresolved');

export interface Unresolved {
  readonly [UNRESOLVED]: true;
  readonly message: string;
  readonly secret: boolean;
  /** Whether it can never be known, by its nature. */
  readonly never: boolean;
}

/** Makes the plain stand-in for a value that is not known. */
export function unresolved(message: string, { secret = false, never = false } = {}): Unresolved {
  return { [UNRESOLVED]: true, message, secret, never };
}

export function isUnresolved(value: unknown): value is Unresolved {
  return typeof value === 'object' && value !== null && UNRESOLVED in value;
}

/** Drops origins. `Json` is a subset of `Plain`, so recorded JSON can be compared as it is. */
export function toPlain(value: Value): Plain {
  switch (value.kind) {
    case 'scalar':
      return value.value;
    case 'list':
      return value.items.map(toPlain);
    case 'map':
      return Object.fromEntries([...value.entries].map(([key, entry]) => [key, toPlain(entry)]));
    case 'unresolved':
      return unresolved(value.message, value);
  }
}

/** True when nothing in it is unresolved. */
export function isKnown(value: Plain): value is Json {
  if (isUnresolved(value)) return false;
  if (Array.isArray(value)) return value.every(isKnown);
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isKnown);
  return true;
}

/** Whether all that is unresolved in it can never be known, by its nature. */
export function isNeverKnown(value: Plain): boolean {
  if (isUnresolved(value)) return value.never;
  return typeof value !== 'object' || value === null || Object.values(value).every(isNeverKnown);
}

export function isPlainMap(value: Plain | undefined): value is PlainObject {
  return isObject(value as Json) && !isUnresolved(value);
}

/** Whether a text in a value, whatever its keys are called, is of a kind. */
export function someText(value: Plain | undefined, isSo: (text: string) => boolean): boolean {
  if (typeof value === 'string') return isSo(value);
  if (typeof value !== 'object' || value === null || isUnresolved(value)) return false;
  return Object.values(value).some((member) => someText(member, isSo));
}

/** What a value has under a key or index; one value may stand for a list of one. */
export function memberAt(value: Plain | undefined, key: string): Plain | undefined {
  if (Array.isArray(value)) return value[Number(key)];
  if (isPlainMap(value) && Object.hasOwn(value, key)) return value[key];
  return key === '0' ? value : undefined;
}

/** The value at a pointer. One value may stand for a list of one, as in policies: its first element is itself then. */
export function valueAt(root: Plain, pointer: string): Plain | undefined {
  return segments(pointer).reduce<Plain | undefined>(memberAt, root);
}

/** The evaluated values on the way that keys lead, the outermost first, as far as there are any. */
export function valuesOnWay(root: Value, keys: readonly string[]): readonly [Value, ...Value[]] {
  const way: [Value, ...Value[]] = [root];
  let holder = root;
  for (const key of keys) {
    const member = memberOf(holder, key);
    if (member === undefined) break;
    way.push(member);
    holder = member;
  }
  return way;
}

/** What an evaluated value has under a key or index. */
export function memberOf(holder: Value, key: string): Value | undefined {
  if (holder.kind === 'map') return holder.entries.get(key);
  return holder.kind === 'list' ? holder.items[Number(key)] : undefined;
}

/** Whether anything inside is secret. */
export function holdsSecret(value: Value): boolean {
  if (value.kind === 'scalar' || value.kind === 'unresolved') return value.secret ?? false;
  return (value.kind === 'list' ? value.items : [...value.entries.values()]).some(holdsSecret);
}

/** The text that is made of a scalar in a string: numbers as they were written. */
export function scalarText(value: Value): string | undefined {
  if (value.kind !== 'scalar') return undefined;
  return typeof value.value === 'boolean' ? String(value.value) : (value.text ?? String(value.value));
}
