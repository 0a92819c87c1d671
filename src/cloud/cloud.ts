import type { DriftError } from '../base/errors.js';
import type { JsonObject } from '../base/json.js';
import type { ResourceType } from '../compare/resource-type.js';
import type { AwsVerdict } from '../model/comparison.js';
import type { DeployedParameter, ZonesAnswer } from '../model/deployed.js';
import type { PlainObject } from '../value/value.js';
import type { Deed, WriteEvent } from '../who/event.js';
import type { ChangeSets } from './change-sets.js';

/** What names a deployed stack, and as whom to read it. */
export interface StackTarget {
  name: string;
  region: string;
  /** A role to assume for reading; absent: the credentials as they are. */
  roleArn?: string;
}

/** A stack in a list of them. */
export interface ListedStack extends StackTarget {
  /** Whether another stack's resource made it. */
  nested?: boolean;
}

export interface StackResource {
  logicalId: string;
  type: string;
  /** Absent while a resource is being created. */
  physicalId?: string;
  /** CloudFormation's `ResourceStatus`, for example `UPDATE_COMPLETE`. */
  status?: string;
}

/** A deployed stack's structure: what CloudFormation knows of it, without the live state of its resources. */
export interface DeployedStack extends StackTarget {
  /** The stack's ARN. */
  id?: string;
  account?: string;
  /** CloudFormation's `StackStatus`; absent where it was not recorded. */
  status?: string;
  /** Another text after each change of the stack; absent where it is not known. */
  version?: string;
  /** When its last deployment began, ISO 8601; absent where it is not known. */
  deployedAt?: string;
  parameters: Record<string, DeployedParameter>;
  outputs: Record<string, string>;
  /** What the stack exports, by export name; absent where it is not known. */
  exports?: Record<string, string>;
  tags: Record<string, string>;
  resources: StackResource[];
}

/** What asks for the live state of one resource. `properties` (evaluated, may hold unresolved leaves) help to build identifiers. */
export interface ResourceRequest extends StackTarget {
  logicalId: string;
  type: string;
  physicalId: string;
  properties: PlainObject;
}

/**
 * The answer: `deleted` only when it is certain that the resource is gone; an outage, a denial or a throttle is
 * `unreadable` with the provider's reason: it was not read. `unsupported` only where nothing can ever read this type.
 */
export type LiveResource =
  | {
      status: 'live';
      properties: JsonObject;
      /** Only declared properties are in it (CloudFormation drift detection). */
      partial?: boolean;
      /** AWS's own judgement, which then takes the place of a comparison. */
      verdict?: AwsVerdict;
    }
  | { status: 'deleted' }
  | { status: 'unreadable'; reason: string }
  | { status: 'unsupported'; reason: string };

/** What to find out about one's permissions in a region, as whom. */
export interface AccessProbe {
  region: string;
  roleArn?: string | undefined;
  /** IAM actions. */
  actions: readonly string[];
  /** A stack that may be asked for; absent: none is known. */
  stack?: string | undefined;
  /** Resources to read, one a type, by Cloud Control's identifier. */
  resources: readonly { type: string; identifier: string }[];
}

/** What a harmless request told: of an action, or of reading a type, then with the action that it was denied for. */
export interface Access {
  action?: string;
  type?: string;
  /** `unknown`: AWS did not get to decide (throttled, unavailable). */
  status: 'allowed' | 'denied' | 'unknown';
  reason?: string;
}

/** Resources that name others which another stack declares, with what is known of them. */
export interface RecordedOwners {
  resources: { stack: string; logicalId: string; type: string; physicalId: string; properties: JsonObject }[];
  /** Why it is not known whether these are all. */
  unread?: string;
}

/** Asks which calls wrote to a resource. */
export interface WritesRequest {
  region: string;
  roleArn?: string | undefined;
  type: string;
  physicalId: string;
  /** The texts among its properties, by name. */
  texts: Readonly<Record<string, string>>;
  /** What is looked for above all: calls that did this, to the properties at these paths. */
  deed: Deed;
  paths: readonly string[];
  /** From when on, ISO 8601; absent: as far as is known. */
  since?: string | undefined;
}

/** The calls that wrote to a resource, but those of deployments. */
export interface Writes {
  events: readonly WriteEvent[];
  /** Why there is none, or these may not be all. */
  reason?: string;
  /** Why not all could be asked for: the budget is used up, that was refused, or there is too much. */
  unread?: 'budget' | 'refused' | 'cut';
}

/** A resource that no stack owns. */
export interface UnmanagedResource {
  region: string;
  /** CloudFormation's, else the ARN's own `service:kind`. */
  type: string;
  /** Cloud Control's identifier, or what comes nearest. */
  identifier: string;
  arn: string;
  tags: Record<string, string>;
  /** A stack's tags are on it, but that stack, or its logical ID in it, is gone. */
  orphan?: { stack: string; logicalId?: string; reason: string };
  /** Why it is not certain that it exists, or that no stack owns it. */
  doubt?: string;
}

/** What was found in some regions of an account; a region that could not be looked at is an error. */
export interface UnmanagedResources {
  resources: UnmanagedResource[];
  errors: { region: string; error: DriftError }[];
}

/**
 * The port to a source of deployed and live state. Every method may be called concurrently; a provider bounds its own
 * requests. Failures that a person must mend are `DriftError`s.
 */
export interface Provider {
  readonly name: string;
  /**
   * Checks that the provider can be used at all (credentials, file), as the given role, and tells the account where it
   * knows it. Throws a `DriftError` (code `credentials` or `provider`).
   */
  connect(roleArn?: string): Promise<{ account?: string }>;
  /** The region used when a stack names none. */
  defaultRegion(): Promise<string | undefined>;
  /** All regions that there is something to read in, where the provider knows them. */
  regions?(): Promise<string[]>;
  /** Deployed stacks of a region, for matching templates to stacks. */
  listStacks(region: string, roleArn?: string): Promise<ListedStack[]>;
  /** Throws a `DriftError` (code `provider`) when the stack does not exist or can't be read. */
  readStack(target: StackTarget): Promise<DeployedStack>;
  /** Which of the stacks of a region, given by name with their version, are gone or have another version now. */
  changedStacks?(
    region: string,
    roleArn: string | undefined,
    versions: ReadonlyMap<string, string>,
  ): Promise<ReadonlySet<string>>;
  /** A stack's resources alone, by its list. Throws a `DriftError` when they can't be read. */
  listResources(target: StackTarget): Promise<StackResource[]>;
  /** What was recorded of resources that put something into lists of other stacks' resources; undefined where nothing was. */
  recordedOwners?(region: string, roleArn?: string): Promise<RecordedOwners | undefined>;
  /** The stack's template as deployed (original stage), or undefined where it is not known. */
  readTemplate(target: StackTarget): Promise<string | undefined>;
  /** What transforms and macros made of it, which is what was deployed; undefined where it is not known. */
  readProcessedTemplate?(target: StackTarget): Promise<string | undefined>;
  /** Never throws for a single resource's failure: that is `unreadable`. */
  readResource(request: ResourceRequest): Promise<LiveResource>;
  /** The live model alone, where `readResource` gives AWS's judgement of it instead. */
  readModel?(request: ResourceRequest): Promise<LiveResource>;
  /**
   * AWS's own drift detection of the resource, where the provider can ask for it as well. Rejects with a `DriftError`
   * where a stack can't be judged that way.
   */
  secondOpinion?(request: ResourceRequest): Promise<LiveResource>;
  /**
   * Resources of these regions that no stack owns, and that AWS's services did not make. Together, since a stack of one
   * region may own what is global. Rejects only with a `DriftError` that concerns all of them.
   */
  findUnmanaged?(regions: readonly string[], roleArn?: string): Promise<UnmanagedResources>;
  /** Values exported in a region, by export name. */
  readExports(region: string, roleArn?: string): Promise<Record<string, string>>;
  /** Availability zones of a region as `Fn::GetAZs` gives them to the account. Never rejects. */
  availabilityZones?(region: string, roleArn?: string): Promise<ZonesAnswer>;
  /** What a region's registry tells of a type that the shipped index does not know; undefined where it can't be told. */
  resourceType?(name: string, region: string, roleArn?: string): Promise<ResourceType | undefined>;
  /** Which calls wrote to a resource, by the cloud's own record. Never rejects for a single resource: that is the reason. */
  writesTo?(request: WritesRequest): Promise<Writes>;
  /**
   * Finds out what is permitted, by one harmless request each. Throws a `DriftError` where nothing can be asked at all.
   */
  checkAccess?(probe: AccessProbe): Promise<Access[]>;
  /** What changes the cloud, where the provider was made to write and can. */
  changeSets?: ChangeSets;
  close?(): void;
}
