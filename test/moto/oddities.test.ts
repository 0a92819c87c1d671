import { beforeAll, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.js';
import { type CliResult, runCli } from '../support/cli.js';
import { makeRepository } from '../support/repository.js';
import { deploy, type MotoAccount, signIn } from './support/account.js';
import { describeMoto } from './support/moto.js';
import { askJson } from './support/services.js';

/** moto makes no queue policies, and no type that Cloud Control can't read has drift detection there. */
const SHOP = `Parameters:
  Key: { Type: String, NoEcho: true }
Resources:
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties: { Queues: [!Ref Queue], PolicyDocument: { Version: "2012-10-17", Statement: [] } }
  Queue: { Type: AWS::SQS::Queue, Properties: { QueueName: queue } }
  Stream: { Type: AWS::Kinesis::Stream, Properties: { Name: stream, ShardCount: 1 } }
  Used: { Type: AWS::SSM::Parameter, Properties: { Name: /used, Type: String, Value: !Ref Key } }
`;
const USER = `Resources:
  Last: { Type: AWS::SSM::Parameter, Properties: { Name: /last, Type: String, Value: !ImportValue export-119 } }
`;
const SECRET = 'c0rrect-horse';

/** A stack with more exports than CloudFormation tells in one answer. */
function exporter(): string {
  const outputs = Array.from({ length: 120 }, (_, index) => [
    `Output${index}`,
    { Value: `value-${index}`, Export: { Name: `export-${index}` } },
  ]);
  const Resources = { Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'exports' } } };
  return JSON.stringify({ Resources, Outputs: Object.fromEntries(outputs) });
}

await describeMoto('where moto is not like AWS', ({ url, proxy }) => {
  let account: MotoAccount;
  beforeAll(async () => {
    account = await signIn(url, '111111111111');
    const client = account.cloudFormation('eu-west-1');
    await deploy(client, { name: 'shop', template: SHOP, parameters: { Key: SECRET } });
    await deploy(client, { name: 'exporter', template: exporter() });
    await deploy(client, { name: 'user', template: USER });
    const renewed = { Name: '/used', Value: 'battery-staple', Overwrite: true };
    await askJson(account.place('eu-west-1'), 'ssm', 'AmazonSSM.PutParameter', renewed);
    const proposal = { ChangeSetName: 'first', ChangeSetType: 'CREATE', TemplateBody: USER } as const;
    await client.createChangeSet({ StackName: 'proposed', ...proposal });
  });

  async function scan(...names: string[]): Promise<CliResult & { report: Report }> {
    const stacks = names.map((name) => `  - { name: ${name}, template: ${name}.yaml }\n`);
    const config = `version: 1\nstacks:\n${stacks.join('')}`;
    const templates = { 'shop.yaml': SHOP, 'user.yaml': USER, 'proposed.yaml': USER, 'gone.yaml': USER };
    const cwd = makeRepository({ ...templates, 'gitops-drift.yaml': config });
    const result = await runCli(['scan', '-o', 'json'], { cwd, env: { ...account.env, AWS_ENDPOINT_URL: proxy.url } });
    if (result.stdout === '') throw new Error(result.stderr);
    return { ...result, report: JSON.parse(result.stdout) as Report };
  }

  test('what it lists without a name counts as not deployed, what it can not read is unreadable; NoEcho values that it tells show nowhere', async () => {
    const { report, stdout } = await scan('shop');
    expect(report.resources.map(({ logicalId, status, reason }) => [logicalId, status, reason])).toEqual([
      ['Policy', 'undeployed', expect.stringContaining('not yet in the deployed stack')],
      ['Queue', 'inSync', undefined],
      ['Stream', 'unreadable', expect.stringContaining('HTTP 500')],
      ['Used', 'modified', undefined],
    ]);
    expect(report.findings.filter(({ verdict }) => verdict === 'drift')).toMatchObject([
      { logicalId: 'Used', desired: '****', live: '****' },
    ]);
    expect(stdout).not.toMatch(/c0rrect|staple/);
  });

  test('exports are read to the last page; stacks that are gone, or only proposed, are errors of their own', async () => {
    const { report, exitCode } = await scan('user', 'proposed', 'gone');
    expect(exitCode).toBe(2);
    expect(report.findings).toEqual([]);
    expect(report.summary.properties).toEqual({ compared: 3, unverifiable: 0 });
    expect(proxy.log.filter(({ operation }) => operation === 'ListExports').length).toBeGreaterThanOrEqual(2);
    expect(report.stacks.map(({ name, status, error }) => [name, status, error])).toEqual([
      ['user', 'scanned', undefined],
      ['proposed', 'error', expect.stringContaining('there is only a change set')],
      ['gone', 'error', expect.stringContaining('stack gone does not exist in eu-west-1')],
    ]);
  });
});
