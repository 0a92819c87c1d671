import { matchesGlob } from '../base/glob.js';
import { asText } from '../base/text.js';
import { isUnresolved, type Plain, type PlainObject } from '../value/value.js';
import { isAnotherAccount } from './account.js';
import type { Relation, ValueCondition } from './rule.js';

/** How services say that something is not switched on, besides leaving it out. */
const OFF = new Set(
  [
    '',
    'false',
    '0',
    'no',
    'off',
    'none',
    'disabled',
    'disable',
    'inactive',
    'suspended',
    'paused',
    'unencrypted',
  ].concat(['no_encryption', 'noencryption', 'no_protection', 'noprotection', 'plaintext']),
);
/** Members that say whether the rest of an object counts. */
const SWITCHES = ['Enabled', 'Enable', 'Status', 'State'];

/** Whether a value of an account meets a condition. What is not known meets none: nothing is guessed. */
export function meets(value: Plain | undefined, condition: ValueCondition, accountId?: string): boolean {
  const { equals, in: allowed, match, exists, above, below, account } = condition;
  if (isUnresolved(value)) return false;
  if (exists !== undefined && exists !== isPresent(value)) return false;
  const text = textOf(value);
  if (equals !== undefined && text !== String(equals)) return false;
  if (allowed !== undefined && !allowed.some((each) => text === String(each))) return false;
  if (match !== undefined && !(text !== undefined && [match].flat().some((glob) => matchesGlob(glob, text))))
    return false;
  if (account !== undefined && !(text !== undefined && isAnotherAccount(text, accountId))) return false;
  const number = numberOf(value);
  if (above !== undefined && !(number !== undefined && number > above)) return false;
  return below === undefined || (number !== undefined && number < below);
}

/** Whether two values, of which either may be missing, relate so. */
export function relates(old: Plain | undefined, live: Plain | undefined, relation: Relation): boolean {
  if (isUnresolved(old)) return false;
  switch (relation) {
    case 'added':
      return !isPresent(old) && isPresent(live);
    case 'removed':
      return isPresent(old) && !isPresent(live);
    case 'turned-on':
      return isOff(old) && !isOff(live);
    case 'turned-off':
      return !isOff(old) && isOff(live);
    case 'raised':
      return (numberOf(live) ?? Number.NaN) > (numberOf(old) ?? Number.NaN);
    case 'lowered':
      return (numberOf(live) ?? Number.NaN) < (numberOf(old) ?? Number.NaN);
  }
}

function isPresent(value: Plain | undefined): boolean {
  return value !== undefined && value !== null;
}

/** Each rule asks for it at each place, also of what is deep or long. */
const known = new WeakMap<object, boolean>();

/** Missing, or said to be off; of an object that has no switch of its own, all of it. */
function isOff(value: Plain | undefined): boolean {
  if (isUnresolved(value)) return false;
  if (typeof value !== 'object' || value === null) {
    return value === undefined || value === null || OFF.has(asText(value).toLowerCase());
  }
  const found = known.get(value) ?? isAllOff(value);
  known.set(value, found);
  return found;
}

function isAllOff(value: PlainObject | Plain[]): boolean {
  if (Array.isArray(value)) return value.every(isOff);
  const name = SWITCHES.find((key) => Object.hasOwn(value, key));
  return name === undefined ? Object.values(value).every(isOff) : isOff(value[name]);
}

function textOf(value: Plain | undefined): string | undefined {
  return value === undefined || value === null || typeof value === 'object' ? undefined : String(value);
}

/** Numbers are often texts: parameters, environment, attributes. */
function numberOf(value: Plain | undefined): number | undefined {
  const text = textOf(value);
  if (typeof value === 'boolean' || text === undefined || text.trim() === '') return undefined;
  const number = Number(text);
  return Number.isNaN(number) ? undefined : number;
}
