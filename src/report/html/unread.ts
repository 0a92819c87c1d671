import { count } from '../../base/count.js';
import { groupBy } from '../../base/group.js';
import { classOf, isUnread } from '../../model/measure-coverage.js';
import type { Report, ResourceReport } from '../../model/report.js';
import { stackLabels, stackTitle } from '../table/heading.js';
import { html, lines, type Markup } from './markup.js';

/** Of many with the same reason, this many are named; the JSON report has them all. */
const NAMED = 100;

/** What could not be looked at, said loudly and with the reason, and what is to be mended; nothing where all is well. */
export function unread(report: Report): Markup {
  const failed = report.stacks.filter(({ status }) => status === 'error');
  const places = report.errors ?? [];
  const resources = report.resources.filter(isUnread);
  const never = report.resources.filter((each) => classOf(each) === 'never');
  const labelOf = stackLabels(report);
  const resourceLine = (of: ResourceReport) =>
    html`<b>${of.logicalId}</b> <span class="type">${of.type}</span> ${labelOf(of)}`;
  return html`${alert(
    'bad',
    `Not scanned: ${failed.length} of ${count(report.stacks.length, 'stack')}`,
    groupBy(failed, ({ error }) => error ?? 'no reason was given'),
    (stack) => html`<b>${stackTitle(stack)}</b>`,
  )}${alert(
    'bad',
    `Not looked at: ${count(places.length, 'place')}`,
    groupBy(places, ({ error }) => error),
    ({ region, account }) => html`<b>${region}</b> ${account ?? ''}`,
  )}${alert(
    'warn',
    `Not read: ${resources.length} of ${count(report.resources.length, 'resource')}; whether they drifted is unknown`,
    groupBy(resources, ({ reason, status }) => reason ?? status),
    resourceLine,
  )}${folded(
    `Can never be compared: ${count(never.length, 'resource')}`,
    groupBy(never, ({ reason, status }) => reason ?? status),
    resourceLine,
  )}${alert(
    'warn',
    `${count(report.warnings?.length ?? 0, 'thing')} to fix`,
    groupBy(report.warnings ?? [], ({ message, hint }) => (hint === undefined ? message : `${message}\n${hint}`)),
    ({ file, line }) => html`<b>${file ?? 'the scan'}</b>${line === undefined ? '' : `:${line}`}`,
  )}`;
}

/** A titled block of what shares its reasons; nothing where there is none. */
function alert<T>(tone: 'bad' | 'warn', title: string, groups: Map<string, T[]>, line: (of: T) => Markup): Markup {
  if (groups.size === 0) return html``;
  return html`<section class="alert ${tone}"><h2>${title}</h2>${causes(groups, line)}</section>`;
}

function causes<T>(groups: Map<string, T[]>, line: (of: T) => Markup): Markup[] {
  return [...groups].map(
    ([reason, same]) =>
      html`<div class="cause"><ul>${same.slice(0, NAMED).map((each) => html`<li>${line(each)}</li>`)}${more(same.length - NAMED)}</ul><p>${lines(reason)}</p></div>`,
  );
}

/** The same, folded: what is so by its nature is told, and in nobody's way. */
function folded<T>(title: string, groups: Map<string, T[]>, line: (of: T) => Markup): Markup {
  if (groups.size === 0) return html``;
  return html`<details class="never"><summary>${title}</summary>${causes(groups, line)}</details>`;
}

/** The list item that counts what is not named. */
export function more(left: number): Markup {
  return left > 0 ? html`<li class="more">… and ${left} more, named in the JSON report</li>` : html``;
}
