import type { JsonObject } from '../../../src/base/json.js';
import type {
  Snapshot,
  SnapshotRegion,
  SnapshotResource,
  SnapshotStack,
} from '../../../src/cloud/snapshot/snapshot.js';
import type { Zones } from './zones.js';

/** What drift detection of this cloud does; every key is `stack/logicalId` or a stack's name. */
export interface DriftBehaviour {
  /** Declared properties as deployed; absent: as live, so that nothing differs. */
  expected?: Record<string, JsonObject>;
  /** How often a detection is asked for until it has ended, default once. */
  polls?: number;
  /** Stacks of which resources can't be checked, and the reason. */
  failing?: Record<string, string>;
  /** Stacks that somebody else is detecting: how often they are asked for until that has ended. */
  busy?: Record<string, number>;
}

/** What change sets of this cloud do. */
export interface ChangeSetBehaviour {
  /** How often one is asked for until it is made; default once. */
  polls?: number;
  /** How often a stack is asked for while a change set is executed; default not at all. */
  deployPolls?: number;
  /** Stacks whose change sets can't be made, and the reason. */
  failing?: Record<string, string>;
  /** Stacks whose executions fail, and the reason. */
  breaking?: Record<string, string>;
  /** Further resource changes, by stack. */
  more?: Record<string, Record<string, unknown>[]>;
  /** What is told of a resource's change besides, by `stack/logicalId`; null: nothing is done about it. */
  told?: Record<string, Record<string, unknown> | null>;
  /** Resources that an execution leaves as they are, by `stack/logicalId`. */
  stubborn?: string[];
}

/** What a recording does not tell of a stack. */
export interface StackFacts {
  /** When its last update began; default: never, or with a status of an update the same time for all. */
  updatedAt?: string;
  /** The template after its transforms; default: the original without them. */
  processed?: string;
  /** What its template was acknowledged for. */
  capabilities?: string[];
  /** Whether the list of stacks leaves out whose nested stack it is. */
  isUnmarked?: boolean;
}

/** An event as CloudTrail's history has it; `CloudTrailEvent` may be given as an object. */
export interface TrailRecord {
  EventId: string;
  EventName: string;
  /** ISO 8601. */
  EventTime: string;
  EventSource: string;
  ReadOnly?: string;
  Username?: string;
  AccessKeyId?: string;
  Resources?: { ResourceType?: string; ResourceName?: string }[];
  CloudTrailEvent: unknown;
}

/** What the simulated cloud holds: recorded state by account, with what a recording does not tell. */
export interface Cloud {
  accounts: Record<string, Snapshot>;
  /** Cloud Control's identifier of a resource; default: its physical ID. */
  identifierOf?: (resource: SnapshotResource) => string | undefined;
  /** More about stacks, by name. */
  facts?: Record<string, StackFacts>;
  /** Registry schemas for DescribeType, by type name. */
  schemas?: Record<string, unknown>;
  /** The roles that may be assumed, with the external ID that they ask for; absent: every role. */
  roles?: Record<string, { externalId?: string }>;
  /** Availability zones, which each account sees as its own. */
  zones?: Zones;
  /** Regions that are not enabled, by account. */
  regionsOff?: Record<string, string[]>;
  /** Whether the tagging API gives an empty page before each other one. */
  emptyPages?: boolean;
  /** CloudTrail's history, by account and region (`111111111111 eu-west-1`), and the time that it goes by. */
  trail?: { events: Record<string, TrailRecord[]>; now?: () => number };
  /** What CloudFormation's drift detection does. */
  drift?: DriftBehaviour;
  /** What its change sets do. */
  changeSets?: ChangeSetBehaviour;
}

/** One request, as the operations see it. */
export interface Call {
  account: string;
  region: string;
  operation: string;
  input: Record<string, unknown>;
}

/** An error as AWS tells it. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

export function regionOf(cloud: Cloud, call: Call): SnapshotRegion {
  return cloud.accounts[call.account]?.regions[call.region] ?? { stacks: [] };
}

export function stackOf(cloud: Cloud, call: Call): SnapshotStack {
  const name = String(call.input['StackName']);
  const stack = regionOf(cloud, call).stacks.find((one) => one.name === name || stackId(call, one) === name);
  if (stack) return stack;
  throw new AwsError('ValidationError', `Stack with id ${name} does not exist`);
}

export function stackId(call: Call, stack: SnapshotStack): string {
  return stack.id ?? `arn:aws:cloudformation:${call.region}:${call.account}:stack/${stack.name}/0c0ffee0`;
}

/** One page of a list, and the token of the next one. */
export function pageOf<Item>(items: Item[], token: unknown, size: number): { items: Item[]; next: string | undefined } {
  const start = typeof token === 'string' ? Number(Buffer.from(token, 'base64url').toString()) : 0;
  const end = start + size;
  const next = end < items.length ? Buffer.from(String(end)).toString('base64url') : undefined;
  return { items: items.slice(start, end), next };
}

/** Throws what a recorded `error` says: `Code: message`. */
export function throwRecorded(error: string): never {
  const [, code, message] = /^(\w+): (.*)$/s.exec(error) ?? [];
  throw new AwsError(code ?? 'GeneralServiceException', message ?? error);
}
