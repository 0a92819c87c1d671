import { writeStdout } from '../base/streams.js';
import type { Format } from '../report/formats.js';
import type { ScanResult } from '../scan/request.js';
import { warn } from './options.js';
import { type OutputTarget, writeWhole } from './output.js';
import { type ReportOptions, writeReport } from './report-output.js';

/** What says where a scan's result goes. */
export interface ScanOutputOptions extends ReportOptions {
  /** A file, `true` for stdout, `false` for --no-patch; absent: only suggested in the report. */
  patch?: string | boolean;
}

/** Tells warnings, and writes the report and the diff wherever they are asked for. */
export async function writeScan(
  result: ScanResult,
  outputs: readonly OutputTarget<Format>[],
  options: ScanOutputOptions,
): Promise<void> {
  if (!options.quiet) warn(result.warnings);
  await writeReport(result.report, outputs, options, isDiffToStdout(options) ? process.stderr : process.stdout);
  await writeDiff(result, options);
}

/** Writes the diff with all edits, where it is asked for. */
export async function writeDiff({ patched }: ScanResult, options: ScanOutputOptions): Promise<void> {
  if (!options.patch) return;
  const { unifiedDiff } = await import('../patch/unified-diff.js');
  const diff = await unifiedDiff(patched);
  if (isDiffToStdout(options)) await writeStdout(diff);
  else await writeWhole(String(options.patch), diff);
}

/** Whether the diff takes the place of the report, which then goes to stderr. */
export function isDiffToStdout({ patch }: ScanOutputOptions): boolean {
  return patch === '-' || patch === true;
}
