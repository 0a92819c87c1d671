import type { Command } from 'commander';
import { cleanLines } from '../base/clean.js';
import { DriftError, type Problem } from '../base/errors.js';
import { EXIT } from '../base/exit-codes.js';
import { writeStdout } from '../base/streams.js';
import type { ScanResult } from '../scan/request.js';
import { leftOutLines, openingLines, outOfDateLines, writtenLine } from './baseline-text.js';
import { failedStackTexts } from './failed-stacks.js';
import { addSourceOptions, type SourceOptions, sourceRequest, warn } from './options.js';
import { writeWhole } from './output.js';
import { createProgressLine } from './progress.js';
import { placeIn } from './work-tree-file.js';

interface BaselineOptions extends SourceOptions {
  output?: string;
  check?: boolean;
}

/** `gitops-drift baseline`: accepts what is live and in no template, as it is now. */
export function addBaselineCommand(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('baseline')
    .description('accept what is live and in no template as it is now, so that scans report each change of it')
    .argument('[repo]', 'a Git work tree or bare repository', '.');
  addSourceOptions(command)
    .option(
      '-o, --output <file>',
      'where to write it, "-" is stdout (default: .gitops-drift/baseline.json beside the configuration)',
    )
    .option('--check', 'write nothing; exit with 1 where the file is out of date, and say what differs')
    .addHelpText(
      'after',
      `
The file holds no secrets, only salted digests of them. Commit it: scans read it at the commit that they scan.
What is open by itself (public, administrator, disabled …) is printed, and never accepted: add an "ignore:" rule for it.

Examples:
  gitops-drift baseline                     write .gitops-drift/baseline.json, for a pull request
  gitops-drift baseline --stack 'shop-*'    accept anew what these stacks have; the others' entries stay
  gitops-drift baseline --check             in a pipeline
  gitops-drift baseline --ref main -o -     for the templates and the baseline of a branch, to stdout

Exit codes: 0 written, or up to date; 1 out of date (--check); 2 error, or a stack could not be scanned, 130/143 interrupted`,
    )
    .action(async (repository: string, options: BaselineOptions) => finish(await runBaseline(repository, options)));
}

async function runBaseline(repository: string, options: BaselineOptions): Promise<number> {
  const { check = false, output } = options;
  if (check && output !== undefined)
    fail({ code: 'usage-conflict', message: '--check writes nothing, so there is no --output' });
  if (!check && output === undefined) await mustHaveWorkTree(repository, options);
  const { scan } = await import('../scan/scan.js');
  const progress = createProgressLine(process.stderr, true);
  const request = { ...sourceRequest(repository, options), recordBaseline: true, failOn: 'never' as const };
  const result = await scan({ ...request, onProgress: progress.update }).finally(progress.clear);
  const { report, baseline } = result;
  const { exitCode, exitReason } = report.summary;
  warn(result.warnings);
  for (const text of failedStackTexts(report, ', so nothing of this in the file is changed')) tell(`error: ${text}`);
  for (const { region, error } of report.errors ?? []) tell(`error: ${region}: ${error}`);
  const isAnyScanned = report.stacks.some(({ status }) => status === 'scanned');
  if (baseline === undefined || !isAnyScanned || exitReason?.code === 'nothingRead') {
    tell(`error: ${exitReason?.text ?? 'nothing was read'}; no baseline was ${check ? 'checked' : 'written'}`);
    return EXIT.error;
  }
  const failed = exitCode === EXIT.error ? EXIT.error : EXIT.inSync;
  if (check) {
    const lines = outOfDateLines(baseline);
    for (const line of lines) tell(line);
    tell(...openingLines(report));
    return failed || (lines.length > 0 ? EXIT.drift : EXIT.inSync);
  }
  const path = await write(repository, baseline, output);
  tell(writtenLine(path, baseline), ...leftOutLines(report, baseline), ...openingLines(report));
  return failed;
}

/** Writes the file, and says where. */
async function write(
  repository: string,
  baseline: NonNullable<ScanResult['baseline']>,
  output: string | undefined,
): Promise<string> {
  const { baselineText } = await import('../baseline/write.js');
  const text = baselineText(baseline.now);
  if (output === '-') await writeStdout(text);
  else await writeWhole(output ?? (await placeIn(repository, baseline.path)), text);
  return output === '-' ? 'stdout' : (output ?? baseline.path);
}

/** Throws a `DriftError` where there are no files to write it among. */
async function mustHaveWorkTree(repository: string, { ref }: BaselineOptions): Promise<void> {
  const hint = 'say where to write it with -o <file>, or -o - for stdout';
  if (ref !== undefined)
    fail({ code: 'usage-no-work-tree', message: 'with --ref, the work tree is not written to', hint });
  const { openRepository } = await import('../git/repository.js');
  const { bare } = await openRepository(repository);
  if (bare) fail({ code: 'usage-no-work-tree', message: 'a bare repository has no files to write', hint });
}

function fail(problem: Problem): never {
  throw new DriftError('usage', [problem]);
}

function tell(...lines: string[]): void {
  for (const line of lines) process.stderr.write(`${cleanLines(line)}\n`);
}
