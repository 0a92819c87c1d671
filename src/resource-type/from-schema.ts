import { isObject, type JsonObject } from '../json.js';
import { child, segments } from '../json-pointer.js';
import type { ResourceType } from './resource-type.js';

/** Definitions may contain themselves; deeper than this no type has a list that matters. */
const MAX_DEPTH = 16;

/** Lists and free-keyed maps found while walking a schema. */
interface Shapes {
  unordered: Set<string>;
  ordered: Set<string>;
  unique: Set<string>;
  maps: Set<string>;
  documents: Set<string>;
  defaults: Record<string, string | number | boolean>;
}

/**
 * Reduces one registry schema (an `aws-service-resource.json`, or `DescribeType`'s `Schema`) to what comparing needs.
 * Throws a plain `Error` when it is no resource schema.
 */
export function resourceTypeFromSchema(schema: unknown): ResourceType {
  if (!isObject(schema) || typeof schema['typeName'] !== 'string' || !isObject(schema['properties'])) {
    throw new Error('not a resource type schema: it lacks typeName or properties');
  }
  const shapes: Shapes = {
    unordered: new Set(),
    ordered: new Set(),
    unique: new Set(),
    maps: new Set(),
    documents: new Set(),
    defaults: {},
  };
  walkProperties(schema, schema, '', [], shapes);
  const handlers = isObject(schema['handlers']) ? schema['handlers'] : {};
  const read = handlers['read'];
  const tagging = isObject(schema['tagging']) ? schema['tagging'] : {};
  const tagProperty = typeof tagging['tagProperty'] === 'string' ? normalisePath(tagging['tagProperty']) : undefined;
  return {
    name: schema['typeName'],
    primaryIdentifier: paths(schema['primaryIdentifier']),
    readOnly: paths(schema['readOnlyProperties']),
    writeOnly: paths(schema['writeOnlyProperties']),
    createOnly: paths(schema['createOnlyProperties']),
    unordered: [...shapes.unordered],
    ordered: [...shapes.ordered],
    unique: [...shapes.unique],
    maps: [...shapes.maps],
    documents: [...shapes.documents],
    transforms: transforms(schema['propertyTransform']),
    defaults: shapes.defaults,
    ...(tagProperty === undefined ? {} : { tagProperty }),
    readable: isObject(read),
    readPermissions: isObject(read) ? strings(read['permissions']) : [],
  };
}

// Schemas write /properties/A/*/B, /properties/A/items/B and properties/A; all become /A/*/B.
export function normalisePath(path: string): string {
  const keys = segments(path.startsWith('/') ? path : `/${path}`);
  const inner = keys[0] === 'properties' ? keys.slice(1) : keys;
  return inner
    .filter((key) => key !== 'properties')
    .map((key) => (key === 'items' || key === '[*]' ? '*' : key))
    .reduce(child, '');
}

function walkProperties(root: JsonObject, node: JsonObject, path: string, seen: JsonObject[], shapes: Shapes): void {
  const properties = node['properties'];
  if (isObject(properties)) {
    for (const [key, value] of Object.entries(properties)) walk(root, value, child(path, key), seen, shapes);
  }
  for (const keyword of ['oneOf', 'anyOf', 'allOf']) {
    const variants = node[keyword];
    if (!Array.isArray(variants)) continue;
    for (const variant of variants) if (isObject(variant)) walk(root, variant, path, seen, shapes);
  }
}

function walk(root: JsonObject, value: unknown, path: string, seen: JsonObject[], shapes: Shapes): void {
  const node = resolve(root, value);
  // A definition inside itself is walked once more, so that its first repetition is known as well.
  if (node === undefined || seen.length > MAX_DEPTH || seen.filter((each) => each === node).length > 1) return;
  const inside = [...seen, node];
  const fallback = node['default'];
  if (typeof fallback === 'string' || typeof fallback === 'number' || typeof fallback === 'boolean') {
    shapes.defaults[path] = fallback;
  }
  const types = Array.isArray(node['type']) ? node['type'] : [node['type']];
  if (types.includes('array')) {
    if (node['insertionOrder'] === false) shapes.unordered.add(path);
    if (node['insertionOrder'] === true) shapes.ordered.add(path);
    if (node['uniqueItems'] === true) shapes.unique.add(path);
    walk(root, node['items'], child(path, '*'), inside, shapes);
  }
  const free = freeKeyed(node);
  if (free) {
    shapes.maps.add(path);
    walk(root, free, child(path, '*'), inside, shapes);
  } else if (types.includes('object') && !hasShape(node)) {
    shapes.documents.add(path);
  }
  walkProperties(root, node, path, inside, shapes);
}

/** The schema of a map's values, where its keys are free. */
function freeKeyed(node: JsonObject): unknown {
  if (isObject(node['properties']) && Object.keys(node['properties']).length > 0) return undefined;
  const patterns = node['patternProperties'];
  if (isObject(patterns)) return Object.values(patterns)[0];
  return isObject(node['additionalProperties']) ? node['additionalProperties'] : undefined;
}

function hasShape(node: JsonObject): boolean {
  return ['properties', 'oneOf', 'anyOf', 'allOf', '$ref'].some((key) => Object.hasOwn(node, key));
}

function resolve(root: JsonObject, value: unknown): JsonObject | undefined {
  let node = value;
  for (let hops = 0; isObject(node) && typeof node['$ref'] === 'string' && hops < MAX_DEPTH; hops += 1) {
    const keys = segments(node['$ref'].replace(/^#/, ''));
    node = keys.reduce<unknown>(
      (inner, key) => (isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
      root,
    );
  }
  return isObject(node) ? node : undefined;
}

function transforms(value: unknown): Record<string, string> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([path, rule]) =>
      typeof rule === 'string' ? [[normalisePath(path), rule] as const] : [],
    ),
  );
}

function paths(value: unknown): string[] {
  return strings(value).map(normalisePath);
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
