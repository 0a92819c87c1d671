import { describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.js';
import { renderReport } from '../../src/report/formats.js';
import { type Element, htmlElements, junitProblems } from '../support/validate.js';
import { fullReport } from './full-report.js';
import { expectGolden } from './golden.js';
import { finding, reportOf, resource, stack } from './sample.js';

const junit = (report: Report) => renderReport(report, 'junit', { color: false });
const queue = resource('shop', 'Queue', 'AWS::SQS::Queue');

/** The elements of the report; XML's short form of empty ones is not HTML's. */
async function elementsOf(report: Report): Promise<Element[]> {
  const xml = await junit(report);
  return htmlElements(xml.replace(/<([\w-]+)([^<>]*)\/>/g, '<$1$2></$1>'));
}

/** Each test as `suite: name: status: message`. */
async function casesOf(report: Report): Promise<string[]> {
  let suite = '';
  const cases: string[] = [];
  for (const { name, attributes } of await elementsOf(report)) {
    if (name === 'testsuite') suite = attributes['name'] ?? '';
    if (name === 'testcase') cases.push(`${suite}: ${attributes['name']}: passed`);
    if (['failure', 'error', 'skipped'].includes(name))
      cases.push(String(cases.pop()).replace(/passed$/, `${name}: ${attributes['message']}`));
  }
  return cases;
}

test('a full report is as it was agreed, and valid by the schemas of Ant and of Jenkins', async () => {
  const xml = await junit(fullReport());
  expectGolden('full.junit.xml', xml);
  expect(await junitProblems(xml)).toEqual([]);
});

test('what stands in the attributes of a suite are the tests in it', async () => {
  const elements = await elementsOf(fullReport());
  const within = (name: string) => elements.filter((each) => each.name === name).length;
  const sum = (key: string) =>
    elements
      .filter(({ name }) => name === 'testsuite')
      .reduce((total, { attributes }) => total + Number(attributes[key]), 0);
  expect(sum('tests')).toBe(within('testcase'));
  expect(sum('failures')).toBe(within('failure'));
  expect(sum('errors')).toBe(within('error'));
  expect(sum('skipped')).toBe(within('skipped'));
});

describe('a resource', () => {
  const of = (rest: Parameters<typeof finding>[3]) =>
    casesOf(
      reportOf({
        stacks: [stack('shop')],
        resources: [queue],
        findings: [finding(queue, '/Delay', 3, { desired: 1, live: 2, ...rest })],
      }),
    );
  const name = 'templates/shop.yaml: Queue AWS::SQS::Queue';

  test('fails where it drifted', async () => {
    expect(await of({})).toEqual([`${name}: failure: medium: Queue /Delay: 1 → 2`]);
    expect(await of({ verdict: 'conflict' })).toEqual([`${name}: failure: medium: Queue /Delay: 1 → 2`]);
  });

  test('passes where Git is only ahead', async () => {
    expect(await of({ verdict: 'undeployed' })).toEqual([`${name}: passed`]);
    expect(await of({ verdict: 'adopted' })).toEqual([`${name}: passed`]);
  });

  test('is skipped where all of its drift is suppressed or known, and says why', async () => {
    expect(await of({ suppressed: { reason: 'known to us', until: '2027-01-31' } })).toEqual([
      `${name}: skipped: Queue /Delay: suppressed: known to us (until 2027-01-31)`,
    ]);
    expect(await of({ baseline: 'known' })).toEqual([
      `${name}: skipped: Queue /Delay: 1 → 2: known from an earlier report`,
    ]);
  });

  test('is an error where it could not be read, and skipped where it never can be', async () => {
    const unread = { ...queue, status: 'unreadable' as const, reason: 'denied' };
    const unsupported = { ...queue, logicalId: 'Other', status: 'unsupported' as const, reason: 'no handler' };
    const made = { ...unsupported, logicalId: 'Made', reason: 'a macro', class: 'notRead' as const };
    const cases = await casesOf(reportOf({ stacks: [stack('shop')], resources: [unread, unsupported, made] }));
    expect(cases).toEqual([
      `${name}: error: unreadable: denied`,
      'templates/shop.yaml: Other AWS::SQS::Queue: skipped: unsupported: no handler',
      'templates/shop.yaml: Made AWS::SQS::Queue: error: unsupported: a macro',
    ]);
  });
});

test('what no template declares, and what could not be scanned, are tests, too', async () => {
  const orphan = resource('', '', 'AWS::EC2::Instance', { physicalId: 'i-1' });
  const other = { ...orphan, physicalId: 'i-2' };
  const cases = await casesOf(
    reportOf({
      stacks: [stack('gone', { status: 'error', error: 'no such stack' })],
      findings: [orphan, other].map((each) => finding(each, '', 1, { kind: 'unmanaged' })),
      errors: [{ region: 'ap-south-1', account: null, error: 'no access' }],
    }),
  );
  expect(cases).toEqual([
    'in no template: i-1 AWS::EC2::Instance: failure: medium: i-1: in no stack',
    'in no template: i-2 AWS::EC2::Instance: failure: medium: i-2: in no stack',
    'templates/gone.yaml: stack gone [eu-west-1 111111111111]: error: no such stack',
    'scan: place [ap-south-1]: error: no access',
  ]);
});

test('a report of nothing is no file without tests', async () => {
  const report = reportOf({});
  expect(await junitProblems(await junit(report))).toEqual([]);
  expect(await casesOf(report)).toEqual(['scan: scan: skipped: Nothing was checked: no stack matches a template']);
});
