import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { RecordedUnmanaged, Snapshot } from '../../src/cloud/snapshot/snapshot.js';
import { bucket, stackOf } from '../cloud/cloud.js';
import { type SimulatorOptions, startAwsSimulator } from '../support/aws-simulator/server.js';
import { runCli } from '../support/cli.js';
import { accountOf, runEstate, scanEstate } from '../support/estate.js';
import { makeRepository } from '../support/repository.js';

const ACCOUNT = '111111111111';
const OTHER = '222222222222';
const ROLE = `arn:aws:iam::${OTHER}:role/reader`;
const TEMPLATE = 'Resources:\n  Files: { Type: AWS::S3::Bucket, Properties: { BucketName: files } }\n';
const CONFIG = `version: 1
accounts:
  - { id: "${ACCOUNT}", regions: [eu-west-1, us-east-1] }
  - { id: "${OTHER}", regions: [eu-west-1], roleArn: "${ROLE}" }
stacks:
  - { name: shop, template: shop.yaml, account: "${ACCOUNT}", region: eu-west-1 }
`;
const FILES = { 'shop.yaml': TEMPLATE, 'gitops-drift.yaml': CONFIG };

function queue(
  name: string,
  tags: Record<string, string> = {},
  account = ACCOUNT,
  region = 'eu-west-1',
): RecordedUnmanaged {
  const identifier = `https://sqs.${region}.amazonaws.com/${account}/${name}`;
  const arn = `arn:aws:sqs:${region}:${account}:${name}`;
  return { type: 'AWS::SQS::Queue', identifier, arn, tags, properties: { QueueName: name } };
}

const ORPHAN = queue('left', {
  'aws:cloudformation:stack-name': 'old',
  'aws:cloudformation:logical-id': 'Left',
  'aws:cloudformation:stack-id': `arn:aws:cloudformation:eu-west-1:${ACCOUNT}:stack/old/1`,
});
const FILES_BUCKET: RecordedUnmanaged = { type: 'AWS::S3::Bucket', identifier: 'files', arn: 'arn:aws:s3:::files' };
const TABLE: RecordedUnmanaged = {
  type: 'AWS::DynamoDB::Table',
  identifier: 'carts',
  arn: `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/carts`,
  tags: { owner: 'eve' },
  properties: { TableName: 'carts' },
};

function cloud(more: Partial<SimulatorOptions> = {}): SimulatorOptions {
  const home = accountOf(ACCOUNT, {
    'eu-west-1': [stackOf('shop', [bucket('Files')], { template: TEMPLATE })],
    'us-east-1': [],
  });
  const other = accountOf(OTHER, { 'eu-west-1': [] });
  add(home, 'eu-west-1', [queue('made-by-hand'), ORPHAN, FILES_BUCKET]);
  add(home, 'us-east-1', [TABLE]);
  add(other, 'eu-west-1', [queue('theirs', {}, OTHER)]);
  return { accounts: { [ACCOUNT]: home, [OTHER]: other }, ...more };
}

function add(snapshot: Snapshot, region: string, unmanaged: RecordedUnmanaged[]): void {
  Object.assign(snapshot.regions[region] ?? {}, { unmanaged });
}

describe('--unmanaged', () => {
  test('finds what is in no stack, in every account and region, and counts it as drift', async () => {
    const { report, exitCode, stderr, aws } = await scanEstate(FILES, cloud(), ['--unmanaged']);
    expect(stderr).toBe('');
    expect(exitCode).toBe(1);
    expect(report.findings).toMatchObject([
      {
        kind: 'unmanaged',
        verdict: 'drift',
        path: '',
        account: ACCOUNT,
        region: 'eu-west-1',
        type: 'AWS::SQS::Queue',
        physicalId: ORPHAN.identifier,
        stack: 'old',
        logicalId: 'Left',
        reason: 'stack old is gone',
      },
      { kind: 'unmanaged', account: ACCOUNT, physicalId: queue('made-by-hand').identifier, stack: '', logicalId: '' },
      { kind: 'unmanaged', region: 'us-east-1', type: 'AWS::DynamoDB::Table', physicalId: 'carts' },
      { kind: 'unmanaged', account: OTHER, physicalId: queue('theirs', {}, OTHER).identifier },
    ]);
    expect(new Set(report.findings.map(({ id }) => id)).size).toBe(4);
    expect(report.summary.resources).toMatchObject({ total: 1, inSync: 1, unmanaged: 4 });
    expect(aws.calls['AssumeRole']).toBe(1);
  });

  test('is not looked for unasked', async () => {
    const { report, exitCode, aws } = await scanEstate(FILES, cloud());
    expect([exitCode, report.findings]).toEqual([0, []]);
    expect(aws.calls['GetResources']).toBeUndefined();
  });

  test('the table groups it by type', async () => {
    const { stdout } = await runEstate(FILES, cloud(), ['scan', '--unmanaged', '--no-color']);
    const [, block = ''] = /(In no stack: 4 resources[\s\S]*?)\n\n/.exec(stdout) ?? [];
    expect(block.split('\n')).toEqual([
      'In no stack: 4 resources',
      expect.stringMatching(/^─+$/),
      '  AWS::SQS::Queue  3',
      `    ${ORPHAN.identifier}`,
      `      eu-west-1  ${ACCOUNT}`,
      '      stack old is gone',
      `    ${queue('made-by-hand').identifier}`,
      `      eu-west-1  ${ACCOUNT}`,
      `    ${queue('theirs', {}, OTHER).identifier}`,
      `      eu-west-1  ${OTHER}`,
      '  AWS::DynamoDB::Table  1',
      `    carts  us-east-1  ${ACCOUNT}`,
      '  Declare and import what is to stay, delete the rest (--verbose tells how).',
    ]);
    expect(stdout).toContain('✗ Drift: 4 resources in no stack');
  });

  test('ignore rules cover it', async () => {
    const ignore = `ignore:
  - { type: AWS::SQS::Queue, reason: made by the app }
  - { type: AWS::DynamoDB::Table, reason: for tests }
`;
    const files = { ...FILES, 'gitops-drift.yaml': CONFIG + ignore };
    const { report, exitCode, stderr } = await scanEstate(files, cloud(), ['--unmanaged']);
    expect([exitCode, stderr, report.summary.suppressed]).toEqual([0, '', 4]);
    const { stdout } = await runEstate(files, cloud(), ['scan', '--unmanaged', '--verbose']);
    expect(stdout).toMatch(
      /Suppressed: 4 differences\n[\s\S]*\n {2}carts {2}AWS::DynamoDB::Table {2}us-east-1 {2}\d+\n.*for tests/,
    );
  });

  test('is recorded by snapshot --unmanaged, and found again offline', async () => {
    const cwd = makeRepository(FILES);
    const aws = await startAwsSimulator(cloud());
    const args = ['snapshot', '--unmanaged', '-o', join(cwd, 'live.json')];
    const recorded = await runCli(args, { cwd, env: aws.env }).finally(() => aws.close());
    expect(recorded).toMatchObject({ exitCode: 0, stderr: '' });
    const online = await scanEstate(FILES, cloud(), ['--unmanaged']);
    const offline = await runCli(['scan', '--snapshot', 'live.json', '--unmanaged', '-o', 'json'], { cwd });
    expect(JSON.parse(offline.stdout).findings).toEqual(online.report.findings);
    expect(offline.exitCode).toBe(1);
  });

  test('a snapshot without it says so', async () => {
    const cwd = makeRepository(FILES);
    const aws = await startAwsSimulator(cloud());
    await runCli(['snapshot', '-o', join(cwd, 'live.json')], { cwd, env: aws.env }).finally(() => aws.close());
    const { stdout, exitCode } = await runCli(['scan', '--snapshot', 'live.json', '--unmanaged'], { cwd });
    expect(exitCode).toBe(2);
    expect(stdout).toContain('unmanaged resources of eu-west-1 are not in the snapshot');
    expect(stdout).toContain('gitops-drift snapshot --unmanaged');
  });

  test('where it can not be looked for, that is an error, and the stacks are scanned', async () => {
    const faults = [{ operation: 'GetResources', region: 'us-east-1', kind: 'deny' as const }];
    const { report, exitCode } = await scanEstate(FILES, cloud({ faults }), ['--unmanaged']);
    expect(exitCode).toBe(2);
    expect(report.errors).toEqual([
      { region: 'us-east-1', account: ACCOUNT, error: expect.stringContaining("can't list the tagged resources") },
    ]);
    expect(report.stacks[0]?.status).toBe('scanned');
    expect(report.summary.resources.unmanaged).toBe(3);
  });
});
