import { AwsError, type Call, type Cloud, pageOf, regionOf } from './state.js';

/** The tagging API over what the state records as `unmanaged`; a test may have put owned resources among them. */
export function tagging(cloud: Cloud, call: Call, pageSize: number): Record<string, unknown> {
  if (call.operation !== 'GetResources') throw new AwsError('UnknownOperationException', '');
  const token = String(call.input['PaginationToken'] ?? '');
  // A page may be empty and still have a next one.
  if (cloud.emptyPages && !token.startsWith('after '))
    return { ResourceTagMappingList: [], PaginationToken: `after ${token}` };
  const { items, next } = pageOf(
    regionOf(cloud, call).unmanaged ?? [],
    token.replace('after ', '') || undefined,
    pageSize,
  );
  const ResourceTagMappingList = items.map(({ arn, tags }) => ({
    ResourceARN: arn,
    Tags: Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
  }));
  return { ResourceTagMappingList, PaginationToken: next ?? '' };
}
