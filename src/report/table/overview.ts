import Table from 'cli-table3';
import { cleanShort } from '../../base/clean.js';
import { groupBy } from '../../base/group.js';
import { SEVERITIES } from '../../model/gate.js';
import type { Report } from '../../model/report.js';
import { isAlert } from '../finding-text.js';
import { ruled, stackLabels } from './heading.js';
import { type Page, paragraph } from './page.js';

/** Of many stacks, as many are listed, those with the gravest findings; the rest is counted. */
const MOST_STACKS = 20;
/** The library takes time by the square of a cell's length. */
const LONGEST_LABEL = 60;
const NO_BORDERS = [
  ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
  ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
];

/** How many findings of each severity each stack has, where several have drifted: the end of a long report is seen first. */
export function overviewBlock(report: Report, page: Page): string[] {
  const { bold, dim, red } = page.chalk;
  const labelOf = stackLabels(report);
  const drifted = report.findings.filter((finding) => isAlert(finding) && finding.kind !== 'unmanaged');
  const counts = [...groupBy(drifted, labelOf)].map(([label, findings]) => {
    const ofSeverity = SEVERITIES.map((severity) => findings.filter((each) => each.severity === severity).length);
    return { label, ofSeverity };
  });
  if (counts.length < 2) return [];
  counts.sort((one, other) => compareCounts(other.ofSeverity, one.ofSeverity));
  const table = new Table({
    chars: Object.fromEntries(NO_BORDERS.map((name) => [name, ''])),
    style: { head: [], border: [], 'padding-left': 2, 'padding-right': 0 },
    colAligns: ['left', ...SEVERITIES.map(() => 'right' as const)],
    head: ['', ...SEVERITIES].map((title) => dim(title)),
  });
  for (const { label, ofSeverity } of counts.slice(0, MOST_STACKS)) {
    const paints = [red.bold, red, String, dim];
    table.push([
      cleanShort(label, LONGEST_LABEL),
      ...ofSeverity.map((number, index) => (number === 0 ? '' : (paints[index] ?? bold)(`${number}`))),
    ]);
  }
  const left = counts.length - MOST_STACKS;
  const rest = left > 0 ? [paragraph(`… and ${left} more stacks`, page, 2, dim)] : [];
  return [
    [
      ruled('Drift by stack', page),
      ...table
        .toString()
        .split('\n')
        .map((line) => line.trimEnd()),
      ...rest,
    ].join('\n'),
  ];
}

/** The gravest severity decides, then the next one. */
function compareCounts(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((number, index) => number !== other[index]);
  return at === -1 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}
