import { Argument, type Command } from 'commander';
import { writeStdout } from '../base/streams.js';

const SHELLS = {
  bash: async () => (await import('./completion/bash.js')).bashCompletion,
  zsh: async () => (await import('./completion/zsh.js')).zshCompletion,
  fish: async () => (await import('./completion/fish.js')).fishCompletion,
};

/** `gitops-drift completion`: a script that has the shell complete commands, options and their values. */
export function addCompletionCommand(program: Command): void {
  program
    .command('completion')
    .description('print a script that completes commands, options and values in your shell')
    .addArgument(new Argument('<shell>', 'your shell').choices(Object.keys(SHELLS)))
    .addHelpText(
      'after',
      `
Examples:
  source <(gitops-drift completion bash)              for this session; in ~/.bashrc for all
  source <(gitops-drift completion zsh)               in ~/.zshrc, after compinit
  gitops-drift completion fish | source               in ~/.config/fish/config.fish`,
    )
    .action(async (shell: keyof typeof SHELLS) => {
      const { completedCommands } = await import('./completion/model.js');
      const { formatNames } = await import('../report/formats.js');
      const print = await SHELLS[shell]();
      await writeStdout(print(completedCommands(program, formatNames)));
    });
}
