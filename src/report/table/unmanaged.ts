import type { Finding, Report } from '../../drift/report.js';
import { clean } from '../clean.js';
import { count } from '../count.js';
import { groupBy } from '../group.js';
import { ruled } from './heading.js';
import { type Page, paragraph, widthOf } from './page.js';

/** Of many resources of a type, this many are named (all with `--verbose`). */
const NAMED = 20;

/** What is in the cloud, but in no stack, by type; orphans with the stack that they come from. */
export function unmanagedBlocks(report: Report, page: Page): string[] {
  const found = report.findings.filter(({ kind, suppressed }) => kind === 'unmanaged' && !suppressed);
  if (found.length === 0) return [];
  const title = `In no stack: ${count(found.length, 'resource')}`;
  const blocks = [...groupBy(found, ({ type }) => type)].map(([type, same]) => ofType(type, same, page));
  return [`${ruled(title, page)}\n${blocks.join('\n')}`];
}

function ofType(type: string, findings: readonly Finding[], page: Page): string {
  const named = page.verbose || findings.length <= NAMED + 1 ? findings : findings.slice(0, NAMED);
  const left = findings.length - named.length;
  return [
    paragraph(`${clean(type)}  ${findings.length}`, page, 2, page.chalk.bold),
    ...named.flatMap((finding) => lines(finding, page)),
    ...(left > 0 ? [paragraph(`… and ${left} more (--verbose names them)`, page, 4)] : []),
  ].join('\n');
}

function lines({ physicalId, region, account, reason }: Finding, page: Page): string[] {
  const name = clean(physicalId ?? '');
  const place = [region, account].flatMap((part) => part ?? []).map(clean);
  const line = [name, ...place].join('  ');
  const isLong = 4 + widthOf(line) > page.width;
  const named = isLong ? [paragraph(name, page, 4), paragraph(place.join('  '), page, 6)] : [paragraph(line, page, 4)];
  return reason === undefined ? named : [...named, paragraph(clean(reason), page, 6, page.chalk.dim)];
}
