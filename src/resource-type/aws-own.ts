import { contentText } from '../base/content.js';
import type { Json } from '../base/json.js';
import { pointerOf, segments } from '../base/json-pointer.js';
import { type AwsDefaults, type DefaultsOfType, loadDefaults } from './aws-defaults.js';
import { type PathPatterns, type PathTable, pathPatterns, pathTable } from './path-pattern.js';
import type { ResourceType } from './resource-type.js';
import { volatileOf } from './volatile-data.js';

/** Why a value that nothing declares is AWS's own, and where that is known from. */
export type AwsOwn =
  | { kind: 'read-only' | 'identifier' | 'generated' | 'volatile'; because: string }
  | { kind: 'default'; from: DefaultSource; because: string };

/**
 * Where a default is known from. Only the schema and what was recorded of that very type, path and value are evidence
 * against an opening; `usual` (the name has that default at all types that were recorded) and `mined` (Terraform's provider
 * says so) only keep a baseline short.
 */
export type DefaultSource = 'schema' | 'recorded' | 'usual' | 'mined';

/** The resource that a value is of. */
export interface OwnSubject {
  type: string;
  resourceType: ResourceType | undefined;
  physicalId?: string | undefined;
}

/** Tells what of a live model is AWS's own where nothing is declared. */
export interface OwnOfAws {
  /** Why a value at a path is; undefined where it is not. */
  at(path: string, value: Json): AwsOwn | undefined;
  /** Whether AWS is known to set something at a path, or below it, so that another value there is a change of that. */
  hasDefault(path: string): boolean;
}

interface KnownOfType {
  readOnly: PathPatterns;
  identifiers: PathPatterns;
  volatile: PathTable<string>;
  generated: PathPatterns;
  schemaDefaults: ResourceType['defaults'];
  defaults: DefaultsOfType;
  usual: AwsDefaults['usual'];
  /** All places with a default, and those that lead to them. */
  places: ReadonlySet<string>;
}

const compiled = new Map<string, KnownOfType>();

/**
 * Prepares to tell what of a resource's live model AWS sets by itself. `others`: by other defaults than those that ship, as
 * when measuring without some of them.
 */
export function ownOfAws({ type, resourceType, physicalId = '' }: OwnSubject, others?: AwsDefaults): OwnOfAws {
  const known = (others === undefined ? compiled.get(type) : undefined) ?? compile(type, resourceType, others);
  if (others === undefined) compiled.set(type, known);
  const names = namesOf(physicalId);
  return {
    at(path, value) {
      if (known.readOnly.covers(path)) return { kind: 'read-only', because: 'the schema says that only AWS sets it' };
      if (known.identifiers.has(path)) return { kind: 'identifier', because: 'it is what the resource is known by' };
      if (typeof value === 'string' && names.some((name) => isNamedSo(value, name))) {
        return { kind: 'identifier', because: 'it is made of what the resource is known by' };
      }
      const [volatile] = known.volatile.at(path);
      if (volatile !== undefined) return { kind: 'volatile', because: volatile };
      return known.generated.has(path) || isGenerated(value) ? GENERATED : defaultAt(known, path, value);
    },
    hasDefault: (path) => known.places.has(shapeOf(path)),
  };
}

const GENERATED: AwsOwn = { kind: 'generated', because: 'AWS has made it up' };

function compile(type: string, resourceType: ResourceType | undefined, all: AwsDefaults = loadDefaults()): KnownOfType {
  const { readOnly = [], primaryIdentifier = [], defaults: schemaDefaults = {} } = resourceType ?? {};
  const defaults = all.of(type);
  return {
    readOnly: pathPatterns(readOnly),
    identifiers: pathPatterns(primaryIdentifier),
    volatile: pathTable(volatileOf(type).map(({ path, because }) => [path, because] as const)),
    generated: pathPatterns(defaults.generated ?? []),
    schemaDefaults,
    defaults,
    usual: all.usual,
    places: new Set(
      [schemaDefaults, defaults.recorded ?? {}, defaults.mined ?? {}].flatMap(Object.keys).flatMap(leadingTo),
    ),
  };
}

/** A pointer, and those of what it stands in. */
function leadingTo(pointer: string): string[] {
  const keys = segments(pointer);
  return keys.map((_, index) => pointerOf(keys.slice(0, index + 1)));
}

/** What a physical ID says: as a whole, and the name at its end. Shorter texts would be found by chance. */
function namesOf(physicalId: string): string[] {
  const last = physicalId.split(/[/:|]/).at(-1) ?? '';
  return [...new Set([physicalId, last])].filter((name) => name.length >= 4);
}

/** Whether a value is a name of the resource, or, where that is no everyday word, has it at its end. */
function isNamedSo(value: string, name: string): boolean {
  if (value === name) return true;
  return name.length >= 8 && value.endsWith(name) && /[/:.@-]$/.test(value.slice(0, -name.length));
}

/** What AWS keeps for everyone: its roles for services, the keys of services, names with what CloudFormation adds to them. */
function isGenerated(value: Json): boolean {
  if (typeof value !== 'string') return false;
  return /^(?:arn:[\w-]+:kms:[\w-]*:\d*:)?alias\/aws\/|:role\/aws-service-role\//.test(value);
}

/** The best evidence that there is of a place decides: what was seen, what the schema states, else what is usual. */
function defaultAt({ schemaDefaults, defaults, usual }: KnownOfType, path: string, value: Json): AwsOwn | undefined {
  const place = shapeOf(path);
  const recorded = defaults.recorded?.[place];
  if (recorded !== undefined) {
    // A switch or a number that was seen in several ways depends on something that nobody recorded.
    const isClear = recorded.length === 1 || typeof value === 'string';
    return isClear && isAmong(recorded, value) ? byDefault('recorded') : undefined;
  }
  const stated = Object.hasOwn(schemaDefaults, place) ? schemaDefaults[place] : undefined;
  if (stated !== undefined) return isAmong([stated], value) ? byDefault('schema') : undefined;
  const mined = defaults.mined?.[place];
  if (mined !== undefined) return isAmong(mined, value) ? byDefault('mined') : undefined;
  return isAmong(usual(nameOf(place)), value) ? byDefault('usual') : undefined;
}

const BECAUSE: Record<DefaultSource, string> = {
  schema: 'the schema states it as the default',
  recorded: 'untouched resources of this type were seen with it',
  usual: 'untouched resources of many types were seen with it',
  mined: "Terraform's provider takes it for the default",
};

function byDefault(from: DefaultSource): AwsOwn {
  return { kind: 'default', from, because: BECAUSE[from] };
}

function nameOf(place: string): string {
  return place.slice(place.lastIndexOf('/') + 1);
}

/** A path with `*` for each index. */
function shapeOf(path: string): string {
  return path.replace(/\/\d+(?=\/|$)/g, '/*');
}

function isAmong(values: readonly Json[] | undefined, value: Json): boolean {
  if (values === undefined) return false;
  if (typeof value !== 'object')
    return values.some((each) => typeof each !== 'object' && String(each) === String(value));
  return values.some((each) => contentText(each) === contentText(value));
}
