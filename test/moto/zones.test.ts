import { beforeAll, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.js';
import { runCli } from '../support/cli.js';
import { makeRepository } from '../support/repository.js';
import { deploy, type MotoAccount, signIn } from './support/account.js';
import { describeMoto } from './support/moto.js';
import { askQuery } from './support/services.js';

/** moto takes an empty region for us-east-1, and knows no function in the place of one. */
const TEMPLATE = `Resources:
  First:
    Type: AWS::SSM::Parameter
    Properties: { Name: /zones/first, Type: String, Value: !Select [0, !GetAZs eu-west-1] }
  Second:
    Type: AWS::SSM::Parameter
    Properties: { Name: /zones/second, Type: String, Value: !Select [1, !GetAZs eu-west-1] }
`;

await describeMoto('availability zones', ({ url, proxy }) => {
  let account: MotoAccount;
  beforeAll(async () => {
    account = await signIn(url, '111111111111');
    await deploy(account.cloudFormation('eu-west-1'), { name: 'zones', template: TEMPLATE });
  });

  async function scan(): Promise<Report> {
    const config = 'version: 1\nregion: eu-west-1\nstacks: [{ name: zones, template: zones.yaml }]\n';
    const cwd = makeRepository({ 'zones.yaml': TEMPLATE, 'gitops-drift.yaml': config });
    const result = await runCli(['scan', '-o', 'json'], { cwd, env: { ...account.env, AWS_ENDPOINT_URL: proxy.url } });
    if (result.stdout === '') throw new Error(result.stderr);
    return JSON.parse(result.stdout) as Report;
  }

  test('are those that the stack was deployed with', async () => {
    const { findings, summary, resources } = await scan();
    expect(findings).toEqual([]);
    expect(summary.properties).toEqual({ compared: 6, unverifiable: 0 });
    expect(resources.map(({ status }) => status)).toEqual(['inSync', 'inSync']);
  });

  test('are only those that still have a default subnet', async () => {
    const place = account.place('eu-west-1');
    const found = await askQuery(place, 'ec2', 'DescribeSubnets', {
      'Filter.1.Name': 'availability-zone',
      'Filter.1.Value.1': 'eu-west-1a',
    });
    await askQuery(place, 'ec2', 'DeleteSubnet', { SubnetId: found.textOf('subnetId') ?? '' });
    const { findings } = await scan();
    expect(findings.map(({ logicalId, desired, live }) => [logicalId, desired, live])).toEqual([
      ['First', 'eu-west-1b', 'eu-west-1a'],
      ['Second', 'eu-west-1c', 'eu-west-1b'],
    ]);
  });
});
