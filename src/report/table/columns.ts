import { textWidth } from '../../base/width.js';
import { type Page, wrap } from './page.js';

/** A text (of one or more lines) and its colour, given line by line. */
export interface Piece {
  text: string;
  paint: (line: string) => string;
}
export type Cell = Piece[];
export type Row = Cell[];

const GAP = 2;
const INDENT = 4;

/** The first and the fourth column hold paths that people copy: they may take these shares of the page before the values do. */
const FIRST_SHARE = 0.45;
const FOURTH_SHARE = 0.28;

/**
 * The widths of the columns, without gaps: what the rows need, or, where that is more than the page has, shares of it.
 * The columns of paths go first, up to their share; the values divide the rest, narrow ones taking only what they need.
 */
export function columnWidths(rows: readonly Row[], page: Page): number[] {
  const [first = 0, second = 0, third = 0, ...fourth] = needs(rows);
  const room = page.width - INDENT - GAP * (1 + fourth.length + (third > 0 ? 1 : 0));
  const least =
    room -
    needs(rows)
      .slice(1)
      .reduce((sum, need) => sum + need, 0);
  const left = Math.min(first, Math.max(least, Math.floor(room * FIRST_SHARE)));
  const right = fourth.map((need) => Math.min(need, Math.floor(room * FOURTH_SHARE)));
  const values = third > 0 ? [second, third] : [second];
  return [left, ...shares(values, room - left - (right[0] ?? 0)), ...right];
}

/** The widest line of each column. */
function needs(rows: readonly Row[]): number[] {
  const widest: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) {
      const widths = cell.flatMap((piece) => piece.text.split('\n').map((line) => textWidth(line)));
      widest[index] = Math.max(widest[index] ?? 0, ...widths);
    }
  }
  return widest;
}

/** Narrowest first: each takes what it needs, at most an equal share of what is left. */
function shares(wanted: readonly number[], room: number): number[] {
  const widths = wanted.map(() => 0);
  const order = [...wanted.keys()].sort((one, other) => (wanted[one] ?? 0) - (wanted[other] ?? 0));
  let left = room;
  for (const [done, index] of order.entries()) {
    const width = Math.min(wanted[index] ?? 0, Math.floor(left / (order.length - done)));
    widths[index] = width;
    left -= width;
  }
  return widths;
}

/**
 * Lays rows out in columns; cells wrap, so that nothing is cut off. A report may have 100,000 cells: cli-table3, which lays
 * out tables of bounded size, takes 35 µs and more for each, and time by the square of their length where they have several lines.
 */
export function layOut(rows: readonly Row[], widths: readonly number[]): string {
  return rows.flatMap((row) => rowLines(row, widths)).join('\n');
}

function rowLines(row: Row, widths: readonly number[]): string[] {
  const columns = row.map((cell, index) => cellLines(cell, Math.max(1, widths[index] ?? 1)));
  const height = Math.max(0, ...columns.map((lines) => lines.length));
  return Array.from({ length: height }, (_, at) => {
    const parts = columns.map((lines, index) => {
      const { text, painted } = lines[at] ?? { text: '', painted: '' };
      return painted + ' '.repeat(Math.max(0, (widths[index] ?? 1) - textWidth(text)) + GAP);
    });
    return `${' '.repeat(INDENT)}${parts.join('')}`.trimEnd();
  });
}

function cellLines(cell: Cell, width: number): { text: string; painted: string }[] {
  return cell.flatMap(({ text, paint }) => wrap(text, width).map((line) => ({ text: line, painted: paint(line) })));
}
