import { clean, head } from '../../base/clean.js';
import { count } from '../../base/count.js';
import { groupBy, stackKey } from '../../base/group.js';
import { capitalized } from '../../base/text.js';
import { SEVERITIES } from '../../model/gate.js';
import { type Finding, isCounted, type Report } from '../../model/report.js';
import type { Location } from '../../syntax/location.js';
import { commandsOf, isRevertedFirst, locationText, ruleTitle } from '../finding-text.js';
import { differingParts } from '../shorten.js';
import { sidesOf, undeclaredNote } from '../sides.js';
import { authorText } from '../who-text.js';
import { type Cell, columnWidths, layOut, type Piece, type Row } from './columns.js';
import { resourceHeading, ruled, stackTitle } from './heading.js';
import { severityPaint, verdictNote } from './mark.js';
import { type Page, paragraph } from './page.js';
import { commandLine, revertFirst, revertOthers } from './revert.js';

/** From this width on, the place in source has a column of its own; below, it stands under the property. */
const WIDE = 112;
/** A value is shortened to about this many lines of its column. */
const VALUE_LINES = 6;
/** Of an author's name, as many characters are shown. */
const LONGEST_NAME = 14;

/**
 * With `--verbose`: the findings that count, the gravest first: a block for each severity, in it by stack and resource, and
 * with each the edit and the commands that resolve it.
 */
export function findingBlocks(report: Report, page: Page): string[] {
  const shown = report.findings.filter((finding) => isCounted(finding) && finding.kind !== 'unmanaged');
  const rows = new Map(shown.map((finding) => [finding, findingRows(finding, page)]));
  const header = headerRow(page);
  const widths = columnWidths([header, ...[...rows.values()].flat()], page);
  const stacks = new Map(report.stacks.map((stack) => [stackKey({ ...stack, stack: stack.name }), stack]));

  function findingText(finding: Finding): string {
    return [layOut(rows.get(finding) ?? [], widths), ...remarks(finding, report, page)].join('\n');
  }

  function stackText(key: string, findings: readonly Finding[]): string {
    const titles = findings.slice(0, 1).map((finding) => {
      return paragraph(stackTitle(stacks.get(key) ?? { ...finding, name: finding.stack }), page);
    });
    const resources = [...groupBy(findings, (finding) => finding.logicalId).values()].map((ofResource) => {
      const heading = ofResource.slice(0, 1).map((finding) => resourceHeading(finding, page));
      return [...heading, ...ofResource.map(findingText)].join('\n');
    });
    return [...titles, resources.join('\n\n')].join('\n');
  }

  const blocks = SEVERITIES.flatMap((severity) => {
    const findings = shown.filter((finding) => finding.severity === severity);
    if (findings.length === 0) return [];
    const title = `${capitalized(severity)}: ${count(findings.length, 'difference')}`;
    const heading = `${ruled(title, page, severityPaint(severity, page))}\n${layOut([header], widths)}`;
    return [[heading, ...[...groupBy(findings, stackKey)].map(([key, each]) => stackText(key, each))].join('\n\n')];
  });
  return [...revertFirst(shown, page), ...blocks, ...revertOthers(shown, page)];
}

/** Below a finding: what makes it grave, the edit that adopts the live value or why there is none, and the commands. */
function remarks(finding: Finding, report: Report, page: Page): string[] {
  const { patch, remedies = [] } = finding;
  const { bold, cyan, dim, red, yellow } = page.chalk;
  const who = authorText(finding);
  const title = ruleTitle(report, finding);
  // How a stack as a whole is reverted is told once for it.
  const own = remedies.filter(
    ({ way }) => way === 'adopt' || way === 'ignore' || (way === 'revert' && finding.undeclared),
  );
  const commands = own.flatMap(({ way }) => commandsOf(finding, way).map((command) => `${way} ${command}`));
  return [
    ...(title === undefined ? [] : [paragraph(clean(`${title} (${finding.rule})`), page, 4, bold)]),
    ...(patch.status === 'refused' ? [paragraph(`no patch: ${clean(patch.reason ?? '')}`, page, 4, yellow)] : []),
    ...(patch.status === 'patchable' ? [paragraph(`patch ${clean(patch.summary ?? '')}`, page, 4, cyan)] : []),
    ...(patch.note === undefined ? [] : [paragraph(`(${clean(patch.note)})`, page, 6, dim)]),
    ...(who === '' ? [] : [paragraph(who, page, 4, dim)]),
    ...(isRevertedFirst(finding) ? [paragraph('revert it first, by the commands above', page, 4, red)] : []),
    ...commands.map((command) => commandLine(command, page)),
  ];
}

function headerRow(page: Page): Row {
  const titles = ['Property', 'Git', 'Live', ...(page.width >= WIDE ? ['Where'] : [])];
  return titles.map((text) => [{ text, paint: page.chalk.dim }]);
}

/** A row for the property, and where its value is a document one more for each place that differs in it. */
function findingRows(finding: Finding, page: Page): Row[] {
  const where: Cell = finding.location ? placeCell(finding.location, page) : [];
  const property: Cell = [{ text: finding.path === '' ? 'the whole resource' : clean(finding.path), paint: String }];
  if (finding.baseline === 'new') property.push(newPiece(page));
  const note = undeclaredNote(finding) ?? verdictNote(finding);
  if (note !== undefined) property.push({ text: note, paint: page.chalk.yellow });
  const parts = valueParts(finding, page);
  const whole = parts[0]?.label === '' ? parts.shift() : undefined;
  const values = whole?.cells ?? [[], []];
  const first: Row = page.width >= WIDE ? [property, ...values, where] : [[...property, ...where], ...values];
  return [first, ...parts.map(({ label, cells }): Row => [[{ text: `  ${label}`, paint: String }], ...cells])];
}

/**
 * The place in source, and below it who last changed it in Git, which is not who changed the cloud:
 * `last changed in Git by Jane Doe, 2026-03-02 (a1b2c3d)`.
 */
function placeCell(location: Location, { chalk }: Page): Cell {
  const { lastChange } = location;
  const place = locationText(location);
  if (lastChange === undefined) return [{ text: place, paint: chalk.dim }];
  const { commit, author, date, subject } = lastChange;
  const name = clean(author);
  const shownName = name.length > LONGEST_NAME ? `${head(name, LONGEST_NAME - 1)}…` : name;
  const change = `${shownName}, ${clean(date.slice(0, 10))} (${clean(commit.slice(0, 7))})`;
  const lines = [place, `last changed in Git by ${change}`, clean(subject)];
  return lines.map((text) => ({ text, paint: chalk.dim }));
}

/** Where an earlier report was given, what it does not have stands out. */
function newPiece({ chalk }: Page): Piece {
  return { text: 'new', paint: chalk.magenta.bold };
}

/** Git on the left and the cloud on the right, shortened to what differs. */
function valueParts(finding: Finding, page: Page): { label: string; cells: [Cell, Cell] }[] {
  const { dim, green, red } = page.chalk;
  const { kind, undeclared } = finding;
  const [left, right] = sidesOf(finding);
  const cells = (git: Piece, cloud: Piece): [Cell, Cell] => [[git], [cloud]];
  if (kind === 'deleted') {
    return [{ label: '', cells: cells({ text: 'declared', paint: green }, { text: 'deleted', paint: red.bold }) }];
  }
  return differingParts(left.value, right.value, Math.floor(page.width / 3.5) * VALUE_LINES).map((part) => {
    const [git, cloud] = cells(
      left.value === undefined ? { text: left.absent, paint: dim } : { text: part.desired, paint: green },
      right.value === undefined ? { text: right.absent, paint: dim } : { text: part.live, paint: red },
    );
    // Under "Git", it is the baseline's value and not the template's.
    const accepted = undeclared && left.value !== undefined ? [{ text: 'accepted:', paint: dim }] : [];
    return { label: part.label, cells: [[...accepted, ...git], cloud] };
  });
}
