import { isDay } from '../base/calendar.js';
import { DriftError, type Problem } from '../base/errors.js';
import { hasUnsafe } from '../base/shell.js';
import type { Finding } from '../model/report.js';
import { maskText } from '../secrets/mask.js';

/** What is to be ignored, why, and until when. */
export interface IgnoreRequest {
  finding: Finding;
  /** In one line. */
  reason: string;
  /** The last day on which it holds, an ISO date. */
  until?: string | undefined;
  /** The day by which that is judged, an ISO date. */
  today: string;
}

/** A file with the rule in it; `before` is absent where it is a new one. */
export interface IgnoreChange {
  path: string;
  before?: string;
  after: string;
  /** Where the rule stands. */
  line: number;
}

/** Throws a `DriftError` (code `usage`) with all that is wrong with a reason and a day, or why the finding can't be ignored. */
export function checkRequest({ finding, reason, until, today }: IgnoreRequest): void {
  const problems = [...reasonProblems(reason), ...dayProblems(until, today), ...findingProblems(finding)];
  if (problems.length > 0) throw new DriftError('usage', problems);
}

/** What is wrong with a reason. */
export function reasonProblems(reason: string): Problem[] {
  const bad = (message: string, hint: string): Problem[] => [
    { code: 'usage-bad-value', message: `--reason: ${message}`, hint },
  ];
  if (reason.trim() === '') return bad('it is empty', 'say why the finding may stay: reports show it');
  if (hasUnsafe(reason)) return bad('it has line breaks or control characters', 'write it in one line of plain text');
  if (maskText(reason) !== reason)
    return bad('it seems to hold a secret', 'the rule is committed to Git: leave it out');
  return [];
}

function dayProblems(until: string | undefined, today: string): Problem[] {
  if (until === undefined || (isDay(until) && until >= today)) return [];
  const message = isDay(until) ? `${until} is over` : `"${until}" is no day`;
  const hint = 'give the last day on which it holds, such as 2027-01-31';
  return [{ code: 'usage-bad-value', message: `--until: ${message}`, hint }];
}

function findingProblems({ id, kind, suppressed }: Finding): Problem[] {
  if (suppressed) {
    const { reason, file, line } = suppressed;
    const place = file === undefined ? '' : `, ${file}${line === undefined ? '' : `:${line}`}`;
    return [
      refusal(`${id} is suppressed already (${reason}${place})`, 'change that rule, where it is to say something else'),
    ];
  }
  if (kind !== 'unmanaged') return [];
  const hint = 'declare or delete the resource, or write a rule for all resources of its type by hand';
  return [refusal(`${id}: no rule can name one resource that no template declares`, hint)];
}

/** Why no rule is written. */
export function refusal(message: string, hint: string): Problem {
  return { code: 'ignore-refused', message, hint };
}
