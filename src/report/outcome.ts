import { count } from '../base/count.js';
import type { Finding, Report } from '../model/report.js';
import { missingShards, parseShards } from '../model/shard.js';
import { isCounted } from './finding-text.js';

/** Of many missing shards, this many are named. */
const NAMED = 20;

/** What came out, in a sentence. */
export interface Outcome {
  tone: 'bad' | 'warn' | 'good';
  text: string;
}

/** The outcome, gravest first. Derived from the same counts as the exit code; never "in sync" when something was left unread. */
export function outcomes(report: Report): Outcome[] {
  const { stacks, exitCode } = report.summary;
  const failed = report.stacks.filter((stack) => stack.status === 'error').length;
  const outcome: Outcome[] = [];
  if (failed > 0)
    outcome.push({ tone: 'bad', text: `Incomplete: ${failed} of ${count(stacks, 'stack')} could not be scanned` });
  const places = report.errors?.length ?? 0;
  if (places > 0) outcome.push({ tone: 'bad', text: `Incomplete: ${count(places, 'place')} could not be looked at` });
  const shards = parseShards(report.scan.shard ?? '');
  if (shards !== undefined && shards.indexes.length > 1) {
    const missing = missingShards(shards);
    const left = missing.length > NAMED ? ` and ${missing.length - NAMED} more` : '';
    const text = `Incomplete: of ${shards.count} shards, no report of ${missing.slice(0, NAMED).join(', ')}${left}`;
    outcome.push({ tone: 'bad', text });
  }
  const counted = report.findings.filter(isCounted);
  const drift = driftText(counted, report);
  if (drift !== '') {
    // With 2 the exit code says nothing of drift, but what is known fails nothing.
    const fails = exitCode === 1 || (exitCode === 2 && counted.some(({ baseline }) => baseline !== 'known'));
    if (fails) outcome.push({ tone: 'bad', text: `Drift: ${drift}` });
    else outcome.push({ tone: 'warn', text: `Drift that does not fail the scan: ${drift}` });
    if (exitCode === 3) outcome.push({ tone: 'warn', text: 'Not everything could be verified' });
  }
  return outcome.length > 0 ? outcome : [withoutDrift(report)];
}

function withoutDrift({ summary, findings, scan }: Report): Outcome {
  const { resources, stacks, exitCode, properties } = summary;
  const unread = resources.unreadable + resources.unsupported;
  const all = count(resources.total, 'resource');
  if (stacks === 0 && scan.shard)
    return { tone: 'good', text: `Nothing to compare: no stack is in shard ${scan.shard}` };
  if (resources.total === 0) return { tone: 'warn', text: 'Nothing was compared: no stack declares a resource' };
  if (unread > 0) return { tone: 'warn', text: `No drift in what could be read, but ${unread} of ${all} could not be` };
  if (exitCode === 3) return { tone: 'warn', text: `No drift found in ${all}, but not everything could be verified` };
  if (properties.compared === 0) return { tone: 'warn', text: `Nothing was compared in ${all}` };
  const pending = findings.filter(({ suppressed }) => !suppressed).length;
  if (pending > 0) return { tone: 'good', text: `No drift; ${count(pending, 'change')} in Git not deployed yet` };
  const inSync = `${count(resources.inSync, 'resource')} in ${count(stacks, 'stack')}`;
  return { tone: 'good', text: `In sync: ${inSync} as Git says` };
}

/**
 * `9 differences in 7 of 38 resources (1 deleted), 3 resources in no stack, 2 of them new since the earlier report`; empty
 * without drift.
 */
function driftText(counted: readonly Finding[], report: Report): string {
  const drifted = counted.filter(({ kind }) => kind !== 'unmanaged');
  const unmanaged = counted.length - drifted.length;
  const inNoStack = unmanaged === 0 ? '' : `${count(unmanaged, 'resource')} in no stack`;
  return [differences(drifted, report), inNoStack, newness(counted, report)].filter((text) => text !== '').join(', ');
}

function newness(counted: readonly Finding[], { summary }: Report): string {
  if (summary.baseline === undefined || counted.length === 0) return '';
  const fresh = counted.filter(({ baseline }) => baseline !== 'known').length;
  if (counted.length === 1) return fresh === 1 ? 'new since the earlier report' : 'known from the earlier report';
  const some = fresh === counted.length ? 'all' : fresh === 0 ? 'none' : String(fresh);
  return `${some} of them new since the earlier report`;
}

function differences(drifted: readonly Finding[], report: Report): string {
  if (drifted.length === 0) return '';
  const resources = new Set(
    drifted.map((each) => JSON.stringify([each.account, each.region, each.stack, each.logicalId])),
  );
  const deleted = drifted.filter((finding) => finding.kind === 'deleted').length;
  const text = `${count(drifted.length, 'difference')} in ${resources.size} of ${count(report.summary.resources.total, 'resource')}`;
  return deleted === 0 ? text : `${text} (${deleted} deleted)`;
}
