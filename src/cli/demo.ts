import { relative } from 'node:path';
import type { Command } from 'commander';
import { writeStdout } from '../base/streams.js';
import type { Remedy } from '../model/report.js';
import { wantsColor } from './output.js';

/** `gitops-drift demo`: the main job on recorded state, with no cloud account. */
export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('make a small Git repository with recorded live state in a temporary folder, and scan it')
    .option('--sam', 'a shop that is written with AWS SAM')
    .option('--no-color', 'no colours')
    .addHelpText(
      'after',
      `
Examples:
  gitops-drift demo                 see what it does; it says what to try next
  gitops-drift demo --sam           the same for templates of AWS SAM
  gitops-drift demo --no-color`,
    )
    .action(async (options: { color?: boolean; sam?: boolean }) => {
      const { createDemo } = await import('./demo-repository.js');
      const { scan } = await import('../scan/scan.js');
      const { renderReport } = await import('../report/formats.js');
      const folder = await createDemo(options.sam ? 'demo-sam' : 'demo');
      const { report } = await scan({ repository: folder, patch: {} });
      // The commands are to be tried; without an installation the tool goes by another name.
      const findings = report.findings.map((finding) =>
        finding.remedies === undefined ? finding : { ...finding, remedies: finding.remedies.map(asInvoked) },
      );
      const width = process.stdout.columns;
      const table = await renderReport({ ...report, findings }, 'table', {
        color: wantsColor(process.stdout, options.color),
        ...(width === undefined ? {} : { width }),
      });
      await writeStdout(
        `${table}${nextSteps(folder, report.summary.exitCode, options.sam ? 'template.yaml' : 'templates/network.yaml')}`,
      );
    });
}

function nextSteps(folder: string, exitCode: number, template: string): string {
  const tool = invocation();
  return `
The demo's repository is in ${folder}; the live state in it was recorded, nothing was asked of a cloud.
"gitops-drift scan" exits with ${exitCode} here, so that it can gate a pipeline. Next:
  ${tool} scan ${folder} --verbose
  ${tool} scan ${folder} --explain
  ${tool} scan ${folder} -o json
  ${tool} patch ${folder} --check
  ${tool} patch ${folder} --branch adopt-drift && git -C ${folder} show adopt-drift
  ${tool} patch ${folder} --apply && ${tool} scan ${folder}
  ${tool} render ${folder} --template ${template} --origins
  ${tool} scan --help            for your own repository and account
`;
}

function asInvoked(remedy: Remedy): Remedy {
  const { command, next } = remedy;
  const called = (text: string) => text.replace(/^gitops-drift(?= )/, invocation());
  return { ...remedy, ...(command && { command: called(command) }), ...(next && { next: next.map(called) }) };
}

/** How this very tool was called, so that the commands shown can be copied. */
function invocation(): string {
  const script = process.argv[1] ?? '';
  return script.endsWith('.js') ? `node ${relative(process.cwd(), script)}` : 'gitops-drift';
}
