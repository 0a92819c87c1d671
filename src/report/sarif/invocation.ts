import type { Invocation, Notification } from 'sarif';
import { count } from '../../base/count.js';
import type { Report } from '../../model/report.js';
import { coverageText, outcomes } from '../outcome.js';
import { type Unread, unreadParts } from '../unread.js';
import { artifactLocation } from './region.js';

/** More notifications than this say nothing new; the rest is counted. */
const MOST = 1000;

/** How the scan went: what could not be read as notifications, and how many results did not fit (`left`). */
export function invocationOf(report: Report, left: number): Invocation {
  const unread = unreadParts(report);
  const rest = unread.length - MOST;
  return {
    executionSuccessful: report.summary.exitCode !== 2,
    exitCode: report.summary.exitCode,
    exitCodeDescription: [...outcomes(report).map(({ text }) => text), coverageText(report)].join('. '),
    ...times(report),
    toolExecutionNotifications: [
      ...unread.slice(0, MOST).map(notification),
      ...(rest > 0 ? [note('warning', `${count(rest, 'more thing')} could not be read: see the JSON report.`)] : []),
      ...(left > 0
        ? [note('warning', `${count(left, 'finding')} left out, the least grave: see the JSON report.`)]
        : []),
    ],
  };
}

function notification({ status, subject, reason, template }: Unread): Notification {
  const level = status === 'failed' ? 'error' : 'warning';
  const location =
    template === undefined
      ? {}
      : { locations: [{ physicalLocation: { artifactLocation: artifactLocation(template) } }] };
  return { ...note(level, `${subject}: ${status === 'failed' ? 'not scanned' : status}: ${reason}`), ...location };
}

function note(level: Notification.level, text: string): Notification {
  return { level, message: { text: text.replaceAll('](', '] (') } };
}

function times({ scan }: Report): Pick<Invocation, 'startTimeUtc' | 'endTimeUtc'> {
  const started = Date.parse(scan.startedAt);
  const ended = new Date(started + scan.durationMs);
  if (Number.isNaN(ended.getTime())) return {};
  return { startTimeUtc: new Date(started).toISOString(), endTimeUtc: ended.toISOString() };
}
