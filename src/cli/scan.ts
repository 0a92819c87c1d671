import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { cleanLines } from '../base/clean.js';
import { DriftError } from '../base/errors.js';
import type { Report } from '../model/report.js';
import { isMeant } from '../model/show.js';
import type { ScanResult } from '../scan/request.js';
import { type Clock, readInterval } from './clock.js';
import { addSourceOptions, type SourceOptions, sourceRequest } from './options.js';
import { createProgressLine, type ProgressLine } from './progress.js';
import { addReportOptions, earlierReport, reportOutputs } from './report-output.js';
import { type ScanOutputOptions, writeScan } from './scan-output.js';

interface ScanOptions extends SourceOptions, ScanOutputOptions {
  /** Scan again after so many ms. */
  watch?: number;
  shard?: string;
  /** Whether edits of SAM templates are proven by its own transform. */
  proveSam?: boolean;
  crossCheck?: boolean;
  unmanaged?: boolean;
  who?: boolean;
  whoBudget?: number;
}

/** `gitops-drift scan`: the drift report, and its exit code. */
export function addScanCommand(program: Command, finish: (exitCode: number) => void, clock: Clock): void {
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
    .option('--who', 'look up in CloudTrail who made the changes, and when')
    .option('--who-budget <requests>', 'most requests for that to a region of an account (default: 240)', readBudget)
    .option(
      '--watch <interval>',
      'scan again after each interval (30s, 5m, 1h), and print what opened and closed',
      readInterval,
    )
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
  gitops-drift scan --who                             also who changed it in AWS, and when
  gitops-drift scan --shard 2/8 -o json=drift-2.json  one of eight jobs; then: gitops-drift report drift-*.json
  gitops-drift scan -q --new-since drift.json         fails, and tells, only what is new since that report
  gitops-drift scan --severity high                   shows what is high or critical; all is counted and judged
  gitops-drift scan --patch drift.patch               and the edits that bring live values into Git
  gitops-drift scan --watch 5m                        again every five minutes: what opened and closed
  gitops-drift scan --ref origin/main --strict -q     as a gate: 0 in sync, 1 drift, 2 error, 3 unverified`,
    )
    .action(async (repository: string, options: ScanOptions) => finish(await runScan(repository, options, clock)));
}

/** What one scan is given besides its options. */
interface Around {
  newSince: Report | undefined;
  progress: ProgressLine;
  /** Stops it. */
  signal: AbortSignal | undefined;
}

async function runScan(repository: string, options: ScanOptions, clock: Clock): Promise<number> {
  const outputs = await reportOutputs(options);
  mustBeFile(options.patch);
  const newSince = await earlierReport(options);
  const progress = createProgressLine(process.stderr, !options.quiet);
  const scanOnce = (signal?: AbortSignal) => scanWith(repository, options, { newSince, progress, signal });
  const { watch: everyMs } = options;
  if (everyMs === undefined) {
    const result = await scanOnce();
    await writeScan(result, outputs, options);
    return result.report.summary.exitCode;
  }
  const { watchScans } = await import('./watch-scans.js');
  return watchScans({ everyMs, scan: scanOnce, outputs, options, progress, clock });
}

async function scanWith(repository: string, options: ScanOptions, around: Around): Promise<ScanResult> {
  const { newSince, progress, signal } = around;
  const { scan } = await import('../scan/scan.js');
  const { failOn, strict, explain, crossCheck, unmanaged, who, whoBudget, shard } = options;
  return scan({
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
    who: who || whoBudget !== undefined,
    whoBudget,
    onProgress: progress.update,
    onOutput: options.verbose ? (text) => process.stderr.write(`${cleanLines(text)}\n`) : undefined,
    signal,
  }).finally(progress.clear);
}

/** Reads how many requests there may be. Throws commander's error for what is no count. */
function readBudget(text: string): number {
  const budget = Number(text);
  if (!Number.isInteger(budget) || budget < 1) throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return budget;
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
