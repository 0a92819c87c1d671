import { type Command, Option } from 'commander';
import { EXIT } from '../base/exit-codes.js';
import { writeStdout } from '../base/streams.js';
import type { Check } from '../doctor/check.js';
import { addSourceOptions, type SourceOptions, sourceRequest } from './options.js';
import { wantsColor } from './output.js';

interface DoctorOptions extends SourceOptions {
  crossCheck?: boolean;
  unmanaged?: boolean;
  who?: boolean;
  revert?: boolean;
  output: 'text' | 'json';
  color?: boolean;
}

/** `gitops-drift doctor`: whether a scan has what it needs, and what to do where it has not. */
export function addDoctorCommand(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('doctor')
    .description('check tools, configuration, credentials and permissions, and say what to fix; changes nothing')
    .argument('[repo]', 'a Git work tree or bare repository', '.');
  addSourceOptions(command)
    .option('--cross-check', 'check what scans with --cross-check need, too')
    .option('--unmanaged', 'check what scans with --unmanaged need, too')
    .option('--who', 'check what scans with --who need, too')
    .option('--revert', 'check what "revert" needs, too')
    .addOption(new Option('-o, --output <format>', 'how to print it').choices(['text', 'json']).default('text'))
    .option('--no-color', 'no colours (NO_COLOR and FORCE_COLOR are heeded too)')
    .addHelpText(
      'after',
      `
Each permission is tried with one harmless request; of each resource type, one deployed resource is read.

Examples:
  gitops-drift doctor                        what scanning this repository needs, with AWS's usual credentials
  gitops-drift doctor --stack 'shop-*'
  gitops-drift doctor --unmanaged            what scans with --unmanaged need
  gitops-drift doctor --revert               what undoing drift needs, as far as that can be tried
  gitops-drift doctor -o json                for machines: {"checks": [{"name", "status", "message", "fix"}], "exitCode"}

Exit codes: 0 nothing fails, 2 something does`,
    )
    .action(async (repository: string, options: DoctorOptions) => finish(await runDoctor(repository, options)));
}

async function runDoctor(repository: string, options: DoctorOptions): Promise<number> {
  const { diagnose } = await import('../doctor/doctor.js');
  const print = options.output === 'text' ? await textPrinter(options) : undefined;
  const checks: Check[] = [];
  const { crossCheck, unmanaged, who, revert: reverts } = options;
  const nodeVersion = process.versions.node;
  const request = { ...sourceRequest(repository, options), crossCheck, unmanaged, who, reverts, nodeVersion };
  for await (const check of diagnose(request)) {
    checks.push(check);
    await print?.(check);
  }
  const exitCode = checks.some(({ status }) => status === 'fail') ? EXIT.error : EXIT.inSync;
  if (print === undefined) await writeStdout(`${JSON.stringify({ checks, exitCode }, null, 2)}\n`);
  return exitCode;
}

async function textPrinter({ color }: DoctorOptions): Promise<(check: Check) => Promise<void>> {
  const { Chalk } = await import('chalk');
  const { clean, cleanLines } = await import('../base/clean.js');
  const chalk = new Chalk({ level: wantsColor(process.stdout, color) ? 1 : 0 });
  const paints = { ok: chalk.green, warn: chalk.yellow, fail: chalk.red };
  return ({ name, status, message, fix }) => {
    const line = `${paints[status](status.padEnd(4))}  ${name.padEnd(13)}  ${clean(message)}\n`;
    if (fix === undefined) return writeStdout(line);
    // What has several lines is for a file, and starts where it does there.
    if (fix.includes('\n')) return writeStdout(`${line}${cleanLines(fix)}\n`);
    return writeStdout(`${line}${' '.repeat(21)}${chalk.dim(clean(fix))}\n`);
  };
}
