import { shortTagName } from '../intrinsic-names.js';

/**
 * What to write. Objects in long form such as `{Ref: 'X'}`, `{'Fn::GetAtt': ['A', 'Arn']}`, `{'Fn::Sub': 'text'}` are
 * intrinsic calls: written with tags where the YAML document uses tags, long in JSON.
 */
export type Written = string | number | boolean | null | Written[] | { [key: string]: Written };
export type WrittenScalar = string | number | boolean | null;

/** An intrinsic call in its short form: `!GetAtt` and `A.Arn`. */
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

/** The one entry of an intrinsic call in long form, or undefined for any other value. */
export function callOf(value: Written): { name: string; argument: Written } | undefined {
  if (isScalar(value) || Array.isArray(value)) return undefined;
  const [[name, argument] = ['', null], ...others] = Object.entries(value);
  if (others.length > 0 || !(name === 'Ref' || name.startsWith('Fn::'))) return undefined;
  return { name, argument };
}

/** How a call is written with a tag; undefined where it can't be: YAML allows one tag a value, so calls of calls alternate. */
export function shortCallOf(value: Written): ShortCall | undefined {
  const call = callOf(value);
  if (call === undefined || call.argument === null || callOf(call.argument) !== undefined) return undefined;
  const tag = `!${call.name.replace(/^Fn::/, '')}`;
  if (shortTagName(tag) !== call.name) return undefined;
  return { tag, argument: call.name === 'Fn::GetAtt' ? dotted(call.argument) : call.argument };
}

/** `['A', 'Arn']` as `A.Arn`. */
function dotted(argument: Written): Written {
  if (!Array.isArray(argument) || argument.length !== 2) return argument;
  const [resource, attribute] = argument;
  if (typeof resource !== 'string' || typeof attribute !== 'string' || resource.includes('.')) return argument;
  return `${resource}.${attribute}`;
}
