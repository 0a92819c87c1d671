import { clean } from '../base/clean.js';
import { count } from '../base/count.js';
import type { Finding, Report } from '../model/report.js';
import { changeText, patchLine, placeText, revertCommands, stackText, subjectText } from '../report/finding-text.js';
import { differingParts } from '../report/shorten.js';
import { sidesOf } from '../report/sides.js';
import { wrap } from '../report/table/page.js';
import type { Decision } from './triage-session.js';

/** About so many characters of each value are shown. */
const VALUE = 400;
const MOST_PARTS = 8;

/** A finding for somebody to decide about: what, where, as a difference, what its rule says, and the edit. */
export function findingCard(finding: Finding, { rules = [] }: Report, width: number): string[] {
  const rule = rules.find(({ id }) => id === finding.rule);
  const lines = [
    `${subjectText(finding)}`,
    `${clean(finding.type)} in ${stackText(finding)}`,
    ...(placeText(finding) === '' ? [] : [placeText(finding)]),
    '',
    ...differenceOf(finding),
    '',
    ...(rule === undefined ? [] : [clean(`${rule.title}. ${rule.help}`)]),
    ...(patchLine(finding) === '' ? [] : [patchLine(finding)]),
  ];
  return lines.flatMap((line) => wrap(line, width));
}

/** `-` is Git, or of what no template declares the baseline; `+` is live. */
function differenceOf(finding: Finding): string[] {
  const [{ value: before }, { value: live }] = sidesOf(finding);
  if (before === undefined || live === undefined || finding.kind === 'deleted') return [changeText(finding, VALUE)];
  return differingParts(before, live, VALUE, MOST_PARTS).flatMap(({ label, desired, live: now }) => {
    const name = label === '' ? '' : `${label}: `;
    return [...signed(`- ${name}`, desired), ...signed(`+ ${name}`, now)];
  });
}

function signed(sign: string, text: string): string[] {
  return text === '' ? [] : text.split('\n').map((line) => sign + line);
}

const TITLES = { adopt: 'Adopt', revert: 'Revert later', ignore: 'Ignore', skip: 'Skip' } as const;

/** What is going to be done, and to which files. */
export function summaryLines(decisions: readonly Decision[], files: readonly string[], width: number): string[] {
  const lines = (['adopt', 'ignore', 'revert', 'skip'] as const).flatMap((way) => {
    const own = decisions.filter((decision) => decision.way === way);
    if (own.length === 0) return [];
    const named = own.map((decision) => {
      const reason = decision.way === 'ignore' ? `: ${decision.reason.trim()}` : '';
      return `  ${clean(decision.finding.stack)} ${subjectText(decision.finding)}${reason}`;
    });
    return [`${TITLES[way]}: ${count(own.length, 'finding')}`, ...(way === 'skip' ? [] : named)];
  });
  const changed =
    files.length === 0 ? ['No file changes.'] : [`Changes: ${files.map((file) => clean(file)).join(', ')}`];
  return [...lines, ...changed].flatMap((line) => wrap(line, width));
}

/** The commands that revert, a stack's once, in the order to be run. */
export function revertText(decisions: readonly Decision[]): string {
  const own = decisions.filter(({ way }) => way === 'revert');
  const commands = revertCommands(own.map(({ finding }) => finding));
  if (commands.length === 0) return '';
  const title = 'To revert, one command after the other; look at what a change set does before you execute it:';
  return `${[title, ...commands.map((command) => `  ${command}`)].join('\n')}\n`;
}
