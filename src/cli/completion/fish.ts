import type { CompletedCommand, CompletedOption, Offer } from './model.js';

/** A completion for fish: to be sourced, or to be put into `~/.config/fish/completions/gitops-drift.fish`. */
export function fishCompletion(commands: readonly CompletedCommand[]): string {
  const lines = [
    '# gitops-drift completion fish | source',
    'complete -c gitops-drift -f',
    `complete -c gitops-drift -n __fish_use_subcommand -s h -l help -d 'print help'`,
    `complete -c gitops-drift -n __fish_use_subcommand -s V -l version -d 'print the version'`,
    ...commands.flatMap(commandLines),
  ];
  return `${lines.join('\n')}\n`;
}

function commandLines({ name, description, options, argument }: CompletedCommand): string[] {
  const within = `complete -c gitops-drift -n '__fish_seen_subcommand_from ${name}'`;
  return [
    `complete -c gitops-drift -n __fish_use_subcommand -a ${name} -d ${quoted(description)}`,
    ...options.map((option) => `${within} ${optionWords(option)}`),
    ...(argument === undefined ? [] : [`${within}${offered(argument.offer)}`]),
  ];
}

function optionWords({ names, description, value }: CompletedOption): string {
  const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const wanted = value ? ` ${value.isOptional ? '' : '-r'}${offered(value.offer)}` : '';
  return `${flags.join(' ')} -d ${quoted(description)}${wanted}`;
}

function offered(offer: Offer): string {
  switch (offer.kind) {
    case 'words':
      return ` -f -a ${quoted(offer.words.join(' '))}`;
    case 'words=file':
      // Files are offered, too: fish completes them behind the equals sign.
      return ` -a ${quoted(offer.words.join(' '))}`;
    case 'file':
      return ' -F';
    case 'directory':
      return ` -f -a '(__fish_complete_directories)'`;
    case 'ref':
      return ` -f -a '(git for-each-ref --format="%(refname:short)" 2>/dev/null)'`;
    case 'nothing':
      return ' -f';
  }
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
