import { paginateGetResources, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { expect, test } from '@jest/globals';
import { withAws } from '../support/aws.js';
import { snapshotOf } from './cloud.js';

test('the simulated tagging API pages through what no stack owns', async () => {
  const snapshot = snapshotOf([]);
  const unmanaged = ['a', 'b', 'c'].map((name) => ({
    type: 'AWS::S3::Bucket',
    identifier: name,
    arn: `arn:aws:s3:::${name}`,
    tags: { team: name },
  }));
  Object.assign(snapshot.regions['eu-west-1'] ?? {}, { unmanaged });
  await withAws({ accounts: { '111111111111': snapshot }, pageSize: 2 }, async (_, aws) => {
    const client = new ResourceGroupsTaggingAPIClient({});
    const found = [];
    for await (const page of paginateGetResources({ client }, {})) found.push(...(page.ResourceTagMappingList ?? []));
    client.destroy();
    expect(found.map(({ ResourceARN }) => ResourceARN)).toEqual(unmanaged.map(({ arn }) => arn));
    expect(aws.calls).toEqual({ GetResources: 2 });
  });
});
