import { contentText, sameContent } from '../../../../base/content.js';
import type { Json } from '../../../../base/json.js';
import { segments } from '../../../../base/json-pointer.js';
import { pathPatterns } from '../../../../base/path-pattern.js';
import type { ResourceType } from '../../../../compare/resource-type.js';
import type { AwsOwn, ResourceAround, UndeclaredPlace } from '../../../../compare/types.js';
import { standsHere } from './conditions.js';
import { type AwsDefaults, loadAwsDefaults, type Sighting, type TypeDefaults } from './defaults.js';
import { echoed } from './echoes.js';
import { generalText, isUnset } from './general.js';
import { isAwsTag, ownName, shapeOf } from './identity.js';
import { holds, volatileOf } from './volatile.js';
import type { VolatileLine } from './volatile-data.js';

/**
 * Whether AWS has set an undeclared value by itself: a scalar, a list as a whole, an object as a whole. What it can't
 * know to be AWS's is somebody's: keys, roles, policies and groups of others above all.
 */
export function ownOfAws(
  place: UndeclaredPlace,
  about: ResourceAround,
  defaults: AwsDefaults = loadAwsDefaults(),
): AwsOwn | undefined {
  const { path, value } = place;
  const known = knownOf(place.type, about.resourceType);
  const here = known.at(path);
  if (here.own !== undefined) return here.own;
  if (isAwsTag(path, value)) return { kind: 'generated', because: 'AWS alone can set tags that begin with aws:' };
  const named = ownName(path, value, { ...about, identifying: known.naming });
  if (named === 'identifier') return { kind: named, because: 'it is what the resource itself is called' };
  if (named === 'generated') return { kind: named, because: 'it is drawn by lot, or made from the logical ID' };
  const source = echoed(place.type, path, value, about.live);
  if (source !== undefined) return { kind: 'generated', because: `it repeats ${source}` };
  const moving = here.volatile.find((line) => holds(line, about.live));
  if (moving !== undefined) return { kind: 'volatile', because: moving.because };
  return defaultAt(place, about, defaults.of(place.type));
}

function defaultAt(place: UndeclaredPlace, about: ResourceAround, defaults: TypeDefaults): AwsOwn | undefined {
  const { value, type } = place;
  const path = shapeOf(place.path, about.live);
  const stated = about.resourceType?.defaults[path];
  const seen = sightingOf(path, value, about, defaults);
  if (stated !== undefined && isSame(stated, value)) {
    const isOneOf = seen === undefined ? defaults.isRecorded(path) : seen.isOneOf;
    return {
      kind: 'default',
      from: 'schema',
      because: "the schema states it as the property's default",
      ...mark(isOneOf),
    };
  }
  if (seen !== undefined && standsHere(type, path, value, about.live)) {
    const resources = seen.resources === 1 ? 'a recorded resource' : `${seen.resources} recorded resources`;
    const isOneOf = seen.isOneOf || stated !== undefined;
    return { kind: 'default', from: 'recorded', because: `AWS set it by itself on ${resources}`, ...mark(isOneOf) };
  }
  return stated === undefined && !defaults.isRecorded(path) ? likelyDefault(path, value, defaults) : undefined;
}

function mark(isOneOf: boolean): { isOneOf?: true } {
  return isOneOf ? { isOneOf } : {};
}

/** What was seen of a value; a list is AWS's where each of its elements is. */
function sightingOf(path: string, value: Json, about: ResourceAround, defaults: TypeDefaults): Sighting | undefined {
  if (defaults.isRecorded(path)) {
    const seen = defaults.recorded(path, generalText(value, about)) ?? defaults.recorded(path, generalText(value, {}));
    if (seen !== undefined) return seen;
  }
  if (!Array.isArray(value) || value.length === 0 || !defaults.isRecorded(`${path}/*`)) return undefined;
  const items = value.map((item) => sightingOf(`${path}/*`, item, about, defaults));
  return items.every((item) => item !== undefined) ? fewest(items) : undefined;
}

function fewest(seen: readonly Sighting[]): Sighting {
  const resources = Math.min(...seen.map((each) => each.resources));
  return { resources, isOneOf: seen.some(({ isOneOf }) => isOneOf) };
}

/** Where nothing exact is known of the place: what others take as its default, or what says nothing. */
function likelyDefault(path: string, value: Json, defaults: TypeDefaults): AwsOwn | undefined {
  const mined = defaults.mined(path);
  if (mined !== undefined) {
    if (!isSame(mined, value)) return undefined;
    return { kind: 'default', from: 'mined', because: "Terraform's provider takes it as the default" };
  }
  const usual = defaults.usual(segments(path).at(-1) ?? '');
  if (usual !== undefined) {
    if (usual.text !== contentText(value)) return undefined;
    return { kind: 'default', from: 'usual', because: `it is the default of this name on ${usual.types} other types` };
  }
  return isUnset(value) ? { kind: 'default', from: 'unset', because: 'it is off or empty' } : undefined;
}

/** Schemas and providers write numbers and booleans as texts, too. */
function isSame(stated: Json, value: Json): boolean {
  if (typeof value !== 'object' && typeof stated !== 'object') return String(stated) === String(value);
  return sameContent(stated, value);
}

/** What is known of a type, compiled for asking by path. */
interface Known {
  /** What holds at a place whatever stands there; list indices make no difference. */
  at(path: string): PlaceFacts;
  /** Places that hold what the resource is called. */
  naming: readonly string[];
}

interface PlaceFacts {
  own: AwsOwn | undefined;
  volatile: readonly VolatileLine[];
}

/** Bounds the memory that keys of the author's own cost. */
const MOST_PLACES = 10_000;

const compiled = new WeakMap<ResourceType, Known>();
/** Types without a schema, by name. */
const compiledByName = new Map<string, Known>();

function knownOf(name: string, type: ResourceType | undefined): Known {
  const known = type ? compiled.get(type) : compiledByName.get(name);
  if (known) return known;
  const made = compile(name, type);
  if (type) compiled.set(type, made);
  else compiledByName.set(name, made);
  return made;
}

function compile(name: string, type: ResourceType | undefined): Known {
  const { readOnly = [], primaryIdentifier = [] } = type ?? {};
  const readOnlyPlaces = pathPatterns(readOnly);
  const identifier = pathPatterns(primaryIdentifier);
  const volatile = volatileOf(name, type);
  const asked = new Map<string, PlaceFacts>();
  return {
    naming: [...new Set([...primaryIdentifier, ...readOnly])].filter((path) => /(?:Id|ID|Arn|ARN|Name)$/.test(path)),
    at(path) {
      const shape = path.replace(/\/\d+(?=\/|$)/g, '/0');
      const known = asked.get(shape);
      if (known) return known;
      const own: AwsOwn | undefined = readOnlyPlaces.covers(shape)
        ? { kind: 'read-only', because: 'the schema says that AWS alone sets it' }
        : identifier.covers(shape)
          ? { kind: 'identifier', because: 'it identifies the resource (schema)' }
          : undefined;
      const facts = { own, volatile: own === undefined ? volatile(shape) : [] };
      if (asked.size < MOST_PLACES) asked.set(shape, facts);
      return facts;
    },
  };
}
