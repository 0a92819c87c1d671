import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Finding, Report } from '../../src/model/report.js';
import { renderReport } from '../../src/report/formats.js';
import { compared } from '../../src/report/html/comparison.js';
import { excerptLines } from '../../src/report/html/excerpt.js';
import { markDifferences } from '../../src/report/html/marks.js';
import { fullReport } from './full-report.js';
import { expectGolden } from './golden.js';
import { hostileReport } from './hostile.js';
import { finding, reportOf, resource, stack } from './sample.js';

const page = (report: Report) => renderReport(report, 'html', { color: false });
const bucket = resource('shop', 'Assets', 'AWS::S3::Bucket');

test('a full report', async () => {
  const text = await page(fullReport());
  const [style, script] = [inner(text, 'style'), inner(text, 'script type="module"')];
  const bare = [style, script].reduce((rest, each) => rest.replace(each, '').replace(hashOf(each), 'sha256-…'), text);
  expectGolden('full.html', bare);
});

test('the same report is the same page', async () => {
  expect(await page(fullReport())).toBe(await page(fullReport()));
});

describe('is one file that asks for nothing', () => {
  test('only its own style and script may run, by their hashes', async () => {
    const text = await page(fullReport());
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1] ?? '';
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `style-src '${hashOf(inner(text, 'style'))}'`,
      `script-src '${hashOf(inner(text, 'script type="module"'))}'`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  test.each([
    ['a full report', fullReport],
    ['a hostile report', hostileReport],
  ])('%s links to nothing outside', async (_, report) => {
    const markup = (await page(report())).replace(/<(style|script)[^>]*>.*?<\/\1>/gs, '');
    const links = [...markup.matchAll(/\s(?:src|href|action|srcset|poster|data)="([^"]*)"/g)].map(([, link]) => link);
    expect(links.length).toBeGreaterThan(2);
    expect(links.filter((link) => !/^(?:#|data:image\/svg\+xml,)/.test(link ?? ''))).toEqual([]);
    const bare = markup.replace(/="[^"]*"/g, '=""');
    expect(bare.match(/<(?:iframe|object|embed|base|img|svg:)|<[^>]*\s(?:style|on\w+)=/g)).toBeNull();
  });
});

describe('findings', () => {
  test('all are there, the gravest first, with the same id behind them', async () => {
    const report = fullReport();
    const text = await page(report);
    expect(text.match(/<li class="finding /g)).toHaveLength(report.findings.length);
    const ids = dataOf(text).findings.map(({ facts }) => Object.fromEntries(facts)['Finding']);
    expect(ids.toSorted()).toEqual(report.findings.map(({ id }) => id).toSorted());
    const severities = [...text.matchAll(/<li class="finding (\w+)"/g)].map(([, severity]) => severity);
    const order = ['critical', 'high', 'medium', 'low'];
    expect(severities).toEqual(
      severities.toSorted((one, other) => order.indexOf(`${one}`) - order.indexOf(`${other}`)),
    );
  });

  test('none: nothing to filter', async () => {
    const text = await page(reportOf({ stacks: [stack('shop')], resources: [bucket], compared: 9 }));
    expect(text).toContain('In sync: 1 resource in 1 stack matches Git');
    expect(text).not.toContain('<form');
  });

  test('what could not be read is said on top of them', async () => {
    const text = await page(fullReport());
    const alerts = text.slice(text.indexOf('<main>'), text.indexOf('id="findings"'));
    for (const part of ['Not scanned: 1 of 5 stacks', 'Not looked at: 1 place', 'sts:AssumeRole', 'kms:DescribeKey'])
      expect(alerts).toContain(part);
  });
});

describe('values', () => {
  const of = (rest: Partial<Finding>) => compared(finding(bucket, '/A', 1, rest), 200, 8);

  test.each<[string, string, string[], string[]]>([
    ['10.20.0.0/16', '0.0.0.0/0', ['', '10.20', '.0.0/', '16'], ['', '0.0', '.0.0/', '0']],
    ['one two', 'one 2', ['one ', 'two'], ['one ', '2']],
    ['a', 'b', ['', 'a'], ['', 'b']],
    ['same', 'same', ['same'], ['same']],
    ['', 'x', [''], ['', 'x']],
    ['größe', 'größer', ['', 'größe'], ['', 'größer']],
    ['x\\u202ey', 'x\\u202dy', ['x', '\\u202e', 'y'], ['x', '\\u202d', 'y']],
  ])('%p and %p are marked where they differ', (desired, live, left, right) => {
    expect(markDifferences(desired, live)).toEqual([left, right]);
  });

  test('texts far apart are marked between what they share', () => {
    const [left] = markDifferences(`start ${'a1 '.repeat(300)}end`, `start ${'b 2 c '.repeat(300)}end`);
    expect([left[0], left.at(-1)]).toEqual(['start ', ' end']);
  });

  test.each<[string, Partial<Finding>, [string, string], unknown]>([
    [
      'drift',
      { desired: 1, live: 2 },
      ['Git', 'Live'],
      [
        [
          ['', '1'],
          ['', '2'],
        ],
      ],
    ],
    ['something new', { live: 2 }, ['Git', 'Live'], [[{ note: 'not in Git' }, ['2']]]],
    ['something gone', { desired: 1 }, ['Git', 'Live'], [[['1'], { note: 'missing' }]]],
    [
      'what is pending',
      { verdict: 'undeployed', desired: 1, deployed: 2, live: 2 },
      ['Deployed', 'Git'],
      [
        [
          ['', '2'],
          ['', '1'],
        ],
      ],
    ],
    [
      'what is adopted',
      { verdict: 'adopted', desired: 1, deployed: 2, live: 1 },
      ['Deployed', 'Git, live'],
      [
        [
          ['', '2'],
          ['', '1'],
        ],
      ],
    ],
  ])('of %s what was stands before what is', (_, rest, titles, sides) => {
    const { titles: shown, parts } = of(rest);
    expect([shown, parts.map((part) => part.sides)]).toEqual([titles, sides]);
  });

  test('documents are compared place by place', () => {
    const { parts } = of({ desired: { A: 1, B: { C: 'x y' }, D: 0 }, live: { A: 1, B: { C: 'x z' }, D: 1 } });
    expect(parts.map(({ label }) => label)).toEqual(['B.C', 'D']);
  });
});

describe('the template', () => {
  const lines = ['Assets:', '  Name: old', '  Size: 1', ''];
  const at = { file: 't.yaml', line: 11, column: 9, endLine: 11, endColumn: 12 };
  const patched = (edit: object, excerpt = lines) =>
    excerptLines({
      ...finding(bucket, '/Name', 11),
      location: { ...at, excerpt: { line: 10, lines: excerpt } },
      patch: { status: 'patchable', edits: [{ ...at, blob: 'b'.repeat(40), text: 'new', ...edit }] },
    })?.map(([mark, number, text]) => `${mark}${number ?? ''} ${text}`);

  test('the edit stands in it as a diff', () => {
    expect(patched({})).toEqual([' 10 Assets:', '-11   Name: old', '+   Name: new', ' 12   Size: 1', ' 13 ']);
  });

  test('lines that are put in or taken out', () => {
    expect(patched({ line: 12, endLine: 12, column: 10, endColumn: 10, text: '\n  X: 1' })).toEqual([
      ...[' 10 Assets:', '>11   Name: old', ' 12   Size: 1', '+   X: 1', ' 13 '],
    ]);
    expect(patched({ column: 1, endLine: 12, endColumn: 1, text: '' })).toEqual([
      ...[' 10 Assets:', '-11   Name: old', ' 12   Size: 1', ' 13 '],
    ]);
  });

  test.each<[string, object, string[]]>([
    ['in another file', { file: 'other.yaml' }, lines],
    ['beyond the lines', { line: 20, endLine: 20 }, lines],
    ['before the lines', { line: 2, endLine: 2 }, lines],
    ['beyond the end of its line', { column: 40, endColumn: 43 }, lines],
    ['in a masked line', {}, ['Assets:', '  Name: ****', '  Size: 1']],
    ['in a line that was cut', {}, ['Assets:', '  Name: old and so on…', '  Size: 1']],
  ])('an edit %s leaves only the mark', (_, edit, excerpt) => {
    expect(patched(edit, excerpt)?.map((line) => line[0])).toEqual(
      excerpt.map((_, index) => (index === 1 ? '>' : ' ')),
    );
  });
});

describe('hostile values', () => {
  test('are text, and what can’t be seen is an escape', async () => {
    const text = await page(hostileReport());
    expect(text.match(/<script/g)).toHaveLength(2);
    expect(text.match(/<\/script/g)).toHaveLength(2);
    expect(text.match(/<img|<!--/g)).toBeNull();
    expect(text.match(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu)).toBeNull();
    for (const shown of ['\\u202e', '\\u2028', '\\x1b[2J', '\\x00']) expect(text.includes(shown)).toBe(true);
    expect(dataOf(text).findings).toHaveLength(fullReport().findings.length);
  });

  test('a megabyte in any place does not bloat the page, which says what was cut', async () => {
    const long = 'x'.repeat(1e6);
    const report = fullReport();
    const [first] = report.findings;
    if (!first?.location) throw new Error('there is none');
    const location = { ...first.location, excerpt: { line: 41, lines: [long, long] } };
    const edit = { ...first.location, blob: 'b'.repeat(40), text: long };
    const text = await page({
      ...report,
      findings: [
        { ...first, desired: long, live: long.split('').join(' '), location, physicalId: long, path: `/${long}` },
        { ...first, desired: [long, long], live: { [long]: long }, patch: { status: 'patchable', edits: [edit] } },
        { ...first, patch: { status: 'refused', reason: long }, suppressed: { reason: long } },
      ],
      stacks: [stack(long, { status: 'error', error: long })],
    });
    expect(text.length).toBeLessThan(150_000);
    expect(text).toContain('(+998000 characters)');
  });

  test('many findings take about two kilobytes each', async () => {
    const report = fullReport();
    const many = { ...report, findings: Array.from({ length: 50 }, () => report.findings).flat() };
    expect((await page(many)).length / many.findings.length).toBeLessThan(4000);
  });
});

function inner(text: string, tag: string): string {
  const start = text.indexOf(`<${tag}>`) + tag.length + 2;
  return text.slice(start, text.indexOf(`</${tag.split(' ')[0]}>`, start));
}

function dataOf(text: string): { findings: { facts: [string, string][] }[] } {
  return JSON.parse(inner(text, 'script type="application/json" id="data"'));
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
