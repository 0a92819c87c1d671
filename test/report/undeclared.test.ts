import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../../src/model/report.js';
import { changeText } from '../../src/report/finding-text.js';
import { formatNames, renderReport } from '../../src/report/formats.js';
import { finding, reportOf, resource, stack } from './sample.js';

const role = resource('shop', 'Role', 'AWS::IAM::Role', { status: 'modified', undeclared: 'baselined' });

/** What is said of a finding in one line, whatever it lacks. */
const CASES: [string, Partial<Finding>, string][] = [
  ['open, without a baseline', { live: 'arn' }, 'undeclared: arn'],
  ['appeared', { change: 'appeared', live: { A: 1 } }, 'undeclared, appeared: {A: 1}'],
  ['changed', { change: 'changed', accepted: 1, live: 2 }, 'undeclared, changed: 1 → 2'],
  ['disappeared', { change: 'disappeared', accepted: 1 }, 'undeclared, disappeared: 1 → gone'],
  [
    'another secret',
    { change: 'changed', accepted: '****', live: '****' },
    'undeclared, changed: **** → **** (differs)',
  ],
  ['neither side', { change: 'changed' }, 'undeclared, changed'],
];

describe.each(CASES)('an undeclared value: %s', (_, rest, told) => {
  const one = finding(role, '/MaxSessionDuration', 4, { undeclared: true, ...rest });
  const report = reportOf({ stacks: [stack('shop')], resources: [role], findings: [one], compared: 1 });

  test('is told as what it is', () => {
    expect(changeText(one, 80)).toBe(told);
  });

  test.each(formatNames)('and in %s', async (format) => {
    const text = await renderReport(report, format, { color: false, width: 200 });
    expect(text).toContain('undeclared');
    // Git has nothing there, and is not said to have lost something.
    expect(text).not.toMatch(/not in Git|missing/);
  });
});

test('the summary counts them only where there is a baseline or a finding', async () => {
  const [silent, told] = (['withoutBaseline', 'baselined'] as const).map((undeclared) =>
    reportOf({
      stacks: [stack('shop')],
      resources: [resource('shop', 'Role', 'AWS::IAM::Role', { undeclared })],
      compared: 1,
    }),
  );
  for (const format of ['table', 'markdown', 'html'] as const) {
    const [without, beside] = await Promise.all(
      [silent, told].map((report) => report && renderReport(report, format, { color: false, width: 200 })),
    );
    const text = 'Undeclared: 0 findings; 1 resource compared with the baseline';
    expect([without?.includes('Undeclared:'), beside?.includes(text)]).toEqual([false, true]);
  }
});
