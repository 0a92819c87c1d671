import { DriftError } from '../errors.js';
import { isObject, type Json } from '../json.js';

/**
 * A SARIF report as GitHub's code scanning is to have it: it takes no notice of `suppressions`
 * (https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning),
 * so that what is suppressed would be an open alert. Without it the alert is closed, until the suppression ends.
 */
export function withoutSuppressed(text: string, file: string): string {
  const log = parsed(text, file);
  const runs = isObject(log) && Array.isArray(log['runs']) ? log['runs'] : undefined;
  if (!isObject(log) || runs === undefined)
    throw new DriftError('report', [
      { message: 'this is no SARIF report', file, hint: 'write one with -o sarif=<file>' },
    ]);
  return `${JSON.stringify({ ...log, runs: runs.map(openResults) })}\n`;
}

function openResults(run: Json): Json {
  if (!isObject(run) || !Array.isArray(run['results'])) return run;
  const isOpen = (result: Json) => !isObject(result) || result['suppressions'] === undefined;
  return { ...run, results: run['results'].filter(isOpen) };
}

function parsed(text: string, file: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new DriftError('report', [{ message: `this is no JSON: ${String(cause)}`, file }], { cause });
  }
}
