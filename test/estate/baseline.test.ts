import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { SnapshotStack } from '../../src/cloud/snapshot/snapshot.js';
import type { Report } from '../../src/model/report.js';
import { type AwsSimulator, startAwsSimulator } from '../support/aws-simulator/server.js';
import { runCli } from '../support/cli.js';
import { accountOf } from '../support/estate.js';
import { makeRepository } from '../support/repository.js';

const URL = 'https://sqs.eu-west-1.amazonaws.com/111111111111/jobs';
const TEMPLATE = `Resources:
  Jobs: { Type: AWS::SQS::Queue, Properties: { QueueName: jobs, DelaySeconds: 5 } }
  Key: { Type: AWS::KMS::Key, Properties: { Description: jobs } }
`;
const FILES = {
  'shop.yaml': TEMPLATE,
  'gitops-drift.yaml': 'version: 1\nstacks:\n  - { name: shop, template: shop.yaml, region: eu-west-1 }\n',
};

function stackWith(size: number, password: string): SnapshotStack & { status: string } {
  const properties = {
    ...{ QueueName: 'jobs', QueueUrl: URL, DelaySeconds: 5, MaximumMessageSize: size },
    Tags: [{ Key: 'DB_PASSWORD', Value: password }],
  };
  const key = { logicalId: 'Key', type: 'AWS::KMS::Key', physicalId: '1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f' };
  return {
    ...{ name: 'shop', status: 'UPDATE_COMPLETE', template: TEMPLATE, parameters: {}, outputs: {}, exports: {} },
    resources: [
      { logicalId: 'Jobs', type: 'AWS::SQS::Queue', physicalId: URL, properties },
      { ...key, properties: { KeyId: key.physicalId, Description: 'jobs' } },
    ],
  };
}

async function against<Result>(stack: SnapshotStack, run: (aws: AwsSimulator) => Promise<Result>): Promise<Result> {
  const accounts = { '111111111111': accountOf('111111111111', { 'eu-west-1': [stack] }) };
  const aws = await startAwsSimulator({ accounts });
  try {
    return await run(aws);
  } finally {
    await aws.close();
  }
}

test('what is accepted over the wire is what is compared with over the wire, secrets sealed', async () => {
  const cwd = makeRepository(FILES);
  const wrote = await against(stackWith(1000, 'hunter2-old'), async ({ env }) => {
    const first = await runCli(['baseline'], { cwd, env });
    const { exitCode } = await runCli(['baseline', '--check'], { cwd, env });
    const scanned = await runCli(['scan', '-o', 'json'], { cwd, env });
    expect([exitCode, scanned.exitCode]).toEqual([0, 0]);
    return first;
  });
  expect([wrote.exitCode, wrote.stdout]).toEqual([0, '']);
  const file = readFileSync(join(cwd, '.gitops-drift/baseline.json'), 'utf8');
  expect(file).toContain('"111111111111/eu-west-1/shop/Jobs"');
  expect(file).toContain('"/MaximumMessageSize": 1000');
  expect(file).not.toContain('hunter2');
  const { stdout, exitCode } = await against(stackWith(2000, 'hunter2-new'), ({ env }) =>
    runCli(['scan', '-o', 'json'], { cwd, env }),
  );
  const { findings, summary } = JSON.parse(stdout) as Report;
  expect(findings.map(({ path, change, accepted, live }) => [path, change, accepted, live])).toEqual([
    ['/MaximumMessageSize', 'changed', 1000, 2000],
    ['/Tags/0/Value', 'changed', '****', '****'],
  ]);
  expect([exitCode, summary.exitReason?.code, stdout.includes('hunter2')]).toEqual([1, 'undeclared', false]);
});
