import { clean } from '../../base/clean.js';
import { count } from '../../base/count.js';
import { groupBy, stackKey } from '../../base/group.js';
import { textWidth } from '../../base/width.js';
import { type Finding, isCounted, type Report, type RuleReport } from '../../model/report.js';
import { changeText, gravestFirst, isAlert, madeText, placeText } from '../finding-text.js';
import { fitted, fittedPath } from '../fit.js';
import { differingParts } from '../shorten.js';
import { sidesOf, undeclaredNote } from '../sides.js';
import { authorText } from '../who-text.js';
import { stackLabels } from './heading.js';
import { severityPaint, verdictNote } from './mark.js';
import { type Page, paragraph } from './page.js';
import { revertFirstInShort } from './revert.js';

const INDENT = 2;
/** The longest name of a severity, and a gap. */
const SEVERITY = 10;
const GAP = 2;
const ARROW = 3;
/** Of a value in one line, about so many characters of each side. */
const VALUE = 60;
/** Of a document that differs in several places, so many lines; `--verbose` shows more. */
const MOST_LINES = 6;

/**
 * The findings that count, the gravest first: a block for each resource, in it a line for each changed property. What a rule
 * advises is told once, at the first finding that it judges.
 */
export function compactBlocks(report: Report, page: Page): string[] {
  const counted = report.findings.filter((finding) => isCounted(finding) && finding.kind !== 'unmanaged');
  const shown = gravestFirst(counted.filter(isAlert));
  const labelOf = stackLabels(report);
  const told = new Set<string>();
  const resources = groupBy(shown, (finding) => `${stackKey(finding)} ${finding.logicalId}`);
  const lines = [...resources.values()].flatMap((findings) => [
    ...findings.slice(0, 1).map((finding) => heading(finding, labelOf(finding), page)),
    ...findings.flatMap((finding) => [...findingLines(finding, page), ...advice(finding, report, told, page)]),
  ]);
  const known = counted.length - shown.length;
  return [
    ...(lines.length === 0 ? [] : [[...lines, ...revertFirstInShort(shown, page), ...more(shown, page)].join('\n')]),
    ...(known === 0 ? [] : [paragraph(`Known: ${count(known, 'difference')} (--verbose lists them)`, page)]),
  ];
}

/** `shop-data  AssetsBucket  AWS::S3::Bucket  shop-assets`; the physical ID only where there is room. */
function heading(finding: Finding, stack: string, page: Page): string {
  const { logicalId, type, physicalId } = finding;
  const { bold, dim } = page.chalk;
  const text = [stack, clean(madeText(finding)), clean(type)].join('  ');
  if (textWidth(text) > page.width) return paragraph(text, page, 0, bold);
  const id = physicalId === null || physicalId === logicalId ? '' : `  ${clean(physicalId)}`;
  return bold(text) + (textWidth(text + id) <= page.width ? dim(id) : '');
}

/** One line, and where a document differs in several places a few more with what went and what came. */
function findingLines(finding: Finding, page: Page): string[] {
  const { dim } = page.chalk;
  const severity = finding.severity.padEnd(SEVERITY);
  const place = placeText(finding);
  const room = page.width - INDENT - SEVERITY;
  const lines = diffLines(finding);
  const who = authorText(finding);
  const beside = room - textWidth(place) - GAP;
  const isBeside = place !== '' && beside >= textWidth(described(finding, lines, Number.POSITIVE_INFINITY));
  const left = isBeside ? beside : room;
  const text = described(finding, lines, left);
  const start = ' '.repeat(INDENT) + severityPaint(finding.severity, page)(severity);
  const under = ' '.repeat(INDENT + SEVERITY);
  const gap = ' '.repeat(GAP + Math.max(0, left - textWidth(text)));
  return [
    start + text + (isBeside ? gap + dim(place) : ''),
    ...(isBeside || place === '' ? [] : [under + dim(place)]),
    ...lines.map((line) => under + paintLine(fitted(line, room), page)),
    ...(who === '' ? [] : [paragraph(who, page, INDENT + SEVERITY, dim)]),
  ];
}

/** The path and what became of its value, in at most `width` columns. */
function described(finding: Finding, lines: readonly string[], width: number): string {
  const mark = finding.baseline === 'new' ? 'new: ' : '';
  const path = finding.path === '' ? 'the whole resource' : clean(finding.path);
  const change = changeOf(finding, lines, VALUE);
  const least = Math.min(textWidth(change), Math.floor(width / 3));
  const shown = mark + fittedPath(path, width - GAP - least - mark.length);
  const left = width - GAP - textWidth(shown);
  if (textWidth(change) <= left) return `${shown}  ${change}`;
  // Both sides are shortened alike, so that neither pushes the other off the line.
  return `${shown}  ${fitted(changeOf(finding, lines, Math.floor((left - ARROW) / 2)), Math.max(1, left))}`;
}

function changeOf(finding: Finding, lines: readonly string[], budget: number): string {
  const change = lines.length === 0 ? changeText(finding, budget) : (undeclaredNote(finding) ?? 'differs');
  const note = verdictNote(finding);
  return note === undefined ? change : `${change} (${note.replaceAll('\n', ' ')})`;
}

/** What differs in a document or a text of several lines, as in a unified diff; nothing where one line says all. */
function diffLines(finding: Finding): string[] {
  const [before, after] = sidesOf(finding);
  if (finding.kind === 'deleted' || before.value === undefined || after.value === undefined) return [];
  const parts = differingParts(before.value, after.value, VALUE * MOST_LINES, MOST_LINES);
  if (parts.length === 1 && parts[0]?.label === '') return [];
  const lines = parts.flatMap(({ label, desired, live }) => {
    if (label.startsWith('…')) return [label];
    const name = label === '' ? '' : `${label}: `;
    return [
      ...(NOTHING.has(desired) ? [] : [`- ${name}${desired}`]),
      ...(NOTHING.has(live) ? [] : [`+ ${name}${live}`]),
    ];
  });
  const left = lines.length - MOST_LINES;
  return left > 1 ? [...lines.slice(0, MOST_LINES), `… and ${left} more lines`] : lines;
}

/** What stands in a part for a side that has nothing, or nothing that the other has not. */
const NOTHING = new Set(['–', '[…]']);

function paintLine(line: string, { chalk }: Page): string {
  if (line.startsWith('-')) return chalk.green(line);
  return line.startsWith('+') ? chalk.red(line) : chalk.dim(line);
}

/** What the rule says is to be done, the first time. */
function advice(finding: Finding, { rules = [] }: Report, told: Set<string>, page: Page): string[] {
  const rule: RuleReport | undefined = rules.find(({ id }) => id === finding.rule);
  if (rule === undefined || told.has(rule.id) || finding.severity === 'low') return [];
  told.add(rule.id);
  return [paragraph(clean(`${rule.title}. ${rule.help}`), page, INDENT + SEVERITY, page.chalk.dim)];
}

/** How to go on: what each finding has beside this. */
function more(findings: readonly Finding[], page: Page): string[] {
  const patchable = findings.filter(({ patch }) => patch.status === 'patchable').length;
  const ways = [
    '--verbose shows each edit, the commands to adopt, revert or ignore it, and who last changed the line in Git',
    ...(patchable > 0 ? [`gitops-drift patch writes ${count(patchable, 'proven edit')}`] : []),
  ];
  return ['', paragraph(`${ways.join('; ')}.`, page, 0, page.chalk.dim)];
}
