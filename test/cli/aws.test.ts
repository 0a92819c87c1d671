import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { createProgram } from '../../src/cli/main.js';
import { onlyReads } from '../../src/cloud/aws/read-only.js';
import type { Snapshot, SnapshotResource } from '../../src/cloud/snapshot/snapshot.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import type { Finding, Report } from '../../src/model/report.js';
import type { Fault } from '../support/aws-simulator/faults.js';
import { type AwsSimulator, startAwsSimulator } from '../support/aws-simulator/server.js';
import { type CliResult, runCli } from '../support/cli.js';
import { makeRepository } from '../support/repository.js';

const DEMO = fileURLToPath(new URL('../../fixtures/demo/', import.meta.url));
const ACCOUNT = '111111111111';
const STATE = JSON.parse(readFileSync(join(DEMO, 'live.json'), 'utf8')) as Snapshot;
const TYPES = cloudFormationTypes;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/drift-reader`;

/** The demo's repository, configured for the provider `aws`. */
function shop(change: (config: string) => string = (config) => config): string {
  const paths = readdirSync(DEMO, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.(?:ya?ml|json)$/.test(path),
  );
  const files = Object.fromEntries(
    paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(join(DEMO, path), 'utf8')]),
  );
  const config = (files['gitops-drift.yaml'] ?? '').replace('provider: snapshot', 'provider: aws');
  return makeRepository({ ...files, 'gitops-drift.yaml': change(config) });
}

/** Cloud Control knows a resource by its schema's primary identifier, not by its physical ID. */
function identifierOf({ type, properties }: SnapshotResource): string | undefined {
  const parts = TYPES.get(type)?.primaryIdentifier.map((path) => properties?.[path.slice(1)]) ?? [];
  const known = parts.filter((part) => typeof part === 'string');
  return known.length > 0 && known.length === parts.length ? known.join('|') : undefined;
}

interface WireScan extends CliResult {
  report: Report;
  aws: AwsSimulator;
}

async function scanOverTheWire(cwd: string, args: string[] = [], faults: Fault[] = []): Promise<WireScan> {
  const aws = await startAwsSimulator({ accounts: { [ACCOUNT]: STATE }, identifierOf, pageSize: 4, faults });
  try {
    const result = await runCli(['scan', '-o', 'json', ...args], { cwd, env: aws.env });
    const report = (result.stdout === '' ? {} : JSON.parse(result.stdout)) as Report;
    return { ...result, report, aws };
  } finally {
    await aws.close();
  }
}

function names(findings: readonly Finding[]): string[] {
  return findings.map(({ stack, logicalId, kind, path }) => `${stack} ${logicalId} ${kind} ${path}`).sort();
}

describe('gitops-drift scan against AWS', () => {
  test('finds over the wire, page by page, what the recorded state holds', async () => {
    const cwd = shop();
    const offline = await runCli(['scan', '--snapshot', 'live.json', '-o', 'json'], { cwd });
    const { report, exitCode, stderr, aws } = await scanOverTheWire(cwd);
    expect(names(report.findings)).toEqual(names((JSON.parse(offline.stdout) as Report).findings));
    expect(stderr).toBe('');
    expect(exitCode).toBe(1);
    expect(aws.log.every(({ operation }) => /^(?:Get|Describe|List|Detect)/.test(operation))).toBe(true);
  });

  test('gives the same report when every fifth answer is a throttle and some fail', async () => {
    const cwd = shop();
    const calm = await scanOverTheWire(cwd);
    // Fewer failures than one request is tried again for, whichever they meet.
    const faults: Fault[] = [
      { kind: 'throttle', every: 5, times: 20 },
      { kind: 'unavailable', every: 11, times: 2 },
      { kind: 'cut', operation: 'GetResource', every: 13, times: 2 },
    ];
    const rough = await scanOverTheWire(cwd, [], faults);
    expect(rough.report.findings).toEqual(calm.report.findings);
    expect(rough.report.summary).toEqual(calm.report.summary);
  });

  test('a type whose reads are denied is unreadable, not deleted, and the rest is scanned', async () => {
    const { report } = await scanOverTheWire(shop(), [], [{ type: 'AWS::CloudWatch::Alarm', kind: 'deny' }]);
    const alarms = report.resources.filter(({ type }) => type === 'AWS::CloudWatch::Alarm');
    expect(alarms.length).toBeGreaterThan(0);
    for (const { status, reason } of alarms)
      expect([status, reason]).toEqual(['unreadable', expect.stringContaining('AccessDenied')]);
    expect(report.findings.length).toBeGreaterThan(0);
  });

  test('a stack that does not exist is an error in the report and exit code 2; the others are scanned', async () => {
    const { report, exitCode } = await scanOverTheWire(
      shop((config) => config.replace('name: shop-app', 'name: shop-gone')),
    );
    expect(exitCode).toBe(2);
    const gone = report.stacks.find(({ name }) => name === 'shop-gone');
    expect(gone).toMatchObject({ status: 'error', error: expect.stringContaining('shop-gone') });
    expect(report.stacks.filter(({ status }) => status === 'scanned')).toHaveLength(3);
    expect(
      report.resources.filter(({ stack }) => stack === 'shop-gone').every(({ status }) => status === 'unreadable'),
    ).toBe(true);
  });

  test('the wrong account is an error before anything of the stack is read', async () => {
    const { report, exitCode, aws } = await scanOverTheWire(
      shop((config) => config.replaceAll(ACCOUNT, '222222222222')),
    );
    expect(exitCode).toBe(2);
    for (const { error } of report.stacks) expect(error).toMatch(/222222222222.*belong to 111111111111/);
    expect(aws.calls['GetResource']).toBeUndefined();
  });

  test('a role is assumed once, however many stacks name it', async () => {
    const { exitCode, aws } = await scanOverTheWire(
      shop((config) => config.replaceAll('    region:', `    roleArn: ${ROLE}\n    region:`)),
    );
    expect(exitCode).toBe(1);
    expect(aws.calls['AssumeRole']).toBe(1);
  });

  test('what snapshot records gives the same findings offline, and holds no secret', async () => {
    const cwd = shop();
    const aws = await startAwsSimulator({ accounts: { [ACCOUNT]: STATE }, identifierOf, pageSize: 4 });
    const recorded = await runCli(['snapshot', '-o', 'recorded.json'], { cwd, env: aws.env }).finally(() =>
      aws.close(),
    );
    expect(recorded).toMatchObject({ exitCode: 0, stdout: '' });
    const [live, again] = await Promise.all(
      ['live.json', 'recorded.json'].map(async (file) => {
        const { stdout } = await runCli(['scan', '--snapshot', file, '-o', 'json'], { cwd });
        return names((JSON.parse(stdout) as Report).findings);
      }),
    );
    expect(again).toEqual(live);
  });

  test('does not judge a stack that changes while it is scanned, and says so', async () => {
    const state = structuredClone(STATE);
    const app = Object.values(state.regions).flatMap(({ stacks }) =>
      stacks.filter(({ name }) => name === 'shop-app'),
    )[0];
    const aws = await startAwsSimulator({
      accounts: { [ACCOUNT]: state },
      identifierOf,
      onRequest(_operation, _count, input) {
        if (app && input['TypeName'] === 'AWS::ECS::Service') app.status = 'UPDATE_IN_PROGRESS';
      },
    });
    try {
      const { stdout, exitCode } = await runCli(['scan', '-o', 'json'], { cwd: shop(), env: aws.env });
      const report = JSON.parse(stdout) as Report;
      expect(exitCode).toBe(2);
      expect(report.stacks.filter(({ status }) => status === 'error')).toMatchObject([
        { name: 'shop-app', error: expect.stringContaining('was changed while it was scanned') },
      ]);
      expect(report.findings.some(({ stack }) => stack === 'shop-app')).toBe(false);
      expect(report.findings.length).toBeGreaterThan(0);
      expect(
        report.resources.filter(({ stack }) => stack === 'shop-app').every(({ status }) => status === 'unreadable'),
      ).toBe(true);
    } finally {
      await aws.close();
    }
  });

  test('a stack that changes takes nothing back from its namesake in another region', async () => {
    const stackIn = (region: string) => {
      const url = `https://sqs.${region}.amazonaws.com/${ACCOUNT}/orders`;
      const template = `Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n    Properties: { DelaySeconds: 5 } # ${region}\n`;
      const properties = { QueueUrl: url, DelaySeconds: 9 };
      const resources = [{ logicalId: 'Orders', type: 'AWS::SQS::Queue', physicalId: url, properties }];
      return { name: 'shop', status: 'CREATE_COMPLETE', template, parameters: {}, resources };
    };
    const [eu, us] = [stackIn('eu-west-1'), stackIn('us-east-1')];
    const regions = { 'eu-west-1': { stacks: [eu] }, 'us-east-1': { stacks: [us] } };
    const head = { snapshotVersion: 1 as const, capturedAt: '2026-01-01T00:00:00Z', account: ACCOUNT };
    const aws = await startAwsSimulator({
      accounts: { [ACCOUNT]: { ...head, regions } },
      onRequest(operation, _count, input) {
        if (operation === 'GetResource' && String(input['Identifier']).includes('us-east-1'))
          us.status = 'UPDATE_IN_PROGRESS';
      },
    });
    const entry = (region: string) => `  - { name: shop, template: ${region}.yaml, region: ${region} }\n`;
    const cwd = makeRepository({
      'eu-west-1.yaml': eu.template,
      'us-east-1.yaml': us.template,
      'gitops-drift.yaml': `version: 1\nstacks:\n${entry('eu-west-1')}${entry('us-east-1')}`,
    });
    try {
      const { stdout, exitCode } = await runCli(['scan', '-o', 'json'], { cwd, env: aws.env });
      const { stacks, findings } = JSON.parse(stdout) as Report;
      expect(exitCode).toBe(2);
      expect(stacks.map(({ region, status }) => [region, status])).toEqual([
        ['eu-west-1', 'scanned'],
        ['us-east-1', 'error'],
      ]);
      expect(findings).toMatchObject([{ region: 'eu-west-1', live: 9, patch: { status: 'patchable' } }]);
    } finally {
      await aws.close();
    }
  });
});

describe('what only reads', () => {
  /** How each command is run, at least once; `ID` stands for a finding's id. */
  const RUNS: Record<string, string[][]> = {
    scan: [
      ['--unmanaged', '--cross-check', '--who-budget', '2', '--patch', 'all.diff'],
      ['--provider', 'cloudformation'],
      ['--region', 'eu-west-1'],
    ],
    report: [['drift.json']],
    patch: [['--branch', 'adopt'], ['--apply']],
    ignore: [['ID', '--reason', 'by hand']],
    triage: [[]],
    baseline: [[], ['--check']],
    snapshot: [['-o', 'recorded.json', '--unmanaged']],
    render: [['--template', 'app.yaml']],
    'explain-type': [['AWS::SQS::Queue'], ['Unknown::Of::Type']],
    init: [['--force', '--region', 'eu-west-1']],
    permissions: [['--unmanaged', '--cross-check', '--who']],
    doctor: [['--unmanaged', '--cross-check', '--who']],
    demo: [[]],
    completion: [['bash']],
  };
  /** These change the cloud when they are asked to; their own tests hold what they send. */
  const WRITING = ['revert'];

  test('every command sends operations of the allow-list alone', async () => {
    const commands = createProgram(() => undefined, { now: Date.now } as never).commands.map((each) => each.name());
    expect(Object.keys(RUNS).sort()).toEqual(commands.filter((name) => !WRITING.includes(name)).sort());
    const cwd = shop((config) => config.replaceAll('    region:', `    roleArn: ${ROLE}\n    region:`));
    const limits = [{ operation: 'LookupEvents', perSecond: 1000 }];
    const aws = await startAwsSimulator({ accounts: { [ACCOUNT]: STATE }, identifierOf, limits });
    try {
      const saved = await runCli(['scan', '-o', 'json=drift.json'], { cwd, env: aws.env });
      expect(saved.exitCode).toBe(1);
      const { findings } = JSON.parse(readFileSync(join(cwd, 'drift.json'), 'utf8')) as Report;
      const asked: string[] = [];
      for (const [command, runs] of Object.entries(RUNS)) {
        for (const args of runs) {
          const before = aws.log.length;
          const known = args.map((arg) => (arg === 'ID' ? (findings[0]?.id ?? '') : arg));
          await runCli([command, ...known], { cwd, env: aws.env });
          if (aws.log.length > before) asked.push(command);
        }
      }
      expect([...new Set(asked)]).toEqual(
        expect.arrayContaining(['scan', 'patch', 'baseline', 'snapshot', 'init', 'doctor']),
      );
      const operations = [...new Set(aws.log.map(({ operation }) => operation))].sort();
      expect(operations).toEqual(expect.arrayContaining(['AssumeRole', 'LookupEvents']));
      expect(operations.filter((operation) => !onlyReads(operation))).toEqual([]);
    } finally {
      await aws.close();
    }
  });
});
