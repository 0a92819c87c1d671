import { clean, cleanLines } from '../../base/clean.js';
import { count } from '../../base/count.js';
import { groupBy, stackKey } from '../../base/group.js';
import type { Disagreement, Report } from '../../model/report.js';
import { shorten } from '../shorten.js';
import { columnWidths, layOut, type Row } from './columns.js';
import { resourceHeading, ruled, stackLabels } from './heading.js';
import { type Page, paragraph } from './page.js';

/** What `--cross-check` adds: where AWS's drift detection judges otherwise, and why. */
export function crossCheckBlocks(report: Report, page: Page): string[] {
  if (report.crossCheck === undefined) return [];
  const { stacks, disagreements, errors } = report.crossCheck;
  const title = `Cross-check with AWS's drift detection: ${count(disagreements.length, 'disagreement')} in ${count(stacks, 'stack')}`;
  if (disagreements.length + errors.length === 0) return [paragraph(title, page, 0, page.chalk.bold)];
  const labelOf = stackLabels(report);
  const rows = new Map(disagreements.map((each) => [each, rowOf(each, page)]));
  const widths = columnWidths([...rows.values()], page);
  const resources = groupBy(disagreements, (each) => `${stackKey(each)} ${each.logicalId}`);
  const tables = [...resources.values()].map((same) => {
    const [first] = same;
    const heading = first === undefined ? '' : resourceHeading({ ...first, physicalId: labelOf(first) }, page);
    return `${heading}\n${layOut(
      same.flatMap((each) => [rows.get(each) ?? []]),
      widths,
    )}`;
  });
  const failed = errors.map((each) =>
    [
      paragraph(`${labelOf(each)}: AWS could not judge it`, page, 2, page.chalk.yellow),
      paragraph(cleanLines(each.error), page, 4),
    ].join('\n'),
  );
  return [[ruled(title, page), ...tables, ...failed].join('\n')];
}

function rowOf({ path, own, aws, reason, desired, live }: Disagreement, page: Page): Row {
  const { dim } = page.chalk;
  const shown = shorten(desired, live, Math.floor(page.width / 3.5) * 2);
  return [
    [
      { text: path === '' ? 'the resource' : clean(path), paint: String },
      { text: `here ${own}, AWS ${aws}: ${clean(reason)}`, paint: dim },
    ],
    [{ text: desired === undefined ? '' : shown.desired, paint: String }],
    [{ text: live === undefined ? '' : shown.live, paint: String }],
  ];
}
