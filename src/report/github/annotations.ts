import { cleanShort } from '../../base/clean.js';
import { count } from '../../base/count.js';
import type { Finding, Report, Severity } from '../../model/report.js';
import { countsText } from '../counts-text.js';
import { findingLines } from '../finding-lines.js';
import { subjectText } from '../finding-text.js';
import { outcomes } from '../outcome.js';
import { lastLine, type Place, repositoryPath } from '../place.js';
import type { Unread } from '../unread.js';
import type { Annotation } from './command.js';

const LEVELS: Record<Severity, Annotation['level']> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
};
/** Of what could not be read, an annotation names this many. */
const NAMED = 20;

/** How GitHub shows a severity. */
export function levelOf({ severity }: Finding): Annotation['level'] {
  return LEVELS[severity];
}

/** A finding at its place in source. */
export function findingAnnotation(finding: Finding, place: Place, { rules = [] }: Report): Annotation {
  const rule = rules.find(({ id }) => id === finding.rule);
  const title = `${finding.severity}: ${rule?.title ?? 'drift'} (${subjectText({ ...finding, path: '' })})`;
  const standIn = place.isStandIn ? ['no template declares it: this place only stands for where it would be'] : [];
  const { line, column, endColumn } = place;
  const file = cleanShort(repositoryPath(place.file), 1000);
  // GitHub takes columns only within one line.
  const columns = place.endLine === line ? { col: column, endColumn } : {};
  return {
    level: levelOf(finding),
    properties: { file, line, endLine: lastLine(place), ...columns, title: cleanShort(title, 200) },
    message: [...findingLines(finding, rule), ...standIn].join('\n'),
  };
}

/** What could not be read: at most one error and one warning, so that room is left for findings. */
export function unreadAnnotations(unread: readonly Unread[]): Annotation[] {
  const failed = unread.filter(({ status }) => status === 'failed');
  const others = unread.filter(({ status }) => status !== 'failed');
  const annotations: Annotation[] = [];
  if (failed.length > 0)
    annotations.push({
      level: 'error',
      properties: { title: 'Incomplete: not all was scanned' },
      message: listed(failed),
    });
  if (others.length > 0)
    annotations.push({
      level: 'warning',
      properties: { title: `${count(others.length, 'resource')} not read: whether they drifted is unknown` },
      message: listed(others),
    });
  return annotations;
}

/** The outcome, and how many findings (`left`) have no annotation of their own. */
export function summaryAnnotation(report: Report, left: number): Annotation {
  const rest = left > 0 ? [`${count(left, 'more finding')} without an annotation: see the JSON report`] : [];
  const lines = [...outcomes(report).map(({ text }) => text), ...rest, countsText(report)];
  return { level: 'notice', properties: { title: 'gitops-drift' }, message: lines.join('\n') };
}

function listed(unread: readonly Unread[]): string {
  const left = unread.length - NAMED;
  const lines = unread
    .slice(0, NAMED)
    .map(({ subject, status, reason }) => cleanShort(`${subject}: ${status}: ${reason}`, 500));
  return [...lines, ...(left > 0 ? [`… and ${left} more`] : [])].join('\n');
}
