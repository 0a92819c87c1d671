import { pointerOf, segments } from '../base/json-pointer.js';
import { pathTable } from '../base/path-pattern.js';
import { knownDefaults } from './known-defaults.js';
import { type Knowledge, knownOfPlace } from './known-of-place.js';
import { meaning } from './meanings/registry.js';
import type { ResourceType } from './resource-type.js';
import { rulesOf } from './rules.js';
import type { PathFact, TypeSystem } from './types.js';

/** What is known of a type, place by place. */
export interface KnownOfType {
  type: string;
  /** Whether Cloud Control reads it, and with which permissions. */
  readable: boolean;
  readPermissions: readonly string[];
  primaryIdentifier: readonly string[];
  tagProperty?: string;
  places: { path: string; known: Knowledge[] }[];
  /** Path data that covers none of these places; it holds wherever its pattern fits. */
  elsewhere: PathFact[];
  /** What the meanings of these places, and plain text, are made of. */
  meanings: { name: string; forms: string[]; relations: string[] }[];
}

/** Gathers what is known of a type; `prefix`: only of this place and those below it, where an index is as good as `*`. */
export function knownOfType(types: TypeSystem, type: ResourceType, prefix = ''): KnownOfType {
  const { primaryIdentifier, readable, readPermissions, tagProperty } = type;
  const facts = types.facts(type.name);
  const reasons = pathTable(facts.map((fact) => [fact.path, fact] as const));
  const own = knownDefaults(types, type.name);
  const told = [...toldPlaces(type, facts), ...own.keys()];
  const withElements = [...told.flatMap(listsAbove), ...type.unordered, ...type.ordered];
  const lists = new Set(withElements.filter((path) => !type.maps.includes(path)));
  const paths = [...new Set([...told, ...lists])].sort(byParts);
  const rules = rulesOf({ types, type: type.name, resourceType: type });
  const subject = { types, type, rules, isList: (path: string) => lists.has(path), own };
  const places = paths
    .filter((path) => isWithin(path, prefix))
    .map((path) => ({ path, known: knownOfPlace(path, subject, reasons.at(path)) }))
    .filter(({ known }) => known.length > 0);
  const covering = new Set(paths.flatMap((path) => reasons.at(path)));
  return {
    ...{ type: type.name, readable, readPermissions, primaryIdentifier },
    ...(tagProperty === undefined ? {} : { tagProperty }),
    places,
    elsewhere: prefix === '' ? facts.filter((fact) => !covering.has(fact)) : [],
    meanings: meaningsIn(places),
  };
}

/** The places that the schema or path data names; data for several types counts where this one has the property. */
function toldPlaces(type: ResourceType, facts: readonly PathFact[]): string[] {
  const { primaryIdentifier, readOnly, writeOnly, createOnly, unordered, ordered, maps, documents } = type;
  const exact = facts.filter(({ path }) => !/\*[^/]/.test(path));
  const told = [
    ...[primaryIdentifier, readOnly, writeOnly, createOnly, unordered, ordered, maps, documents].flat(),
    ...Object.values(type.meanings).flat(),
    ...Object.keys(type.transforms),
    ...Object.keys(type.defaults),
    ...exact.flatMap((fact) => (fact.type === type.name ? [fact.path] : [])),
  ];
  const properties = new Set(told.map((path) => segments(path)[0]));
  return [...told, ...exact.map(({ path }) => path).filter((path) => properties.has(segments(path)[0]))];
}

/** The places with elements that a path goes through: lists, or maps. */
function listsAbove(path: string): string[] {
  const keys = segments(path);
  return keys.flatMap((key, index) => (key === '*' && index > 0 ? [pointerOf(keys.slice(0, index))] : []));
}

/** What stands in an object follows right behind it. */
function byParts(left: string, right: string): number {
  return left.replaceAll('/', '\0') < right.replaceAll('/', '\0') ? -1 : 1;
}

function isWithin(path: string, prefix: string): boolean {
  const keys = segments(path).filter((key) => key !== '**');
  return segments(prefix).every((key, index) => keys[index] === key || keys[index] === '*');
}

function meaningsIn(places: KnownOfType['places']): KnownOfType['meanings'] {
  const told = places.flatMap(({ known }) => known.filter(({ about }) => about === 'meaning'));
  const names = [...new Set([...told.map(({ value }) => value), 'text'])].sort();
  return names.flatMap((name) => {
    const known = meaning(name);
    if (known === undefined) return [];
    return [{ name, forms: known.forms.map((form) => form.name), relations: known.stands.map((each) => each.name) }];
  });
}
