import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Report } from '../../src/model/report.js';
import { renderReport } from '../../src/report/formats.js';
import { fullReport } from './full-report.js';
import { finding, reportOf, resource, richReport, stack } from './sample.js';

const schema = JSON.parse(readFileSync(new URL('../../schemas/report.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ allErrors: true }).compile(schema);
const json = (report: Report) => renderReport(report, 'json', { color: false });

function problemsOf(text: string): string[] {
  validate(JSON.parse(text));
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

describe('the contract', () => {
  const queue = resource('shop', 'Queue', 'AWS::SQS::Queue', {
    physicalId: null,
    account: null,
    status: 'unreadable',
    reason: 'denied',
  });
  test.each<[string, Report]>([
    ['a rich report', richReport()],
    ['a full report', fullReport()],
    ['an empty report', reportOf({})],
    ['one shard of a scan', shardOf(reportOf({}), '2/8')],
    ['several shards', shardOf(reportOf({}), '1,2,4/8')],
    [
      'unknown account, physical ID and commit',
      withoutCommit(reportOf({ stacks: [stack('shop', { account: null })], resources: [queue] })),
    ],
    ['--strict', reportOf({ resources: [queue] }, { failOn: 'low', strict: true })],
    [
      'every optional member',
      reportOf({
        findings: [
          finding(queue, '/a~1b/~0/0', 1, {
            ...{ desired: null, deployed: [1], live: { x: false }, verdict: 'conflict' },
            suppressed: { reason: 'known', until: '2027-01-31' },
            patch: { status: 'refused', reason: 'an alias' },
          }),
        ],
      }),
    ],
  ])('%s', async (_, report) => {
    expect(problemsOf(await json(report))).toEqual([]);
  });

  test.each<[string, (report: Report) => void, string]>([
    [
      'a path that is no pointer',
      (report) => {
        Object.assign(firstOf(report.findings), { path: 'Tags.0' });
      },
      '/findings/0/path',
    ],
    [
      'a line that counts from 0',
      (report) => {
        const location = { file: 'a', line: 0, column: 1, endLine: 1, endColumn: 1 };
        Object.assign(firstOf(report.findings), { location });
      },
      '/findings/0/location/line',
    ],
    [
      'a negative count',
      (report) => {
        report.summary.suppressed = -1;
      },
      '/summary/suppressed',
    ],
  ])('the schema refuses %s', async (_, spoil, where) => {
    const report = richReport();
    spoil(report);
    expect((await problemsOf(await json(report))).join()).toContain(where);
  });

  test('the schema refuses members that are not in the contract', () => {
    expect(problemsOf(JSON.stringify({ ...richReport(), surprise: 1 }))).toEqual([
      ' must NOT have additional properties',
    ]);
  });

  test('the schema describes every property', () => {
    const bare = Object.entries(schema.$defs as Record<string, { properties?: Record<string, object> }>).flatMap(
      ([name, definition]) =>
        Object.entries(definition.properties ?? {})
          .filter(([, property]) => !('description' in property) && !('$ref' in property))
          .map(([key]) => `${name}.${key}`),
    );
    expect(bare).toEqual([]);
  });
});

test('keys stand in the order of the contract, whatever the order they were made in', async () => {
  const report = richReport();
  expect(await json(shuffled(report))).toBe(await json(report));
  expect(Object.keys(JSON.parse(await json(report)))).toEqual([
    'schemaVersion',
    'tool',
    'scan',
    'summary',
    'coverage',
    'stacks',
    'resources',
    'findings',
  ]);
});

test('loses nothing, and ends with a newline', async () => {
  const text = await json(richReport());
  expect(JSON.parse(text)).toEqual(richReport());
  expect(text).toMatch(/\}\n$/);
});

function shardOf(report: Report, shard: string): Report {
  return { ...report, scan: { ...report.scan, shard } };
}

function withoutCommit(report: Report): Report {
  return { ...report, scan: { ...report.scan, commit: null, ref: 'main', dirty: true } };
}

function shuffled<T>(value: T): T {
  if (Array.isArray(value)) return value.map(shuffled) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, key === 'live' || key === 'desired' ? each : shuffled(each)]),
  ) as T;
}

function firstOf<T>(items: T[]): T {
  const [first] = items;
  if (first === undefined) throw new Error('there is none');
  return first;
}
