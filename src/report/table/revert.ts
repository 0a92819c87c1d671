import { clean, cleanShort } from '../../base/clean.js';
import { count } from '../../base/count.js';
import { groupBy, stackKey } from '../../base/group.js';
import type { Finding } from '../../model/report.js';
import { commandsOf, isRevertedFirst, revertCommands } from '../finding-text.js';
import { ruled, stackTitle } from './heading.js';
import { type Page, paragraph } from './page.js';

const LONGEST_NOTE = 1000;

/**
 * The stacks with findings that are to be reverted first, each with the commands in the order to be run: undoing concerns a
 * stack as a whole, so that they are told once for it. What no template declares has a command of its own.
 */
export function revertFirst(findings: readonly Finding[], page: Page): string[] {
  const stacks = [...groupBy(findings.filter(isRevertedFirst), stackKey).values()];
  if (stacks.length === 0) return [];
  const title = 'Revert first: look at what the change set of a stack does, then execute it';
  return [[ruled(title, page), ...stacks.flatMap((each) => ofStack(each, page))].join('\n')];
}

/** The same in a few lines: the commands for the stack with the gravest finding, and how many stacks more there are. */
export function revertFirstInShort(findings: readonly Finding[], page: Page): string[] {
  const [first, ...others] = groupBy(findings.filter(isRevertedFirst), stackKey).values();
  if (first === undefined) return [];
  const more = others.length === 0 ? '' : ` (--verbose: ${count(others.length, 'more stack')})`;
  const [, ...commands] = ofStack(first, page);
  const title = first
    .slice(0, 1)
    .map(({ stack }) => `Revert ${clean(stack)} first, one command after the other${more}:`);
  return ['', ...title.map((each) => paragraph(each, page)), ...commands];
}

/** The stacks whose drift can be undone as well, where no rule says that this comes first. */
export function revertOthers(findings: readonly Finding[], page: Page): string[] {
  const urgent = new Set(findings.filter(isRevertedFirst).map(stackKey));
  const others = findings.filter((finding) => !finding.undeclared && !urgent.has(stackKey(finding)));
  const stacks = [...groupBy(others, stackKey).values()].flatMap((each) => {
    return each.some((finding) => commandsOf(finding, 'revert').length > 0) ? ofStack(each, page) : [];
  });
  if (stacks.length === 0) return [];
  return [
    [ruled('Or revert all drift of a stack: review the change set, then execute it', page), ...stacks].join('\n'),
  ];
}

/** A stack's name, and the commands for all that its change set undoes, then those for the rest. */
function ofStack(findings: readonly Finding[], page: Page): string[] {
  const ordered = [...findings].sort((one, other) => Number(one.undeclared ?? 0) - Number(other.undeclared ?? 0));
  const commands = revertCommands(ordered);
  const titles = findings.slice(0, 1).map((finding) => stackTitle({ ...finding, name: finding.stack }));
  const notes = ordered
    .slice(0, 1)
    .flatMap(({ remedies = [] }) => remedies.find(({ way }) => way === 'revert')?.note ?? []);
  return [
    ...titles.map((title) => paragraph(title, page, 2, page.chalk.bold)),
    ...commands.map((command) => commandLine(command, page)),
    ...notes.map((note) => paragraph(cleanShort(note, LONGEST_NOTE), page, 4, page.chalk.dim)),
  ];
}

/** A command is not broken into lines, so that it can be copied; a terminal wraps it. */
export function commandLine(command: string, { chalk }: Page): string {
  return `    ${chalk.dim(command)}`;
}
