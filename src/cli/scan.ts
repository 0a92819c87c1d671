import { type Command, Option } from 'commander';
import type { Report, Severity } from '../drift/report.js';
import { addSourceOptions, collect, type SourceOptions, sourceRequest, warn } from './options.js';
import { parseOutputs, wantsColor, writeStdout, writeStream, writeWhole } from './output.js';
import { createProgressLine } from './progress.js';

interface ScanOptions extends SourceOptions {
  output?: string[];
  failOn?: Severity | 'never';
  strict?: boolean;
  /** A file, `true` for stdout, `false` for --no-patch; absent: only suggested in the report. */
  patch?: string | boolean;
  explain?: boolean;
  crossCheck?: boolean;
  unmanaged?: boolean;
  quiet?: boolean;
  verbose?: boolean;
  color?: boolean;
}

/** `gitops-drift scan`: the drift report, and its exit code. */
export function addScanCommand(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('scan')
    .description('compare the templates in Git with the cloud and report each difference')
    .argument('[repo]', 'a Git work tree or bare repository', '.');
  addSourceOptions(command)
    .option('-o, --output <format[=file]>', 'table or json, to stdout or a file; repeatable (default: table)', collect)
    .addOption(
      new Option('--fail-on <severity>', 'the least severity that makes the exit code 1').choices([
        'critical',
        'high',
        'medium',
        'low',
        'never',
      ]),
    )
    .option('--strict', 'exit with 3 when there is no drift but something could not be verified')
    .option('--patch [file]', 'write one diff with all proven edits (to stdout: the report then goes to stderr)')
    .option('--no-patch', 'do not look for edits at all')
    .option('--explain', 'list values that are unlike but mean the same, and the rule that says so')
    .option('--cross-check', "ask CloudFormation's own drift detection, too, and list where the two disagree")
    .option('--unmanaged', 'also look for resources that no stack owns, in the accounts and regions of the scan')
    .option('-q, --quiet', 'no progress, no warnings, and no table when all is in sync')
    .option('-v, --verbose', 'list what could not be verified, and why')
    .option('--no-color', 'no colours (NO_COLOR and FORCE_COLOR are heeded too)')
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
  gitops-drift scan --patch drift.patch               and the edits that bring live values into Git
  gitops-drift scan --ref origin/main --strict -q     as a gate: 0 in sync, 1 drift, 2 error, 3 unverified`,
    )
    .action(async (repository: string, options: ScanOptions) => finish(await runScan(repository, options)));
}

async function runScan(repository: string, options: ScanOptions): Promise<number> {
  const { formatNames, renderReport } = await import('../report/formats.js');
  const outputs = parseOutputs(options.output ?? ['table'], formatNames);
  const { scan } = await import('../scan/scan.js');
  const progress = createProgressLine(process.stderr, !options.quiet);
  const { failOn, strict, explain, crossCheck, unmanaged, quiet, verbose } = options;
  const { report, warnings, patched } = await scan({
    ...sourceRequest(repository, options),
    patch: options.patch === false ? undefined : {},
    failOn,
    strict,
    explain,
    crossCheck,
    unmanaged,
    onProgress: progress.update,
  }).finally(progress.clear);
  if (!quiet) warn(warnings);
  const diffToStdout = options.patch === '-' || options.patch === true;
  const stream = diffToStdout ? process.stderr : process.stdout;
  for (const { format, file } of outputs) {
    const color = file === undefined && wantsColor(stream, options.color);
    const width = stream.columns;
    const text = await renderReport(report, format, {
      color,
      explain: explain ?? false,
      verbose: verbose ?? false,
      ...(file === undefined && width !== undefined ? { width } : {}),
    });
    if (file !== undefined) await writeWhole(file, text);
    else if (!(quiet && format === 'table' && isInSync(report))) await writeStream(stream, text);
  }
  if (options.patch) {
    const { unifiedDiff } = await import('../patch/unified-diff.js');
    const diff = await unifiedDiff(patched);
    if (diffToStdout) await writeStdout(diff);
    else await writeWhole(String(options.patch), diff);
  }
  return report.summary.exitCode;
}

/** Exit code 0 is not enough: it may stand for drift that `--fail-on` lets pass, or for resources that could not be read. */
function isInSync({ summary }: Report): boolean {
  const { exitCode, findings, resources } = summary;
  const differences = Object.values(findings).some((count) => count > 0);
  return exitCode === 0 && !differences && resources.unreadable + resources.unsupported === 0;
}
