import { AwsError, type Call, type Cloud, pageOf, regionOf } from './state.js';

/** The tagging API over what the state records as `unmanaged`. */
export function tagging(cloud: Cloud, call: Call, pageSize: number): Record<string, unknown> {
  if (call.operation !== 'GetResources') throw new AwsError('UnknownOperationException', '');
  const token = call.input['PaginationToken'] || undefined;
  const { items, next } = pageOf(regionOf(cloud, call).unmanaged ?? [], token, pageSize);
  const ResourceTagMappingList = items.map(({ arn, tags }) => ({
    ResourceARN: arn,
    Tags: Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
  }));
  return { ResourceTagMappingList, PaginationToken: next ?? '' };
}
