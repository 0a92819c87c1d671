import type { JsonObject } from '../../json.js';
import type { DeployedParameter } from '../provider.js';

/** Recorded live state: what `gitops-drift snapshot` writes. The contract is `schemas/snapshot.schema.json`. */
export interface Snapshot {
  snapshotVersion: 1;
  /** ISO 8601. */
  capturedAt: string;
  /** The account of the stacks that name none. */
  account: string | null;
  regions: Record<string, SnapshotRegion>;
}

export interface SnapshotRegion {
  stacks: SnapshotStack[];
  unmanaged?: UnmanagedResource[];
  /** What stacks export that are not recorded, by export name. */
  exports?: Record<string, string>;
  availabilityZones?: string[];
}

export interface SnapshotStack {
  name: string;
  id?: string;
  /** Where it is another than the snapshot's. */
  account?: string;
  status?: string;
  /** The template as deployed: its text, or a JSON template itself; null where it was not read. */
  template?: string | JsonObject | null;
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
export interface UnmanagedResource {
  type: string;
  identifier: string;
  arn?: string;
  tags?: Record<string, string>;
  properties?: JsonObject;
}
