import { DriftError } from '../base/errors.js';
import { isObject, type Json } from '../base/json.js';

/**
 * A SARIF report as GitHub's code scanning is to have it
 * (https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning):
 *
 * - without what is suppressed: it takes no notice of `suppressions`, so that it would be an open alert. Without it the
 *   alert is closed, until the suppression ends
 * - without the run's own `automationDetails`: an upload replaces the alerts of the same category, and codeql-action sets
 *   the one that it is given only where there are none (src/upload-lib.ts)
 */
export function forCodeScanning(text: string, file: string): string {
  const log = parsed(text, file);
  const runs = isObject(log) && Array.isArray(log['runs']) ? log['runs'] : undefined;
  if (!isObject(log) || runs === undefined)
    throw new DriftError('report', [
      { code: 'report-invalid', message: 'this is no SARIF report', file, hint: 'write one with -o sarif=<file>' },
    ]);
  return `${JSON.stringify({ ...log, runs: runs.map(asUploaded) })}\n`;
}

function asUploaded(run: Json): Json {
  if (!isObject(run)) return run;
  const { automationDetails: _, ...rest } = run;
  if (!Array.isArray(rest['results'])) return rest;
  const isOpen = (result: Json) => !isObject(result) || result['suppressions'] === undefined;
  return { ...rest, results: rest['results'].filter(isOpen) };
}

function parsed(text: string, file: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new DriftError('report', [{ code: 'report-invalid', message: `this is no JSON: ${String(cause)}`, file }], {
      cause,
    });
  }
}
