import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/base/json.js';
import type { Snapshot, SnapshotResource } from '../../src/cloud/snapshot/snapshot.js';
import type { Finding, Report } from '../../src/model/report.js';
import type { Fault } from '../support/aws-simulator/faults.js';
import { type AwsSimulator, startAwsSimulator } from '../support/aws-simulator/server.js';
import type { TrailRecord } from '../support/aws-simulator/state.js';
import { type CliResult, runCli } from '../support/cli.js';
import { makeRepository } from '../support/repository.js';
import { recorded } from '../who/trail.js';

const ACCOUNT = '111111111111';
const DAY_MS = 24 * 60 * 60_000;
const url = (name: string) => `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/${name}`;
const queue = (name: string) =>
  `  ${name}:\n    Type: AWS::SQS::Queue\n    Properties: { QueueName: ${name}, DelaySeconds: 5 }\n`;
const TEMPLATE = `Resources:\n${['Jobs', 'Mail', 'Gone'].map(queue).join('')}`;
const CONFIG = 'version: 1\nprovider: aws\nstacks:\n  - { name: shop, template: shop.yaml, region: eu-west-1 }\n';

/** Who did it, told in every way that could hurt: markup, an escape, a command of a pipeline, a key. */
const KEY = 'AKIAIOSFODNN7EXAMPLE';
const HOSTILE = `arn:aws:sts::${ACCOUNT}:assumed-role/Admin/<img src=x>\u001b[31m\n::error::x ${KEY}`;
const ALICE = `arn:aws:iam::${ACCOUNT}:user/alice`;
const ADA = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
};
const ADDRESS = '198.51.100.23';

function ago(ms: number): string {
  return new Date(Date.now() - ms).toISOString();
}

function resource(name: string, properties: JsonObject | null): SnapshotResource {
  return { logicalId: name, type: 'AWS::SQS::Queue', physicalId: url(name), properties };
}

function live(name: string, delay: number) {
  return resource(name, { QueueUrl: url(name), QueueName: name, DelaySeconds: delay });
}

function set(name: string, delay: number, by: string): TrailRecord {
  const parameters = { queueUrl: url(name), attributes: { DelaySeconds: String(delay) } };
  return recorded('sqs.amazonaws.com', 'SetQueueAttributes', ago(DAY_MS), parameters, {
    by,
    names: [url(name)],
    sourceIPAddress: ADDRESS,
    userAgent: '[aws-cli/2.31 <b>]',
  });
}

const EVENTS = [set('Jobs', 9, ALICE), set('Mail', 7, HOSTILE), set('Gone', 5, ALICE)].concat(
  recorded(
    'sqs.amazonaws.com',
    'DeleteQueue',
    ago(DAY_MS / 2),
    { queueUrl: url('Gone') },
    { by: ALICE, names: [url('Gone')] },
  ),
);

interface Run extends CliResult {
  cwd: string;
  aws: AwsSimulator;
  report: Report;
}

interface World {
  deployedMs?: number;
  faults?: Fault[];
  events?: TrailRecord[];
}

async function scanWith(
  args: string[],
  { deployedMs = 2 * DAY_MS, faults = [], events = EVENTS }: World = {},
): Promise<Run> {
  const resources = [live('Jobs', 9), live('Mail', 7), resource('Gone', null)];
  const stack = { name: 'shop', status: 'UPDATE_COMPLETE', template: TEMPLATE, parameters: {}, resources };
  const state: Snapshot = {
    snapshotVersion: 1,
    capturedAt: ago(0),
    account: ACCOUNT,
    regions: { 'eu-west-1': { stacks: [stack] } },
  };
  const aws = await startAwsSimulator({
    accounts: { [ACCOUNT]: state },
    facts: { shop: { updatedAt: ago(deployedMs) } },
    trail: { events: { [`${ACCOUNT} eu-west-1`]: events } },
    faults,
    // A clock on which nothing is too soon: pacing is for the tests of the lookups.
    now: (() => {
      let ms = 0;
      return () => {
        ms += 1000;
        return ms;
      };
    })(),
  });
  const cwd = makeRepository({ 'shop.yaml': TEMPLATE, 'gitops-drift.yaml': CONFIG });
  try {
    const outputs = [
      'table',
      'json=drift.json',
      'html=drift.html',
      'markdown=drift.md',
      'sarif=drift.sarif',
      'junit=drift.xml',
    ];
    const result = await runCli(['scan', ...outputs.flatMap((each) => ['-o', each]), ...args], { cwd, env: aws.env });
    const report = JSON.parse(readFileSync(join(cwd, 'drift.json'), 'utf8')) as Report;
    return { ...result, cwd, aws, report };
  } finally {
    await aws.close();
  }
}

function whoOf({ findings }: Report): Record<string, Finding['who']> {
  return Object.fromEntries(findings.map(({ logicalId, who }) => [logicalId, who]));
}

describe('scan --who', () => {
  test('tells in every format who made each change, masked and neutral, and Git’s blame beside it', async () => {
    const { cwd, report, stdout, stderr, aws } = await scanWith(['--who']);
    expect(stderr).toBe('');
    expect(aws.calls['LookupEvents']).toBeGreaterThan(0);
    const who = whoOf(report);
    expect(who['Jobs']).toMatchObject({
      grade: 'exact',
      principal: ALICE,
      event: 'SetQueueAttributes',
      via: 'aws-cli/2.31',
      sourceIp: ADDRESS,
    });
    expect(who['Gone']).toMatchObject({ grade: 'exact', principal: ALICE, event: 'DeleteQueue' });
    expect(who['Mail']).toMatchObject({ grade: 'exact', principal: expect.stringContaining('assumed-role/Admin') });
    const told = stdout.replace(/\s+/g, ' ');
    expect(told).toMatch(new RegExp(`changed in AWS by ${ALICE} at \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC`));
    expect(told).toMatch(/UTC \([^)]*\) · line last changed in Git by Ada/);
    expect(stdout).not.toMatch(/^\s*::/m);
    for (const file of ['json', 'html', 'md', 'sarif', 'xml']) {
      const text = readFileSync(join(cwd, `drift.${file}`), 'utf8');
      expect([file, text.includes('alice')]).toEqual([file, true]);
      expect([file, text.includes(KEY), text.includes('\u001b'), /^::/m.test(text)]).toEqual([
        file,
        false,
        false,
        false,
      ]);
      expect([file, text.includes(ADDRESS)]).toEqual([file, file === 'json' || file === 'html']);
      if (file === 'html' || file === 'xml') expect(text).not.toContain('<img src=x>');
    }
    expect([stdout.includes(KEY), stdout.includes('\u001b'), stdout.includes(ADDRESS)]).toEqual([false, false, false]);
    const rendered = await runCli(['report', 'drift.json', '--verbose'], { cwd });
    expect(rendered.stdout).toContain(`deleted in AWS by ${ALICE}`);
    const patched = await runCli(['patch', '--report', 'drift.json', '--branch', 'adopt'], { cwd, env: ADA });
    expect(patched).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('error') });
    const message = execFileSync('git', ['log', '-1', '--format=%B', 'adopt'], { cwd, encoding: 'utf8' });
    const trailers = execFileSync('git', ['interpret-trailers', '--parse'], { cwd, input: message, encoding: 'utf8' });
    const names = trailers
      .trim()
      .split('\n')
      .map((line) => line.split(': ')[0]);
    expect(names).toEqual([...Array(2)].flatMap(() => ['Drift-Finding', 'Drift-Who', 'Drift-Seen']));
    expect(trailers).toContain(`Drift-Who: ${ALICE}\nDrift-Seen: ${who['Jobs']?.time}\n`);
    expect(trailers).not.toMatch(new RegExp(`${KEY}|\u001b`));
  });

  test('asks nothing without it', async () => {
    const { report, aws } = await scanWith([]);
    expect(aws.calls['LookupEvents']).toBeUndefined();
    expect(report.findings.some(({ who }) => who !== undefined)).toBe(false);
  });

  test('what is denied is unknown with the reason, and warned of once', async () => {
    const { report, aws, stderr, exitCode } = await scanWith(['--who'], {
      faults: [{ operation: 'LookupEvents', kind: 'deny' }],
    });
    expect(exitCode).toBe(1);
    for (const each of Object.values(whoOf(report)))
      expect(each).toEqual({ grade: 'unknown', reason: expect.stringContaining('cloudtrail:LookupEvents') });
    expect(stderr.match(/permissions --who/g)).toHaveLength(1);
    expect(aws.calls['LookupEvents']).toBeLessThanOrEqual(3);
  });

  test('keeps within the budget, and says when it is used up', async () => {
    const { aws, stderr, report } = await scanWith(['--who', '--who-budget', '2']);
    expect(aws.calls['LookupEvents']).toBe(2);
    expect(stderr).toMatch(/the budget of 2 requests to CloudTrail in eu-west-1 was used up/);
    expect(Object.values(whoOf(report)).some((each) => each?.grade === 'unknown')).toBe(true);
    expect((await runCli(['scan', '--who-budget', '0'])).exitCode).toBe(2);
  });

  test('a stack that was deployed just now is too recent', async () => {
    const { report } = await scanWith(['--who'], { deployedMs: 60_000 });
    expect(whoOf(report)['Jobs']).toEqual({ grade: 'unknown', reason: expect.stringMatching(/^too recent/) });
  });

  test('a snapshot has no record of calls', async () => {
    const cwd = makeRepository({ 'shop.yaml': TEMPLATE, 'gitops-drift.yaml': CONFIG.replace('aws', 'snapshot') });
    const stack = {
      name: 'shop',
      template: TEMPLATE,
      parameters: {},
      resources: [live('Jobs', 9), live('Mail', 5), live('Gone', 5)],
    };
    const { writeFileSync } = await import('node:fs');
    writeFileSync(
      join(cwd, 'live.json'),
      JSON.stringify({
        snapshotVersion: 1,
        capturedAt: ago(0),
        account: ACCOUNT,
        regions: { 'eu-west-1': { stacks: [stack] } },
      }),
    );
    const { stdout } = await runCli(['scan', '--who', '--snapshot', 'live.json', '-o', 'json'], { cwd });
    expect(whoOf(JSON.parse(stdout) as Report)['Jobs']).toMatchObject({
      grade: 'unknown',
      reason: expect.stringContaining('snapshot'),
    });
  });

  test('permissions and doctor know what it takes', async () => {
    const cwd = makeRepository({ 'shop.yaml': TEMPLATE, 'gitops-drift.yaml': CONFIG });
    expect((await runCli(['permissions', '--who'], { cwd })).stdout).toContain('cloudtrail:LookupEvents');
    expect((await runCli(['permissions'], { cwd })).stdout).not.toContain('cloudtrail');
  });
});
