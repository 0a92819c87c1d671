import { Command, CommanderError } from 'commander';
import { cleanLines } from '../base/clean.js';
import { REPORT_DEFECT } from '../base/defect.js';
import { DriftError, describeProblem } from '../base/errors.js';
import { EXIT } from '../base/exit-codes.js';
import { toolVersion } from '../base/version.js';
import { addBaselineCommand } from './baseline.js';
import { CLOCK, type Clock } from './clock.js';
import { addCompletionCommand } from './completion.js';
import { addDemoCommand } from './demo.js';
import { addDoctorCommand } from './doctor.js';
import { addExplainTypeCommand } from './explain-type.js';
import { addIgnoreCommand } from './ignore.js';
import { addInitCommand } from './init.js';
import { heedSignals } from './interruption.js';
import { withOptionsHere } from './other-tools.js';
import { addPatchCommand } from './patch.js';
import { addPermissionsCommand } from './permissions.js';
import { addRenderCommand } from './render.js';
import { addReportCommand } from './report.js';
import { addRevertCommand } from './revert.js';
import { addScanCommand } from './scan.js';
import { addSnapshotCommand } from './snapshot.js';
import { addTriageCommand } from './triage.js';

/**
 * Runs the command line and gives the exit code; it never throws. Results go to stdout, everything else to stderr. A watch
 * goes by the clock.
 */
export async function main(args: string[], clock: Clock = CLOCK): Promise<number> {
  heedSignals();
  // A reader that has seen enough (`| head`) is no failure of ours, and there is nobody left to tell.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    process.stderr.write(`error: can't write to stdout: ${error.code ?? error.message}\n`);
    process.exit(EXIT.error);
  });
  // The SDK's note about Node versions is for those who build this tool, not for those who run it.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  // The SDK for JavaScript reads AWS_REGION alone; AWS's other tools take AWS_DEFAULT_REGION, too.
  if (process.env['AWS_DEFAULT_REGION']) process.env['AWS_REGION'] ??= process.env['AWS_DEFAULT_REGION'];

  let exitCode: number = EXIT.inSync;
  const program = createProgram((code) => {
    exitCode = code;
  }, clock);
  try {
    await program.parseAsync(helpOfCommand(args, program), { from: 'user' });
    return exitCode;
  } catch (error) {
    return reportError(error);
  }
}

/** All commands; `finish` is told the exit code of one that ran. */
export function createProgram(finish: (exitCode: number) => void, clock: Clock): Command {
  const program = new Command('gitops-drift')
    .description('Finds drift between your infrastructure as code in Git and your cloud, and patches it back into Git.')
    .version(toolVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .exitOverride()
    .configureOutput({
      writeErr: (text) => process.stderr.write(cleanLines(text)),
      outputError: (text, write) => write(withOptionsHere(text)),
    })
    .showHelpAfterError('(add --help for what there is)')
    .addHelpText(
      'after',
      `
Examples:
  gitops-drift demo                                  see what it does, without a cloud account
  gitops-drift scan                                  compare this repository with the cloud
  gitops-drift scan --stack 'shop-*' -o json=drift.json
  gitops-drift patch --branch adopt-drift            bring what is live into Git
  gitops-drift scan --ref origin/main --strict       as a gate in a pipeline

Exit codes: 0 in sync, 1 drift, 2 error, 3 something was not read (with --strict: or not verified), 130/143 interrupted`,
    );
  addScanCommand(program, finish, clock);
  addReportCommand(program, finish);
  addPatchCommand(program, finish);
  addRevertCommand(program, finish);
  addIgnoreCommand(program, finish);
  addTriageCommand(program, finish);
  addBaselineCommand(program, finish);
  addSnapshotCommand(program);
  addRenderCommand(program);
  addExplainTypeCommand(program);
  addInitCommand(program);
  addPermissionsCommand(program);
  addDoctorCommand(program, finish);
  addDemoCommand(program);
  addCompletionCommand(program);
  return program;
}

/** Help for a command that there is not would be the help for all of them: its name alone is an error. */
function helpOfCommand(args: string[], { commands }: Command): string[] {
  const [first, name] = args;
  const isUnknown = first === 'help' && name !== undefined && !commands.some((each) => each.name() === name);
  return isUnknown && !name.startsWith('-') && name !== 'help' ? [name] : args;
}

function reportError(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.inSync : EXIT.error;
  if (error instanceof DriftError) {
    for (const problem of error.problems) process.stderr.write(`error: ${describeProblem(problem)}\n`);
    return EXIT.error;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`error: ${REPORT_DEFECT}\n${cleanLines(detail)}\n`);
  return EXIT.error;
}
