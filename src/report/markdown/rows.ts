import { cleanShort } from '../../base/clean.js';
import type { Finding } from '../../model/report.js';
import { changeText, placeText, stackText, subjectText } from '../finding-text.js';
import { cellCode } from './escape.js';

/** The head of the table of findings. */
export const TABLE_HEAD = '| Severity | What | Git → live | Where |\n|---|---|---|---|';

const LONGEST = 160;

/** A finding in one row of the table. */
export function findingRow(finding: Finding): string {
  const { severity, verdict } = finding;
  const note = verdict === 'conflict' ? ' conflict' : '';
  const place = placeText(finding);
  const cells = [subjectText(finding), changeText(finding, 60), place === '' ? stackText(finding) : place];
  return `| **${severity}**${note} | ${cells.map((cell) => cellCode(cleanShort(cell, LONGEST))).join(' | ')} |`;
}
