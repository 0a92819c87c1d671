import type { JsonObject } from '../../base/json.js';
import type { DeployedParameter } from '../../model/deployed.js';
import type { RecordedOwners } from '../cloud.js';

/** Recorded live state: what `gitops-drift snapshot` writes. The contract is `schemas/snapshot.schema.json`. */
export interface Snapshot {
  snapshotVersion: 1;
  /** ISO 8601. */
  capturedAt: string;
  /** The account of the credentials as they were, without a role; it is that of the stacks that name none. */
  account: string | null;
  regions: Record<string, SnapshotRegion>;
}

export interface SnapshotRegion {
  stacks: SnapshotStack[];
  /** Absent where they were not looked for. */
  unmanaged?: RecordedUnmanaged[];
  /** What was looked for of other stacks' resources that put something into lists of these, by account. */
  owners?: RecordedOwner[];
  /** What stacks export that are not recorded, by export name. */
  exports?: Record<string, string>;
  /** The same of other accounts than the snapshot's, by account. */
  accountExports?: Record<string, Record<string, string>>;
  /** What `Fn::GetAZs` gives there, where a template asks for it. */
  availabilityZones?: RecordedZones;
  /** The same for other accounts than the snapshot's, by account. */
  accountAvailabilityZones?: Record<string, RecordedZones>;
}

/** The owners that were found in an account, and why it is not known whether they are all. */
export interface RecordedOwner extends RecordedOwners {
  /** Where it is another than the snapshot's. */
  account?: string;
}

/** Names, or why they could not be read. */
export type RecordedZones = string[] | { error: string };

export interface SnapshotStack {
  name: string;
  id?: string;
  /** Where it is another than the snapshot's. */
  account?: string;
  status?: string;
  /** The template as deployed: its text, or a JSON template itself; null where it was not read. */
  template?: string | JsonObject | null;
  /** What transforms and macros made of it; absent where it has none, or it was not read. */
  processedTemplate?: string | JsonObject | null;
  /** By name; the value as CloudFormation tells it. */
  parameters?: Record<string, string | number | boolean | DeployedParameter>;
  outputs?: Record<string, string>;
  exports?: Record<string, string>;
  tags?: Record<string, string>;
  resources: SnapshotResource[];
}

export interface SnapshotResource {
  logicalId: string;
  type: string;
  physicalId?: string | null;
  status?: string;
  /** The live model; null: the resource is gone. Absent with `error` or `unsupported`, and for what is not in Git's template. */
  properties?: JsonObject | null;
  /** Only declared properties are in `properties`. */
  partial?: boolean;
  /** Why it could not be read. */
  error?: string;
  /** Why there is no way to read its type. */
  unsupported?: string;
}

/** A resource that no recorded stack owns. */
export interface RecordedUnmanaged {
  /** Where it is another than the snapshot's. */
  account?: string;
  type: string;
  identifier: string;
  arn?: string;
  tags?: Record<string, string>;
  properties?: JsonObject;
  /** The stack whose tags it carries, and which, or whose logical ID, is gone. */
  orphan?: { stack: string; logicalId?: string; reason: string };
  /** What is not certain of it. */
  doubt?: string;
}
