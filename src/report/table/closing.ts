import { clean } from '../../base/clean.js';
import { count } from '../../base/count.js';
import { isUnread } from '../../model/measure-coverage.js';
import type { Report } from '../../model/report.js';
import { notShown } from '../finding-text.js';
import { coverageText, outcomes, undeclaredText } from '../outcome.js';
import { type Page, paragraph } from './page.js';

/** The last lines: what else came out, how much stands behind it, and at the very end why the exit code is what it is. */
export function closing(report: Report, page: Page): string {
  const { chalk } = page;
  const paints = { bad: chalk.red.bold, warn: chalk.yellow.bold, good: chalk.green.bold };
  const symbols = { bad: '✗', warn: '!', good: '✓' };
  const [reason, ...others] = outcomes(report);
  const undeclared = undeclaredText(report);
  return [
    ...others.map(({ tone, text }) => paragraph(`${symbols[tone]} ${text}`, page, 0, paints[tone])),
    paragraph(coverageText(report), page, 2),
    ...(undeclared === '' ? [] : [paragraph(undeclared, page, 2)]),
    paragraph(counts(report, page), page, 2),
    paragraph(circumstances(report), page, 2, chalk.dim),
    // In one line, however narrow the page is: it is what one looks for at the end of a log.
    ...(reason
      ? [paints[reason.tone](`${symbols[reason.tone]} ${[clean(reason.text), ...notShown(report)].join(' · ')}`)]
      : []),
  ].join('\n');
}

function counts({ summary, resources: all }: Report, { verbose }: Page): string {
  const { properties, resources, suppressed, patches, baseline } = summary;
  const unread = all.filter(isUnread).length;
  return [
    `${count(properties.compared, 'property', 'properties')} compared`,
    `${properties.unverifiable} unverifiable${properties.unverifiable > 0 && !verbose ? ' (see --verbose)' : ''}`,
    ...(unread > 0 ? [`${count(unread, 'resource')} not read`] : []),
    ...(resources.undeployed > 0 ? [`${resources.undeployed} not deployed`] : []),
    `${suppressed} suppressed`,
    ...(baseline && baseline.gone > 0 ? [`${baseline.gone} gone since the earlier report`] : []),
    ...(patches ? [`${patches.patchable} with a patch`, `${patches.refused} without`] : []),
  ].join(' · ');
}

function circumstances({ scan, summary }: Report): string {
  const commit = scan.commit === null ? 'no commit' : clean(scan.commit.slice(0, 10));
  const ref = scan.ref === null ? '' : `${clean(scan.ref)} `;
  const dirty = scan.dirty ? ' with uncommitted changes' : '';
  return [
    count(summary.stacks, 'stack') + (scan.shard === undefined ? '' : ` of shard ${clean(scan.shard)}`),
    `${clean(scan.repository)} at ${ref}${commit}${dirty}`,
    `provider ${clean(scan.provider)}`,
    `${(scan.durationMs / 1000).toFixed(1)} s`,
  ].join(' · ');
}
