import { shellCommand, shellWords } from '../base/shell.js';
import type { Finding, Remedy, Report } from '../model/report.js';
import { REPORT_CONFLICTS } from './options.js';

/** What a report says already, so that commands need not say it again. */
const SAID = [...REPORT_CONFLICTS, 'stack', 'region'];

/**
 * The report with commands of ours that take their findings from the file that it is saved in (`-o json=file`), instead of
 * scanning again. What a saved report has for a command is only taken apart, never taken over as it is.
 */
export function withSavedReport(report: Report, file: string | undefined): Report {
  // What is no file can't be read again.
  if (file === undefined || file.startsWith('/dev/')) return report;
  const findings = report.findings.map((finding): Finding => {
    const { remedies } = finding;
    return remedies === undefined ? finding : { ...finding, remedies: remedies.map((each) => named(each, file)) };
  });
  return { ...report, findings };
}

function named(remedy: Remedy, file: string): Remedy {
  const words = remedy.command === undefined ? undefined : shellWords(remedy.command);
  const [tool, command, ...rest] = words ?? [];
  if (tool !== 'gitops-drift' || (command !== 'patch' && command !== 'ignore')) return remedy;
  // No saved report has edits that take resources out.
  if (rest.includes('--include-deletions')) return remedy;
  const kept = withoutOptions(rest, command === 'ignore' ? SAID.filter((name) => name !== 'config') : SAID);
  const at = kept.findIndex((word) => word.startsWith('--'));
  const place = at === -1 ? kept.length : at;
  const given = ['--report', file];
  return { ...remedy, command: shellCommand([tool, command, ...kept.toSpliced(place, 0, ...given)]) };
}

/** Words without some options and what is given to them. */
function withoutOptions(words: readonly string[], names: readonly string[]): string[] {
  let isGone = false;
  return words.filter((word) => {
    if (word.startsWith('--')) isGone = names.includes(word.slice(2)) || word === '--report';
    return !isGone;
  });
}
