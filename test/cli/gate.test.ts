import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.js';
import { type CliResult, runCli } from '../support/cli.js';
import { makeRepository, writeFiles } from '../support/repository.js';

const TEMPLATE = `Parameters:
  Delay: { Type: String, Default: 5 }
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      # gitops-drift:ignore until 2099-12-31: tuned by hand

      DelaySeconds: !Ref Delay
      VisibilityTimeout: 60 # gitops-drift:ignore until 2020-01-31: was tuned once
      # gitops-drift:ignore: nobody changes it
      MessageRetentionPeriod: 600
      Script: |
        # gitops-drift:ignore /VisibilityTimeout: no comment at all
      # gitops-drift:ignor /Tags: misspelt
      Tags:
        - { Key: Team, Value: shop }
        - { Key: Owner, Value: ada } # gitops-drift:ignore: cost control owns it
      # gitops-drift:ignore: above nothing
  Events:
    Type: AWS::SNS::Topic
    Metadata: { gitops-drift: { ignore: { path: /DisplayName, reason: renamed by hand } } }
    Properties: { DisplayName: Events }
`;

interface Live {
  delay?: number;
  timeout?: number;
  owner?: string;
  name?: string;
  unread?: boolean;
}

function snapshot({ delay = 5, timeout = 60, owner = 'ada', name = 'Events', unread = false }: Live): string {
  const stacks = ['shop', 'shop-two'].map((stack) => ({
    name: stack,
    template: TEMPLATE,
    resources: [
      {
        logicalId: 'Orders',
        type: 'AWS::SQS::Queue',
        physicalId: `https://sqs.eu-west-1.amazonaws.com/111111111111/${stack}`,
        ...(unread && stack === 'shop' ? { error: 'AccessDenied' } : {}),
        properties: {
          DelaySeconds: stack === 'shop' ? delay : 5,
          VisibilityTimeout: timeout,
          MessageRetentionPeriod: 600,
          Script: '# gitops-drift:ignore /VisibilityTimeout: no comment at all\n',
          Tags: [
            { Key: 'Team', Value: 'shop' },
            { Key: 'Owner', Value: owner },
          ],
        },
      },
      {
        logicalId: 'Events',
        type: 'AWS::SNS::Topic',
        physicalId: `arn:aws:sns:eu-west-1:111111111111:${stack}`,
        properties: { DisplayName: name },
      },
    ],
  }));
  return JSON.stringify({ snapshotVersion: 1, account: '111111111111', regions: { 'eu-west-1': { stacks } } });
}

const CONFIG = `version: 1
provider: snapshot
snapshot: live.json
stacks:
  - { name: shop, template: shop.yaml, region: eu-west-1 }
  - { name: shop-two, template: shop.yaml, region: eu-west-1 }
`;

function repository(live: Live, config = CONFIG): string {
  return makeRepository({ 'gitops-drift.yaml': config, 'shop.yaml': TEMPLATE, 'live.json': snapshot(live) });
}

function load(cwd: string, file: string): Report {
  return JSON.parse(readFileSync(join(cwd, file), 'utf8')) as Report;
}

/** Without line breaks: where they stand depends on the width. */
function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ');
}

describe('suppressions in a template', () => {
  let cwd: string;
  let result: CliResult;
  let report: Report;
  beforeAll(async () => {
    cwd = repository({ delay: 9, owner: 'bob', name: 'Happenings' });
    result = await runCli(['scan', '-o', 'table', '-o', 'json=drift.json', '--verbose'], { cwd });
    report = load(cwd, 'drift.json');
  });

  test('keep what they cover from failing, and say where that is said', () => {
    expect(result.exitCode).toBe(0);
    expect(report.summary).toMatchObject({ suppressed: 5, exitCode: 0, findings: { medium: 0 } });
    const said = report.findings.map(({ stack, path, suppressed }) => [stack, path, suppressed?.line]);
    expect(said).toEqual([
      ['shop', '/DelaySeconds', 7],
      ['shop', '/Tags/1/Value', 18],
      ['shop', '/DisplayName', 22],
      ['shop-two', '/Tags/1/Value', 18],
      ['shop-two', '/DisplayName', 22],
    ]);
    const first = { reason: 'tuned by hand', until: '2099-12-31', by: 'template', file: 'shop.yaml', line: 7 };
    expect(report.findings[0]?.suppressed).toEqual(first);
    expect(result.stdout).toMatch(/\/DelaySeconds +tuned by hand \(until 2099-12-31\)\n +shop\.yaml:7\n/);
    expect(result.stdout).toContain('5 suppressed');
  });

  test('get no patch', () => {
    const reason = 'the finding is suppressed';
    expect(report.findings.map(({ patch }) => patch)).toEqual(Array(5).fill({ status: 'none', reason }));
  });

  test('are told where they are expired, unused or mistaken, each once however many stacks the template has', () => {
    expect(result.stderr.split('\n').filter((line) => line.startsWith('warning: shop.yaml'))).toEqual([
      'warning: shop.yaml:15:7: "gitops-drift:ignor" is not known here',
      'warning: shop.yaml:19:7: this gitops-drift:ignore stands at nothing that is compared',
      'warning: shop.yaml:10:29: this gitops-drift:ignore has expired on 2020-01-31 (was tuned once)',
      'warning: shop.yaml:11:7: this gitops-drift:ignore matches nothing (nobody changes it)',
    ]);
    expect(result.stderr).toContain('  did you mean "gitops-drift:ignore"?\n');
  });

  test('that are unused are not told where only some stacks were scanned', async () => {
    const { stderr } = await runCli(['scan', '--stack', 'shop-two'], { cwd });
    expect(stderr).not.toContain('matches nothing');
    expect(stderr).toContain('has expired on 2020-01-31');
    expect(stderr).toContain('stands at nothing');
  });

  test('that have expired, or cover something else, let drift fail', async () => {
    const drifted = repository({ timeout: 90 });
    const { exitCode, stdout } = await runCli(['scan'], { cwd: drifted });
    expect(stdout).toContain('Drift: 2 differences in 2 of 4 resources');
    expect(exitCode).toBe(1);
  });

  test("come after the configuration's", async () => {
    const rule = 'ignore: [{ path: /DelaySeconds, reason: from the configuration }]\n';
    const both = repository({ delay: 9 }, CONFIG + rule);
    const { stdout, stderr } = await runCli(['scan', '-o', 'json'], { cwd: both });
    const [finding] = (JSON.parse(stdout) as Report).findings;
    expect(finding?.suppressed).toMatchObject({ reason: 'from the configuration', by: 'configuration', line: 7 });
    expect(stderr).not.toContain('(tuned by hand)');
  });
});

describe('--new-since', () => {
  let cwd: string;
  const since = ['--new-since', 'drift.json'];
  const live = (state: Live) => writeFiles(cwd, { 'live.json': snapshot(state) });
  beforeAll(async () => {
    cwd = repository({ timeout: 90 });
    expect((await runCli(['scan', '-o', 'json=drift.json'], { cwd })).exitCode).toBe(1);
  });

  test('what is known is counted, listed with --verbose, and fails nothing; with --quiet it is not even counted', async () => {
    live({ timeout: 90 });
    const { exitCode, stdout } = await runCli(['scan', ...since, '-o', 'table', '-o', 'json=second.json'], { cwd });
    expect(squeezed(stdout)).toContain(
      '! Drift that does not fail the scan: 2 differences in 2 of 4 resources, none of them new',
    );
    expect(squeezed(stdout)).toContain('Known: 2 differences (--verbose lists them)');
    expect(stdout).not.toMatch(/VisibilityTimeout|gitops-drift revert/);
    const verbose = await runCli(['scan', ...since, '--verbose'], { cwd });
    expect(verbose.stdout).toContain('/VisibilityTimeout');
    expect(exitCode).toBe(0);
    expect(load(cwd, 'second.json').summary.baseline).toEqual({ new: 0, known: 2, gone: 0 });
    expect(load(cwd, 'second.json').findings.map(({ baseline }) => baseline)).toEqual(['known', 'known']);
    expect(await runCli(['scan', ...since, '--quiet'], { cwd })).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  test('what drifts further fails, and what is no longer there is counted', async () => {
    live({ timeout: 120 });
    const { exitCode, stdout } = await runCli(['scan', ...since, '--quiet'], { cwd });
    expect(squeezed(stdout)).toContain(
      '✗ Drift: 2 differences in 2 of 4 resources, all of them new since the earlier report',
    );
    // It is there still, only worse.
    expect(squeezed(stdout)).not.toContain('gone');
    expect(stdout).toMatch(/new: \/VisibilityTimeout +60 → 120/);
    expect(exitCode).toBe(1);
    live({});
    const repaired = await runCli(['scan', ...since, '--stack', 'shop'], { cwd });
    expect(squeezed(repaired.stdout)).toMatch(/1 gone since the earlier report .*✓ In sync: 2 resources in 1 stack/);
  });

  test('leaves errors and --strict as they are', async () => {
    live({ timeout: 90, unread: true });
    expect((await runCli(['scan', ...since, '--strict'], { cwd })).exitCode).toBe(3);
    writeFiles(cwd, { 'live.json': snapshot({ timeout: 90 }).replace('"shop-two"', '"gone"') });
    const failed = await runCli(['scan', ...since], { cwd });
    expect(squeezed(failed.stdout)).toContain(
      '! Drift that does not fail the scan: 1 difference in 1 of 4 resources, known from',
    );
    expect(failed.exitCode).toBe(2);
  });

  test('judges saved reports anew', async () => {
    live({ timeout: 90 });
    await runCli(['scan', '-o', 'json=today.json'], { cwd });
    expect((await runCli(['report', 'today.json'], { cwd })).exitCode).toBe(1);
    const { exitCode, stdout } = await runCli(['report', 'today.json', ...since], { cwd });
    expect(squeezed(stdout)).toContain('none of them new since the earlier report');
    expect(exitCode).toBe(0);
  });

  test.each<[string, string, RegExp]>([
    ['that is not there', 'none.json', /error: none\.json: can't read the report: there is no such file/],
    ['that is none', 'live.json', /error: live\.json: not a gitops-drift report/],
    ['of another repository', 'other.json', /error: the earlier report is of the repository web, but this one is \//],
  ])('a report %s is an error before anything is read', async (_, file, message) => {
    const report = load(cwd, 'drift.json');
    const other = { ...report, scan: { ...report.scan, repository: 'web' } };
    writeFileSync(join(cwd, 'other.json'), JSON.stringify(other));
    for (const command of [['scan'], ['report', 'drift.json']]) {
      const { exitCode, stdout, stderr } = await runCli([...command, '--new-since', file], { cwd });
      expect(stderr).toMatch(message);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    }
  });
});
