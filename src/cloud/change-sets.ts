import type { JsonObject } from '../base/json.js';

/** Where change sets are, and as whom to ask for them. */
export interface ChangeSetPlace {
  region: string;
  roleArn?: string;
}

/** The stack that they belong to. */
export interface ChangedStack extends ChangeSetPlace {
  name: string;
}

/** A stack as it is now, with all that a change set of it is made from. */
export interface StackNow extends ChangedStack {
  /** The stack's ARN. */
  id: string;
  account: string;
  status: string;
  /** Another text after each change of the stack, as `DeployedStack.version`. */
  version: string;
  /** The stack that it is nested in, the outermost; absent where it is not nested. */
  root?: string;
  /** Why it can't be deployed as it stands, and what to do about it. */
  blocked?: { reason: string; instead: string };
  /** Names of its parameters. */
  parameters: readonly string[];
  /** Its own tags. */
  tags: Readonly<Record<string, string>>;
  /** What its template was acknowledged for. */
  capabilities: readonly string[];
}

/** A change set as it is listed. */
export interface ListedChangeSet {
  id: string;
  name: string;
  description: string;
  /** Whether it is being executed, so that it can't be deleted, or was, so that it is the record of that. */
  isExecuted: boolean;
  createdAt: Date | undefined;
}

/** What a change set would do, and whether it can. */
export interface ChangeSet {
  id: string;
  name: string;
  stackId: string;
  stackName: string;
  /** Whether it is one that undoes drift. */
  revertsDrift: boolean;
  /**
   * `ready` to be executed; `empty`: there is nothing to do; `failed` to be made; `obsolete`: the stack has changed since;
   * `executed` or being so.
   */
  state: 'ready' | 'empty' | 'failed' | 'obsolete' | 'executed';
  /** Why it failed or is obsolete, in the provider's words. */
  reason?: string;
  effects: ResourceEffect[];
}

/** What it would do to a resource. */
export interface ResourceEffect {
  logicalId: string;
  type: string;
  physicalId: string | null;
  /** `sync`: only what the stack knows of it is brought up to date; `dynamic`: it is not known before. */
  action: 'add' | 'modify' | 'remove' | 'import' | 'dynamic' | 'sync';
  /** Whether another resource takes its place. */
  replacement: 'never' | 'maybe' | 'always';
  /** Whether one is deleted. */
  deletes: boolean;
  /** Whether it is gone, and would be made again. */
  isGone: boolean;
  /** Whether its live state was not looked at, so that only the templates were compared. */
  isUncompared: boolean;
  values: ValueEffect[];
  /** What it leaves alone though it differs. */
  ignored: { path: string; reason: string }[];
  /** Its properties before and after, as far as they are told. */
  properties: JsonObject[];
}

/** What it would do to a value. */
export interface ValueEffect {
  /** A pointer into the properties; of what is no property its name, such as `Metadata`. */
  path: string;
  change: 'add' | 'modify' | 'remove' | 'sync';
  before?: string;
  after?: string;
  /** Whether the resource may be replaced for it. */
  replaces: boolean;
}

/** Something that happened while a stack was deployed. */
export interface StackEvent {
  id: string;
  at: Date | undefined;
  /** Null for the stack itself. */
  logicalId: string | null;
  status: string;
  reason?: string;
}

/** How an execution came out. */
export interface Execution {
  /** The stack's status at its end. */
  status: string;
  isComplete: boolean;
}

/** The part of a provider that changes the cloud: change sets that undo a stack's drift. It rejects with a `DriftError`. */
export interface ChangeSets {
  /** Who asks, as the cloud knows them: an ARN. */
  caller(place: ChangeSetPlace): Promise<string>;
  stack(target: ChangedStack): Promise<StackNow>;
  list(target: ChangedStack): Promise<ListedChangeSet[]>;
  /** Begins to make one that undoes the stack's drift, and tells its ID. */
  create(stack: StackNow, named: { name: string; description: string }): Promise<string>;
  /** Tells of one, by its ID, once it is made. Rejects with the signal's reason. Undefined where there is none. */
  read(place: ChangeSetPlace, id: string, signal?: AbortSignal): Promise<ChangeSet | undefined>;
  /** Deletes one, by its name or ID, once that can be done; none there is as good. */
  remove(target: ChangedStack, nameOrId: string): Promise<void>;
  /** Begins to execute one. */
  execute(target: ChangedStack, id: string): Promise<void>;
  /** Tells of each event of an execution until the stack is at rest. Rejects with the signal's reason; it goes on then. */
  follow(target: ChangedStack, id: string, on: (event: StackEvent) => void, signal?: AbortSignal): Promise<Execution>;
}
