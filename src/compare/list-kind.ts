import { contentText } from '../base/content.js';
import type { Json } from '../base/json.js';
import { isKnown, isPlainMap, type Plain } from '../value/value.js';
import type { Place } from './place.js';
import type { TypeRules } from './rules.js';

/** How a list is compared; of a `bag` the live side may have more. */
export type ListKind = 'ordered' | 'set' | 'bag';

/**
 * Names that say that order matters where the schema says nothing: what runs, is matched, tried or laid out in turn, or
 * stands for columns by position.
 */
const ORDERED_NAMES =
  /^(?:Stages|Overrides)$|(?:Steps|Columns|ColumnNames|ColumnTypes|PartitionKeys|Layers|Commands?|Entry[Pp]oint|Args|Arguments|CacheBehaviors|CustomRules|BootstrapActions|CorsRules|RoutingRules|NameServers|NtpServers|DnsServers|SearchDomains|TextTransformations|PlacementStrategy|PlacementStrategies|TerminationPolicies|Processors|Order|Sort|InitContainers|LifecycleHooks|DataTransforms|PreferredAvailabilityZones|PreferredCacheClusterAZs|Hierarchy|Hierarchies)$/;

/**
 * Names that say that order does not matter, though the schema says that it does: what is attached, allowed, told apart
 * by key, or matched by any of it. Schemas state `insertionOrder: true` without thought; of the recorded lists that came
 * back reordered, services had sorted some that were so marked, and to Terraform's provider all of these are sets.
 */
const SET_NAMES =
  /(?:Tags|TagFilters|TagList|Subnets|SubnetIds|SecurityGroups|(?:Group|Allocation|Account|Reservation|Set)Ids|Arns|(?<!Preferred)AvailabilityZones|(?:Allow|Allowed|Expose|Exposed)(?:Headers|Methods|Origins)|LogsExports|UserNames|Roles|Passwords|SearchableAttributes|ResourceTypes|ResourceTypeList|TargetTypes|InstanceTypes|PlatformCapabilities|OptionalFields)$/;

/** Elements that number themselves stand in that order, wherever they are in the list. */
const NUMBERS = ['Priority', 'Order'];

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
 * How to compare a list that is declared at a place: as an observation says, else as the schema or its name says. A list
 * with an equal element twice is ordered, and so is every list in a document, but for policies; all others are sets.
 */
export function listKind(desired: readonly Plain[], { path, property, document }: Place, rules: TypeRules): ListKind {
  if (document === 'policy') return 'set';
  const known = knownListKind(path, property, rules);
  if (known?.source === 'path data') return known.kind;
  if (document === 'json') return 'ordered';
  const key = keyOf(desired, []);
  if (key !== undefined && BAG_KEYS.test(key) && isAttributeBag(property)) return 'bag';
  if (NUMBERS.some((name) => isNumbered(desired, name))) return 'set';
  return known?.kind ?? (hasRepeats(desired) ? 'ordered' : 'set');
}

/** What is known of a list whatever is in it; undefined where nothing is. */
export function knownListKind(
  path: string,
  property: string,
  rules: TypeRules,
): { kind: ListKind; source: 'path data' | 'schema' | 'word' } | undefined {
  const observed = rules.facts(path).find((fact) => fact === 'bag' || fact === 'ordered' || fact === 'set');
  if (observed !== undefined) return { kind: observed, source: 'path data' };
  if (rules.unordered.has(path)) return { kind: 'set', source: 'schema' };
  if (SET_NAMES.test(property)) return { kind: 'set', source: 'word' };
  if (rules.ordered.has(path)) return { kind: 'ordered', source: 'schema' };
  return ORDERED_NAMES.test(property) ? { kind: 'ordered', source: 'word' } : undefined;
}

/** Whether a list of that name is a bag where its elements go by `Key` or namespace. */
export function isAttributeBag(property: string): boolean {
  return BAG_NAMES.test(property);
}

/** Whether all elements have a number of that name, each another one. */
function isNumbered(list: readonly Plain[], name: string): boolean {
  return list.length > 0 && isKey(list, name);
}

function hasRepeats(list: readonly Plain[]): boolean {
  const texts = list.filter(isKnown).map(contentText);
  return new Set(texts).size < texts.length;
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
