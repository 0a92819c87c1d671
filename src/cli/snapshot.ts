import type { Command } from 'commander';
import { writeStdout } from '../base/streams.js';
import { addSourceOptions, type SourceOptions, sourceRequest, warn } from './options.js';
import { writeWhole } from './output.js';
import { createProgressLine } from './progress.js';

/** `gitops-drift snapshot`: records what the provider sees, for offline scans. */
export function addSnapshotCommand(program: Command): void {
  const command = program
    .command('snapshot')
    .description('record the live state of the stacks, with secrets masked, for scans without the cloud')
    .argument('[repo]', 'a Git work tree or bare repository', '.');
  addSourceOptions(command)
    .option('-o, --output <file>', 'where to write it (default: stdout)')
    .option('--unmanaged', 'also record resources that no stack owns')
    .addHelpText(
      'after',
      `
Examples:
  gitops-drift snapshot -o live.json
  gitops-drift snapshot --unmanaged -o live.json
  gitops-drift snapshot --stack 'shop-*' --region eu-west-1 -o live.json
  gitops-drift scan --snapshot live.json`,
    )
    .action(async (repository: string, options: SourceOptions & { output?: string; unmanaged?: boolean }) => {
      const { recordStacks } = await import('../scan/record.js');
      const progress = createProgressLine(process.stderr, true);
      const { snapshot, warnings } = await recordStacks({
        ...sourceRequest(repository, options),
        unmanaged: options.unmanaged,
        onProgress: progress.update,
      }).finally(progress.clear);
      warn(warnings);
      const text = `${JSON.stringify(snapshot, null, 2)}\n`;
      if (options.output === undefined) await writeStdout(text);
      else await writeWhole(options.output, text);
    });
}
