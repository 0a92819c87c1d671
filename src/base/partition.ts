/** Partitions by their regions' prefix; every other region is in `aws`. */
const PARTITIONS: readonly [string, string][] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-isob-', 'aws-iso-b'],
  ['us-isof-', 'aws-iso-f'],
  ['us-iso-', 'aws-iso'],
  ['eu-isoe-', 'aws-iso-e'],
  ['eusc-', 'aws-eusc'],
];

/** The partition of an environment, from its region where it is not given. */
export function partitionOf({ partition, region }: { partition?: string | undefined; region: string }): string {
  return partition ?? PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}
