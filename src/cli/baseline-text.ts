import { count } from '../base/count.js';
import { groupBy } from '../base/group.js';
import { type BaselineEntry, entryKey } from '../baseline/baseline.js';
import { baselineDifferences, type EntryDifference } from '../baseline/difference.js';
import { isUnread } from '../model/measure-coverage.js';
import type { Finding, Report, ResourceReport } from '../model/report.js';
import { changeText, commandsOf, gravestFirst, stackText, subjectText } from '../report/finding-text.js';
import type { ScanResult } from '../scan/request.js';

type Written = NonNullable<ScanResult['baseline']>;

/** Of resources and of paths in them, so many are named. */
const NAMED = 20;
const VALUE = 80;

/** What was written, in one line: `.gitops-drift/baseline.json: 12 values of 3 resources; 2 resources added, 1 changed`. */
export function writtenLine(path: string, { before, now }: Written): string {
  const differences = baselineDifferences(before, now);
  const parts = [...groupBy(differences, ({ change }) => change)].map(([change, each]) => `${each.length} ${change}`);
  const values = [...now.entries.values()].reduce((sum, entry) => sum + entry.values.size, 0);
  const held = `${path}: ${count(values, 'undeclared value')} of ${count(now.entries.size, 'resource')} accepted`;
  if (before === undefined) return held;
  return parts.length === 0 ? `${held}, as before` : `${held}; resources: ${parts.join(', ')}`;
}

/** In what a file is out of date; empty where it is not. */
export function outOfDateLines({ path, before, now }: Written): string[] {
  if (before === undefined) return [`${path} does not exist; write it with: gitops-drift baseline`];
  const differences = baselineDifferences(before, now);
  if (differences.length === 0) return [];
  const title = `${path} is out of date in ${count(differences.length, 'resource')}; write it anew with: gitops-drift baseline`;
  return [title, ...atMost(differences.map(differenceLines), NAMED, 'resource').flat()];
}

function differenceLines({ key, change, isOther, ...paths }: EntryDifference): string[] {
  const values = count(paths.added.length + paths.removed.length, 'value');
  if (change === 'added') return [`  + ${key} (${values})`];
  if (change === 'removed') return [`  - ${key} (${values})`];
  const lines = [
    ...paths.added.map((path) => `      + ${path}`),
    ...paths.removed.map((path) => `      - ${path}`),
    ...paths.changed.map((path) => `      ~ ${path}`),
  ];
  return [`  ~ ${key}${isOther ? ' (another resource now)' : ''}`, ...atMost(lines, NAMED, 'value', 6)];
}

/** What of the stacks that were scanned is not accepted anew, since not all of it could be read. */
export function leftOutLines({ resources }: Report, { now }: Written): string[] {
  const left = resources.filter((each) => isUnread(each) || each.undeclared === 'notVisible');
  if (left.length === 0) return [];
  const title = `not read whole: ${count(left.length, 'resource')}; what was accepted of them before stays`;
  const lines = left.map((each) => `  ${each.logicalId} in ${stackText(each)}: ${whyLeftOut(each, now.entries)}`);
  return [title, ...atMost(lines, NAMED, 'resource', 2)];
}

function whyLeftOut(of: ResourceReport, entries: ReadonlyMap<string, BaselineEntry>): string {
  const isKept = [of.account, null].some((account) => entries.has(entryKey({ ...of, account })));
  const reason = of.reason ?? of.unverifiable.find((each) => each.class === 'notRead')?.reason ?? 'read in part';
  return `${reason} (${isKept ? 'keeps its entry' : 'gets none'})`;
}

/** What is open by itself, and how each is accepted. */
export function openingLines({ findings }: Report): string[] {
  const open = gravestFirst(findings.filter(({ undeclared, suppressed }) => undeclared && !suppressed));
  if (open.length === 0) return [];
  const title = `not accepted: ${count(open.length, 'undeclared value')} open or off, reported until an "ignore:" rule in gitops-drift.yaml gives the reason:`;
  return [
    title,
    ...open.flatMap((each) => [
      `  ${openingText(each)}`,
      ...commandsOf(each, 'ignore').map((command) => `    ${command}`),
    ]),
  ];
}

function openingText(finding: Finding): string {
  return `${finding.severity}: ${subjectText(finding)} in ${stackText(finding)}: ${changeText(finding, VALUE)}`;
}

/** The first of some lines, and how many more there are. */
function atMost<Line extends string | string[]>(
  lines: readonly Line[],
  most: number,
  what: string,
  indent = 2,
): (Line | string)[] {
  const left = lines.length - most;
  return [...lines.slice(0, most), ...(left > 0 ? [`${' '.repeat(indent)}… and ${count(left, `more ${what}`)}`] : [])];
}
