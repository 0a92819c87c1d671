import { type Command, Option } from 'commander';
import { cleanLines } from '../base/clean.js';
import { DriftError, type Problem } from '../base/errors.js';
import { EXIT } from '../base/exit-codes.js';
import { matchesStack } from '../base/glob.js';
import { writeStdout } from '../base/streams.js';
import type { FileChange } from '../git/file-change.js';
import { findingsById, mayMean } from '../model/find-finding.js';
import { type Finding, isDrift, type Report, type Severity } from '../model/report.js';
import { isMeant } from '../model/show.js';
import { failedStackTexts } from './failed-stacks.js';
import { addSourceOptions, REPORT_CONFLICTS, type SourceOptions, sourceRequest, warn } from './options.js';
import { deliver, mustBeDeliverable } from './patch-delivery.js';
import { checkText, notPatchedText, revertFirstText } from './patch-text.js';
import { createProgressLine } from './progress.js';
import { addShowOptions } from './report-output.js';
import { mustBeTypes } from './type-names.js';

interface PatchOptions extends SourceOptions {
  report?: string;
  finding?: string[];
  type?: string[];
  path?: string[];
  severity?: Severity;
  maxSeverity?: Severity;
  includeDeletions?: boolean;
  proveSam?: boolean;
  who?: boolean;
  check?: boolean;
  apply?: boolean;
  branch?: string;
  output?: string;
}

/** `gitops-drift patch`: brings live values into Git. */
export function addPatchCommand(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('patch')
    .description('write the edits that bring live values into the templates: as a diff, into the files or on a branch')
    .argument('[repo]', 'a Git work tree or bare repository', '.');
  addSourceOptions(command)
    .addOption(
      new Option(
        '--report <file>',
        'take the edits from a report saved with -o json, without scanning again',
      ).conflicts(REPORT_CONFLICTS),
    )
    .option('--finding <id...>', 'only these findings, by their ids or at least the first four digits of them');
  addShowOptions(command)
    .option('--prove-sam', 'prove edits of SAM templates by transforming them, too (needs Python with samtranslator)')
    .option('--who', 'look up in CloudTrail who made the changes, for the trailers of the commit on --branch')
    .option('--include-deletions', 'also take resources that are gone from the cloud out of their templates')
    .addOption(new Option('--check', 'only say what could be patched').conflicts(['apply', 'branch', 'output']))
    .addOption(new Option('--apply', 'write the files of the work tree, all or none').conflicts(['branch', 'output']))
    .addOption(new Option('--branch <name>', 'commit on a new branch from the scanned commit').conflicts('output'))
    .option('-o, --output <file>', 'where to write the diff (default: stdout)')
    .addHelpText(
      'after',
      `
Examples:
  gitops-drift patch --check                         what could be patched, and why not the rest
  gitops-drift patch | git apply                     scan, and take over what is live
  gitops-drift patch --stack shop-prod --apply       write the files of one stack
  gitops-drift patch --report drift.json --finding 1f0c2a9b8d7e6f50
  gitops-drift patch --branch adopt-drift            a commit for a pull request; the work tree stays as it is

Exit codes: 0 done (also where nothing could be patched), 2 error, or a stack that could not be scanned`,
    )
    .action(async (repository: string, options: PatchOptions) => finish(await runPatch(repository, options)));
}

async function runPatch(repository: string, options: PatchOptions): Promise<number> {
  await mustBeTypes(options.type);
  await mustBeDeliverable(repository, options);
  const { report, files } =
    options.report === undefined ? await freshScan(repository, options) : await saved(repository, options);
  findingsById(options.finding ?? [], report.findings, '--finding ');
  const chosen = report.findings.filter((finding) => isChosen(finding, options));
  if (options.check) await writeStdout(checkText(chosen));
  else {
    process.stderr.write(notPatchedText(report.findings.filter((finding) => isMissed(finding, options))));
    const patched = chosen.filter(({ patch }) => patch.status === 'patchable');
    const { rules = [] } = report;
    const advised = options.finding === undefined ? revertFirstText(patched, rules) : '';
    await deliver(repository, options, { commit: report.scan.commit, seen: report.scan.startedAt, patched, files });
    process.stderr.write(advised);
  }
  const isComplete =
    options.report !== undefined ||
    report.stacks.every(({ status, accepted }) => status === 'scanned' || accepted !== undefined);
  return isComplete ? EXIT.inSync : EXIT.error;
}

async function freshScan(repository: string, options: PatchOptions): Promise<{ report: Report; files: FileChange[] }> {
  const { scan } = await import('../scan/scan.js');
  const progress = createProgressLine(process.stderr, true);
  const { report, warnings, patched } = await scan({
    ...sourceRequest(repository, options),
    who: options.who,
    patch: {
      wants: (finding) => isChosen(finding, options),
      includeDeletions: options.includeDeletions,
      remakes: options.proveSam,
    },
    onProgress: progress.update,
  }).finally(progress.clear);
  warn(warnings);
  for (const text of failedStackTexts(report)) process.stderr.write(`warning: ${cleanLines(text)}\n`);
  return { report, files: patched };
}

async function saved(repository: string, options: PatchOptions): Promise<{ report: Report; files: FileChange[] }> {
  const { readSavedReport } = await import('../model/saved-report.js');
  const { openRepository } = await import('../git/repository.js');
  const { savedPatches } = await import('../patch/saved.js');
  const { DEFAULT_IAC } = await import('../iac/registry.js');
  const { types, editor } = DEFAULT_IAC;
  const report = await readSavedReport(options.report ?? '');
  await mustHavePatches(report, options);
  const chosen = report.findings.filter((finding) => isChosen(finding, options));
  const opened = await openRepository(repository);
  const { ref, commit } = report.scan;
  // What was scanned at a commit may be something else in the work tree; only --apply has to look there.
  const isOfCommit = options.branch !== undefined || (ref !== null && !options.apply);
  const checkout = await opened.checkout(isOfCommit ? (commit ?? undefined) : undefined);
  return { report, files: await savedPatches(chosen, checkout, types, editor.dialect) };
}

/** A report of a scan without patches says nothing of what could be patched. */
async function mustHavePatches(report: Report, { report: file, includeDeletions, stack }: PatchOptions): Promise<void> {
  const { unmatchedGlobs } = await import('../iac/wanted.js');
  const looked = report.summary.patches !== undefined || report.findings.every(({ suppressed }) => suppressed);
  const filter = { stackGlobs: stack ?? [], regions: [], defaultRegion: undefined };
  const problems: Problem[] = unmatchedGlobs(filter, report.stacks, 'reported');
  if (!looked)
    problems.push({
      code: 'report-without-patches',
      message: 'the report was made with --no-patch',
      hint: 'scan again without --no-patch',
    });
  if (includeDeletions) {
    const hint = 'use it without --report; a saved report offers none';
    problems.push({ code: 'usage-conflict', message: '--include-deletions needs a scan', hint });
  }
  if (problems.length > 0)
    throw new DriftError(
      'usage',
      problems.map((each) => ({ ...each, ...(file ? { file } : {}) })),
    );
}

function isChosen(finding: Finding, options: PatchOptions): boolean {
  return finding.suppressed === undefined && isDrift(finding.verdict) && isAsked(finding, options);
}

/** Whether a finding that the options mean has no edit; a suppressed one is missed where it was asked for by its id. */
function isMissed(finding: Finding, options: PatchOptions): boolean {
  if (!isAsked(finding, options)) return false;
  return finding.suppressed ? options.finding !== undefined : finding.patch.status === 'refused';
}

function isAsked(finding: Finding, options: PatchOptions): boolean {
  const { finding: ids, stack, region } = options;
  if (ids && !ids.some((id) => mayMean(id, finding))) return false;
  if (stack && !stack.some((glob) => matchesStack(glob, finding.stack))) return false;
  if (region && !region.includes(finding.region)) return false;
  return isMeant(finding, options);
}
