import { cleanShort } from '../../base/clean.js';
import { count } from '../../base/count.js';
import { groupBy } from '../../base/group.js';
import type { Finding } from '../../model/report.js';
import { changeText, placeText, stackText, subjectText } from '../finding-text.js';
import { cellCode } from './escape.js';

/** The head of the table of findings. */
export const TABLE_HEAD = '| Severity | What | Git → live | Stack | Where |\n|---|---|---|---|---|';

const LONGEST = 160;

/** Findings that are one row of the table: the same change of the same line, each in a stack of its own. */
export type RowFindings = readonly [Finding, ...Finding[]];

/** Puts the same drift of many stacks into one row; the order is that of the first finding of each. */
export function rowsOf(findings: readonly Finding[]): RowFindings[] {
  const rows = groupBy(findings, (finding) => JSON.stringify(sameOf(finding)));
  return [...rows.values()].flatMap(([first, ...others]) => (first === undefined ? [] : [[first, ...others] as const]));
}

/** What is alike in findings of one row. Without a line in a template they are of nothing in common. */
function sameOf(finding: Finding): unknown[] {
  const { id, severity, verdict, type, logicalId, path } = finding;
  const place = placeText(finding);
  return place === ''
    ? [id, finding.stack]
    : [severity, verdict, type, logicalId, path, changeText(finding, LONGEST), place];
}

/** A row of the table. */
export function findingRow(findings: RowFindings): string {
  const [finding, ...others] = findings;
  const { severity, verdict } = finding;
  const note = verdict === 'conflict' ? ' conflict' : '';
  const stack =
    others.length === 0 ? cellCode(cleanShort(stackText(finding), LONGEST)) : `in ${count(findings.length, 'stack')}`;
  const [what, change, place] = [subjectText(finding), changeText(finding, 60), placeText(finding)].map((cell) =>
    cell === '' ? '' : cellCode(cleanShort(cell, LONGEST)),
  );
  return `| **${severity}**${note} | ${what} | ${change} | ${stack} | ${place} |`;
}
