import { expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.js';
import { renderReport } from '../../src/report/formats.js';
import { gitlabProblems } from '../support/validate.js';
import { fullReport } from './full-report.js';
import { expectGolden } from './golden.js';
import { finding, reportOf, resource, stack } from './sample.js';

interface Issue {
  description: string;
  check_name: string;
  fingerprint: string;
  severity: string;
  location: { path: string; lines: { begin: number; end: number } };
}

const gitlab = (report: Report) => renderReport(report, 'gitlab', { color: false });
const queue = resource('shop', 'Queue', 'AWS::SQS::Queue', { status: 'modified' });

async function issuesOf(parts: Parameters<typeof reportOf>[0]): Promise<Issue[]> {
  const text = await gitlab(reportOf({ stacks: [stack('shop')], ...parts }));
  expect(gitlabProblems(text)).toEqual([]);
  return JSON.parse(text);
}

test('a full report is as it was agreed, and as GitLab documents it', async () => {
  const text = await gitlab(fullReport());
  expectGolden('full.gitlab.json', text);
  expect(gitlabProblems(text)).toEqual([]);
});

test('drift comes the gravest first; what waits or is suppressed is left out; what is known says so', async () => {
  const of = (id: string, rest: Parameters<typeof finding>[3]) => ({
    ...finding(queue, `/${id}`, 3, { desired: 1, live: 2, ...rest }),
    id,
  });
  const issues = await issuesOf({
    resources: [queue],
    findings: [
      of('a', { severity: 'low' }),
      of('b', { severity: 'critical', rule: 'public-ingress' }),
      of('c', { verdict: 'undeployed' }),
      of('d', { suppressed: { reason: 'fine' } }),
      of('e', { baseline: 'known', severity: 'high' }),
    ],
  });
  expect(
    issues.map((each) => [each.fingerprint, each.severity, each.check_name, each.description.split('.')[0]]),
  ).toEqual([
    ['b', 'blocker', 'public-ingress', 'Queue /b: 1 → 2 in shop [eu-west-1 111111111111]'],
    ['e', 'info', 'drift', 'known: Queue /e: 1 → 2 in shop [eu-west-1 111111111111]'],
    ['a', 'minor', 'drift', 'Queue /a: 1 → 2 in shop [eu-west-1 111111111111]'],
    [expect.any(String), 'info', 'coverage', 'Looked at 1 of 1 resource in 1 of 1 stack'],
  ]);
});

test('what could not be read is an issue, too', async () => {
  const unread = { ...queue, status: 'unreadable' as const, reason: 'denied' };
  const issues = await issuesOf({
    stacks: [stack('shop'), stack('gone', { status: 'error', error: 'no such stack' })],
    resources: [unread, { ...unread, logicalId: 'Other', status: 'unsupported', class: 'notRead' }],
    errors: [{ region: 'ap-south-1', account: null, error: 'no access' }],
  });
  expect(issues.map((each) => [each.check_name, each.location.path, each.severity])).toEqual([
    ['not-scanned', 'templates/gone.yaml', 'blocker'],
    ['not-scanned', 'gitops-drift.yaml', 'blocker'],
    ['unreadable', 'templates/shop.yaml', 'major'],
    ['unsupported', 'templates/shop.yaml', 'major'],
    ['coverage', 'gitops-drift.yaml', 'info'],
  ]);
});

test('fingerprints that occur twice are told apart, always in the same way', async () => {
  const twice = finding(queue, '/A', 3, { desired: 1, live: 2 });
  const parts = { resources: [queue], findings: [twice, twice, { ...twice, path: '/B' }] };
  const prints = (await issuesOf(parts)).map(({ fingerprint }) => fingerprint);
  expect(prints).toEqual([twice.id, `${twice.id}-2`, `${twice.id}-3`, expect.any(String)]);
});

test('lines end where something stands, and paths stay in the repository', async () => {
  const location = { file: '../../etc/./passwd', line: 3, column: 7, endLine: 5, endColumn: 1 };
  const [issue] = await issuesOf({ resources: [queue], findings: [finding(queue, '/A', 1, { location, live: 1 })] });
  expect(issue?.location).toEqual({ path: 'etc/passwd', lines: { begin: 3, end: 4 } });
});
