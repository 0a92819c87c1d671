import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { matchesGlob } from '../../base/glob.js';
import { isKnown, isPlainMap, type Plain } from '../../value/value.js';

/** One clause of a policy's condition: of the values, one has to hold. */
export interface Clause {
  /** In lower case, without what follows. */
  operator: string;
  /** `foranyvalue` or `forallvalues`. */
  set: string;
  /** Whether a request without the key passes. */
  ifExists: boolean;
  /** In lower case: condition keys have no case. */
  key: string;
  values: string[];
}

/** The clauses of a condition, all of which have to hold; undefined where a part of it is not known. */
export function clausesOf(condition: Plain): Clause[] | undefined {
  if (!isKnown(condition)) return undefined;
  if (!isPlainMap(condition)) return [];
  return Object.entries(condition).flatMap(([name, keys]) => {
    const [, set = '', operator = '', suffix = ''] = /^(?:(\w+):)?(\w*?)(IfExists)?$/i.exec(name) ?? [];
    return Object.entries(isPlainMap(keys) ? keys : {}).map(([key, values]) => ({
      operator: operator.toLowerCase(),
      set: set.toLowerCase(),
      ifExists: suffix !== '',
      key: key.toLowerCase(),
      values: [values].flat().map(String),
    }));
  });
}

/** Whether every request that passes one condition passes the other, as far as that can be told. */
export function coversCondition(wide: Plain, narrow: Plain): boolean {
  if (JSON.stringify(wide) === JSON.stringify(narrow)) return true;
  const [asked, given] = [clausesOf(wide), clausesOf(narrow)];
  if (asked === undefined || given === undefined) return false;
  return asked.every((clause) => given.some((other) => follows(other, clause)));
}

/** Whether a clause follows from another one. */
function follows(given: Clause, asked: Clause): boolean {
  if (given.key !== asked.key || given.set !== asked.set || (given.ifExists && !asked.ifExists)) return false;
  if (/not/.test(asked.operator)) {
    return given.operator === asked.operator && asked.values.every((value) => given.values.includes(value));
  }
  const [family, other] = [familyOf(asked.operator), familyOf(given.operator)];
  if (family !== other) return false;
  return given.values.every((value) => asked.values.some((wanted) => isWithin(value, wanted, asked.operator)));
}

/** Operators that differ only in whether wildcards count. */
function familyOf(operator: string): string {
  return /^(?:string|arn)(?:like|equals)$/.test(operator) ? operator.replace(/like|equals/, '') : operator;
}

function isWithin(value: string, wanted: string, operator: string): boolean {
  if (value === wanted) return true;
  if (/like$|^arn/.test(operator)) return matchesGlob(wanted, value);
  if (operator === 'ipaddress') return isSubnet(value, wanted);
  const [left, right] = /^date/.test(operator)
    ? [Date.parse(value), Date.parse(wanted)]
    : [Number(value), Number(wanted)];
  if (/lessthan/.test(operator)) return left <= right;
  return /greaterthan/.test(operator) && left >= right;
}

function isSubnet(inner: string, outer: string): boolean {
  const [one, other] = [networkOf(inner), networkOf(outer)];
  if (one === undefined || other === undefined || one.family !== other.family || one.length < other.length)
    return false;
  const block = new BlockList();
  block.addSubnet(other.address, other.length, other.family);
  return block.check(one.address, one.family);
}

/** An address block, or a lone address as one of its own; undefined for what is none. */
export function networkOf(text: string): { address: string; length: number; family: 'ipv4' | 'ipv6' } | undefined {
  const [address = '', length] = text.split('/');
  const family = isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : undefined;
  if (family === undefined) return undefined;
  const most = family === 'ipv4' ? 32 : 128;
  const own = length === undefined ? most : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  return own <= most ? { address, length: own, family } : undefined;
}

/** Whether a block is all of the Internet or a large part of it: wider than any that one party could have. */
export function isWorld(text: string): boolean {
  const network = networkOf(text);
  if (network === undefined) return false;
  // The widest private blocks are 10.0.0.0/8 (RFC 1918) and fc00::/7 (RFC 4193).
  return network.length < (network.family === 'ipv4' ? 8 : 7);
}
