import { beforeAll, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.js';
import { runCli } from '../support/cli.js';
import { makeRepository } from '../support/repository.js';
import { deploy, type MotoAccount, nobodysEnv } from './support/account.js';
import { deployEstate, estateFiles } from './support/estate.js';
import { describeMoto } from './support/moto.js';
import { askJson, askQuery, type Place } from './support/services.js';

/** More than the tagging API tells in one answer. */
const MANY = 104;

await describeMoto('what no stack owns', ({ url, proxy }) => {
  beforeAll(async () => {
    const { prod, staging } = await deployEstate(url);
    await makeByHand(prod.place('eu-west-1'), prod.place('us-east-1'));
    await leaveBehind(staging);
  });

  test('is found by the tagging API in every account and region, page by page', async () => {
    const options = { cwd: makeRepository(estateFiles()), env: nobodysEnv(proxy.url) };
    const { stdout, stderr } = await runCli(['scan', '--unmanaged', '-o', 'json'], options);
    expect(stderr).toBe('');
    const { findings, summary } = JSON.parse(stdout) as Report;
    expect(summary.exitCode).toBe(1);
    const queues = findings.filter(({ physicalId }) => /\/by-hand-\d+$/.test(physicalId ?? ''));
    expect(queues).toHaveLength(MANY);
    const others = findings.filter((finding) => !queues.includes(finding));
    expect(others.map(({ kind, account, region, type, stack }) => [kind, account, region, type, stack])).toEqual([
      ['unmanaged', '111111111111', 'eu-west-1', 'AWS::DynamoDB::Table', ''],
      ['unmanaged', '111111111111', 'eu-west-1', 'AWS::SSM::Parameter', ''],
      ['unmanaged', '111111111111', 'us-east-1', 'AWS::SNS::Topic', ''],
      ['unmanaged', '222222222222', 'eu-west-1', 'AWS::EC2::VPC', 'legacy'],
    ]);
    expect(others.map(({ physicalId }) => physicalId)).toEqual([
      'scratch',
      '/scratch/key',
      'arn:aws:sns:us-east-1:111111111111:hand-made',
      expect.stringMatching(/^vpc-/),
    ]);
    expect(proxy.log.filter(({ operation }) => operation === 'GetResources').length).toBeGreaterThan(3);
  });
});

async function makeByHand(eu: Place, us: Place): Promise<void> {
  const Tags = [{ Key: 'Owner', Value: 'ada' }];
  const queues = Array.from({ length: MANY }, (_, index) =>
    askJson(eu, 'sqs', 'AmazonSQS.CreateQueue', { QueueName: `by-hand-${index}`, tags: { Owner: 'ada' } }),
  );
  await Promise.all([
    ...queues,
    askJson(eu, 'dynamodb', 'DynamoDB_20120810.CreateTable', {
      TableName: 'scratch',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      Tags,
    }),
    askJson(eu, 'ssm', 'AmazonSSM.PutParameter', { Name: '/scratch/key', Type: 'String', Value: 'x', Tags }),
    askQuery(us, 'sns', 'CreateTopic', {
      Name: 'hand-made',
      'Tags.member.1.Key': 'Owner',
      'Tags.member.1.Value': 'ada',
    }),
  ]);
}

/** A stack that is gone, but for what it was told to retain. */
async function leaveBehind(account: MotoAccount): Promise<void> {
  const client = account.cloudFormation('eu-west-1');
  const vpc = '{ Type: AWS::EC2::VPC, DeletionPolicy: Retain, Properties: { CidrBlock: 10.99.0.0/16 } }';
  await deploy(client, { name: 'legacy', template: `Resources:\n  Vpc: ${vpc}\n` });
  await client.deleteStack({ StackName: 'legacy' });
}
