import { cleanShort } from '../base/clean.js';
import { count } from '../base/count.js';
import { someOf } from '../base/some-of.js';
import { isNestedStack } from '../iac/registry.js';
import { driftText } from '../model/drift-text.js';
import { failures, judge } from '../model/exit-reason.js';
import { gateOf } from '../model/gate.js';
import { coverageOfReport } from '../model/measure-coverage.js';
import { type ExitReason, isCounted, type Report } from '../model/report.js';
import { missingShards, parseShards } from '../model/shard.js';

/** Of many missing shards, this many are named. */
const NAMED = 20;

/** What came out, in a sentence. */
export interface Outcome {
  tone: 'bad' | 'warn' | 'good';
  text: string;
}

/**
 * The outcome, gravest first: why the exit code is what it is, and what else is to be known. Never "in sync" when
 * something was left unread.
 */
export function outcomes(report: Report): Outcome[] {
  const { code, text: told } = reasonOf(report);
  const text = cleanShort(told, LONGEST);
  const others = [
    ...failures(report).map((told): Outcome => ({ tone: told.isAccepted ? 'warn' : 'bad', text: told.text })),
    ...missingReports(report),
    ...driftBeside(report),
  ];
  return [{ tone: toneOf(code, text), text }, ...others.filter((other) => other.text !== text)];
}

/** How much was looked at, in one line. A saved report may say anything there. */
export function coverageText(report: Report): string {
  return cleanShort(coverageOfReport(report, isNestedStack).text, LONGEST);
}

/** What came of what no template declares, in one line; empty where there is neither a baseline nor a finding of that. */
export function undeclaredText({ summary: { undeclared } }: Report): string {
  if (undeclared === undefined || undeclared.findings + undeclared.baselined === 0) return '';
  const { findings, baselined, withoutBaseline, notVisible } = undeclared;
  return [
    `Undeclared: ${count(findings, 'finding')}`,
    `${count(baselined, 'resource')} compared with the baseline`,
    ...(withoutBaseline > 0 ? [`${withoutBaseline} without an entry in it`] : []),
    ...(notVisible > 0 ? [`${notVisible} not read whole`] : []),
  ].join('; ');
}

/** Longer than either sentence of ours. */
const LONGEST = 500;

/** Why the exit code is what it is; a report of an older version does not tell. */
export function reasonOf(report: Report): ExitReason {
  if (report.summary.exitReason !== undefined) return report.summary.exitReason;
  const { compared } = report.summary.properties;
  const isSinceEarlier = report.summary.baseline !== undefined;
  const { shard } = report.scan;
  const coverage = coverageOfReport(report, isNestedStack);
  return judge({ ...report, compared, isSinceEarlier, shard, coverage }, gateOf(report)).exitReason;
}

function toneOf(code: ExitReason['code'], text: string): Outcome['tone'] {
  switch (code) {
    case 'inSync':
      return text.startsWith('Nothing was compared') ? 'warn' : 'good';
    case 'pendingOnly':
      return 'good';
    case 'belowFailOn':
    case 'accepted':
    case 'notRead':
    case 'unverified':
      return 'warn';
    default:
      return 'bad';
  }
}

function missingReports({ scan }: Report): Outcome[] {
  const shards = parseShards(scan.shard ?? '');
  if (shards === undefined || shards.indexes.length < 2) return [];
  const missing = missingShards(shards);
  const text = `Incomplete: of ${shards.count} shards, no report of ${someOf(missing, NAMED)}`;
  return [{ tone: 'bad', text }];
}

/** Drift, where something else decides about the exit code; with 2 it says nothing of drift, but what is known fails nothing. */
function driftBeside({ summary, findings, resources }: Report): Outcome[] {
  const drift = driftText({ findings, resources }, summary.baseline !== undefined);
  if (drift === '') return [];
  const isNew = findings.some((each) => isCounted(each) && each.baseline !== 'known');
  if (summary.exitCode === 1 || (summary.exitCode === 2 && isNew)) return [{ tone: 'bad', text: `Drift: ${drift}` }];
  return [{ tone: 'warn', text: `Drift that does not fail the scan: ${drift}` }];
}
