import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { count } from '../base/count.js';
import { DriftError } from '../base/errors.js';
import { shellCommand } from '../base/shell.js';
import { writeStdout } from '../base/streams.js';
import { warn } from './options.js';
import { writeWhole } from './output.js';

interface InitOptions {
  stack?: string[];
  region?: string[];
  provider?: string;
  snapshot?: string;
  output?: string;
  force?: boolean;
}

/** `gitops-drift init`: a configuration from what is there. */
export function addInitCommand(program: Command): void {
  program
    .command('init')
    .description('match templates with deployed stacks, and write a commented gitops-drift.yaml')
    .argument('[repo]', 'a Git work tree, or a folder in one', '.')
    .option('--stack <glob...>', 'only stacks with these names')
    .option('--region <region...>', 'where to look for stacks (default: AWS_REGION or the profile)')
    .addOption(new Option('--provider <name>', 'who knows the stacks').choices(['aws', 'snapshot']))
    .option('--snapshot <file>', 'recorded state to ask instead of the cloud')
    .option('-o, --output <file>', 'where to write it (default: gitops-drift.yaml in that folder; - prints it)')
    .option('--force', 'overwrite what is there')
    .addHelpText(
      'after',
      `
Templates, samconfig.toml, Git sync deployment files and parameter files (also of Sceptre, taskcat and org-formation, and of
Key=Value lines) are found by themselves. A stack's comment says
how sure its match is; a parameter file is named only where its values are the deployed ones.

Examples:
  gitops-drift init -o -                                     see what it would write
  gitops-drift init --region eu-west-1 us-east-1             stacks of several regions
  gitops-drift init --snapshot live.json --force`,
    )
    .action(runInit);
}

async function runInit(repository: string, options: InitOptions): Promise<void> {
  const { stack: stacks, region: regions, provider, snapshot, output, force } = options;
  const { file, folder } = await placeOf(repository, output);
  if (file !== '-' && !force) await mustNotExist(file);
  const { suggestConfig } = await import('../init/init.js');
  const suggested = await suggestConfig({ repository, folder, stacks, regions, provider, snapshot });
  warn(suggested.warnings);
  if (file === '-') return writeStdout(suggested.text);
  await writeWhole(file, suggested.text);
  const levels = ['sure', 'likely', 'unsure'].flatMap((level) => {
    const number = suggested.stacks.filter(({ certainty }) => certainty.level === level).length;
    return number === 0 ? [] : [`${number} ${level}`];
  });
  const { length } = suggested.stacks;
  const counted = [
    ...(length === 0 ? [] : [`${length} ${length === 1 ? 'stack' : 'stacks'} (${levels.join(', ')})`]),
    ...(suggested.apps.length === 0 ? [] : [`the stacks of ${count(suggested.apps.length, 'CDK app')}`]),
  ];
  const found = counted.join(', and ');
  const named = suggested.needsSnapshot && snapshot !== undefined ? ['--snapshot', snapshot] : [];
  process.stderr.write(`wrote ${file}: ${found}; next: ${shellCommand(['gitops-drift', 'scan', ...named])}\n`);
}

/** Where the configuration is written, and the folder of the repository that it is for. */
async function placeOf(path: string, output: string | undefined): Promise<{ file: string; folder?: string }> {
  if (output === '-') return { file: output };
  const { openRepository } = await import('../git/repository.js');
  const { folderOf } = await import('../git/file-tree.js');
  const { CONFIG_FILE, configIn } = await import('../config/find.js');
  const repository = await openRepository(path);
  if (output !== undefined) {
    const inside = repository.bare ? undefined : await (await repository.checkout()).locate(output);
    return { file: output, ...(inside === undefined ? {} : { folder: folderOf(inside) }) };
  }
  if (!repository.bare) {
    const checkout = await repository.checkout();
    const there = await configIn(checkout, checkout.folder);
    return { file: join(repository.root, there ?? join(checkout.folder, CONFIG_FILE)), folder: checkout.folder };
  }
  const hint = 'print it with -o -, or name a file';
  throw new DriftError('usage', [
    { code: 'usage-no-work-tree', message: 'a bare repository has no files to write to', hint },
  ]);
}

async function mustNotExist(file: string): Promise<void> {
  const isThere = await lstat(file).then(
    () => true,
    () => false,
  );
  if (!isThere) return;
  const hint = 'overwrite it with --force, or print what would be written with -o -';
  throw new DriftError('usage', [{ code: 'usage-file-exists', message: 'this file exists already', file, hint }]);
}
