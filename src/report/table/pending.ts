import { clean } from '../../base/clean.js';
import { count } from '../../base/count.js';
import { groupBy, stackKey } from '../../base/group.js';
import { type Finding, isDrift, type Report } from '../../model/report.js';
import { inline } from '../inline.js';
import { ruled, stackTitle } from './heading.js';
import { type Page, paragraph } from './page.js';

/** More lines of one stack than this are counted only, unless all are asked for: what is pending is no alarm. */
const MOST_LINES = 10;
const VALUE = 40;

/** What the next deployment does: Git is ahead of the stack there, and nobody changed anything. */
export function pendingBlocks(report: Report, page: Page): string[] {
  const pending = report.findings.filter(({ suppressed, verdict }) => !suppressed && !isDrift(verdict));
  if (pending.length === 0) return [];
  const stacks = [...groupBy(pending, stackKey).values()].map((findings) => {
    const most = page.verbose ? findings.length : MOST_LINES;
    const lines = findings.slice(0, most).map((finding) => paragraph(lineOf(finding), page, 4));
    const left = findings.length - most;
    const rest = left > 0 ? [paragraph(`… and ${left} more (see --verbose)`, page, 4, page.chalk.dim)] : [];
    const title = findings
      .slice(0, 1)
      .map(({ stack, region, account }) => paragraph(stackTitle({ name: stack, region, account }), page, 2));
    return [...title, ...lines, ...rest].join('\n');
  });
  return [[ruled(`Not deployed yet: ${count(pending.length, 'change')} in Git`, page), ...stacks].join('\n')];
}

function lineOf({ logicalId, path, desired, deployed, verdict, patch }: Finding): string {
  if (path === '') return clean(`${logicalId}: ${patch.reason?.replace(/: deploy it$/, '') ?? 'not deployed yet'}`);
  const [was, is] = [deployed, desired].map((value) => (value === undefined ? 'nothing' : inline(value, VALUE)));
  const note = verdict === 'adopted' ? ' (live already)' : '';
  return clean(`${logicalId} ${path}: ${was} → ${is}${note}`);
}
