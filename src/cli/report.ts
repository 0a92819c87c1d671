import type { Command } from 'commander';
import { DriftError } from '../base/errors.js';
import { warn } from './options.js';
import { addReportOptions, earlierReport, type ReportOptions, reportOutputs, writeReport } from './report-output.js';

/** `gitops-drift report`: renders saved reports again, several as one. */
export function addReportCommand(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('report')
    .description('render reports that were saved with -o json again; several, such as the shards of a scan, as one')
    .argument('<file...>', 'saved reports');
  addReportOptions(command)
    .option('--allow-missing', 'merge shards although some are missing, and say so')
    .addHelpText(
      'after',
      `
Examples:
  gitops-drift report drift.json --explain            a saved report as a table
  gitops-drift scan --shard 2/8 -o json=drift-2.json  in each of eight jobs, 1/8 to 8/8 …
  gitops-drift report drift-*.json -o table -o json=drift.json     … and one report of all of them
  gitops-drift report drift.json --new-since yesterday.json        what is new since then, and whether it fails

The exit code is what one scan of all would have had; --fail-on, --strict and --new-since judge the findings anew.`,
    )
    .action(async (files: string[], options: ReportOptions & { allowMissing?: boolean }) => {
      finish(await runReport(files, options));
    });
}

async function runReport(files: string[], options: ReportOptions & { allowMissing?: boolean }): Promise<number> {
  const { failOn, strict, allowMissing } = options;
  const outputs = await reportOutputs(options);
  const { mergeReports } = await import('../report/merge.js');
  const gate = failOn === undefined && strict === undefined ? undefined : { failOn, strict };
  const saved = await readAll(files);
  const { report, warnings } = mergeReports(saved, { gate, allowMissing, newSince: await earlierReport(options) });
  if (!options.quiet) warn(warnings);
  await writeReport(report, outputs, { ...options, savedAs: files.length === 1 ? files[0] : undefined });
  return report.summary.exitCode;
}

/** Reads all reports, or tells what is wrong with all of them. */
async function readAll(files: readonly string[]) {
  const { readSavedReport } = await import('../model/saved-report.js');
  const readings = await Promise.allSettled(files.map(async (file) => ({ file, report: await readSavedReport(file) })));
  const problems = readings.flatMap((reading) => {
    if (reading.status === 'fulfilled') return [];
    if (!(reading.reason instanceof DriftError)) throw reading.reason;
    return reading.reason.problems;
  });
  if (problems.length > 0) throw new DriftError('report', problems);
  return readings.flatMap((reading) => (reading.status === 'fulfilled' ? [reading.value] : []));
}
