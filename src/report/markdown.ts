import { cleanShort } from '../base/clean.js';
import { count } from '../base/count.js';
import { describeProblem } from '../base/errors.js';
import type { Finding, Report } from '../model/report.js';
import { shownOf } from '../model/show.js';
import { countsText } from './counts-text.js';
import { gravestFirst, isAlert, notShown } from './finding-text.js';
import { detailBlock } from './markdown/details.js';
import { code, prose } from './markdown/escape.js';
import { findingRow, rowsOf, TABLE_HEAD } from './markdown/rows.js';
import { coverageText, outcomes, undeclaredText } from './outcome.js';
import { type Unread, unreadParts } from './unread.js';

/** What the format starts with: by this line a job finds the comment that it wrote before. */
export const MARKER = '<!-- gitops-drift -->';
/** A comment on GitHub may have 65,536 characters, on GitLab more, a step summary 1 MiB. */
const MOST_BYTES = 64_000;
/** What says that there is more needs so many bytes at most. */
const REST_BYTES = 300;
/** Of what could not be read, this many parts are named. */
const NAMED = 20;
const SYMBOLS = { bad: '❌', warn: '⚠️', good: '✅' };

/**
 * The report for a comment on a pull request or the summary of a step: the outcome, a table of what is to be acted on, the
 * gravest first, and for each its values and how to resolve it. What does not fit is counted, and nothing is cut in two.
 */
export function renderMarkdown(report: Report): string {
  const alerts = gravestFirst(shownOf(report).findings.filter(isAlert));
  const lines = [coverageText(report), undeclaredText(report)].filter((text) => text !== '');
  const head = [
    MARKER,
    ...headline(report),
    `${[countsText(report), ...notShown(report)].join('; ')}.`,
    ...lines.map((text) => `${prose(text)}.`),
  ];
  const tail = [...unreadSection(unreadParts(report)), ...warningSection(report), circumstances(report)];
  const room = MOST_BYTES - bytesOf([...head, ...tail]);
  const table = tableOf(alerts, room / 2);
  const details = detailsOf(alerts, report, room - bytesOf(table));
  return `${[...head, ...table, ...details, ...tail].join('\n\n')}\n`;
}

function headline(report: Report): string[] {
  return outcomes(report).map(({ tone, text }, index) => `${index === 0 ? '### ' : ''}${SYMBOLS[tone]} ${prose(text)}`);
}

function tableOf(alerts: readonly Finding[], room: number): string[] {
  if (alerts.length === 0) return [];
  const all = rowsOf(alerts);
  const rows = fitting(all, findingRow, room - bytesOf([TABLE_HEAD]) - REST_BYTES, 1);
  const left = all.slice(rows.length).flat().length;
  const rest = left > 0 ? [`… and ${count(left, 'more finding')}: see the JSON report.`] : [];
  return [[TABLE_HEAD, ...rows].join('\n'), ...rest];
}

function detailsOf(alerts: readonly Finding[], report: Report, room: number): string[] {
  const ruleOf = new Map(report.rules?.map((rule) => [rule.id, rule]));
  const blockOf = (finding: Finding) => detailBlock(finding, ruleOf.get(finding.rule ?? ''));
  const blocks = fitting(alerts, blockOf, room - REST_BYTES, 2);
  if (blocks.length === alerts.length) return blocks;
  return [...blocks, `Details of the first ${count(blocks.length, 'finding')}; of all in the JSON report.`];
}

/** The first parts that fit together into the room, with what stands between them. */
function fitting<T>(wholes: readonly T[], partOf: (whole: T) => string, room: number, gap: number) {
  const parts: string[] = [];
  let left = room;
  for (const whole of wholes) {
    const part = partOf(whole);
    left -= Buffer.byteLength(part) + gap;
    if (left < 0) break;
    parts.push(part);
  }
  return parts;
}

function unreadSection(unread: readonly Unread[]): string[] {
  if (unread.length === 0) return [];
  const lines = unread.slice(0, NAMED).map(({ status, subject, reason }) => {
    const told = status === 'failed' ? 'not scanned' : status;
    return `- ${code(cleanShort(subject, 150))} ${told}: ${code(cleanShort(reason, 250))}`;
  });
  const left = unread.length - NAMED;
  const rest = left > 0 ? [`- … and ${left} more`] : [];
  return [`**Not read: ${unread.length}.** Whether anything drifted there is unknown.`, [...lines, ...rest].join('\n')];
}

/** What is to be fixed in the templates and the configuration, such as suppressions that have expired. */
function warningSection(report: Report): string[] {
  // What is not committed on the machine that scanned is nothing to a reader elsewhere.
  const warnings = report.warnings?.filter(({ code }) => code !== 'git-not-committed') ?? [];
  if (warnings.length === 0) return [];
  const lines = warnings.slice(0, NAMED).map(({ hint, ...problem }) => {
    const told = describeProblem(hint === undefined ? problem : { ...problem, message: `${problem.message}; ${hint}` });
    return `- ${code(cleanShort(told, 400))}`;
  });
  const left = warnings.length - NAMED;
  return [
    `**${count(warnings.length, 'thing')} to fix.**`,
    [...lines, ...(left > 0 ? [`- … and ${left} more`] : [])].join('\n'),
  ];
}

function circumstances({ scan, summary, tool }: Report): string {
  const { properties, patches, baseline } = summary;
  const at = scan.commit === null ? 'no commit' : code(cleanShort(scan.commit.slice(0, 10), 40));
  return [
    `${code(cleanShort(scan.repository, 200))} at ${at}${scan.dirty ? ' with uncommitted changes' : ''}`,
    count(summary.stacks, 'stack'),
    `${count(properties.compared, 'property', 'properties')} compared`,
    `${properties.unverifiable} unverifiable`,
    ...(patches ? [`${patches.patchable} with a patch`, `${patches.refused} without`] : []),
    ...(baseline ? [`${baseline.gone} gone since the earlier report`] : []),
    code(cleanShort(`${tool.name} ${tool.version}`, 100)),
  ].join(' · ');
}

function bytesOf(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + Buffer.byteLength(part) + 2, 0);
}
