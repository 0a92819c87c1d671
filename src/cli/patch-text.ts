import { clean } from '../base/clean.js';
import { someOf } from '../base/some-of.js';
import type { Finding, RuleReport } from '../model/report.js';

/** What `patch --check` says: a line for each finding, then the count. */
export function checkText(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'no findings\n';
  const lines = findings.map((finding) => `${finding.patch.status.padEnd(9)}  ${checkLine(finding)}`);
  const patchable = findings.filter(({ patch }) => patch.status === 'patchable').length;
  return `${lines.join('\n')}\n${patchable} of ${countFindings(findings.length)} could be patched\n`;
}

/** A line for each finding that is left as it is. */
export function notPatchedText(findings: readonly Finding[]): string {
  return findings.map((finding) => `not patched: ${checkLine(finding)}\n`).join('');
}

/** `1 finding`, `2 findings`. */
export function countFindings(number: number): string {
  return number === 1 ? '1 finding' : `${number} findings`;
}

function checkLine({ id, stack, logicalId, path, patch, suppressed }: Finding): string {
  const reason = suppressed ? `the finding is suppressed (${suppressed.reason})` : patch.reason;
  const note = patch.note === undefined ? [] : [`(${patch.note})`];
  const detail = patch.status === 'patchable' ? [patch.summary, ...note] : [reason];
  return clean(`${id}  ${stack} ${logicalId}${path === '' ? '' : ` ${path}`}: ${detail.join(' ')}`);
}

/** Tells of edits that adopt what a rule says to revert first; empty where there are none. */
export function revertFirstText(patched: readonly Finding[], rules: readonly RuleReport[]): string {
  const first = new Set(rules.flatMap(({ id, first }) => (first === 'revert' ? [id] : [])));
  const ids = patched.filter(({ rule }) => first.has(rule ?? '')).map(({ id }) => id);
  if (ids.length === 0) return '';
  const what = ids.length === 1 ? '1 of these edits adopts' : `${ids.length} of these edits adopt`;
  return `warning: ${what} what its rule says to revert first (${someOf(ids, 5)})\n  leave such out with --max-severity medium, or take single findings with --finding\n`;
}
