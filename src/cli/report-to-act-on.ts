import type { Finding, Report } from '../model/report.js';
import { type SourceOptions, sourceRequest, warn } from './options.js';
import { createProgressLine } from './progress.js';

/**
 * The report whose findings a command acts on: the saved one that `--report` names, else that of a scan; there, edits are
 * looked for where `wants` says which findings they are wanted for. The signal stops the scan. Throws a `DriftError` where
 * neither can be had.
 */
export async function reportToActOn(
  repository: string,
  options: SourceOptions & { report?: string },
  wants?: (finding: Finding) => boolean,
  signal?: AbortSignal,
): Promise<Report> {
  if (options.report !== undefined) {
    const { readSavedReport } = await import('../model/saved-report.js');
    return readSavedReport(options.report);
  }
  const { scan } = await import('../scan/scan.js');
  const progress = createProgressLine(process.stderr, true);
  const request = { ...sourceRequest(repository, options), onProgress: progress.update, signal };
  const { report, warnings } = await scan(wants === undefined ? request : { ...request, patch: { wants } }).finally(
    progress.clear,
  );
  warn(warnings);
  return report;
}
