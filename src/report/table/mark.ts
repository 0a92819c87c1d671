import type { Finding, Severity } from '../../model/report.js';
import { inline } from '../inline.js';
import type { Page } from './page.js';

/** Of the deployed value that a conflict names, about so much is shown. */
const DEPLOYED = 60;

/** The colour of a severity. */
export function severityPaint(severity: Severity, { chalk }: Pick<Page, 'chalk'>): (line: string) => string {
  if (severity === 'critical' || severity === 'high') return chalk.red.bold;
  return severity === 'medium' ? chalk.yellow.bold : chalk.bold;
}

/** That the next deployment would overwrite a change with yet another value; undefined of what is no conflict. */
export function verdictNote({ verdict, deployed }: Finding): string | undefined {
  if (verdict !== 'conflict') return undefined;
  return deployed === undefined ? 'conflict' : `conflict: deployed is ${inline(deployed, DEPLOYED)}`;
}
