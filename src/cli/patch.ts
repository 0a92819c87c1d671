import { type Command, Option } from 'commander';
import type { Finding, Report, Severity } from '../drift/report.js';
import { SEVERITIES } from '../drift/summary.js';
import { DriftError, type Problem } from '../errors.js';
import type { FileChange } from '../git/file-change.js';
import { matchesGlob } from '../glob.js';
import { clean } from '../report/clean.js';
import { addSourceOptions, type SourceOptions, sourceRequest, warn } from './options.js';
import { writeStdout, writeWhole } from './output.js';
import { createProgressLine } from './progress.js';

interface PatchOptions extends SourceOptions {
  report?: string;
  finding?: string[];
  type?: string[];
  severity?: Severity;
  includeDeletions?: boolean;
  check?: boolean;
  apply?: boolean;
  branch?: string;
  output?: string;
}

/** `gitops-drift patch`: brings live values into Git. */
export function addPatchCommand(program: Command): void {
  const command = program
    .command('patch')
    .description('write the edits that bring live values into the templates: as a diff, into the files or on a branch')
    .argument('[repo]', 'a Git work tree or bare repository', '.');
  addSourceOptions(command)
    .option('--report <file>', 'take the edits from a report saved with -o json, without scanning again')
    .option('--finding <id...>', 'only these findings')
    .option('--type <glob...>', 'only resources of these types')
    .addOption(
      new Option('--severity <severity>', 'only findings of this severity or a graver one').choices([...SEVERITIES]),
    )
    .option('--include-deletions', 'also take resources that are gone from the cloud out of their templates')
    .addOption(new Option('--check', 'only say what could be patched').conflicts(['apply', 'branch', 'output']))
    .addOption(new Option('--apply', 'write the files of the work tree, all or none').conflicts(['branch', 'output']))
    .addOption(new Option('--branch <name>', 'commit on a new branch from the scanned commit').conflicts('output'))
    .option('-o, --output <file>', 'where to write the diff (default: stdout)')
    .addHelpText(
      'after',
      `
Examples:
  gitops-drift patch | git apply                     scan, and take over what is live
  gitops-drift patch --check                         what could be patched, and why not the rest
  gitops-drift patch --stack shop-prod --apply       write the files of one stack
  gitops-drift patch --report drift.json --finding 1f0c2a9b8d7e6f50
  gitops-drift patch --branch adopt-drift            a commit for a pull request; the work tree stays as it is

Exit codes: 0 done (also where nothing could be patched), 2 error`,
    )
    .action((repository: string, options: PatchOptions) => runPatch(repository, options));
}

async function runPatch(repository: string, options: PatchOptions): Promise<void> {
  const { report, files } =
    options.report === undefined ? await freshScan(repository, options) : await saved(repository, options);
  const chosen = report.findings.filter((finding) => isChosen(finding, options));
  mustExist(options.finding ?? [], report);
  const patchable = chosen.filter(({ patch }) => patch.status === 'patchable');
  if (options.check) return writeStdout(checkText(chosen));
  for (const finding of chosen) {
    if (finding.patch.status === 'refused') process.stderr.write(`not patched: ${checkLine(finding)}\n`);
  }
  await deliver(repository, options, report, patchable, files);
}

async function deliver(
  repository: string,
  options: PatchOptions,
  report: Report,
  patchable: readonly Finding[],
  files: readonly FileChange[],
): Promise<void> {
  const paths = files.map(({ path }) => path).join(', ');
  if (patchable.length === 0) process.stderr.write('nothing to patch\n');
  if (options.apply || options.branch !== undefined) {
    if (patchable.length === 0) return;
    const { openRepository } = await import('../git/repository.js');
    const opened = await openRepository(repository);
    if (options.branch === undefined) {
      const { applyFiles } = await import('../patch/write/apply-files.js');
      if (opened.bare)
        throw new DriftError('usage', [
          { message: 'a bare repository has no files to write', hint: 'use --branch <name>' },
        ]);
      await applyFiles(opened.root, files);
      process.stderr.write(`patched ${count(patchable.length)} in ${paths}\n`);
      return;
    }
    const { commitMessage } = await import('../patch/commit-message.js');
    const parent = report.scan.commit;
    if (parent === null)
      throw new DriftError('usage', [{ message: 'the repository has no commit to start a branch from' }]);
    const commit = await opened.commitOnBranch({
      branch: options.branch,
      parent,
      message: commitMessage(patchable),
      files,
    });
    process.stderr.write(
      `committed ${count(patchable.length)} in ${paths} on the branch ${options.branch} (${commit.slice(0, 10)})\n`,
    );
    return;
  }
  const { unifiedDiff } = await import('../patch/unified-diff.js');
  const diff = await unifiedDiff(files);
  if (options.output === undefined) await writeStdout(diff);
  else await writeWhole(options.output, diff);
}

async function freshScan(repository: string, options: PatchOptions): Promise<{ report: Report; files: FileChange[] }> {
  const { scan } = await import('../scan/scan.js');
  const progress = createProgressLine(process.stderr, true);
  const { report, warnings, patched } = await scan({
    ...sourceRequest(repository, options),
    patch: { wants: (finding) => isChosen(finding, options), includeDeletions: options.includeDeletions },
    onProgress: progress.update,
  }).finally(progress.clear);
  warn(warnings);
  for (const { name, status, error } of report.stacks) {
    if (status === 'error')
      process.stderr.write(`warning: stack ${clean(name)} could not be scanned: ${clean(error ?? '')}\n`);
  }
  return { report, files: patched };
}

async function saved(repository: string, options: PatchOptions): Promise<{ report: Report; files: FileChange[] }> {
  const { readSavedReport } = await import('../drift/saved-report.js');
  const { openRepository } = await import('../git/repository.js');
  const { savedPatches } = await import('../patch/saved.js');
  const report = await readSavedReport(options.report ?? '');
  mustHavePatches(report, options);
  const chosen = report.findings.filter((finding) => isChosen(finding, options));
  const opened = await openRepository(repository);
  const atCommit = options.branch === undefined ? options.ref : (report.scan.commit ?? undefined);
  return { report, files: await savedPatches(chosen, await opened.checkout(atCommit)) };
}

/** A report of a scan without patches says nothing of what could be patched. */
function mustHavePatches(report: Report, { report: file, includeDeletions }: PatchOptions): void {
  const looked = report.summary.patches !== undefined || report.findings.every(({ suppressed }) => suppressed);
  const problems: Problem[] = [];
  if (!looked) problems.push({ message: 'the report was made with --no-patch', hint: 'scan again without --no-patch' });
  if (includeDeletions) {
    const hint = 'use it without --report; a saved report offers none';
    problems.push({ message: '--include-deletions needs a scan', hint });
  }
  if (problems.length > 0)
    throw new DriftError(
      'usage',
      problems.map((each) => ({ ...each, ...(file ? { file } : {}) })),
    );
}

function isChosen(finding: Finding, { finding: ids, stack, type, severity, region }: PatchOptions): boolean {
  if (finding.suppressed) return false;
  if (ids && !ids.includes(finding.id)) return false;
  if (stack && !stack.some((glob) => matchesGlob(glob, finding.stack))) return false;
  if (region && !region.includes(finding.region)) return false;
  if (type && !type.some((glob) => matchesGlob(glob, finding.type))) return false;
  return severity === undefined || SEVERITIES.indexOf(finding.severity) <= SEVERITIES.indexOf(severity);
}

function mustExist(ids: readonly string[], { findings }: Report): void {
  const missing = ids.filter((id) => !findings.some((finding) => finding.id === id));
  if (missing.length === 0) return;
  const hint = 'the ids are in the JSON report; a setting that drifts further is a new finding';
  throw new DriftError(
    'usage',
    missing.map((id) => ({ message: `--finding ${id}: there is no such finding`, hint })),
  );
}

function checkText(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'no findings\n';
  const lines = findings.map((finding) => `${finding.patch.status.padEnd(9)}  ${checkLine(finding)}`);
  const patchable = findings.filter(({ patch }) => patch.status === 'patchable').length;
  return `${lines.join('\n')}\n${patchable} of ${count(findings.length)} could be patched\n`;
}

function checkLine({ id, stack, logicalId, path, patch }: Finding): string {
  const detail = patch.status === 'patchable' ? [patch.summary, patch.note] : [patch.reason];
  const text = detail.filter((each) => each !== undefined).join(' – ');
  return clean(`${id}  ${stack} ${logicalId}${path === '' ? '' : ` ${path}`}: ${text}`);
}

function count(number: number): string {
  return number === 1 ? '1 finding' : `${number} findings`;
}
