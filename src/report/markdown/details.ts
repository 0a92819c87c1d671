import { cleanShort } from '../../base/clean.js';
import type { Finding, RuleReport } from '../../model/report.js';
import { changeText, commandText, patchLine, placeText, stackText, subjectText } from '../finding-text.js';
import { inline } from '../inline.js';
import { differingParts } from '../shorten.js';
import { sidesOf, undeclaredNote } from '../sides.js';
import { whoText } from '../who-text.js';
import { code, fenced, htmlCode, prose } from './escape.js';

/** Values are shortened to about so much of what differs. */
const VALUE = 600;
const LONGEST_NAME = 300;
const LONGEST_NOTE = 1000;
const LONGEST_COMMAND = 8000;

/** All about a finding, folded under its name: where it is, its values as a difference, why it matters, how to resolve it. */
export function detailBlock(finding: Finding, rule: RuleReport | undefined): string {
  const name = htmlCode(cleanShort(subjectText(finding), LONGEST_NAME));
  return [
    `<details><summary>${finding.severity}: ${name}</summary>`,
    whereLine(finding),
    valuesBlock(finding),
    rule === undefined ? '' : `${prose(cleanShort(rule.title, 200))}: ${prose(cleanShort(rule.why, 500))}`,
    patchText(finding),
    remediesBlock(finding),
    '</details>',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function whereLine(finding: Finding): string {
  const { type, physicalId, location } = finding;
  const what = [type, physicalId ?? '']
    .filter((text) => text !== '')
    .map((text) => code(cleanShort(text, LONGEST_NAME)));
  const place = placeText(finding);
  const who = whoText(finding);
  const told = who === '' ? '' : `; ${code(who)}`;
  const where = `${what.join(' ')} in ${code(stackText(finding))}${place === '' ? '' : `, ${code(place)}`}${told}`;
  if (location?.lastChange === undefined) return where;
  const { commit, author, date } = location.lastChange;
  const [change, by, day] = [commit.slice(0, 10), author, date.slice(0, 10)].map((text) => code(cleanShort(text, 100)));
  return `${where}${who === '' ? '; ' : ' · line '}last changed in Git by ${by}, ${day} (${change})`;
}

/** `-` is Git, or of what no template declares the baseline; `+` is live. */
function valuesBlock(finding: Finding): string {
  const [{ value: before }, { value: live }] = sidesOf(finding);
  if (before === undefined && live === undefined) return code(changeText(finding, VALUE));
  const lines = differingParts(before, live, VALUE).flatMap((part) => [
    ...(part.label === '' ? [] : [`@@ ${part.label} @@`]),
    ...(before === undefined || part.desired === '' ? [] : signed('-', part.desired)),
    ...(live === undefined || part.live === '' ? [] : signed('+', part.live)),
  ]);
  return [fenced('diff', lines), valuesNote(finding)].filter((part) => part !== '').join('\n\n');
}

function valuesNote(finding: Finding): string {
  const { verdict, deployed } = finding;
  const undeclared = undeclaredNote(finding);
  if (undeclared !== undefined) return `Not in the template (${undeclared}).`;
  if (verdict !== 'conflict' || deployed === undefined) return '';
  return `Deployed is ${code(cleanShort(inline(deployed, 80), 200))}.`;
}

function signed(sign: string, text: string): string[] {
  return text.split('\n').map((line) => `${sign} ${line}`);
}

function patchText(finding: Finding): string {
  const line = patchLine(finding);
  const at = line.indexOf(': ');
  return line === '' ? '' : `${line.slice(0, at) === 'patch' ? 'Patch' : 'No patch'}: ${code(line.slice(at + 2))}`;
}

/** The commands, as they are typed, each in a block of its own to be copied; what to know of it stands above it. */
function remediesBlock({ remedies = [] }: Finding): string {
  const blocks = remedies.map(({ way, command, next = [], lines, note }) => {
    const title = `${way}${note === undefined ? '' : `: ${code(cleanShort(note, LONGEST_NOTE))}`}`;
    if (lines !== undefined) return `${title}\n\n${fenced('yaml', lines.split('\n').map(commandText))}`;
    if (command === undefined) return title;
    const commands = [command, ...next];
    // One that was cut would be another command.
    if (commands.some(({ length }) => length > LONGEST_COMMAND)) return `${title} (the command is in the JSON report)`;
    return [title, ...commands.map((each) => fenced('sh', [commandText(each)]))].join('\n\n');
  });
  return blocks.join('\n\n');
}
