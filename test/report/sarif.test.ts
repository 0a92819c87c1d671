import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import type { Log, Result, Run } from 'sarif';
import type { Finding, Report } from '../../src/model/report.js';
import { renderReport } from '../../src/report/formats.js';
import { sarifProblems } from '../support/validate.js';
import { fullReport } from './full-report.js';
import { expectGolden } from './golden.js';
import { finding, reportOf, resource, stack } from './sample.js';

const sarif = (report: Report) => renderReport(report, 'sarif', { color: false });
const queue = resource('shop', 'Queue', 'AWS::SQS::Queue', { status: 'modified' });
const changed = (rest: Partial<Finding> = {}) => finding(queue, '/DelaySeconds', 3, { desired: 1, live: 2, ...rest });

async function runOf(report: Report): Promise<Run> {
  const log = JSON.parse(await sarif(report)) as Log;
  const [run] = log.runs;
  if (run === undefined) throw new Error('there is no run');
  return run;
}

async function resultsOf(...findings: Finding[]): Promise<Result[]> {
  return (await runOf(reportOf({ stacks: [stack('shop')], resources: [queue], findings }))).results ?? [];
}

describe('the log', () => {
  test('of a full report is as it was agreed, and valid', async () => {
    const text = await sarif(fullReport());
    expectGolden('full.sarif', `${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    expect(sarifProblems(text)).toEqual([]);
  });

  test.each<[string, Report]>([
    ['nothing at all', reportOf({})],
    ['one shard', { ...reportOf({}), scan: { ...reportOf({}).scan, shard: '2/8' } }],
    [
      'an address',
      { ...reportOf({}), scan: { ...reportOf({}).scan, repository: 'https://user:pw@example.com/a b.git' } },
    ],
    ['a time that is none', { ...reportOf({}), scan: { ...reportOf({}).scan, startedAt: '9999-99-99T00:00:00Z' } }],
  ])('of %s is valid', async (_, report) => {
    expect(sarifProblems(await sarif(report))).toEqual([]);
  });

  test('names every repository by its address, and never a path or a password', async () => {
    const { scan, ...rest } = reportOf({});
    const provenance = async (repository: string) =>
      (await runOf({ ...rest, scan: { ...scan, repository } })).versionControlProvenance;
    expect(await provenance('https://user:pw@example.com/shop.git')).toEqual([
      { repositoryUri: 'https://example.com/shop.git', revisionId: scan.commit, mappedTo: { uriBaseId: '%SRCROOT%' } },
    ]);
    expect(await provenance('/home/jane/shop')).toBeUndefined();
    expect(await provenance('C:\\shop')).toBeUndefined();
  });

  test('has a category for each shard, since an upload replaces its like', async () => {
    const { scan, ...rest } = reportOf({});
    const categoryOf = async (shard?: string) => {
      const run = await runOf({ ...rest, scan: { ...scan, ...(shard === undefined ? {} : { shard }) } });
      return run.automationDetails?.id?.replace(/\/[^/]*$/, '');
    };
    expect(await categoryOf()).toBe('gitops-drift');
    expect(await categoryOf('2/8')).toBe('gitops-drift/shard-2-of-8');
  });
});

describe('results', () => {
  test('are what drifted and conflicts, the gravest first; changes that wait are none', async () => {
    const results = await resultsOf(
      changed({ id: 'a', severity: 'low' }),
      changed({ id: 'b', severity: 'critical', verdict: 'conflict' }),
      changed({ id: 'c', verdict: 'undeployed' }),
      changed({ id: 'd', verdict: 'adopted' }),
      changed({ id: 'e' }),
    );
    const shown = results.map(({ level, partialFingerprints }) => [
      level,
      partialFingerprints?.['primaryLocationLineHash'],
    ]);
    expect(shown).toEqual([
      ['error', 'b'],
      ['warning', 'e'],
      ['note', 'a'],
    ]);
  });

  test('name a rule that the run has, or the one for all others', async () => {
    const run = await runOf(fullReport());
    const rules = run.tool.driver.rules ?? [];
    for (const { ruleId, ruleIndex } of run.results ?? []) expect(rules[ruleIndex ?? -1]?.id).toBe(ruleId);
    const bare = await runOf(reportOf({ resources: [queue], findings: [changed({ rule: 'gone' })] }));
    expect(bare.results?.[0]).toMatchObject({ ruleId: 'drift', ruleIndex: 0 });
    for (const rule of [...rules, ...(bare.tool.driver.rules ?? [])]) {
      for (const text of [
        rule.shortDescription?.text,
        rule.fullDescription?.text,
        rule.help?.text,
        rule.help?.markdown,
      ])
        expect(text).toMatch(/./);
      expect(rule.properties?.['security-severity']).toMatch(/^\d\.\d$/);
    }
  });

  test('have exactly one region, which is never empty', async () => {
    const place = { file: 'a', line: 3, column: 7, endLine: 3, endColumn: 7 };
    const regions = (await resultsOf(changed({ location: place }), changed())).map(({ locations }) => {
      expect(locations).toHaveLength(1);
      return locations?.[0]?.physicalLocation?.region;
    });
    expect(regions).toEqual([
      { startLine: 3, startColumn: 7, endLine: 3, endColumn: 8 },
      { startLine: 3, startColumn: 7, endLine: 3, endColumn: 20 },
    ]);
  });

  test('without a place of their own stand at a template of their account and region, and say so', async () => {
    const orphan = resource('', '', 'AWS::EC2::Instance', { region: 'us-east-1', physicalId: 'i-1' });
    const { location, ...found } = finding(orphan, '', 1, { kind: 'unmanaged' });
    const run = await runOf(
      reportOf({ stacks: [stack('shop'), stack('us', { region: 'us-east-1' })], resources: [], findings: [found] }),
    );
    const [result] = run.results ?? [];
    expect(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe('templates/us.yaml');
    expect(result?.message.text).toContain('No template declares it');
  });

  test.each([
    ['templates/a b#c?%.yaml', 'templates/a%20b%23c%3F%25.yaml'],
    ['größe.yaml', 'gr%C3%B6%C3%9Fe.yaml'],
    ['../../etc/passwd', 'etc/passwd'],
    ['/etc/passwd', 'etc/passwd'],
    ['..\\..\\x', 'x'],
    ['https://example.com/x', 'https%3A/example.com/x'],
    ['..', 'gitops-drift.yaml'],
  ])('file %s has the address %s, inside of the repository', async (file, uri) => {
    const location = { file, line: 1, column: 1, endLine: 1, endColumn: 2 };
    const [result] = await resultsOf(changed({ location }));
    expect(result?.locations?.[0]?.physicalLocation?.artifactLocation).toEqual({ uri, uriBaseId: '%SRCROOT%' });
  });

  test('tell what is suppressed, by whom and why, and what is known', async () => {
    const suppressed = { reason: 'autoscaling owns it', until: '2027-01-31' };
    const [template, configuration, known, fresh] = await resultsOf(
      changed({ suppressed: { ...suppressed, by: 'template', file: 'a.yaml', line: 2 } }),
      changed({ suppressed: { ...suppressed, by: 'configuration' } }),
      changed({ baseline: 'known' }),
      changed({ baseline: 'new' }),
    );
    const justification = 'autoscaling owns it (until 2027-01-31)';
    expect(template?.suppressions).toMatchObject([{ kind: 'inSource', justification }]);
    expect(configuration?.suppressions).toEqual([{ kind: 'external', status: 'accepted', justification }]);
    expect(known).toMatchObject({ baselineState: 'unchanged' });
    expect(known?.suppressions).toBeUndefined();
    expect(fresh).toMatchObject({ baselineState: 'new' });
  });

  test('carry the edits of the patch as a fix, each at its place', async () => {
    const edit = { file: 'a.yaml', line: 3, column: 5, endLine: 3, endColumn: 6, blob: 'b'.repeat(40), text: '2' };
    const edits = [
      edit,
      { ...edit, line: 9, endLine: 9, endColumn: 5, text: 'x: 1\n' },
      { ...edit, file: 'b.yaml', text: '' },
    ];
    const [result] = await resultsOf(changed({ patch: { status: 'patchable', summary: '1 → 2', alone: true, edits } }));
    const [fix] = result?.fixes ?? [];
    expect(fix?.description?.text).toBe('patch: 1 → 2 (can be applied only by itself)');
    expect(fix?.artifactChanges).toMatchObject([
      {
        artifactLocation: { uri: 'a.yaml' },
        replacements: [
          { deletedRegion: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 6 }, insertedContent: { text: '2' } },
          { deletedRegion: { startColumn: 5, endColumn: 5 }, insertedContent: { text: 'x: 1\n' } },
        ],
      },
      { artifactLocation: { uri: 'b.yaml' }, replacements: [{}] },
    ]);
    expect(fix?.artifactChanges[1]?.replacements[0]?.insertedContent).toBeUndefined();
  });

  test('make no links of values', async () => {
    const [result] = await resultsOf(changed({ live: '[click](https://example.com)' }));
    expect(result?.message.text).not.toMatch(/\[[^\]]*\]\(/);
  });
});

describe('what could not be read', () => {
  test('is a notification, and a scan that failed no success', async () => {
    const unread = { ...queue, status: 'unreadable' as const, reason: 'denied' };
    const failed = stack('gone', { status: 'error', error: 'no such stack' });
    const errors = [{ region: 'ap-south-1', account: null, error: 'no access' }];
    const run = await runOf(reportOf({ stacks: [stack('shop'), failed], resources: [unread], errors }));
    const [invocation] = run.invocations ?? [];
    expect(invocation).toMatchObject({ executionSuccessful: false, exitCode: 2 });
    const notifications = invocation?.toolExecutionNotifications?.map(
      ({ level, message }) => `${level} ${message.text}`,
    );
    expect(notifications).toEqual([
      'error stack gone [eu-west-1 111111111111]: not scanned: no such stack',
      'error place [ap-south-1]: not scanned: no access',
      'warning Queue AWS::SQS::Queue in shop [eu-west-1 111111111111]: unreadable: denied',
    ]);
  });
});

test('more than GitHub takes is cut, the least grave left out and counted, and what stays is small enough', async () => {
  const findings = Array.from({ length: 26_000 }, (_, index) =>
    changed({
      id: `${index}`,
      path: `/P${index}`,
      live: `v${index * 7919}`,
      severity: index === 25_999 ? 'critical' : 'medium',
    }),
  );
  const text = await sarif(reportOf({ stacks: [stack('shop')], resources: [queue], findings }));
  const run = (JSON.parse(text) as Log).runs[0];
  expect(run?.results).toHaveLength(25_000);
  expect(run?.results?.[0]?.level).toBe('error');
  const notes = run?.invocations?.[0]?.toolExecutionNotifications?.map(({ message }) => message.text);
  expect(notes).toEqual(['1000 findings left out, the least grave: see the JSON report.']);
  expect(gzipSync(text).length).toBeLessThan(10e6);
});
