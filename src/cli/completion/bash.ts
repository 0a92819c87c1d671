import type { CompletedCommand, CompletedOption, Offer } from './model.js';

/**
 * A completion for bash, 3.2 (macOS) and newer, without the package bash-completion. Where it offers nothing, `-o default`
 * has Readline complete file names.
 */
export function bashCompletion(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  const values = commands.flatMap((command) =>
    command.options.flatMap((option) => (option.value ? [valueCase(command, option, option.value.offer)] : [])),
  );
  return `# source <(gitops-drift completion bash)
# Names of branches are quoted, and never expanded: a repository may have one called $(anything).
_gitops_drift_refs() {
  local ref
  while IFS= read -r ref; do
    if [[ $ref == "$cur"* ]]; then COMPREPLY+=("$(printf %q "$ref")"); fi
  done < <(git for-each-ref --format='%(refname:short)' 2>/dev/null)
}
_gitops_drift() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev='' command='' i
  ((COMP_CWORD > 0)) && prev=\${COMP_WORDS[COMP_CWORD - 1]}
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case " ${names} " in *" \${COMP_WORDS[i]} "*) command=\${COMP_WORDS[i]}; break ;; esac
  done
  # A file follows "format=", which bash takes for a word of its own.
  if [[ $cur == = || $prev == = ]]; then return; fi
  if [[ -z $command ]]; then
    COMPREPLY=($(compgen -W '${names} --help --version' -- "$cur"))
    return
  fi
  case "$command $prev" in
${values.join('\n')}
  esac
  if [[ $cur == -* ]]; then
    case $command in
${commands.map(optionsCase).join('\n')}
    esac
    return
  fi
  case $command in
${commands.flatMap(argumentCase).join('\n')}
  esac
}
complete -o default -F _gitops_drift gitops-drift
`;
}

function valueCase({ name }: CompletedCommand, { names }: CompletedOption, offer: Offer): string {
  const pattern = names.map((option) => `'${name} ${option}'`).join(' | ');
  return `    ${pattern}) ${[...reply(offer), 'return'].join('; ')} ;;`;
}

function optionsCase({ name, options }: CompletedCommand): string {
  return `      ${name}) COMPREPLY=($(compgen -W '${options.flatMap(({ names }) => names).join(' ')}' -- "$cur")) ;;`;
}

function argumentCase({ name, argument }: CompletedCommand): string[] {
  return argument === undefined ? [] : reply(argument.offer).map((words) => `    ${name}) ${words} ;;`);
}

/** Nothing for files and folders: Readline knows best how to complete and quote them. */
function reply(offer: Offer): string[] {
  switch (offer.kind) {
    case 'words':
    case 'words=file':
      return [`COMPREPLY=($(compgen -W '${offer.words.join(' ')}' -- "$cur"))`];
    case 'ref':
      return ['_gitops_drift_refs'];
    case 'directory':
    case 'file':
    case 'nothing':
      return [];
  }
}
