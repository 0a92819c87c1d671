import { DriftError, type Problem } from '../base/errors.js';
import { asText } from '../base/text.js';
import { toolVersion } from '../base/version.js';
import { mergeCrossChecks } from './disagreements.js';
import { compareWithEarlier, repositoryMismatch } from './earlier-report.js';
import { type Gate, gateOf, strictestGate } from './gate.js';
import { coverageOfReport, type IsNestedStack, mergedCoverage } from './measure-coverage.js';
import { coveredShards, mismatches, repeatedStacks, type SavedReport } from './merge-problems.js';
import type { Finding, Report, RuleReport, ScanInfo, Summary } from './report.js';
import { formatShards, missingShards, parseShards, type Shards } from './shard.js';
import { type Outcome, summarize } from './summary.js';

export type { SavedReport } from './merge-problems.js';

export interface MergeOptions {
  /** Judges anew; what is not given is asked as the reports themselves were, by the strictest of their gates. */
  gate?: { failOn?: Gate['failOn'] | undefined; strict?: boolean | undefined } | undefined;
  /** Whether to go on where shards are missing. */
  allowMissing?: boolean | undefined;
  /** An earlier report: what it has, too, does not fail the gate. Judges anew. */
  newSince?: Report | undefined;
}

/** See `mergeReports` of `report/merge.ts`; `isNested` is for reports that do not tell what they cover. */
export function mergeSaved(
  asSaved: readonly SavedReport[],
  isNested: IsNestedStack,
  { newSince, gate: given, allowMissing = false }: MergeOptions = {},
): { report: Report; warnings: Problem[] } {
  const saved = given?.failOn === undefined ? asSaved : asSaved.map(withoutOwnGates);
  const [first, ...others] = saved;
  if (first === undefined) throw new DriftError('usage', [{ code: 'usage-missing', message: 'no report is given' }]);
  const mismatch = newSince === undefined ? [] : repositoryMismatch(first.report.scan.repository, newSince);
  if (others.length === 0) {
    const lacking = missingProblems(parseShards(first.report.scan.shard ?? ''));
    const wrong = [...mismatch, ...(allowMissing ? [] : lacking)];
    if (wrong.length > 0) throw new DriftError('report', wrong);
    return { report: judgedAnew(first, given, newSince, isNested), warnings: lacking };
  }
  const gate = gateFor(saved, given);
  const { shards, problems } = coveredShards(saved);
  const missing = missingProblems(shards);
  const unfit = [...mismatches(saved), ...mismatch, ...problems, ...repeatedStacks(saved)];
  const fatal = [...unfit, ...(allowMissing ? [] : missing)];
  if (fatal.length > 0) throw new DriftError('report', fatal);
  const reports = saved.map(({ report }) => report).sort(byStart);
  const merged = {
    stacks: ordered(
      reports.flatMap((report) => report.stacks),
      ({ name }) => name,
    ),
    resources: ordered(
      reports.flatMap((report) => report.resources),
      ({ stack }) => stack,
    ),
    findings: ordered(withoutRepeats(reports.flatMap((report) => report.findings)), ({ stack }) => stack),
    ...errorsOf(reports),
  };
  const { gone, findings } = sinceEarlier(merged, saved, newSince);
  const parts = { ...merged, findings };
  const crossChecks = reports.flatMap((report) => report.crossCheck ?? []);
  const scan = mergeScans(reports.map((report) => report.scan));
  if (missing.length > 0 && shards !== undefined) scan.shard = formatShards(shards);
  const tool = { name: 'gitops-drift', version: toolVersion(), ...idVersionOf(reports) };
  const coverage = mergedCoverage(reports, merged, isNested);
  const summary = count({ ...parts, gone, coverage, shard: scan.shard }, saved, gate);
  const crossCheck = crossChecks.length === 0 ? {} : { crossCheck: mergeCrossChecks(crossChecks) };
  const rules = mergeRules(reports);
  const report: Report = {
    schemaVersion: 1,
    tool,
    scan,
    summary,
    coverage,
    ...parts,
    ...crossCheck,
    ...rules,
    ...warningsOf(reports),
  };
  return { report, warnings: missing };
}

/** A report in which every stack is judged alike. */
function withoutOwnGates(saved: SavedReport): SavedReport {
  const stacks = saved.report.stacks.map(({ failOn: _, ...stack }) => stack);
  return { ...saved, report: { ...saved.report, stacks } };
}

/** In the order in which the scans were begun, which does not hang on the order in which their reports are given. */
function byStart({ scan: one }: Report, { scan: other }: Report): number {
  const [first, second] = [one, other].map(({ startedAt, shard = '' }) => `${startedAt} ${shard}`);
  return asText(first).localeCompare(asText(second));
}

/** One report as it is, or judged anew where that is asked for, or an older version has judged it. */
function judgedAnew(
  saved: SavedReport,
  given: MergeOptions['gate'],
  newSince: Report | undefined,
  isNested: IsNestedStack,
): Report {
  const { report } = saved;
  if (given === undefined && newSince === undefined && report.summary.exitReason !== undefined) return report;
  const { gone, findings } = sinceEarlier(report, [saved], newSince);
  const coverage = coverageOfReport(report, isNested);
  const parts = { ...report, findings, gone, coverage, shard: report.scan.shard };
  return { ...report, findings, coverage, summary: count(parts, [saved], gateFor([saved], given)) };
}

/** What was asked for, else what the reports were judged by. */
function gateFor(saved: readonly SavedReport[], given: MergeOptions['gate']): Gate {
  const gate = strictestGate(saved.map(({ report }) => gateOf(report)));
  return { failOn: given?.failOn ?? gate.failOn, strict: given?.strict ?? gate.strict };
}

/** How all of them name findings; nothing where they do not name them alike. */
function idVersionOf(reports: readonly Report[]): Pick<Report['tool'], 'ids'> {
  const [ids, ...others] = new Set(reports.map(({ tool }) => tool.ids));
  return ids === undefined || others.length > 0 ? {} : { ids };
}

/** What no stack owns is found by every shard that looks in its region. */
function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ kind, id }) => {
    if (kind !== 'unmanaged') return true;
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

/**
 * The rules, each once, in the order in which they are asked, which every report keeps: a rule comes when all that any
 * report has before it are there. Where that leaves a choice, or reports contradict each other, by id.
 */
function mergeRules(reports: readonly Report[]): Pick<Report, 'rules'> {
  const lists = reports.map((report) => report.rules ?? []);
  const waiting = new Map(lists.flat().map((rule) => [rule.id, rule]));
  const rules: RuleReport[] = [];
  while (waiting.size > 0) {
    const left = lists.map((list) => list.filter(({ id }) => waiting.has(id)));
    const isBehind = (id: string) => left.some((list) => list.findIndex((rule) => rule.id === id) > 0);
    const ids = [...waiting.keys()].sort();
    const id = ids.find((each) => !isBehind(each)) ?? ids[0] ?? '';
    const rule = waiting.get(id);
    if (rule !== undefined) rules.push(rule);
    waiting.delete(id);
  }
  return rules.length === 0 ? {} : { rules };
}

/** What went wrong in a place, told once. */
function errorsOf(reports: readonly Report[]): Pick<Report, 'errors'> {
  const errors = once(reports.flatMap((report) => report.errors ?? []));
  return errors.length === 0 ? {} : { errors };
}

/** What is to be mended in files that all of them have read, told once. */
function warningsOf(reports: readonly Report[]): Pick<Report, 'warnings'> {
  const warnings = once(reports.flatMap((report) => report.warnings ?? []));
  return warnings.length === 0 ? {} : { warnings };
}

function once<Value>(values: readonly Value[]): Value[] {
  return [...new Map(values.map((each) => [JSON.stringify(each), each])).values()];
}

/** The findings as compared with those of an earlier report; without one, as the reports have been before. */
function sinceEarlier(
  parts: Pick<Report, 'stacks' | 'resources' | 'findings' | 'errors'>,
  saved: readonly SavedReport[],
  newSince: Report | undefined,
): { findings: Finding[]; gone: number | undefined } {
  if (newSince !== undefined) {
    // A report does not tell whether what no stack owns was looked for and not found.
    const unmanaged = parts.findings.some(({ kind }) => kind === 'unmanaged');
    const { ids } = idVersionOf(saved.map(({ report }) => report));
    return compareWithEarlier({ ...parts, unmanaged, ids }, newSince);
  }
  const before = saved.flatMap(({ report }) => report.summary.baseline ?? []);
  const gone = before.reduce((sum, each) => sum + each.gone, 0);
  return { findings: parts.findings, gone: before.length === 0 ? undefined : gone };
}

function count(parts: Omit<Outcome, 'compared'>, saved: readonly SavedReport[], gate: Gate): Summary {
  const summaries = saved.map(({ report }) => report.summary);
  const compared = summaries.reduce((sum, { properties }) => sum + properties.compared, 0);
  return summarize({ ...parts, compared }, gate);
}

function mergeScans(scans: readonly ScanInfo[]): ScanInfo {
  const [first] = scans;
  const refs = new Set(scans.map(({ ref }) => ref));
  return {
    startedAt: scans.map(({ startedAt }) => startedAt).sort()[0] ?? '',
    durationMs: scans.reduce((sum, { durationMs }) => sum + durationMs, 0),
    provider: [...new Set(scans.map(({ provider }) => provider))].sort().join(', '),
    repository: first?.repository ?? '',
    ref: refs.size === 1 ? (first?.ref ?? null) : null,
    commit: first?.commit ?? null,
    dirty: scans.some(({ dirty }) => dirty),
  };
}

function missingProblems(shards: Shards | undefined): Problem[] {
  if (shards === undefined) return [];
  const missing = missingShards(shards).map((index) => `${index}/${shards.count}`);
  if (missing.length === 0) return [];
  const message = `${missing.length === 1 ? 'shard' : 'shards'} ${missing.join(', ')} of the scan: no report is given`;
  return [
    {
      code: 'report-shard-missing',
      message,
      hint: 'scan what is missing; --allow-missing merges the others all the same',
    },
  ];
}

/** By account, region and stack; what belongs to one stack stays in its order. */
function ordered<Item extends { account: string | null; region: string }>(
  items: Item[],
  stackOf: (item: Item) => string,
): Item[] {
  const keyed = items.map((item) => ({ item, key: [item.account ?? '', item.region, stackOf(item)].join('\0') }));
  keyed.sort((left, right) => (left.key < right.key ? -1 : Number(left.key > right.key)));
  return keyed.map(({ item }) => item);
}
