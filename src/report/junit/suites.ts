import { cleanShort } from '../../base/clean.js';
import { count } from '../../base/count.js';
import { groupBy, stackKey } from '../../base/group.js';
import { isUnread } from '../../model/measure-coverage.js';
import type { Finding, Report, ResourceReport, RuleReport } from '../../model/report.js';
import { findingLines, findingTitle } from '../finding-lines.js';
import { gravestFirst, isAlert, isKnown, stackText, subjectText, suppressionText } from '../finding-text.js';
import { outcomes } from '../outcome.js';
import { unreadParts } from '../unread.js';

/** A template, or something that no template has. */
export interface Suite {
  name: string;
  cases: TestCase[];
}

/** What became of one resource, or of one thing that was to be looked at. */
export interface TestCase {
  classname: string;
  name: string;
  status: 'passed' | 'failure' | 'error' | 'skipped';
  /** What kind of failure or error it is. */
  type: string;
  /** The outcome in one line; empty where it passed. */
  message: string;
  /** The rest, in lines. */
  text: string;
}

const LONGEST_NAME = 300;
const LONGEST_MESSAGE = 800;
const UNMANAGED = 'in no template';
const SCAN = 'scan';

/** All templates with their resources in the order of the report, then what is in none, then what went wrong elsewhere. */
export function testSuites(report: Report): Suite[] {
  const templates = new Map(report.stacks.map(({ name, ...of }) => [stackKey({ ...of, stack: name }), of.template]));
  const all = [...resourceCases(report, templates), ...failedCases(report)];
  if (all.length === 0) all.push({ suite: SCAN, test: nothingCompared(report) });
  return [...groupBy(all, ({ suite }) => suite)].map(([name, same]) => ({ name, cases: same.map(({ test }) => test) }));
}

interface Placed {
  suite: string;
  test: TestCase;
}

function resourceCases(report: Report, templates: ReadonlyMap<string, string | null>): Placed[] {
  const findings = groupBy(report.findings, keyOf);
  const ruleOf = new Map(report.rules?.map((rule) => [rule.id, rule]));
  const suiteOf = (of: Finding | ResourceReport) => {
    const template = templates.get(stackKey(of));
    return template == null ? UNMANAGED : cleanShort(template, LONGEST_NAME);
  };
  const cases = report.resources.map((resource) => {
    const key = keyOf(resource);
    const own = findings.get(key) ?? [];
    findings.delete(key);
    return { suite: suiteOf(resource), test: resourceCase(resource, own, ruleOf) };
  });
  const others = [...findings.values()].flatMap((own) =>
    own.slice(0, 1).map((first) => ({ suite: suiteOf(first), test: judged(first, own, ruleOf) })),
  );
  return [...cases, ...others];
}

/** Only what no template declares is told apart by its physical ID. */
function keyOf(of: Finding | ResourceReport): string {
  const { account, region, stack, logicalId, type, physicalId } = of;
  const isUnmanaged = 'kind' in of && of.kind === 'unmanaged';
  return JSON.stringify([account, region, stack, logicalId, ...(isUnmanaged ? [type, physicalId] : [])]);
}

type Rules = ReadonlyMap<string, RuleReport>;

function resourceCase(resource: ResourceReport, findings: readonly Finding[], ruleOf: Rules): TestCase {
  const { status, reason = '' } = resource;
  if (status !== 'unreadable' && status !== 'unsupported') return judged(resource, findings, ruleOf);
  const message = `${status}: ${cleanShort(reason, 1000)}`;
  if (!isUnread(resource)) return { ...named(resource), status: 'skipped', type: '', message, text: '' };
  if (resource.accepted) return { ...named(resource), ...acceptedAs(resource.accepted.reason, message) };
  return { ...named(resource), status: 'error', type: status, message, text: 'Whether it drifted is not known.' };
}

/** Fails for what is to be acted on; is skipped where all drift is suppressed, known or not to be shown. */
function judged(of: Finding | ResourceReport, findings: readonly Finding[], ruleOf: Rules): TestCase {
  const alerts = gravestFirst(findings.filter((finding) => isAlert(finding) && !finding.hidden));
  const [gravest] = alerts;
  if (gravest !== undefined) {
    const told = alerts.map((finding) => findingLines(finding, ruleOf.get(finding.rule ?? '')));
    const more = alerts.length > 1 ? ` (and ${count(alerts.length - 1, 'more difference')})` : '';
    const message = `${gravest.severity}: ${cleanShort(told[0]?.[0] ?? '', LONGEST_MESSAGE)}${more}`;
    const text = told.map((lines) => lines.join('\n')).join('\n\n');
    return { ...named(of), status: 'failure', type: gravest.verdict, message, text };
  }
  const excused = findings.flatMap((finding) => {
    if (finding.hidden) return [`${subjectText(finding)}: not shown`];
    if (finding.suppressed) return [`${subjectText(finding)}: suppressed: ${suppressionText(finding)}`];
    return isKnown(finding) ? [`${findingTitle(finding, 80)}: known from an earlier report`] : [];
  });
  if (excused.length === 0) return { ...named(of), status: 'passed', type: '', message: '', text: '' };
  return { ...named(of), status: 'skipped', type: '', message: excused.slice(0, 20).join('; '), text: '' };
}

function named(of: Finding | ResourceReport): Pick<TestCase, 'classname' | 'name'> {
  const isUnmanaged = 'kind' in of && of.kind === 'unmanaged';
  const id = isUnmanaged || of.logicalId === '' ? (of.physicalId ?? '') : of.logicalId;
  return { classname: stackText(of), name: cleanShort(`${id} ${of.type}`.trim(), LONGEST_NAME) };
}

/** Stacks, places and shards that could not be looked at. */
function failedCases(report: Report): Placed[] {
  return unreadParts(report)
    .filter(({ status }) => status === 'failed' || status === 'unread')
    .map(({ status, subject, reason, template, accepted }): Placed => {
      const suite = template === undefined ? SCAN : cleanShort(template, LONGEST_NAME);
      const named = { classname: 'gitops-drift', name: subject };
      if (accepted !== undefined) return { suite, test: { ...named, ...acceptedAs(accepted, reason) } };
      const text = 'Nothing was compared here.';
      return { suite, test: { ...named, status: 'error', type: status, message: reason, text } };
    });
}

/** What may stay unread is skipped. */
function acceptedAs(rule: string, reason: string): Omit<TestCase, 'classname' | 'name'> {
  return { status: 'skipped', type: '', message: `accepted (${cleanShort(rule, 1000)}): ${reason}`, text: '' };
}

/** A file without tests would look like one in which all is well. */
function nothingCompared(report: Report): TestCase {
  const message = outcomes(report)
    .map(({ text }) => text)
    .join('; ');
  return { classname: 'gitops-drift', name: SCAN, status: 'skipped', type: '', message, text: '' };
}
