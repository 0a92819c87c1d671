import { type Command, Option } from 'commander';
import { DriftError } from '../base/errors.js';
import { SEVERITIES } from '../model/gate.js';
import { interruptedBy, untilInterrupted } from './interruption.js';
import { addSourceOptions } from './options.js';
import { mustFit, type RevertOptions } from './revert-options.js';

/** `gitops-drift revert`: has the cloud be again what was deployed. */
export function addRevertCommand(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('revert')
    .description("undo drift by CloudFormation's drift-aware change sets: show, plan for an approval, or execute")
    .argument('[repo]', 'a Git work tree or bare repository', '.');
  addSourceOptions(command)
    .option('--finding <id...>', 'only these findings, by their ids or at least the first four digits of them')
    .addOption(new Option('--severity <severity>', 'only findings of this severity or higher').choices(SEVERITIES))
    .addOption(
      new Option(
        '--report <file>',
        'take the findings from a report saved with -o json, without scanning again',
      ).conflicts(['ref', 'snapshot']),
    )
    .addOption(
      new Option('--plan', 'keep the change set, and print its ARN and the digest of what it does').conflicts(
        'execute',
      ),
    )
    .option('--execute', 'execute it, follow it, and scan the stack again')
    .addOption(
      new Option('--clean', 'delete what change sets of this tool are left').conflicts(['plan', 'execute', 'report']),
    )
    .addOption(
      new Option('--change-set <arn>', 'with --execute: the one that was approved, by its digest').conflicts([
        'finding',
        'severity',
        'report',
        'stack',
        'region',
      ]),
    )
    .option('--digest <digest>', 'with --change-set: what --plan printed')
    .option('--allow-replacement', 'also where it replaces or deletes resources')
    .option('--whole-stack', 'also where it changes more of the stack than was asked for')
    .option('--yes', 'execute without asking, as in a pipeline')
    .option('--role <arn>', 'the role to make change sets as (default: the one that the stack is read as)')
    .option('--record <file>', 'append what was planned or done as a line of JSON')
    .addOption(new Option('-o, --output <format>', 'how to print it').choices(['text', 'json']).default('text'))
    .addHelpText(
      'after',
      `
A change set covers a whole stack: what it does beyond what was asked is marked, and refused. Without --plan and
--execute it is shown and deleted again.

Examples:
  gitops-drift revert                                        what undoing all drift would do, stack by stack
  gitops-drift revert --finding 1f0c2a9b8d7e6f50             what undoing one finding would do
  gitops-drift revert --report drift.json --severity high
  gitops-drift revert --stack shop-prod --plan -o json       for an approval: keeps the change set
  gitops-drift revert --stack shop-prod --execute --yes --record reverts.jsonl
  gitops-drift revert --clean                                deletes change sets that are kept or left

Exit codes: 0 done, or it could be; 1 refused, left out or still drifted; 2 error; 3 not scanned again; 130/143 interrupted`,
    )
    .action(async (repository: string, options: RevertOptions) => finish(await runCommand(repository, options)));
}

async function runCommand(repository: string, options: RevertOptions): Promise<number> {
  return untilInterrupted(async (signal) => {
    const { runRevert } = await import('./revert-run.js');
    const { standardIo } = await import('./revert-io.js');
    const io = standardIo(signal);
    mustFit(options, io.ask !== undefined);
    try {
      return await runRevert(repository, options, io);
    } catch (error) {
      if (!signal.aborted) throw error;
      const isLeft = error instanceof DriftError;
      const so = isLeft ? `a change set may be left: ${error.message}` : 'no change set of this run is left unexecuted';
      // Requests that nobody waits for any more would hold the process.
      process.exit(interruptedBy(signal.reason === 'SIGTERM' ? 'SIGTERM' : 'SIGINT', so));
    }
  });
}
