import type { Dialect } from '../dialect.js';

/**
 * What to write. Objects that are calls in a dialect's long form, such as `{'Fn::Sub': 'text'}`, are written with tags
 * where the YAML document uses tags, long in JSON.
 */
export type Written = string | number | boolean | null | Written[] | { [key: string]: Written };
export type WrittenScalar = string | number | boolean | null;

/** A call in its short form: `!GetAtt` and `A.Arn`. */
export interface ShortCall {
  tag: string;
  argument: Written;
}

export function isScalar(value: Written): value is WrittenScalar {
  return typeof value !== 'object' || value === null;
}

export function kindOf(value: Written): 'scalar' | 'list' | 'map' {
  if (isScalar(value)) return 'scalar';
  return Array.isArray(value) ? 'list' : 'map';
}

/** The one entry of a call in long form, or undefined for any other value. */
export function callOf(
  value: Written,
  { isCall }: Pick<Dialect, 'isCall'>,
): { name: string; argument: Written } | undefined {
  if (isScalar(value) || Array.isArray(value)) return undefined;
  const [[name, argument] = ['', null], ...others] = Object.entries(value);
  if (others.length > 0 || !isCall(name)) return undefined;
  return { name, argument };
}

/** How a call is written with a tag; undefined where it can't be: YAML allows one tag a value, so calls of calls alternate. */
export function shortCallOf(value: Written, dialect: Dialect): ShortCall | undefined {
  const call = callOf(value, dialect);
  if (call === undefined || call.argument === null || callOf(call.argument, dialect) !== undefined) return undefined;
  const tag = tagsByName(dialect).get(call.name);
  return tag === undefined ? undefined : { tag, argument: dialect.shortArgument(call.name, call.argument) };
}

const byName = new WeakMap<Dialect, ReadonlyMap<string, string>>();

function tagsByName(dialect: Dialect): ReadonlyMap<string, string> {
  const known = byName.get(dialect) ?? new Map([...dialect.tags].map(([tag, name]) => [name, tag]));
  byName.set(dialect, known);
  return known;
}
