import { DriftError, type Problem } from '../../../base/errors.js';
import { isObject, type JsonObject } from '../../../base/json.js';
import { pointerOf, segments } from '../../../base/json-pointer.js';
import type { ResourceType } from '../../../compare/resource-type.js';
import { meaningsOf } from './schema-meanings.js';
import { mapValueNodes, type Pieces } from './schema-node.js';
import { listPlaces, type Place } from './schema-walk.js';

/**
 * Distils what comparing needs from a CloudFormation registry schema: one file of AWS's `CloudformationSchema.zip`, or
 * the parsed `Schema` that `DescribeType` returns.
 * Conditionally create-only properties are left out: whether they replace the resource depends on the value.
 * Throws a `DriftError` (code `provider`) that lists what is wrong when the input is not such a schema.
 */
export function resourceTypeFromSchema(schema: unknown): ResourceType {
  const problems = findProblems(schema);
  const name = isObject(schema) && typeof schema['typeName'] === 'string' ? schema['typeName'] : 'A resource type';
  if (problems.length > 0 || !isObject(schema)) throw notASchema(name, problems);
  try {
    return distil(schema, name);
  } catch (error) {
    if (error instanceof RangeError) throw notASchema(name, [error.message]);
    throw error;
  }
}

function notASchema(name: string, problems: readonly string[]): DriftError {
  const list = problems.map(
    (problem): Problem => ({
      code: 'type-schema-unusable',
      message: `${name}: can't use its registry schema: ${problem}`,
    }),
  );
  return new DriftError('provider', list);
}

const PATH_LISTS = ['primaryIdentifier', 'readOnlyProperties', 'writeOnlyProperties', 'createOnlyProperties'] as const;
const OBJECTS = ['definitions', 'propertyTransform', 'tagging', 'handlers'] as const;
const TYPE_NAME = /^[A-Za-z0-9]{2,64}(::[A-Za-z0-9]{2,64}){2,3}$/;

function findProblems(schema: unknown): string[] {
  if (!isObject(schema)) return ['it is not a JSON object'];
  const problems: string[] = [];
  const { typeName, properties } = schema;
  if (typeof typeName !== 'string' || !TYPE_NAME.test(typeName)) problems.push('typeName is not a type name');
  if (!isObject(properties)) problems.push('properties is not an object');
  for (const key of PATH_LISTS) {
    if (schema[key] !== undefined && !isStringList(schema[key])) problems.push(`${key} is not a list of paths`);
  }
  const identifier = schema['primaryIdentifier'];
  if (isStringList(identifier) && normaliseAll(identifier).length < identifier.length) {
    problems.push('primaryIdentifier names something that is no property');
  }
  for (const key of OBJECTS) {
    if (schema[key] !== undefined && !isObject(schema[key])) problems.push(`${key} is not an object`);
  }
  return problems;
}

function distil(schema: JsonObject, name: string): ResourceType {
  const places = listPlaces(schema);
  const paths = (key: (typeof PATH_LISTS)[number]) => normaliseAll(schema[key]);
  const wherever = (test: (pieces: Pieces) => boolean) => {
    const matching = new Set([...new Set(places.map(({ pieces }) => pieces))].filter(test));
    return sortedSet(places.filter(({ pieces }) => matching.has(pieces)).map(({ path }) => path));
  };
  const maps = wherever(isMap);
  const tagProperty = isObject(schema['tagging']) ? schema['tagging']['tagProperty'] : undefined;
  const tags = typeof tagProperty === 'string' ? normalisePath(tagProperty) : undefined;
  const handlers = isObject(schema['handlers']) ? schema['handlers'] : {};
  const read = isObject(handlers['read']) ? handlers['read'] : undefined;
  return {
    name,
    primaryIdentifier: paths('primaryIdentifier'),
    readOnly: sortedSet(paths('readOnlyProperties')),
    writeOnly: sortedSet(paths('writeOnlyProperties')),
    createOnly: sortedSet(paths('createOnlyProperties')),
    unordered: wherever((pieces) => orderOf(pieces) === false),
    ordered: wherever((pieces) => orderOf(pieces) === true),
    maps,
    documents: wherever(isDocument),
    meanings: meaningsOf(places, new Set(maps)),
    transforms: transformsOf(schema),
    defaults: defaultsOf(places),
    ...(tags === undefined ? {} : { tagProperty: tags }),
    readable: read !== undefined,
    readPermissions: isStringList(read?.['permissions']) ? sortedSet(read['permissions']) : [],
  };
}

/**
 * A pointer into the properties, from a path as schemas spell it; undefined for one that lies elsewhere (definitions).
 * AWS's schemas also write `properties/A` (SimSpaceWeaver), `/properties/A/properties/B` (OpenSearch), `/properties/A.B`
 * (NimbleStudio); `items` for `*` is what the schema's own structure suggests. No property has such a name or a dot in it.
 */
function normalisePath(path: string): string | undefined {
  const [head, ...keys] = segments(path.startsWith('/') ? path : `/${path}`);
  if (head !== 'properties' || keys.length === 0) return undefined;
  const named = keys.flatMap((key) => key.split('.')).filter((key) => key !== 'properties' && key !== '');
  return pointerOf(named.map((key) => (key === 'items' ? '*' : key)));
}

function normaliseAll(paths: unknown): string[] {
  if (!isStringList(paths)) return [];
  return paths.map(normalisePath).filter((path) => path !== undefined);
}

/** `insertionOrder` where the schema states it; undefined where it is silent or contradicts itself. */
function orderOf(pieces: Pieces): boolean | undefined {
  if (!isList(pieces)) return undefined;
  const unordered = says(pieces, 'insertionOrder', false);
  const ordered = says(pieces, 'insertionOrder', true);
  return unordered === ordered ? undefined : ordered;
}

function isList(pieces: Pieces): boolean {
  return pieces.some((piece) => typeNames(piece).includes('array') || 'items' in piece);
}

/** A map whose keys are free, unlike an object with named members. */
function isMap(pieces: Pieces): boolean {
  return mapValueNodes(pieces).length > 0 && !pieces.some((piece) => hasMembers(piece['properties']));
}

/** A JSON document: an object whose members the schema leaves open, often one that may be written as a string too. */
function isDocument(pieces: Pieces): boolean {
  if (!pieces.flatMap(typeNames).includes('object') || mapValueNodes(pieces).length > 0) return false;
  return !pieces.some((piece) => 'properties' in piece || piece['additionalProperties'] === false);
}

function hasMembers(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length > 0;
}

function typeNames(piece: JsonObject): unknown[] {
  return [piece['type']].flat();
}

function says(pieces: Pieces, keyword: string, value: unknown): boolean {
  return pieces.some((piece) => piece[keyword] === value);
}

function transformsOf(schema: JsonObject): Record<string, string> {
  const entries = Object.entries(schema['propertyTransform'] ?? {}).flatMap(
    ([path, expression]): [string, string][] => {
      const pointer = normalisePath(path);
      return pointer === undefined || typeof expression !== 'string' ? [] : [[pointer, expression]];
    },
  );
  return Object.fromEntries(entries.sort(byKey));
}

function defaultsOf(places: readonly Place[]): Record<string, string | number | boolean> {
  const entries = places.flatMap(({ path, pieces }): [string, string | number | boolean][] => {
    const value = pieces.find((piece) => Object.hasOwn(piece, 'default'))?.['default'];
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[path, value]] : [];
  });
  return Object.fromEntries(entries.sort(byKey));
}

function byKey([left]: [string, unknown], [right]: [string, unknown]): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function sortedSet(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

function isStringList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
