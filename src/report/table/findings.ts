import type { Finding, Location, Report } from '../../drift/report.js';
import { SEVERITIES } from '../../drift/summary.js';
import { isDrift } from '../../drift/verdict.js';
import { clean, head } from '../clean.js';
import { groupBy, stackKey } from '../group.js';
import { inline } from '../inline.js';
import { differingParts } from '../shorten.js';
import { type Cell, columnWidths, layOut, type Piece, type Row } from './columns.js';
import { resourceHeading, ruled, stackTitle } from './heading.js';
import { type Page, paragraph } from './page.js';

/** From this width on, the place in source has a column of its own; below, it stands under the property. */
const WIDE = 112;
/** A value is shortened to about this many lines of its column. */
const VALUE_LINES = 6;
/** Of an author's name, as many characters are shown. */
const LONGEST_NAME = 14;

/** The findings that count, one block a stack, by resource; the gravest first. */
export function findingBlocks(report: Report, page: Page): string[] {
  const shown = report.findings
    .filter((finding) => !finding.suppressed && finding.kind !== 'unmanaged' && isDrift(finding.verdict))
    .sort((one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity));
  const rows = new Map(shown.map((finding) => [finding, findingRows(finding, page)]));
  const header = headerRow(page);
  const widths = columnWidths([header, ...[...rows.values()].flat()], page);
  const stacks = new Map(report.stacks.map((stack) => [stackKey({ ...stack, stack: stack.name }), stack]));
  return [...groupBy(shown, stackKey)].map(([key, findings]) => {
    const titles = findings
      .slice(0, 1)
      .map((finding) => stackTitle(stacks.get(key) ?? { ...finding, name: finding.stack }));
    const resources = [...groupBy(findings, (finding) => finding.logicalId).values()].map((ofResource) => {
      const heading = ofResource.slice(0, 1).map((finding) => resourceHeading(finding, page));
      const rowsAndPatches = ofResource.flatMap((finding) => [
        layOut(rows.get(finding) ?? [], widths),
        ...patchLines(finding, page),
      ]);
      return [...heading, ...rowsAndPatches].join('\n');
    });
    return [`${ruled(titles.join(''), page)}\n${layOut([header], widths)}`, ...resources].join('\n\n');
  });
}

/** The edit that adopts the live value, or why there is none. */
function patchLines({ patch }: Finding, page: Page): string[] {
  const { cyan, dim, yellow } = page.chalk;
  if (patch.status === 'refused') return [paragraph(`no patch: ${clean(patch.reason ?? '')}`, page, 4, yellow)];
  if (patch.status !== 'patchable') return [];
  const note = patch.note === undefined ? [] : [paragraph(`(${clean(patch.note)})`, page, 6, dim)];
  return [paragraph(`patch ${clean(patch.summary ?? '')}`, page, 4, cyan), ...note];
}

function headerRow(page: Page): Row {
  const titles = ['Property', 'Git', 'Live', ...(page.width >= WIDE ? ['Where'] : [])];
  return titles.map((text) => [{ text, paint: page.chalk.dim }]);
}

/** A row for the property, and where its value is a document one more for each place that differs in it. */
function findingRows(finding: Finding, page: Page): Row[] {
  const where: Cell = finding.location ? placeCell(finding.location, page) : [];
  const property: Cell = [{ text: finding.path === '' ? 'the whole resource' : clean(finding.path), paint: String }];
  if (finding.severity !== 'medium') property.push(severityPiece(finding, page));
  if (finding.baseline === 'new') property.push(newPiece(page));
  const note = verdictNote(finding);
  if (note !== undefined) property.push({ text: note, paint: page.chalk.yellow });
  const parts = valueParts(finding, page);
  const whole = parts[0]?.label === '' ? parts.shift() : undefined;
  const values = whole?.cells ?? [[], []];
  const first: Row = page.width >= WIDE ? [property, ...values, where] : [[...property, ...where], ...values];
  return [first, ...parts.map(({ label, cells }): Row => [[{ text: `  ${label}`, paint: String }], ...cells])];
}

/** The place in source, and below it who last changed it: `a1b2c3d Jane Doe, 2026-03-02`. */
function placeCell({ file, line, lastChange }: Location, { chalk, verbose }: Page): Cell {
  const place = `${clean(file)}:${line}`;
  if (lastChange === undefined) return [{ text: place, paint: chalk.dim }];
  const { commit, author, date, subject } = lastChange;
  const name = clean(author);
  const shownName = name.length > LONGEST_NAME ? `${head(name, LONGEST_NAME - 1)}…` : name;
  const change = `${clean(commit.slice(0, 7))} ${shownName}, ${clean(date.slice(0, 10))}`;
  const lines = [place, change, ...(verbose ? [clean(subject)] : [])];
  return lines.map((text) => ({ text, paint: chalk.dim }));
}

function severityPiece(finding: Finding, page: Page): Piece {
  const { red, dim } = page.chalk;
  const grave = finding.severity === 'critical' || finding.severity === 'high';
  return { text: finding.severity, paint: grave ? red.bold : dim };
}

/** Where an earlier report was given, what it does not have stands out. */
function newPiece({ chalk }: Page): Piece {
  return { text: 'new', paint: chalk.magenta.bold };
}

function verdictNote({ verdict, deployed }: Finding): string | undefined {
  if (verdict !== 'conflict') return undefined;
  return deployed === undefined ? 'conflict' : `conflict: deployed is ${inline(deployed, 60)}`;
}

/** Git on the left and the cloud on the right, shortened to what differs. */
function valueParts(finding: Finding, page: Page): { label: string; cells: [Cell, Cell] }[] {
  const { dim, green, red } = page.chalk;
  const { desired, live, kind } = finding;
  const cells = (git: Piece, cloud: Piece): [Cell, Cell] => [[git], [cloud]];
  if (kind === 'deleted') {
    return [{ label: '', cells: cells({ text: 'declared', paint: green }, { text: 'deleted', paint: red.bold }) }];
  }
  return differingParts(desired, live, Math.floor(page.width / 3.5) * VALUE_LINES).map((part) => ({
    label: part.label,
    cells: cells(
      desired === undefined ? { text: 'not in Git', paint: dim } : { text: part.desired, paint: green },
      live === undefined ? { text: 'missing', paint: dim } : { text: part.live, paint: red },
    ),
  }));
}
