import { describe, expect, test } from '@jest/globals';
import type { Finding, Report } from '../../src/model/report.js';
import { renderReport } from '../../src/report/formats.js';
import { cellCode, code, prose } from '../../src/report/markdown/escape.js';
import { htmlElements, markdownHtml, proseOf } from '../support/validate.js';
import { fullReport } from './full-report.js';
import { expectGolden } from './golden.js';
import { finding, reportOf, resource, stack } from './sample.js';

const markdown = (report: Report) => renderReport(report, 'markdown', { color: false });
const queue = resource('shop', 'Queue', 'AWS::SQS::Queue', { status: 'modified' });
const changed = (rest: Partial<Finding> = {}) => finding(queue, '/DelaySeconds', 3, { desired: 1, live: 2, ...rest });
const reportWith = (...findings: Finding[]) =>
  reportOf({ stacks: [stack('shop')], resources: [queue], findings, compared: 3 });

test('a full report is as it was agreed', async () => {
  expectGolden('full.md', await markdown(fullReport()));
});

test('begins with the mark by which a job finds its comment, then the outcome', async () => {
  expect(await markdown(reportWith())).toMatch(/^<!-- gitops-drift -->\n\n### ✅ /);
  expect(await markdown(reportWith(changed()))).toMatch(
    /^<!-- gitops-drift -->\n\n### ❌ Drift: 1 difference in 1 of 1/,
  );
});

test('says what could not be read, whatever else there is', async () => {
  const unread = { ...queue, status: 'unreadable' as const, reason: 'denied' };
  const failed = stack('gone', { status: 'error', error: 'no such stack' });
  const errors = [{ region: 'ap-south-1', account: null, error: 'no access' }];
  const html = markdownHtml(await markdown(reportOf({ stacks: [failed], resources: [unread], errors })));
  expect(html).toContain('<strong>Not read: 3.</strong>');
  for (const reason of ['denied', 'no such stack', 'no access']) expect(html).toContain(`<code>${reason}</code>`);
});

test('what is suppressed, known or waits is counted, and nothing else is made of it', async () => {
  const text = await markdown(
    reportWith(
      changed({ suppressed: { reason: 'fine' } }),
      changed({ baseline: 'known' }),
      changed({ verdict: 'undeployed' }),
      changed({ verdict: 'adopted' }),
    ),
  );
  expect(text).toContain('0 critical, 0 high, 0 medium, 0 low; 1 known, 1 suppressed, 2 not deployed yet');
  expect(htmlElements(markdownHtml(text)).map(({ name }) => name)).not.toContain('table');
});

test('the values of a finding are a difference, Git against live', async () => {
  const html = markdownHtml(await markdown(reportWith(changed({ desired: 'one\ntwo', live: 'one\n```\nzwei' }))));
  const block = htmlElements(html).find(({ attributes }) => attributes['class'] === 'language-diff');
  expect(block?.text).toBe('@@ line 2 @@\n- two\n+ ```\n@@ line 3 @@\n- –\n+ zwei\n');
  expect(block?.inside).toEqual(['details', 'pre']);
});

describe('5,000 findings', () => {
  const findings = Array.from({ length: 5000 }, (_, index) =>
    changed({
      id: `${index}`,
      path: `/Ünï/${index}`,
      severity: index === 4999 ? 'critical' : 'low',
      live: '購'.repeat(index % 300),
    }),
  );

  test('fit in a comment, the gravest first, and the rest is counted', async () => {
    const text = await markdown(reportWith(...findings));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(64_000);
    const elements = htmlElements(markdownHtml(text));
    const rows = elements.filter(({ name, inside }) => name === 'tr' && inside.includes('tbody'));
    expect(rows[0]?.text).toContain('critical');
    expect(text).toContain(`… and ${5000 - rows.length} more findings: see the JSON report.`);
    const details = elements.filter(({ name }) => name === 'details');
    expect(text).toContain(`Details of the first ${details.length} findings`);
    expect(rows.length).toBeGreaterThan(50);
    expect(details.length).toBeGreaterThan(20);
  });

  test('are cut between constructs, never in one', async () => {
    const text = await markdown(reportWith(...findings));
    expect(text.match(/<details>/g)?.length).toBe(text.match(/^<\/details>$/gm)?.length);
    const elements = htmlElements(markdownHtml(text));
    expect(elements.filter(({ name }) => name === 'td').length % 5).toBe(0);
    expect(elements.at(-1)?.inside).not.toContain('details');
  });
});

const AWKWARD = [
  ...[
    '',
    ' ',
    '`',
    '``',
    ' `a` ',
    '\\',
    '\\|',
    '\\\\|',
    '|',
    'a|b|c',
    '`|`',
    '\\`',
    '*a*',
    '_a_',
    '~~a~~',
    '#12',
    'GH-12',
  ],
  ...[
    '@octocat',
    'PROJ-12',
    'a@example.com',
    'https://example.com',
    'www.example.com',
    '[a](https://b)',
    '![a](b)',
    '[a][b]',
  ],
  ...['<b>', '<!-- x', '-->', '</code>', '&lt;', '&amp;copy;', '1a2b3c4d5e6f', ':smile:', '$`x`$', '- [ ] a', '| - |'],
];

describe.each(AWKWARD)('%j', (text) => {
  test('is itself in code, in prose and in a cell, and nothing else', () => {
    const shown = text.trim() === '' ? '""' : text;
    const elements = htmlElements(markdownHtml(`say ${code(text)} now`));
    expect(elements.map(({ name }) => name)).toEqual(['p', 'code']);
    expect(elements[1]?.text).toBe(shown);
    const cells = htmlElements(markdownHtml(`| a | b |\n|---|---|\n| ${cellCode(text)} | x |`)).filter(
      ({ name }) => name === 'td',
    );
    expect(cells.map((cell) => cell.text)).toEqual([shown.replaceAll(/\\\|/g, '\\\\x7c'), 'x']);
    const html = markdownHtml(`say ${prose(text)} now`);
    expect(
      htmlElements(html)
        .map(({ name }) => name)
        .filter((name) => name !== 'p' && name !== 'code'),
    ).toEqual([]);
    expect(proseOf(html)).not.toMatch(/[@#<>|`\\:]|www|\d-|-\d/);
  });
});

test('prose that is harmless stays readable', () => {
  const text = 'Backups are off: a deleted table (with its data) can\'t be restored; 7 days is "usual".';
  expect(prose(text)).toBe(text);
});

describe('the same drift of many stacks', () => {
  const changedIn = (name: string, rest: Partial<Finding> = {}) => {
    const of = resource(name, 'Jobs', 'AWS::SQS::Queue', { status: 'modified' });
    return { ...finding(of, '/DelaySeconds', 7, { desired: 5, live: 15, ...rest }), id: name, ...AT };
  };
  const AT = { location: { file: 'templates/jobs.yaml', line: 7, column: 1, endLine: 7, endColumn: 5 } };
  const rows = async (findings: Finding[]) => {
    const stacks = [...new Set(findings.map((each) => each.stack))].map((name) => stack(name));
    const text = await markdown(reportOf({ stacks, resources: [], findings }));
    return text.split('\n').filter((line) => line.startsWith('| **'));
  };

  test('is one row, which counts them', async () => {
    expect(await rows(['a', 'b', 'c'].map((name) => changedIn(name)))).toEqual([
      '| **medium** | `Jobs /DelaySeconds` | `5 → 15` | in 3 stacks | `templates/jobs.yaml:7` |',
    ]);
  });

  test.each<[string, Partial<Finding>]>([
    ['another value', { live: 16 }],
    ['another severity', { severity: 'high' }],
    ['another verdict', { verdict: 'conflict' }],
  ])('%s is a row of its own, with its stack, region and account', async (_, rest) => {
    const found = await rows([changedIn('a'), changedIn('b', rest)]);
    expect(found).toHaveLength(2);
    expect(found.join('\n')).toContain('| `b [eu-west-1 111111111111]` |');
  });
});
