import { cleanShort } from '../base/clean.js';
import { count } from '../base/count.js';
import type { Report } from '../model/report.js';
import { countsText } from './counts-text.js';
import { type Suite, type TestCase, testSuites } from './junit/suites.js';
import { element } from './junit/xml.js';
import { coverageText, outcomes } from './outcome.js';

/**
 * The report as JUnit's XML, in the form that both Ant's and Jenkins' schemas take: a template is a suite, a resource a
 * test that fails where it drifted, is an error where it could not be read and skipped where all of it is suppressed.
 */
export function renderJunit(report: Report): string {
  const suites = testSuites(report).map((suite, index) => suiteElement(suite, index, report));
  const root = element('testsuites', {}, suites);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

function suiteElement({ name, cases }: Suite, id: number, report: Report): string {
  const number = (status: TestCase['status']) => cases.filter((each) => each.status === status).length;
  const attributes = {
    name,
    package: 'gitops-drift',
    id,
    timestamp: timestamp(report),
    hostname: 'localhost',
    tests: cases.length,
    failures: number('failure'),
    errors: number('error'),
    skipped: number('skipped'),
    time: 0,
  };
  return element('testsuite', attributes, [
    element('properties', {}, id === 0 ? properties(report) : []),
    ...cases.map(caseElement),
    element('system-out', {}, id === 0 ? [{ text: summaryText(report) }] : []),
    element('system-err', {}, []),
  ]);
}

function caseElement({ classname, name, status, type, message, text }: TestCase): string {
  // Resources are read side by side, so that none has a time of its own.
  const attributes = { classname, name, time: 0 };
  if (status === 'passed') return element('testcase', attributes, []);
  const told = status === 'skipped' ? { message } : { message, type };
  return element('testcase', attributes, [element(status, told, text === '' ? [] : [{ text }])]);
}

function properties({ tool, scan }: Report): string[] {
  const values = {
    tool: `${tool.name} ${tool.version}`,
    provider: scan.provider,
    repository: scan.repository,
    ref: scan.ref ?? 'the work tree',
    commit: scan.commit ?? 'none',
    seconds: String(scan.durationMs / 1000),
  };
  return Object.entries(values).map(([name, value]) =>
    element('property', { name, value: cleanShort(value, 1000) }, []),
  );
}

/** The outcome, and what tests do not tell: what waits for its deployment, is suppressed or known. */
function summaryText(report: Report): string {
  const { summary } = report;
  return [
    ...outcomes(report).map(({ text }) => text),
    countsText(report),
    coverageText(report),
    `${count(summary.properties.compared, 'property', 'properties')} compared, ${summary.properties.unverifiable} unverifiable`,
  ].join('\n');
}

/** Ant's schema wants no zone; it is UTC. */
function timestamp({ scan }: Report): string {
  const started = new Date(Date.parse(scan.startedAt) || 0);
  return started.toISOString().slice(0, 19);
}
