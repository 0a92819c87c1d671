export { DriftError, describeProblem, type ErrorCode, type Notice, type Problem } from './base/errors.js';
export type { ProblemCode } from './base/problem-codes.js';
export type { Baseline, BaselineEntry } from './baseline/baseline.js';
export { baselineDifferences, type EntryDifference } from './baseline/difference.js';
export { readBaseline } from './baseline/read.js';
export { baselineText } from './baseline/write.js';
export type { Snapshot } from './cloud/snapshot/snapshot.js';
export type { FileChange } from './git/file-change.js';
export type { MergeOptions, SavedReport } from './model/merge.js';
export type {
  CrossCheckReport,
  Disagreement,
  Finding,
  Patch,
  PatchEdit,
  PlaceError,
  Remedy,
  Report,
  ResourceReport,
  RuleReport,
  Severity,
  StackReport,
  Summary,
  Suppressed,
} from './model/report.js';
export { readSavedReport } from './model/saved-report.js';
export { unifiedDiff } from './patch/unified-diff.js';
export { applyFiles } from './patch/write/apply-files.js';
export { renderReport } from './report/formats.js';
export { mergeReports } from './report/merge.js';
export { desiredOfStack, desiredOfTemplate, type TemplateRequest } from './scan/desired.js';
export { recordStacks } from './scan/record.js';
export type { PatchRequest, Progress, ScanRequest, ScanResult } from './scan/request.js';
export { scan } from './scan/scan.js';
export type { Excerpt } from './syntax/location.js';
