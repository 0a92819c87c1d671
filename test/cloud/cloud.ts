import type { ResourceRequest } from '../../src/cloud/cloud.js';
import type { Snapshot, SnapshotResource, SnapshotStack } from '../../src/cloud/snapshot/snapshot.js';

/** A recorded account with these stacks in one region. */
export function snapshotOf(stacks: SnapshotStack[], account = '111111111111', region = 'eu-west-1'): Snapshot {
  return {
    snapshotVersion: 1,
    capturedAt: '2026-01-01T00:00:00Z',
    account,
    regions: { [region]: { stacks, unmanaged: [] } },
  };
}

export function stackOf(name: string, resources: SnapshotResource[], more: Partial<SnapshotStack> = {}): SnapshotStack {
  return { name, parameters: {}, outputs: {}, exports: {}, resources, ...more };
}

/** Buckets `Bucket0`, `Bucket1` …, each with its name as physical ID. */
export function buckets(count: number): SnapshotResource[] {
  return Array.from({ length: count }, (_, index) => bucket(`Bucket${index}`));
}

export function bucket(logicalId: string, more: Partial<SnapshotResource> = {}): SnapshotResource {
  const physicalId = logicalId.toLowerCase();
  return { logicalId, type: 'AWS::S3::Bucket', physicalId, properties: { BucketName: physicalId }, ...more };
}

/** Asks for a recorded resource as a scan would. */
export function requestFor(
  stack: string,
  resource: SnapshotResource,
  more: Partial<ResourceRequest> = {},
): ResourceRequest {
  const { logicalId, type, physicalId } = resource;
  return { name: stack, region: 'eu-west-1', logicalId, type, physicalId: physicalId ?? '', properties: {}, ...more };
}
