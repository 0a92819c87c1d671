import type { SnapshotResource } from '../../../src/cloud/snapshot/snapshot.js';
import { AwsError, type Call, type Cloud, pageOf, throwRecorded } from './state.js';

/** Cloud Control's operations over the resources of all stacks of an account and region, and of those that none owns. */
export function createCloudControl(cloud: Cloud, pageSize: number): (call: Call) => Record<string, unknown> {
  const found = new Map<string, SnapshotResource>();
  const readable = new Map<string, boolean>();
  for (const [account, { regions }] of Object.entries(cloud.accounts)) {
    for (const [region, { stacks, unmanaged = [] }] of Object.entries(regions)) {
      // What the tagging API tells without properties is gone.
      for (const { type, identifier, properties } of unmanaged) {
        if (properties) found.set(`${account} ${region} ${type} ${identifier}`, { logicalId: '', type, properties });
      }
      for (const resource of stacks.flatMap((stack) => stack.resources)) {
        const identifier = cloud.identifierOf?.(resource) ?? resource.physicalId ?? '';
        found.set(`${account} ${region} ${resource.type} ${identifier}`, resource);
        readable.set(resource.type, resource.unsupported === undefined && resource.partial !== true);
      }
    }
  }

  return ({ account, region, operation, input }) => {
    const { TypeName, Identifier } = input;
    if (operation === 'ListResources') {
      const prefix = `${account} ${region} ${TypeName} `;
      const listed = [...found].flatMap(([key, { properties }]) =>
        key.startsWith(prefix) && properties ? [{ Identifier: key.slice(prefix.length) }] : [],
      );
      const { items, next } = pageOf(listed, input['NextToken'], pageSize);
      return { TypeName, ResourceDescriptions: items, NextToken: next };
    }
    if (operation !== 'GetResource') throw new AwsError('UnknownOperationException', '');
    if (readable.get(String(TypeName)) === false) {
      throw new AwsError('UnsupportedActionException', `Resource type ${TypeName} does not support READ action`);
    }
    const resource = found.get(`${account} ${region} ${TypeName} ${Identifier}`);
    if (resource?.error !== undefined) throwRecorded(resource.error);
    if (!resource?.properties) {
      throw new AwsError(
        'ResourceNotFoundException',
        `Resource of type '${TypeName}' with identifier '${Identifier}' was not found.`,
      );
    }
    return { TypeName, ResourceDescription: { Identifier, Properties: JSON.stringify(resource.properties) } };
  };
}
