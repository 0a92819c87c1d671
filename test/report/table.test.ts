import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import stringWidth from 'string-width';
import type { Report } from '../../src/model/report.js';
import { renderReport } from '../../src/report/formats.js';
import type { RenderOptions } from '../../src/report/renderer.js';
import { fullReport } from './full-report.js';
import { expectGolden } from './golden.js';
import { finding, reportOf, resource, richReport, stack } from './sample.js';

const table = (report: Report, options: Partial<RenderOptions> = {}) =>
  renderReport(report, 'table', { color: false, ...options });
const bucket = resource('shop', 'Assets', 'AWS::S3::Bucket');
const plain = (rest: Parameters<typeof reportOf>[0], gate?: Parameters<typeof reportOf>[1]) =>
  table(reportOf({ stacks: [stack('shop')], resources: [bucket], compared: 9, ...rest }, gate));

describe('the layout of --verbose', () => {
  test.each([60, 80, 120, 200])('a full report at %d columns', async (width) => {
    const text = await table(richReport(), { width, verbose: true });
    expectGolden(`full-${width}.txt`, text);
    expect(widest(text)).toBeLessThanOrEqual(width);
  });

  test('with everything that --explain and --verbose add', async () => {
    const text = await table(richReport(), { width: 100, explain: true, verbose: true });
    expectGolden('explain-verbose-100.txt', text);
    expect(widest(text)).toBeLessThanOrEqual(100);
  });

  test('everything at once; commands stay in one line, to be copied', async () => {
    const text = await table(fullReport(), { width: 100, verbose: true });
    expectGolden('everything-100.txt', text);
    const lines = text
      .split('\n')
      .filter((line) => !/^ {4}(?:(?:adopt|ignore) gitops-drift|(?:revert )?aws) /.test(line));
    expect(widest(lines.join('\n'))).toBeLessThanOrEqual(100);
  });

  test('is 80 columns wide where the width is not known', async () => {
    expect(await table(richReport())).toBe(await table(richReport(), { width: 80 }));
  });

  test('colour changes nothing but colour', async () => {
    const coloured = await table(richReport(), { color: true });
    expect(stripVTControlCharacters(coloured)).toBe(await table(richReport()));
    expect(coloured).not.toBe(await table(richReport()));
  });

  test('no identifier is cut off, however narrow', async () => {
    const id = 'ThisIsAnExtraordinarilyLongLogicalIdentifierOfAResource'.repeat(3);
    const path = `/Environment/Variables/${'A_VERY_LONG_VARIABLE_NAME_'.repeat(5)}`;
    const of = resource('shop', id, 'AWS::Lambda::Function', {
      physicalId: `arn:aws:lambda:::${id}`,
      status: 'modified',
    });
    const report = reportOf({
      stacks: [stack('shop')],
      resources: [of],
      findings: [finding(of, path, 3, { desired: 'a', live: 'b' })],
    });
    const text = await table(report, { width: 50, verbose: true });
    expect(widest(text)).toBeLessThanOrEqual(50);
    const squeezed = text.replace(/\s+/g, '');
    expect(squeezed).toContain(`${id}AWS::Lambda::Function`);
    expect(squeezed).toContain(`arn:aws:lambda:::${id}`);
    expect(text.replace(/ +a +b$/m, '').replace(/\s+/g, '')).toContain(path);
  });

  test('wide characters keep the columns straight', async () => {
    const tagged = { ...bucket, status: 'modified' as const };
    const live = { desired: '購買商店の注文', live: '🛒🛒 shop' };
    const report = reportOf({
      stacks: [stack('shop')],
      resources: [tagged],
      findings: [
        finding(tagged, '/Tags/0/Value', 3, live),
        finding(tagged, '/Tags/1/Value', 4, { desired: 'abc', live: 'xyz' }),
      ],
    });
    const lines = (await table(report, { width: 120, verbose: true })).split('\n');
    const column = (needle: string) => {
      const line = lines.find((each) => each.includes(needle)) ?? '';
      return stringWidth(line.slice(0, line.indexOf(needle)));
    };
    expect(column('🛒🛒')).toBe(column('xyz'));
    expect(column('templates/shop.yaml:3')).toBe(column('templates/shop.yaml:4'));
  });

  test('the gravest findings come first, and their severity is named', async () => {
    const text = await table(unlikeSeverities(), { verbose: true });
    expect(text.indexOf('/B')).toBeLessThan(text.indexOf('/A'));
    expect(text).toMatch(/^Critical: 1 difference$[\s\S]+\/B[\s\S]+^Medium: 1 difference$[\s\S]+\/A/m);
  });
});

describe('hostile values', () => {
  test('can neither move the cursor, nor hide or reorder text, nor add lines', async () => {
    const evil = '\u001b[2J\u001b]0;owned\u0007\r\nIn sync\u202egnp\u200b\u0085\u2028x';
    const of = resource(evil, evil, evil, {
      physicalId: evil,
      status: 'modified',
      unverifiable: [{ path: `/${evil}`, reason: evil }],
    });
    const unread = { ...of, logicalId: `${evil}2`, status: 'unreadable' as const, reason: evil };
    const report = reportOf({
      stacks: [stack(evil, { template: evil }), stack(`${evil}b`, { status: 'error', error: evil })],
      resources: [
        {
          ...of,
          equivalent: [{ path: `/${evil}`, desired: evil, live: 'x', equivalence: evil }],
          openByDefault: [{ path: `/${evil}`, live: evil, rule: evil }],
        },
        unread,
      ],
      findings: [
        finding(of, `/${evil}`, 1, { desired: evil, live: { [evil]: [evil] } }),
        finding(of, `/${evil}/1`, 1, {
          desired: { [evil]: 1 },
          live: { [evil]: 2 },
          verdict: 'conflict',
          deployed: evil,
        }),
        finding(of, '/x', 1, { suppressed: { reason: evil, until: evil } }),
      ],
    });
    report.scan = { ...report.scan, repository: evil, ref: evil, commit: evil, provider: evil };
    const text = await table(report, { explain: true, verbose: true, width: 120 });
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(text).not.toMatch(/^In sync/m);
    expect(text).toContain('\\x1b[2J');
  });

  test('a megabyte becomes a few lines', async () => {
    const of = { ...bucket, status: 'modified' as const };
    const text = await plain({
      resources: [of],
      findings: [finding(of, '/A', 1, { desired: 'a'.repeat(1e6), live: 'b '.repeat(5e5) })],
    });
    expect(text.split('\n').length).toBeLessThan(30);
  });
});

describe('the outcome', () => {
  test('in sync, in few words, with what stands behind it', async () => {
    const text = await plain({});
    expectGolden('in-sync.txt', text);
    expect(text).toMatch(
      /^ {2}Looked at 1 of 1 resource in 1 of 1 stack\n {2}9 properties compared · 0 unverifiable · 0 suppressed\n/,
    );
    expect(text).toMatch(/\n✓ In sync: 1 resource in 1 stack matches Git\n$/);
  });

  test('a suppressed difference is counted, not shown; --verbose tells the reason', async () => {
    const suppressed = finding(bucket, '/DesiredCount', 7, {
      desired: 2,
      live: 6,
      suppressed: { reason: 'autoscaling owns it' },
    });
    const report = reportOf({ stacks: [stack('shop')], resources: [bucket], findings: [suppressed], compared: 9 });
    expect(await table(report)).not.toContain('/DesiredCount');
    expect(await table(report)).toContain('1 suppressed');
    expect(await table(report, { verbose: true })).toMatch(/\/DesiredCount +autoscaling owns it/);
  });

  test.each<[string, Parameters<typeof reportOf>[0]]>([
    ['a stack failed', { stacks: [stack('shop'), stack('cdn', { status: 'error', error: 'no such stack' })] }],
    [
      'a resource is unreadable',
      { resources: [bucket, { ...bucket, logicalId: 'B', status: 'unreadable', reason: 'denied' }] },
    ],
    ['a type is unsupported', { resources: [{ ...bucket, status: 'unsupported', reason: 'no read handler' }] }],
    ['nothing is declared', { resources: [] }],
    ['nothing was compared', { compared: 0 }],
    ['something drifted', { findings: [finding(bucket, '/A', 1, { desired: 1, live: 2 })] }],
    ['something is gone', { findings: [finding(bucket, '', 1, { kind: 'deleted' })] }],
  ])('never says in sync when %s', async (_, parts) => {
    expect(await plain(parts)).not.toMatch(/in sync/i);
  });

  test('not with --strict either, when something is unverifiable', async () => {
    const open = [{ path: '/A', reason: 'no such export', class: 'unverified' as const }];
    const unverified = { ...bucket, unverifiable: open };
    const text = await plain({ resources: [unverified] }, { failOn: 'low', strict: true });
    expect(text).toContain('! No drift in what could be verified, but 1 value could not be');
    expect(await plain({ resources: [unverified] })).toContain('1 unverifiable (see --verbose)');
  });

  test('a failed stack is said with its reason, and what drifted elsewhere', async () => {
    const text = await plain({
      stacks: [stack('shop'), stack('cdn', { status: 'error', error: 'Stack with id cdn does not exist' })],
      findings: [finding(bucket, '/A', 1, { desired: 1, live: 2 })],
    });
    expect(text).toContain('Stack with id cdn does not exist');
    expect(text).toContain('✗ Drift: 1 difference in 1 of 1 resource\n');
    expect(text).toMatch(/\n✗ Incomplete: 1 of 2 stacks could not be scanned\n$/);
  });

  test('stacks that failed for one reason share it, and the rest is counted', async () => {
    const failed = (number: number) =>
      Array.from({ length: number }, (_, index) => stack(`web${index}`, { status: 'error', error: 'no credentials' }));
    const text = await table(reportOf({ stacks: [stack('shop'), ...failed(250)] }));
    expect(text.match(/no credentials/g)).toHaveLength(1);
    expect(text.match(/^ {2}web\d+ /gm)).toHaveLength(5);
    expect(text).toContain('… and 245 more (--verbose names them)');
    const some = await table(reportOf({ stacks: [stack('shop'), ...failed(6)] }));
    expect(some.match(/^ {2}web\d+ /gm)).toHaveLength(6);
    // Where it is all of them, their names say nothing, nor do those of their resources.
    const none = await table(reportOf({ stacks: failed(250), resources: [{ ...bucket, status: 'unreadable' }] }));
    expect(none).toMatch(/Not scanned: 250 of 250 stacks\n.*\n {2}no credentials\n/);
    expect(none).not.toMatch(/web\d|Not read/);
    const all = await table(reportOf({ stacks: failed(250) }), { verbose: true });
    expect(all.match(/^ {2}web\d+ /gm)).toHaveLength(250);
  });

  test('resources unread for one reason share it, and the rest is counted', async () => {
    const denied = Array.from({ length: 12 }, (_, index) =>
      resource('shop', `Queue${index}`, 'AWS::SQS::Queue', {
        status: 'unreadable',
        reason: 'AccessDeniedException: sqs:GetQueueAttributes',
      }),
    );
    const report = reportOf({ stacks: [stack('shop')], resources: [bucket, ...denied], compared: 9 });
    const text = await table(report);
    expect(text.match(/AccessDeniedException/g)).toHaveLength(1);
    expect(text).toContain('Not read: 12 of 13 resources');
    expect(text).toContain('… and 7 more (--verbose names them)');
    expect(text).toContain('! No drift in what could be read, but 12 of 13 resources could not be');
    expect(await table(report, { verbose: true })).toContain('Queue11');
  });

  test('drift below the gate is told as such', async () => {
    const text = await plain(
      { findings: [finding(bucket, '/A', 1, { desired: 1, live: 2 })] },
      { failOn: 'never', strict: false },
    );
    expect(text).toContain('! Drift that does not fail the scan: 1 difference in 1 of 1 resource');
  });

  test('what is not deployed or already adopted is shown, but is no drift', async () => {
    const text = await plain({
      findings: [
        finding(bucket, '/A', 1, { desired: 1, live: 2, verdict: 'undeployed' }),
        finding(bucket, '/B', 2, { desired: 1, deployed: 2, live: 1, verdict: 'adopted' }),
      ],
    });
    expect(text).toContain('Not deployed yet: 2 changes in Git');
    expect(text).toContain('No drift; 2 changes in Git not deployed yet');
    expect(text).not.toContain('Drift:');
  });

  test('the same stack name in two regions is two stacks', async () => {
    const other = { ...bucket, region: 'us-east-1' };
    const text = await plain({
      stacks: [stack('shop'), stack('shop', { region: 'us-east-1' })],
      resources: [bucket, other],
      findings: [finding(bucket, '/A', 1, { desired: 1, live: 2 }), finding(other, '/A', 1, { desired: 1, live: 3 })],
    });
    expect(text).toMatch(/^shop {2}eu-west-1.* Assets/m);
    expect(text).toMatch(/^shop {2}us-east-1.* Assets/m);
    expect(text).toContain('2 differences in 2 of 2 resources');
  });
});

function unlikeSeverities(): Report {
  const of = { ...bucket, status: 'modified' as const };
  const findings = [
    finding(of, '/A', 1, { desired: 1, live: 2 }),
    finding(of, '/B', 2, { desired: 1, live: 2, severity: 'critical' }),
  ];
  return reportOf({ stacks: [stack('shop')], resources: [of], findings });
}

function widest(text: string): number {
  return Math.max(...text.split('\n').map((line) => stringWidth(line)));
}
