import { describe, expect, test } from '@jest/globals';
import stringWidth from 'string-width';
import type { Finding, Report } from '../../src/model/report.js';
import { renderReport } from '../../src/report/formats.js';
import type { RenderOptions } from '../../src/report/renderer.js';
import { fullReport } from './full-report.js';
import { expectGolden } from './golden.js';
import { finding, reportOf, resource, richReport, stack } from './sample.js';

const table = (report: Report, options: Partial<RenderOptions> = {}) =>
  renderReport(report, 'table', { color: false, ...options });
const bucket = resource('shop', 'Assets', 'AWS::S3::Bucket', { status: 'modified' });

function reportWith(findings: Finding[], rest: Partial<Parameters<typeof reportOf>[0]> = {}): Report {
  return reportOf({ stacks: [stack('shop')], resources: [bucket], findings, ...rest });
}

/** The lines up to the blank one: those of the findings. */
async function findingLines(findings: Finding[], width = 100): Promise<string[]> {
  const text = await table(reportWith(findings), { width });
  return text.slice(0, text.indexOf('\n\n')).split('\n');
}

function widest(text: string): number {
  return Math.max(...text.split('\n').map((line) => stringWidth(line)));
}

describe('a resource is a block, a property a line', () => {
  test.each([60, 80, 100, 120])('at %d columns', async (width) => {
    const text = await table(richReport(), { width });
    expectGolden(`compact-${width}.txt`, text);
    expect(widest(text)).toBeLessThanOrEqual(width);
  });

  test('with all that a report may hold', async () => {
    const text = await table(fullReport(), { width: 100 });
    expectGolden('compact-everything-100.txt', text);
    // Commands stay in one line, to be copied.
    expect(widest(text.replace(/^ {4}aws .*$/gm, ''))).toBeLessThanOrEqual(100);
  });

  test('severity, path, change and place stand in one line where there is room', async () => {
    const [heading, line, ...rest] = await findingLines([finding(bucket, '/A', 7, { desired: 1, live: 2 })]);
    expect(heading).toMatch(/^shop {2}Assets {2}AWS::S3::Bucket/);
    expect(line).toMatch(/^ {2}medium {4}\/A {2}1 → 2 +templates\/shop\.yaml:7$/);
    expect(rest).toEqual([]);
  });

  test('the resource with the gravest finding comes first, and all of its findings with it', async () => {
    const queue = resource('shop', 'Jobs', 'AWS::SQS::Queue', { status: 'modified' });
    const text = await table(
      reportWith(
        [
          finding(bucket, '/A', 1, { desired: 1, live: 2 }),
          finding(queue, '/C', 3, { desired: 1, live: 2, severity: 'low' }),
          finding(queue, '/B', 2, { desired: 1, live: 2, severity: 'critical' }),
        ],
        { resources: [bucket, queue] },
      ),
    );
    expect([...text.matchAll(/ \/([ABC]) /g)].map(([, name]) => name)).toEqual(['B', 'C', 'A']);
  });

  test('a rule gives its advice once', async () => {
    const text = await table(fullReport(), { width: 100 });
    expect(text.match(/Configuration changed\. /g)).toHaveLength(1);
  });
});

describe('values that take more than a line', () => {
  const policy = (...actions: string[]) => ({ Statement: [{ Sid: 'Read', Effect: 'Allow', Action: actions }] });

  test('a document shows what went and what came', async () => {
    const lines = await findingLines([
      finding(bucket, '/Policy', 7, {
        desired: { ...policy('s3:GetObject'), Version: '1' },
        live: { ...policy('s3:*'), Version: '2' },
      }),
    ]);
    expect(lines).toEqual(
      expect.arrayContaining([
        '            - Statement[Read].Action: [s3:GetObject]',
        '            + Statement[Read].Action: [s3:*]',
        '            - Version: "1"'.replaceAll('"', ''),
        '            + Version: 2',
      ]),
    );
  });

  test('user data is shown as the script that it is', async () => {
    const script = (...lines: string[]) =>
      Buffer.from(['#!/bin/bash', ...lines, 'start', ''].join('\n')).toString('base64');
    const lines = await findingLines([
      finding(bucket, '/UserData', 7, {
        desired: script('yum update', 'fetch app'),
        live: script('curl evil', 'yum update', 'fetch app'),
      }),
    ]);
    expect(lines).toContain('            + line 2: curl evil');
    expect(lines.join('\n')).not.toMatch(/yum update|[A-Za-z0-9+/]{30}/);
  });

  test.each([
    ['is no text', Buffer.from([0, 1, 2, 10, 250, 251, 252, 10, 13, 14, 15, 16]).toString('base64')],
    ['is of one line', Buffer.from('just a name of something').toString('base64')],
  ])('base64 stays as it is where what it holds %s', async (_, live) => {
    expect((await findingLines([finding(bucket, '/A', 7, { desired: 'x', live })])).join('\n')).toContain(live);
  });

  test('more than six lines are counted', async () => {
    const numbers = Array.from({ length: 9 }, (_, index) => `Key${index}`);
    const map = (value: number) => Object.fromEntries(numbers.map((key) => [key, value]));
    const lines = await findingLines([finding(bucket, '/A', 7, { desired: map(1), live: map(2) })]);
    expect(lines.filter((line) => /^ {12}[-+]/.test(line))).toHaveLength(6);
    expect(lines.join('\n')).toMatch(/… and \d+ more/);
  });

  test('every cut shows, and none is inside of a variable', async () => {
    const text = `${'a'.repeat(20)}\${AWS::StackName}`.repeat(20);
    for (let width = 60; width < 110; width += 1) {
      const lines = await findingLines([finding(bucket, '/Name', 7, { desired: text, live: `${text}x` })], width);
      const shown = lines.slice(1).join('\n');
      expect(shown).toContain('…');
      expect(shown).not.toMatch(/\$\{[^}]*…|…[^{$]*\}/);
    }
  });
});

describe('what a finding is beside', () => {
  test('new since an earlier report, a conflict, gone', async () => {
    const lines = await findingLines([
      finding(bucket, '/A', 1, { desired: 1, live: 2, baseline: 'new' }),
      finding(bucket, '/B', 1, { desired: 1, live: 2, verdict: 'conflict', deployed: 3 }),
      finding(bucket, '', 1, { kind: 'deleted' }),
    ]);
    const text = lines.join('\n');
    expect(text).toContain('new: /A  1 → 2');
    expect(text).toContain('/B  1 → 2 (conflict: deployed is 3)');
    expect(text).toContain('the whole resource  deleted from the cloud');
  });
});
