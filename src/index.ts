export type {
  CrossCheckReport,
  Disagreement,
  Finding,
  PlaceError,
  Report,
  ResourceReport,
  Severity,
  StackReport,
  Summary,
} from './drift/report.js';
export { DriftError, describeProblem, type ErrorCode, type Problem } from './errors.js';
export type { Snapshot } from './provider/snapshot/snapshot.js';
export { renderReport } from './report/formats.js';
export { desiredOfStack, desiredOfTemplate, type TemplateRequest } from './scan/desired.js';
export { recordStacks } from './scan/record.js';
export type { Progress, ScanRequest, ScanResult } from './scan/request.js';
export { scan } from './scan/scan.js';
