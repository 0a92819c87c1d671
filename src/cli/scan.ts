import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import { DriftError } from '../base/errors.js';
import { writeStdout } from '../base/streams.js';
import { isMeant } from '../model/show.js';
import { addSourceOptions, type SourceOptions, sourceRequest, warn } from './options.js';
import { writeWhole } from './output.js';
import { createProgressLine } from './progress.js';
import { addReportOptions, earlierReport, type ReportOptions, reportOutputs, writeReport } from './report-output.js';

interface ScanOptions extends SourceOptions, ReportOptions {
  shard?: string;
  /** A file, `true` for stdout, `false` for --no-patch; absent: only suggested in the report. */
  patch?: string | boolean;
  /** Whether edits of SAM templates are proven by its own transform. */
  proveSam?: boolean;
  crossCheck?: boolean;
  unmanaged?: boolean;
}

/** `gitops-drift scan`: the drift report, and its exit code. */
export function addScanCommand(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('scan')
    .description('compare the templates in Git with the cloud and report each difference')
    .argument('[repo]', 'a Git work tree or bare repository', '.');
  addReportOptions(addSourceOptions(command))
    .option('--shard <i/n>', 'scan only one of n equal parts of the stacks; "report" merges their reports')
    .option('--patch [file]', 'write one diff with all proven edits (to stdout: the report then goes to stderr)')
    .option('--no-patch', 'do not look for edits at all')
    .option('--prove-sam', 'prove edits of SAM templates by transforming them, too (needs Python with samtranslator)')
    .option('--cross-check', "ask CloudFormation's own drift detection, too, and list where the two disagree")
    .option('--unmanaged', 'also look for resources that no stack owns, in the accounts and regions of the scan')
    .addHelpText(
      'after',
      `
Examples:
  gitops-drift scan                                   this repository against AWS, with AWS's usual credentials
  gitops-drift scan ~/infra --region eu-west-1        another repository, stacks of one region
  gitops-drift scan --snapshot live.json              against recorded state, offline
  gitops-drift scan -o table -o json=drift.json       for people and for machines
  gitops-drift scan --provider cloudformation         with CloudFormation's own drift detection as the judge
  gitops-drift scan --cross-check                     with both judges, and where they disagree
  gitops-drift scan --unmanaged                       also what is in the cloud, but in no stack
  gitops-drift scan --shard 2/8 -o json=drift-2.json  one of eight jobs; then: gitops-drift report drift-*.json
  gitops-drift scan -q --new-since drift.json         fails, and tells, only what is new since that report
  gitops-drift scan --severity high                   shows what is high or critical; all is counted and judged
  gitops-drift scan --patch drift.patch               and the edits that bring live values into Git
  gitops-drift scan --ref origin/main --strict -q     as a gate: 0 in sync, 1 drift, 2 error, 3 unverified`,
    )
    .action(async (repository: string, options: ScanOptions) => finish(await runScan(repository, options)));
}

async function runScan(repository: string, options: ScanOptions): Promise<number> {
  const outputs = await reportOutputs(options);
  mustBeFile(options.patch);
  const newSince = await earlierReport(options);
  const { scan } = await import('../scan/scan.js');
  const progress = createProgressLine(process.stderr, !options.quiet);
  const { failOn, strict, explain, crossCheck, unmanaged, quiet, shard } = options;
  const { report, warnings, patched } = await scan({
    ...sourceRequest(repository, options),
    shard,
    patch:
      options.patch === false
        ? undefined
        : { wants: (finding) => isMeant(finding, options), remakes: options.proveSam },
    failOn,
    strict,
    newSince,
    explain,
    crossCheck,
    unmanaged,
    onProgress: progress.update,
  }).finally(progress.clear);
  if (!quiet) warn(warnings);
  const diffToStdout = options.patch === '-' || options.patch === true;
  await writeReport(report, outputs, options, diffToStdout ? process.stderr : process.stdout);
  if (options.patch) {
    const { unifiedDiff } = await import('../patch/unified-diff.js');
    const diff = await unifiedDiff(patched);
    if (diffToStdout) await writeStdout(diff);
    else await writeWhole(String(options.patch), diff);
  }
  return report.summary.exitCode;
}

/** `scan --patch ~/infra` takes the repository for the file. */
function mustBeFile(patch: string | boolean | undefined): void {
  if (typeof patch !== 'string' || patch === '-') return;
  if (!statSync(dirname(patch), { throwIfNoEntry: false })?.isDirectory()) {
    throw new DriftError('usage', [
      { code: 'usage-not-writable', message: `--patch ${patch}: there is no such folder`, hint: 'make it first' },
    ]);
  }
  if (!statSync(patch, { throwIfNoEntry: false })?.isDirectory()) return;
  const hint = `name the repository first: gitops-drift scan ${patch} --patch`;
  throw new DriftError('usage', [
    { code: 'usage-not-writable', message: `--patch ${patch}: this is a directory, not a file`, hint },
  ]);
}
