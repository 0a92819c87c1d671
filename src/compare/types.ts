import type { Json, JsonObject } from '../base/json.js';
import type { PlainObject } from '../value/value.js';
import type { MeaningName } from './meanings/names.js';
import type { ResourceType } from './resource-type.js';

/**
 * What comparing asks of a kind of infrastructure as code. The engine knows no type by its name: what holds for one type
 * alone is told here, by type and path. Paths are patterns as in `base/path-pattern.ts`.
 */
export interface TypeSystem extends ResourceTypes {
  /** What was observed of a type's places, each with its reason. */
  facts(type: string): readonly PathFact[];
  /** What the name of a place says of the value that stands there; undefined where it says nothing. */
  word(type: ResourceType, path: string): NameEvidence | undefined;
  /** What a type makes of declared values before it keeps them, by pointer. */
  alternatives(type: ResourceType, desired: PlainObject): Promise<ReadonlyMap<string, readonly Alternative[]>>;
  /** Why an undeclared value is the cloud's own; undefined where it is somebody's. */
  own(place: UndeclaredPlace, about: ResourceAround): AwsOwn | undefined;
  /** What the cloud sets by itself on resources of a type, where that was seen or is taken for likely. */
  defaults(type: string): readonly KnownDefault[];
  /** What moves by itself on resources of a type, and why; not what moves on all of them. */
  moving(type: string): readonly { path: string; because: string }[];
  /** All types whose resources show up in the lists of others. */
  readonly childKinds: readonly ChildKind[];
  /** Those that show up in the lists of a type's resources. */
  childKindsOf(parent: string): readonly ChildKind[];
  /** Whether resources of all regions may name one of a type's. */
  isGlobal(type: string): boolean;
  /** What is moved on resources of a type by scaling. */
  capacities(type: string): readonly Capacity[];
  /** Types whose resources move the capacity of others, which they name. */
  readonly scalers: readonly string[];
  /** The properties by which a resource gives a key a further name: that name, and what it stands for. */
  alias(type: string): { name: string; target: string } | undefined;
  definition(type: string): Definition | undefined;
  echoes(type: string): readonly Echo[];
  /** The properties that may stand in the place of one. */
  standIns(property: string): readonly string[];
}

/** The schemas of types, by name. */
export interface ResourceTypes {
  get(name: string): ResourceType | undefined;
  names(): string[];
}

/** A type, with what its schema says where it has one, and who knows more of it. */
export interface Typed {
  types: TypeSystem;
  type: string;
  resourceType: ResourceType | undefined;
}

/**
 * What an observation says of a place: its meaning, or one of these.
 * `set`, `ordered`: how its list is compared; `bag`: the service fills it, so that only declared members are compared.
 * `unreturned`: absence from the live model says nothing; `unfaithful`: nor does a difference.
 * `unset-when-empty`: an empty declaration leaves the service's default. `key-case`: keys come back in another case.
 */
export type PathRule =
  | MeaningName
  | 'set'
  | 'ordered'
  | 'bag'
  | 'unreturned'
  | 'unfaithful'
  | 'unset-when-empty'
  | 'key-case';

export interface PathFact {
  /** A type, or a prefix ending in `*`. */
  type: string;
  /** A pointer; `*` stands for one segment, `*Suffix` for one that ends so, `**` at the start for any number. */
  path: string;
  rule: PathRule;
  /** What was seen, or is documented, that justifies it. */
  because: string;
}

/** Why a name tells what stands there, and at how many recorded places that held. */
export interface NameEvidence {
  seen: readonly [agree: number, disagree: number];
  because: string;
}

/** What a type may make of a declared value. */
export interface Alternative {
  /** Absent where it is a pattern around the declared value. */
  value?: Json;
  /** Whether a live value is what is asked for. */
  matches(live: Json): boolean;
}

/** A value of a live model that no template declares. */
export interface UndeclaredPlace {
  type: string;
  /** A pointer into the live model. */
  path: string;
  value: Json;
}

/** The resource that an undeclared value is in, where it is, and what it is called there. */
export interface ResourceAround {
  resourceType: ResourceType | undefined;
  physicalId?: string | undefined;
  logicalId?: string | undefined;
  accountId?: string | undefined;
  region?: string | undefined;
  live: JsonObject;
}

/**
 * Where a default is known from, the strongest first. Only `schema` and `recorded` are exact observations of this type,
 * place and value; the others make a baseline quieter, and are no evidence that something open is meant to be.
 * `usual`: defaults of this name have this value on other types. `unset`: nothing, off or empty.
 */
export type DefaultSource = 'schema' | 'recorded' | 'mined' | 'usual' | 'unset';

/** Why an undeclared value is AWS's own. */
export type AwsOwn =
  | { kind: 'read-only' | 'identifier' | 'generated' | 'volatile'; because: string }
  | {
      kind: 'default';
      from: DefaultSource;
      because: string;
      /** AWS sets other values there, too: a change from one to another is somebody's, and only a baseline shows it. */
      isOneOf?: true;
    };

/** Values that the cloud was seen to set at a place (`*` for list indices), or is taken to. */
export interface KnownDefault {
  path: string;
  values: readonly Json[];
  from: 'recorded' | 'mined';
}

/**
 * How an element of a parent's list tells the child that made it.
 * `keys`: the element's members (pointers) are the child's properties of these names. `id`: the element is the child's
 * physical ID. `members`: the element, or its member `key`, is one of those that the child's own list has. `shared`:
 * every property that both have is the same, and they have more than one in common.
 */
export type Naming =
  | { by: 'keys'; keys: Readonly<Record<string, string>> }
  | { by: 'id' }
  | { by: 'members'; property: string; key?: string }
  | { by: 'shared' };

/** A type whose resources show up as elements of a list in another resource's live model. */
export interface ChildKind {
  child: string;
  parent: string;
  /** The child's property that names the parent, or several. */
  parentId: string;
  /** A pointer into the parent's model. */
  list: string;
  naming: Naming;
}

/** What is declared of a resource, and what is live. */
export interface Models {
  desired: PlainObject;
  live: JsonObject;
}

/** A number that another resource, the scaler, moves within bounds. */
export interface Capacity {
  path: string;
  /** The scaler's type. */
  by: string;
  /** The bounds that a scaler sets; undefined where it does not scale this resource. */
  bounds(live: JsonObject, scaler: Models): { low: number; high: number } | undefined;
}

/** A definition that may be declared as a text or as an object, with names that the service replaces. */
export interface Definition {
  text: string;
  object: string;
  /** A map; `${Name}` in the definition stands for the value of a name. */
  substitutions: string;
}

/** A list in which a service also lists what another property of the resource says already. */
export interface Echo {
  list: string;
  /** The property that comes back in the list as well. */
  of: string;
  because: string;
}
