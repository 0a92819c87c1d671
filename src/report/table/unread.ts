import { clean, cleanLines } from '../../base/clean.js';
import { count } from '../../base/count.js';
import { groupBy } from '../../base/group.js';
import { classOf, isUnread, unseenStacks } from '../../model/measure-coverage.js';
import type { Report, ResourceReport, StackReport } from '../../model/report.js';
import { ruled, stackLabels, stackTitle } from './heading.js';
import { type Page, paragraph } from './page.js';

/** Of many stacks or resources with the same reason, this many are named (all with `--verbose`). */
const NAMED = 5;

/** What could not be looked at, said loudly: a scan that misses something must not look like one that found nothing. */
export function unreadBlocks(report: Report, page: Page): string[] {
  return [
    failedStacks(report, page),
    failedPlaces(report, page),
    unseen(report, page),
    unreadResources(report, page),
    page.verbose ? neverCompared(report, page) : '',
  ].filter((block) => block !== '');
}

function failedStacks(report: Report, page: Page): string {
  const { chalk } = page;
  const failed = report.stacks.filter((stack) => stack.status === 'error');
  if (failed.length === 0) return '';
  const title = `Not scanned: ${failed.length} of ${count(report.stacks.length, 'stack')}`;
  // What is wrong with an account is wrong with all its stacks, and told once.
  const groups = [...groupBy(failed, ({ error }) => error ?? 'no reason was given')];
  const lines = groups.flatMap(([error, stacks]) => [
    // Of all stacks, the names say nothing.
    ...(isAllAlike(stacks, report) && !page.verbose
      ? []
      : someOf(
          stacks.map((stack) => paragraph(stackTitle(stack), page, 2, chalk.bold)),
          page,
        )),
    paragraph(cleanLines(error), page, isAllAlike(stacks, report) ? 2 : 4),
  ]);
  return [ruled(title, page, chalk.red.bold), ...lines].join('\n');
}

function isAllAlike(stacks: readonly StackReport[], report: Report): boolean {
  return stacks.length > 1 && stacks.length === report.stacks.length;
}

function failedPlaces({ errors = [] }: Report, page: Page): string {
  if (errors.length === 0) return '';
  const title = `Not looked at: ${count(errors.length, 'place')}`;
  const lines = [...groupBy(errors, ({ error }) => error)].flatMap(([error, places]) => [
    ...places.map(({ region, account }) =>
      paragraph([region, account ?? ''].map(clean).join('  ').trim(), page, 2, page.chalk.bold),
    ),
    paragraph(cleanLines(error), page, 4),
  ]);
  return [ruled(title, page, page.chalk.red.bold), ...lines].join('\n');
}

/** Stacks that nobody looked into. */
function unseen(report: Report, page: Page): string {
  const stacks = unseenStacks(report);
  if (stacks.length === 0) return '';
  const title = `Not looked into: ${count(stacks.length, 'stack')}; whether they drifted is unknown`;
  const lines = [...groupBy(stacks, ({ reason }) => reason)].flatMap(([reason, same]) => [
    ...same.map((stack) => paragraph(stackTitle(stack), page, 2, page.chalk.bold)),
    paragraph(cleanLines(reason), page, 4, page.chalk.dim),
  ]);
  return [ruled(title, page, page.chalk.yellow.bold), ...lines].join('\n');
}

function neverCompared(report: Report, page: Page): string {
  const never = report.resources.filter((each) => classOf(each) === 'never');
  if (never.length === 0) return '';
  const title = `Can never be compared: ${count(never.length, 'resource')}`;
  return [ruled(title, page), ...byReason(never, report, page)].join('\n');
}

function unreadResources(report: Report, page: Page): string {
  const unread = report.resources.filter(isUnread);
  // Where no stack could be scanned, that has been said.
  if (unread.length === 0 || (!page.verbose && report.stacks.every(({ status }) => status === 'error'))) return '';
  const title = `Not read: ${unread.length} of ${count(report.resources.length, 'resource')}; whether they drifted is unknown`;
  return [ruled(title, page, page.chalk.yellow.bold), ...byReason(unread, report, page)].join('\n');
}

function byReason(resources: readonly ResourceReport[], report: Report, page: Page): string[] {
  const labelOf = stackLabels(report);
  const lineOf = (resource: ResourceReport) =>
    [labelOf(resource), clean(resource.logicalId), clean(resource.type)].join('  ');
  const groups = [...groupBy(resources, ({ reason }) => reason ?? '')];
  return groups.flatMap(([reason, same]) => {
    return [
      ...someOf(
        same.map((resource) => paragraph(lineOf(resource), page, 2)),
        page,
      ),
      ...(reason === '' ? [] : [paragraph(cleanLines(reason), page, 4, page.chalk.dim)]),
    ];
  });
}

/** The first of many lines, and how many more there are. */
function someOf(lines: readonly string[], page: Page): string[] {
  if (page.verbose || lines.length <= NAMED + 1) return [...lines];
  return [...lines.slice(0, NAMED), paragraph(`… and ${lines.length - NAMED} more (--verbose names them)`, page, 2)];
}
