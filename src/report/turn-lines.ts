import { Chalk } from 'chalk';
import { cleanShort } from '../base/clean.js';
import { count } from '../base/count.js';
import type { Finding, Report } from '../model/report.js';
import { isMeant, type Show } from '../model/show.js';
import type { Closed, Turn } from '../model/turn.js';
import { findingTitle } from './finding-lines.js';
import { placeText, stackText, subjectText } from './finding-text.js';
import { reasonOf } from './outcome.js';
import { severityPaint } from './table/mark.js';

/** How lines are written: `time` stands before each. */
interface LineOptions {
  time: Date;
  color: boolean;
  show: Show;
}

/** The longest word and severity, and a gap. */
const WORD = 9;
const SEVERITY = 10;
const LONGEST = 500;

const WHY_CLOSED: Readonly<Record<Closed['why'], string>> = {
  settled: '',
  suppressed: 'is suppressed now',
  pending: 'is no drift any more, and waits for its deployment',
  notScanned: 'its stack is not scanned any more',
};

/** What opened, changed and closed since the last scan, a line each that says when, safe to print. */
export function turnLines({ opened, changed, closed }: Turn, { time, color, show }: LineOptions): string[] {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  function line(word: string, finding: Finding, what: string): string {
    const severity = severityPaint(finding.severity, { chalk })(finding.severity.padEnd(SEVERITY));
    const parts = [stackText(finding), what, placeText(finding)].filter((part) => part !== '');
    return `${timeText(time)} ${word.padEnd(WORD)}${severity}${parts.join('  ')}`;
  }
  const isShown = (finding: Finding) => isMeant(finding, show);
  return [
    ...opened.filter(isShown).map((each) => line('opened', each, findingTitle(each))),
    ...changed.filter(isShown).map((each) => line('changed', each, findingTitle(each))),
    ...closed
      .filter(({ finding }) => isShown(finding))
      .map(({ finding, why }) => line('closed', finding, closedText(finding, why))),
  ];
}

function closedText(finding: Finding, why: Closed['why']): string {
  const subject = subjectText(finding);
  return WHY_CLOSED[why] === '' ? subject : `${subject}: ${WHY_CLOSED[why]}`;
}

/** How many findings are open, and why the exit code is what it is, in one line. */
export function standingLine({ open, unread }: Turn, report: Report, time: Date): string {
  const left = unread === 0 ? '' : `, ${unread} of them not read this time`;
  return `${timeText(time)} ${count(open.length, 'finding')} open${left}. ${cleanShort(reasonOf(report).text, LONGEST)}`;
}

/** To the second, in UTC: `2026-11-29T03:17:00Z`. */
export function timeText(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
