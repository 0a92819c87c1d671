import type { CompletedCommand, CompletedOption, Offer } from './model.js';

/** A completion for zsh: to be sourced, or to be put as `_gitops-drift` into a folder of `$fpath`. */
export function zshCompletion(commands: readonly CompletedCommand[]): string {
  return `#compdef gitops-drift
# source <(gitops-drift completion zsh)
_gitops_drift_refs() {
  local -a refs=(\${(f)"$(git for-each-ref --format='%(refname:short)' 2>/dev/null)"})
  compadd -a refs
}
_gitops_drift() {
  local curcontext=$curcontext state line
  local -a commands=(
${commands.map(({ name, description }) => `    ${quoted(`${name}:${description}`)}`).join('\n')}
  )
  _arguments -C '(- *)'{-h,--help}'[print help]' '(- *)'{-V,--version}'[print the version]' '1: :->command' '*:: :->rest'
  case $state in
    command) _describe command commands ;;
    rest)
      case $line[1] in
${commands.map(commandCase).join('\n')}
      esac ;;
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _gitops_drift "$@"; else compdef _gitops_drift gitops-drift; fi
`;
}

function commandCase({ name, options, argument }: CompletedCommand): string {
  const specs = [
    ...options.flatMap(optionSpecs),
    ...(argument === undefined ? [] : [quoted(`*:${argument.name}:${action(argument.offer)}`)]),
  ];
  return `        ${name}) _arguments -s ${specs.join(' ')} ;;`;
}

/** Of several names of one option, each excludes the others unless it may be given again. */
function optionSpecs({ names, description, value, isRepeatable }: CompletedOption): string[] {
  const told = `[${description.replace(/[[\]\\]/g, '\\$&')}]`;
  const argument = value ? `:${value.name.replace(/[:[\]]/g, '')}:${action(value.offer)}` : '';
  const optional = value?.isOptional ? `:${argument}` : argument;
  return names.map((name) =>
    quoted(`${isRepeatable ? '*' : names.length > 1 ? `(${names.join(' ')})` : ''}${name}${told}${optional}`),
  );
}

function action(offer: Offer): string {
  switch (offer.kind) {
    case 'words':
      return `(${offer.words.join(' ')})`;
    case 'words=file':
      return `{ if compset -P '*='; then _files; else compadd -- ${offer.words.join(' ')}; fi }`;
    case 'file':
      return '_files';
    case 'directory':
      return '_directories';
    case 'ref':
      return '_gitops_drift_refs';
    case 'nothing':
      return ' ';
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
