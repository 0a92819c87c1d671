import { shellCommand, shellWords } from '../base/shell.js';
import type { Finding, Remedy, Report } from '../model/report.js';
import { REPORT_CONFLICTS } from './options.js';

/** What a report says already, so that commands need not say it again. */
const SAID = [...REPORT_CONFLICTS, 'stack', 'region'];
/** The same by command; of a configuration, some still ask. */
const SAID_TO: Readonly<Record<string, readonly string[]>> = {
  patch: SAID,
  ignore: SAID.filter((name) => name !== 'config'),
  // It asks the cloud, as whom the configuration says.
  revert: ['ref', 'snapshot', 'stack', 'region'],
};

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
  const { command, next } = remedy;
  const given = { ...remedy, ...(command === undefined ? {} : { command: withFile(command, file) }) };
  return next === undefined ? given : { ...given, next: next.map((each) => withFile(each, file)) };
}

function withFile(text: string, file: string): string {
  const [tool, command = '', ...rest] = shellWords(text) ?? [];
  const said = SAID_TO[command];
  if (tool !== 'gitops-drift' || said === undefined) return text;
  // No saved report has edits that take resources out.
  if (rest.includes('--include-deletions')) return text;
  const kept = withoutOptions(rest, said);
  const at = kept.findIndex((word) => word.startsWith('--'));
  const place = at === -1 ? kept.length : at;
  return shellCommand([tool, command, ...kept.toSpliced(place, 0, '--report', file)]);
}

/** Words without some options and what is given to them. */
function withoutOptions(words: readonly string[], names: readonly string[]): string[] {
  let isGone = false;
  return words.filter((word) => {
    if (word.startsWith('--')) isGone = names.includes(word.slice(2)) || word === '--report';
    return !isGone;
  });
}
