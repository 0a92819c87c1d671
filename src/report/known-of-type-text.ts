import { Chalk } from 'chalk';
import { clean } from '../base/clean.js';
import { groupBy } from '../base/group.js';
import type { Knowledge } from '../compare/known-of-place.js';
import type { KnownOfType } from '../compare/known-of-type.js';
import type { RenderOptions } from './renderer.js';
import { type Cell, columnWidths, layOut, type Row } from './table/columns.js';
import { ruled } from './table/heading.js';
import { type Page, paragraph } from './table/page.js';

/** Below this, paths and words would be broken into crumbs; a terminal wraps the lines then. */
const LEAST = 40;
/** Wider than this, the columns of a line stand too far apart. */
const MOST = 120;

/** What is known of a type for people: place by place, each with where that is from; the reasons are numbered notes. */
export function knownOfTypeText(known: KnownOfType, { color, width = 80 }: RenderOptions): string {
  const page: Page = {
    chalk: new Chalk({ level: color ? 1 : 0 }),
    width: Math.min(MOST, Math.max(LEAST, width)),
    ...{ explain: false, verbose: false },
  };
  const reasons = new Map<string, number>();
  const rows = known.places.flatMap(({ path, known: all }) =>
    all.map((each, index) => row(index === 0 ? path : '', each, reasons, page)),
  );
  const blocks = [
    heading(known, page),
    rows.length === 0
      ? paragraph('Nothing is known there: its text is compared as written, or there is no such property.', page)
      : block('Places', rows, page),
    elsewhere(known, page),
    notes(reasons, page),
    block('Meanings: two values are equal if the forms make one text of them, or a relation holds', parts(known), page),
  ];
  return `${blocks.filter((text) => text !== '').join('\n\n')}\n`;
}

function heading({ type, readable, readPermissions, primaryIdentifier, tagProperty }: KnownOfType, page: Page): string {
  const read = readPermissions.length === 0 ? '' : `, with ${readPermissions.join(', ')}`;
  const rows = [
    ['Read', readable ? `by Cloud Control${read}` : "not by Cloud Control: by CloudFormation's drift detection"],
    ['Identifier', primaryIdentifier.join(', ') || 'none is known'],
    ['Tags', tagProperty ?? 'none, or not known where'],
    ['Elsewhere', 'any place that is not listed here is compared as written'],
  ];
  return block(
    type,
    rows.map((cells) => cells.map((text) => cell(text))),
    page,
  );
}

function row(path: string, { about, value, from, because }: Knowledge, reasons: Map<string, number>, page: Page): Row {
  const note = because === undefined ? '' : ` [${noteOf(because, reasons)}]`;
  return [cell(path), cell(LABELS[about]?.(value) ?? value), cell(`${from}${note}`, page.chalk.dim)];
}

const LABELS: Partial<Record<Knowledge['about'], (value: string) => string>> = {
  list: (value) => (value.startsWith('ordered') ? value.replace('ordered', 'ordered list') : value),
  default: (value) => `default ${value}`,
  transform: (value) => `as ${value}`,
};

function noteOf(because: string, reasons: Map<string, number>): number {
  const number = reasons.get(because) ?? reasons.size + 1;
  reasons.set(because, number);
  return number;
}

function elsewhere({ elsewhere: facts }: KnownOfType, page: Page): string {
  const rows = [...groupBy(facts, ({ rule, because }) => `${rule}\n${because}`).values()].flatMap((same): Row[] => {
    const [{ rule, because } = { rule: '', because: '' }] = same;
    return [[cell(rule), cell(`${same.map(({ path }) => path).join(', ')}: ${because}`)]];
  });
  return rows.length === 0 ? '' : block('Path data that holds wherever its pattern fits', rows, page);
}

function notes(reasons: ReadonlyMap<string, number>, page: Page): string {
  const rows = [...reasons].map(([because, number]): Row => [cell(`[${number}]`), cell(because)]);
  return rows.length === 0 ? '' : block('Why', rows, page);
}

function parts({ meanings }: KnownOfType): Row[] {
  return meanings.map(({ name, forms, relations }) => {
    const says = [
      forms.length === 0 ? '' : `forms: ${forms.join(', ')}`,
      relations.length === 0 ? '' : `relations: ${relations.join(', ')}`,
    ];
    return [cell(name), cell(says.filter((text) => text !== '').join('; '))];
  });
}

function block(title: string, rows: readonly Row[], page: Page): string {
  return `${ruled(title, page)}\n${layOut(rows, columnWidths(rows, page))}`;
}

function cell(text: string, paint: (line: string) => string = String): Cell {
  return [{ text: clean(text), paint }];
}
