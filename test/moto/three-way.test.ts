import { beforeAll, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.js';
import { runCli } from '../support/cli.js';
import { makeRepository } from '../support/repository.js';
import { deploy, type MotoAccount, signIn } from './support/account.js';
import { describeMoto } from './support/moto.js';
import { askJson } from './support/services.js';

/** Queues by logical ID, each with its visibility timeout. */
function template(timeouts: Record<string, string | number>): string {
  const queues = Object.entries(timeouts).map(
    ([id, timeout]) =>
      `  ${id}:\n    Type: AWS::SQS::Queue\n    Properties: { QueueName: ${id}, VisibilityTimeout: ${timeout} }\n`,
  );
  return `Parameters:\n  Timeout: { Type: Number, Default: 60 }\nResources:\n${queues.join('')}`;
}

const DEPLOYED = template({ Drifted: 60, Pending: 60, Adopted: 60, Torn: 60, Set: '!Ref Timeout', Leaving: 60 });
const GIT = template({ Drifted: 60, Pending: 30, Adopted: 90, Torn: 30, Set: '!Ref Timeout', Coming: 60 });

await describeMoto('Git, the deployed template and what is live', ({ url, proxy }) => {
  let account: MotoAccount;
  beforeAll(async () => {
    account = await signIn(url, '111111111111');
    await deployed(DEPLOYED);
    for (const name of ['Drifted', 'Adopted', 'Torn']) {
      const QueueUrl = `https://sqs.eu-west-1.amazonaws.com/111111111111/${name}`;
      const Attributes = { VisibilityTimeout: '90' };
      await askJson(account.place('eu-west-1'), 'sqs', 'AmazonSQS.SetQueueAttributes', { QueueUrl, Attributes });
    }
  });

  function deployed(text: string): Promise<void> {
    const client = account.cloudFormation('eu-west-1');
    return deploy(client, { name: 'shop', template: text, parameters: { Timeout: '45' } });
  }

  async function scan(text: string) {
    const cwd = makeRepository({
      'shop.yaml': text,
      'gitops-drift.yaml': 'version: 1\nstacks: [{ name: shop, template: shop.yaml }]\n',
    });
    const env = { ...account.env, AWS_ENDPOINT_URL: proxy.url };
    const { stdout, stderr, exitCode } = await runCli(['scan', '-o', 'json'], { cwd, env });
    if (stdout === '') throw new Error(stderr);
    const { findings, resources } = JSON.parse(stdout) as Report;
    return {
      exitCode,
      verdicts: Object.fromEntries(findings.map(({ logicalId, verdict }) => [logicalId, verdict])),
      findings,
      resources,
    };
  }

  test('tell drift, pending, adopted and conflicting changes apart', async () => {
    const { exitCode, verdicts, findings } = await scan(GIT);
    expect(verdicts).toEqual({
      Drifted: 'drift',
      Pending: 'undeployed',
      Adopted: 'adopted',
      Torn: 'conflict',
      Coming: 'undeployed',
      Leaving: 'undeployed',
    });
    expect(findings.find(({ logicalId }) => logicalId === 'Torn')).toMatchObject({
      desired: 30,
      deployed: 60,
      live: 90,
    });
    expect(exitCode).toBe(1);
  });

  test('are the same template however it is written', async () => {
    const resources = Object.entries({ Leaving: 60, Drifted: 60, Set: { Ref: 'Timeout' }, Torn: 60, Pending: 60 });
    const queues = resources.map(([QueueName, VisibilityTimeout]) => {
      const Type = 'AWS::SQS::Queue';
      return [QueueName, { Type, Properties: { VisibilityTimeout, QueueName: { 'Fn::Sub': QueueName } } }];
    });
    const Adopted = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'Adopted', VisibilityTimeout: '60' } };
    const Parameters = { Timeout: { Type: 'Number', Default: '60' } };
    const json = { Parameters, Resources: { ...Object.fromEntries(queues), Adopted } };
    const { verdicts } = await scan(JSON.stringify(json, null, 2));
    expect(verdicts).toEqual({ Drifted: 'drift', Adopted: 'drift', Torn: 'drift' });
  });

  test('leave only the drift when what was pending is deployed', async () => {
    await deployed(GIT);
    const { exitCode, verdicts, resources } = await scan(GIT);
    expect(verdicts).toEqual({ Drifted: 'drift' });
    expect(resources.map(({ logicalId, status }) => `${logicalId} ${status}`)).toEqual([
      'Drifted modified',
      'Pending inSync',
      'Adopted inSync',
      'Torn inSync',
      'Set inSync',
      'Coming inSync',
    ]);
    expect(exitCode).toBe(1);
  });
});
