import { coversPointer, matchesGlob } from '../base/glob.js';
import { SEVERITIES } from './gate.js';
import type { Finding, Report, Severity } from './report.js';

/** Which findings somebody wants to see, or to have patched; what is absent restricts nothing. */
export interface Show {
  /** This severity or a higher one. */
  severity?: Severity | undefined;
  /** This severity or a lower one. */
  maxSeverity?: Severity | undefined;
  /** Globs of resource types. */
  type?: readonly string[] | undefined;
  /** Globs of JSON Pointers; each covers what is below it, too. */
  path?: readonly string[] | undefined;
}

/** Whether a finding is one of those. */
export function isMeant({ severity, type, path }: Finding, show: Show): boolean {
  const rank = SEVERITIES.indexOf(severity);
  if (show.severity !== undefined && rank > SEVERITIES.indexOf(show.severity)) return false;
  if (show.maxSeverity !== undefined && rank < SEVERITIES.indexOf(show.maxSeverity)) return false;
  if (show.type !== undefined && !show.type.some((glob) => matchesGlob(glob, type))) return false;
  return show.path === undefined || show.path.some((glob) => coversPointer(glob, path));
}

/** The report with each finding marked that is not to be shown. Nothing else changes: all of them are counted and judged. */
export function withHidden(report: Report, show: Show): Report {
  const findings = report.findings.map((finding): Finding => {
    const { hidden: _, ...rest } = finding;
    return isMeant(finding, show) ? rest : { ...rest, hidden: true };
  });
  return { ...report, findings };
}

/** The report with the findings that are to be shown, for what lists them one by one. */
export function shownOf(report: Report): Report {
  if (report.findings.every(({ hidden }) => !hidden)) return report;
  return { ...report, findings: report.findings.filter(({ hidden }) => !hidden) };
}
