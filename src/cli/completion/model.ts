import type { Argument, Command, Option } from 'commander';

/** What a shell can offer for a value. */
export type Offer =
  | { kind: 'words'; words: readonly string[] }
  /** One of the words, and after `=` a file. */
  | { kind: 'words=file'; words: readonly string[] }
  | { kind: 'file' | 'directory' | 'ref' | 'nothing' };

export interface CompletedOption {
  /** `--output`, and `-o` where there is a short form. */
  names: string[];
  description: string;
  /** Absent for a switch. */
  value?: { name: string; offer: Offer; isOptional: boolean };
  isRepeatable: boolean;
}

export interface CompletedCommand {
  name: string;
  description: string;
  options: CompletedOption[];
  /** What a word that is no option stands for; absent where there is none. */
  argument?: { name: string; offer: Offer };
}

/** What there is to complete, read off the command line itself, so that both always agree. */
export function completedCommands(program: Command, formats: readonly string[]): CompletedCommand[] {
  const help = program.createHelp();
  const commands = help.visibleCommands(program);
  const names = commands.map((command) => command.name());
  return commands.map((command) => {
    const [argument] = command.registeredArguments;
    return {
      name: command.name(),
      description: command.description(),
      options: help.visibleOptions(command).map((option) => completedOption(option, formats)),
      ...(argument === undefined ? {} : { argument: { name: argument.name(), offer: argumentOffer(argument, names) } }),
    };
  });
}

function completedOption(option: Option, formats: readonly string[]): CompletedOption {
  const { long, short, description, variadic, required, optional, flags } = option;
  const names = [long, short].filter((name) => typeof name === 'string');
  const placeholder = /[<[]([^<]+?)(?:\.\.\.)?[>\]]$/.exec(flags)?.[1] ?? '';
  const isRepeatable = variadic || option.parseArg?.name === 'collect';
  if (!required && !optional) return { names, description, isRepeatable };
  const offer = option.argChoices
    ? { kind: 'words' as const, words: option.argChoices }
    : offerOf(placeholder, formats);
  return { names, description, isRepeatable, value: { name: placeholder, offer, isOptional: !required } };
}

/** Placeholders say what is wanted. */
function offerOf(placeholder: string, formats: readonly string[]): Offer {
  if (placeholder === 'format[=file]') return { kind: 'words=file', words: formats };
  if (placeholder === 'file' || placeholder === 'path' || placeholder === 'report') return { kind: 'file' };
  return { kind: placeholder === 'ref' ? 'ref' : 'nothing' };
}

function argumentOffer(argument: Argument, commands: readonly string[]): Offer {
  if (argument.argChoices) return { kind: 'words', words: argument.argChoices };
  const name = argument.name();
  if (name === 'command') return { kind: 'words', words: commands };
  if (name === 'repo') return { kind: 'directory' };
  return { kind: name === 'file' ? 'file' : 'nothing' };
}
