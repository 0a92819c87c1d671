import type { Json } from '../base/json.js';
import { isPlainMap, type Plain } from '../value/value.js';
import type { Place } from './place.js';
import type { TypeRules } from './rules.js';

/** How a list is compared; of a `subset` the live side may have more. */
export type ListKind = 'ordered' | 'set' | 'subset';

/**
 * Names that say that a list is a set, whatever its type: things referred to, allowed, subscribed to, or asked for all
 * together. Half of the schemas' lists say nothing of order.
 */
const SET_NAMES =
  /(?:Tags|Ids|IDs|Arns|ARNs|Subnets|Groups|Zones|Scopes|Origins|CNAMEs|Attributes|Permissions|Principals|Policies|Events|EventTypes|Methods|Headers|Cookies|QueryStrings|Protocols|Regions|CountryCodes|Accounts|Roles|Users|Members|Recipients|Subscribers|Cidrs|CidrBlocks|Addresses|Domains|Certificates|LoadBalancers|Listeners|Ingress|Egress|Conditions|Predicates|Filters|Capabilities|Aliases|URLs|Urls|Flows|Exports|DaysOfWeek)$/;

/** Names that say that order matters even among elements with names: what runs, is matched or is laid out in turn. */
const ORDERED_NAMES =
  /(?:Steps|Stages|Columns|ColumnNames|ColumnTypes|PartitionKeys|Layers|Commands?|Entry[Pp]oint|Args|Arguments|CacheBehaviors|CustomRules|BootstrapActions|CorsRules|DomainNameServers|DnsServers|TextTransformations|PlacementStrategy|PlacementStrategies)$/;

/** Identifiers as AWS makes them: the order of references means nothing, but where the name says otherwise. */
const REFERENCE = /^(?:arn:[\w-]+:[\w-]+:.+|[a-z]{1,12}-(?:[0-9a-f]{8}|[0-9a-f]{17}))$/;

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

/**
 * How to compare a list that is declared at a place: as an observation says, else as the schema says. Where it is silent,
 * a list without duplicates, of references, of elements with a key, or with a telling name is a set.
 */
export function listKind(desired: readonly Plain[], place: Place, rules: TypeRules): ListKind {
  const { path, property, document } = place;
  const quirks = rules.quirks(path);
  if (quirks.includes('subset')) return 'subset';
  if (quirks.includes('ordered')) return 'ordered';
  if (quirks.includes('set')) return 'set';
  if (document === 'policy') return 'set';
  const key = keyOf(desired, []);
  if (key !== undefined && BAG_KEYS.test(key) && BAG_NAMES.test(property)) return 'subset';
  if (rules.unordered.has(path)) return 'set';
  if (rules.ordered.has(path) || document === 'json' || ORDERED_NAMES.test(property)) return 'ordered';
  return key !== undefined || rules.unique.has(path) || SET_NAMES.test(property) || areReferences(desired)
    ? 'set'
    : 'ordered';
}

function areReferences(list: readonly Plain[]): boolean {
  return list.length > 0 && list.every((item) => typeof item === 'string' && REFERENCE.test(item));
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
  if (!isPlainMap(value)) return undefined;
  const parts = key.split('+').map((name) => value[name]);
  const known = parts.filter((part) => typeof part === 'string' || typeof part === 'number');
  return known.length === parts.length ? known.join('+') : undefined;
}
