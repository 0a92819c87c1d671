import { clean } from '../../base/clean.js';
import { count } from '../../base/count.js';
import type { Report } from '../../model/report.js';
import { outcomes } from '../outcome.js';
import { type Page, paragraph } from './page.js';

/** The last lines: the outcome in a sentence, and how much stands behind it. */
export function closing(report: Report, page: Page): string {
  const { chalk } = page;
  const paints = { bad: chalk.red.bold, warn: chalk.yellow.bold, good: chalk.green.bold };
  const symbols = { bad: '✗', warn: '!', good: '✓' };
  return [
    ...outcomes(report).map(({ tone, text }) => paragraph(`${symbols[tone]} ${text}`, page, 0, paints[tone])),
    paragraph(coverage(report, page), page, 2),
    paragraph(circumstances(report), page, 2, chalk.dim),
  ].join('\n');
}

function coverage({ summary }: Report, { verbose }: Page): string {
  const { properties, resources, suppressed, patches, baseline } = summary;
  const unread = resources.unreadable + resources.unsupported;
  return [
    `${count(properties.compared, 'property', 'properties')} compared`,
    `${properties.unverifiable} unverifiable${properties.unverifiable > 0 && !verbose ? ' (see --verbose)' : ''}`,
    ...(unread > 0 ? [`${count(unread, 'resource')} not read`] : []),
    ...(resources.undeployed > 0 ? [`${resources.undeployed} not deployed`] : []),
    `${suppressed} suppressed`,
    ...(baseline && baseline.gone > 0 ? [`${baseline.gone} gone since the earlier report`] : []),
    ...(patches ? [`${patches.patchable} patchable`, `${patches.refused} refused`] : []),
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
