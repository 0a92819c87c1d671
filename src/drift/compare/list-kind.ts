import type { Json } from '../../json.js';
import type { Plain } from '../../template/value.js';
import type { TypeRules } from './rules.js';
import { isPlainObject, type Place } from './walk.js';

/** How a list is compared; of a `subset` the live side may have more. */
export type ListKind = 'ordered' | 'set' | 'subset';

/**
 * Names that say that a list is a set, whatever its type: things referred to, allowed or subscribed to. Half of the
 * schemas' lists say nothing of order. Sequences by nature (rules, steps, stages, commands, columns) are not among them.
 */
const SET_NAMES =
  /(?:Tags|Ids|Arns|ARNs|Subnets|Groups|Zones|Scopes|Origins|Attributes|Permissions|Principals|Policies|Events|EventTypes|Methods|Headers|Protocols|Regions|Roles|Users|Members|Cidrs|CidrBlocks|Ingress|Egress|Aliases|URLs|Flows|Exports)$/;

/** Attribute bags: the template names a few, the service returns them all. */
const BAG_NAMES = /(?:Attributes|OptionSettings)$/;
const BAG_KEYS = /^(?:Key|Namespace.*)$/;

/** Properties by which elements are told apart; joined ones count together. */
const KEYS = [
  'Namespace+OptionName',
  'Namespace+ResourceName+OptionName',
  'Key',
  'key',
  'Id',
  'Sid',
  'Name',
  'name',
  'AttributeName',
  'PolicyName',
  'IndexName',
  'TagKey',
  'ParameterName',
  'OptionName',
  'DeviceName',
  'StatusCode',
  'Priority',
  'Region',
  'LogType',
];

/** How to compare a list that is declared at a place. */
export function listKind(desired: readonly Plain[], place: Place, rules: TypeRules): ListKind {
  const quirks = rules.quirks(place.path);
  if (quirks.includes('subset')) return 'subset';
  if (quirks.includes('ordered')) return 'ordered';
  if (quirks.includes('set')) return 'set';
  if (place.document === 'policy') return 'set';
  const key = keyOf(desired, []);
  if (key !== undefined && BAG_KEYS.test(key) && BAG_NAMES.test(place.property)) return 'subset';
  if (rules.unordered.has(place.path)) return 'set';
  if (rules.ordered.has(place.path) || place.document === 'json') return 'ordered';
  if (key !== undefined || SET_NAMES.test(place.property)) return 'set';
  return 'ordered';
}

/** The property by which all elements of both lists can be told apart, if there is one. */
export function keyOf(desired: readonly Plain[], live: readonly Json[]): string | undefined {
  if (desired.length + live.length === 0) return undefined;
  return KEYS.find((key) => isKey(desired, key) && isKey(live, key));
}

function isKey(list: readonly Plain[], key: string): boolean {
  const names = new Set<string>();
  for (const item of list) {
    const name = keyText(item, key);
    if (name === undefined || names.has(name)) return false;
    names.add(name);
  }
  return true;
}

/** The text of an element's key; `A+B` joins properties. */
export function keyText(value: Plain, key: string): string | undefined {
  if (!isPlainObject(value)) return undefined;
  const parts = key.split('+').map((name) => value[name]);
  const known = parts.filter((part) => typeof part === 'string' || typeof part === 'number');
  return known.length === parts.length ? known.join('+') : undefined;
}
