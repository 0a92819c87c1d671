import { clean } from '../../base/clean.js';
import { count } from '../../base/count.js';
import { groupBy } from '../../base/group.js';
import { textWidth } from '../../base/width.js';
import type { Finding, Report } from '../../model/report.js';
import { commandText, isAlert } from '../finding-text.js';
import { ruled } from './heading.js';
import { type Page, paragraph } from './page.js';

/** Of many resources of a type, this many are named (all with `--verbose`). */
const NAMED = 20;

/** What is in the cloud, but in no stack, by type; orphans with the stack that they come from. */
export function unmanagedBlocks(report: Report, page: Page): string[] {
  const counted = report.findings.filter(({ kind, suppressed }) => kind === 'unmanaged' && !suppressed);
  const found = page.verbose ? counted : counted.filter(isAlert);
  const known = counted.length - found.length;
  if (counted.length === 0) return [];
  if (found.length === 0) return [paragraph(`In no stack, known: ${count(known, 'resource')}`, page)];
  const title = `In no stack: ${count(found.length, 'resource')}${known === 0 ? '' : `, and ${known} known`}`;
  const blocks = [...groupBy(found, ({ type }) => type)].map(([type, same]) => ofType(type, same, page));
  const hint = 'Declare and import what is to stay, delete the rest (--verbose tells how).';
  const ways = page.verbose ? [] : [paragraph(hint, page, 2, page.chalk.dim)];
  return [[ruled(title, page), ...blocks, ...ways].join('\n')];
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

function lines(
  { physicalId, region, account, reason, severity, baseline, remedies = [] }: Finding,
  page: Page,
): string[] {
  const name = clean(physicalId ?? '');
  const place = [region, account, ...(baseline === 'new' ? ['new'] : [])].flatMap((part) => part ?? []).map(clean);
  const grave = severity === 'critical' || severity === 'high' ? [severity] : [];
  const line = [name, ...place, ...grave].join('  ');
  const isLong = 4 + textWidth(line) > page.width;
  const named = isLong
    ? [paragraph(name, page, 4), paragraph([...place, ...grave].join('  '), page, 6)]
    : [paragraph(line, page, 4)];
  return [
    ...named,
    ...(reason === undefined ? [] : [paragraph(clean(reason), page, 6, page.chalk.dim)]),
    ...(page.verbose ? remedies.flatMap(({ command, note = '' }) => remedyLines(command, note, page)) : []),
  ];
}

/** The note, and the command in one line, so that it can be copied. */
function remedyLines(command: string | undefined, note: string, page: Page): string[] {
  const said = paragraph(clean(note), page, 6, page.chalk.dim);
  return command === undefined ? [said] : [`      ${page.chalk.dim(commandText(command))}`, said];
}
