import type { Problem } from '../base/errors.js';
import { isNestedStack } from '../iac/registry.js';
import { type MergeOptions, mergeSaved, type SavedReport } from '../model/merge.js';
import type { Report } from '../model/report.js';

/**
 * Makes one report of several, such as the shards of one scan: all their stacks, ordered by account, region and name in
 * whatever order the reports are given, counted anew. One report alone stays as it is, but for the gate and what is new.
 * Throws a `DriftError` (code `report`) with all problems: reports of another commit or repository, a stack or a shard
 * that is there twice, an earlier report of another repository, shards that are missing, also where a shard is all that
 * is given: it is not the scan. With `allowMissing` that is a warning, and the report says which shards it covers.
 */
export function mergeReports(
  saved: readonly SavedReport[],
  options?: MergeOptions,
): { report: Report; warnings: Problem[] } {
  return mergeSaved(saved, isNestedStack, options);
}
