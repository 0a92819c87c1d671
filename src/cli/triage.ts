import { type Command, Option } from 'commander';
import { DriftError } from '../base/errors.js';
import { EXIT } from '../base/exit-codes.js';
import { writeStdout } from '../base/streams.js';
import { type Finding, isCounted, type Severity } from '../model/report.js';
import { isMeant } from '../model/show.js';
import { addSourceOptions, REPORT_CONFLICTS, type SourceOptions } from './options.js';
import { writeWhole } from './output.js';
import { addShowOptions } from './report-output.js';
import { reportToActOn } from './report-to-act-on.js';
import type { Prompts } from './triage-session.js';
import { mustBeTypes } from './type-names.js';
import { placeIn } from './work-tree-file.js';

interface TriageOptions extends SourceOptions {
  report?: string;
  severity?: Severity;
  maxSeverity?: Severity;
  type?: string[];
  path?: string[];
}

/** Wider than this, lines get too long to follow; what the prompts put at the left takes a few columns. */
const MOST = 120;
const MARGIN = 5;

/** `gitops-drift triage`: decides about findings one by one, on a terminal. */
export function addTriageCommand(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('triage')
    .description('go through the findings on a terminal: adopt, revert later, ignore with a reason, or skip each')
    .argument('[repo]', 'a Git work tree', '.');
  addShowOptions(addSourceOptions(command))
    .addOption(
      new Option(
        '--report <file>',
        'take the findings from a report saved with -o json, without scanning again',
      ).conflicts(REPORT_CONFLICTS.filter((name) => name !== 'config')),
    )
    .addHelpText(
      'after',
      `
Nothing is written before you have confirmed the summary; Ctrl+C writes nothing.

Examples:
  gitops-drift triage --report drift.json --severity high
  gitops-drift triage --stack 'shop-*'

Exit codes: 0 done, 2 error, 130 cancelled: nothing was written`,
    )
    .action(async (repository: string, options: TriageOptions) => finish(await runTriage(repository, options)));
}

async function runTriage(repository: string, options: TriageOptions): Promise<number> {
  mustBeTerminal();
  await mustBeTypes(options.type);
  const { terminalPrompts } = await import('./triage-prompts.js');
  const width = Math.min(MOST, process.stdout.columns || 80) - MARGIN;
  return triage(repository, options, terminalPrompts, width);
}

function mustBeTerminal(): void {
  if (process.stdin.isTTY && process.stdout.isTTY) return;
  const hint =
    'in a pipe or a job, list findings with "scan" or "report", and use "patch --finding <id>" and "ignore <id>"';
  throw new DriftError('usage', [
    { code: 'usage-no-terminal', message: 'triage asks questions, and needs a terminal for that', hint },
  ]);
}

/** Asks for each finding, then for a confirmation of the whole, and only then writes. */
export async function triage(
  repository: string,
  options: TriageOptions,
  prompts: Prompts,
  width: number,
): Promise<number> {
  const { openRepository } = await import('../git/repository.js');
  const opened = await openRepository(repository);
  if (opened.bare || options.ref !== undefined) {
    const hint = 'name a work tree, and leave out --ref';
    throw new DriftError('usage', [
      { code: 'usage-no-work-tree', message: 'triage writes to files of a work tree', hint },
    ]);
  }
  const report = await reportToActOn(repository, options, (finding) => isMeant(finding, options));
  const { gravestFirst } = await import('../report/finding-text.js');
  const findings = gravestFirst(report.findings.filter((finding) => isAsked(finding, options)));
  if (findings.length === 0) {
    prompts.show('Nothing to decide', ['no finding counts, or none that you asked for']);
    return EXIT.inSync;
  }
  const { decide } = await import('./triage-session.js');
  const { findingCard, revertText, summaryLines } = await import('./triage-text.js');
  const { planTriage } = await import('./triage-plan.js');
  const decisions = await decide(findings, prompts, (finding) => findingCard(finding, report, width));
  if (decisions === undefined) return cancelled();
  const today = new Date().toISOString().slice(0, 10);
  const plan = await planTriage(decisions, report, await opened.checkout(), { today, config: options.config });
  const files = [...plan.changes.map(({ path }) => path), ...(plan.made ? [plan.made.path] : [])];
  prompts.show('Summary', summaryLines(decisions, files, width));
  if (files.length > 0 && !(await prompts.confirm('Write these files?'))) {
    // What is to be reverted needs no file.
    await writeStdout(revertText(decisions));
    return cancelled();
  }
  const { applyFiles } = await import('../patch/write/apply-files.js');
  await applyFiles(opened.root, plan.changes);
  if (plan.made) await writeWhole(await placeIn(repository, plan.made.path), plan.made.text);
  if (files.length > 0) prompts.show('Written', ['Next: review it with git diff, commit it, deploy, and scan again']);
  await writeStdout(revertText(decisions));
  return EXIT.inSync;
}

/** What no template declares is nothing that a file of the repository could say. */
function isAsked(finding: Finding, options: TriageOptions): boolean {
  return isCounted(finding) && finding.kind !== 'unmanaged' && isMeant(finding, options);
}

function cancelled(): number {
  process.stderr.write('cancelled: nothing was written\n');
  return EXIT.interrupted;
}
