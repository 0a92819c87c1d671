import { beforeAll, expect, test } from '@jest/globals';
import type { Finding, Report } from '../../src/model/report.js';
import { type CliResult, runCli } from '../support/cli.js';
import { git, makeRepository } from '../support/repository.js';
import { type MotoAccount, nobodysEnv } from './support/account.js';
import { changeEverything } from './support/changes.js';
import { API_KEY, changedFiles, deployEstate, estateFiles } from './support/estate.js';
import { describeMoto, type Moto } from './support/moto.js';

await describeMoto('an estate of two accounts and two regions', ({ url, proxy }) => {
  let accounts: { prod: MotoAccount; staging: MotoAccount };
  beforeAll(async () => {
    accounts = await deployEstate(url);
  });

  async function scan(cwd: string, ...args: string[]): Promise<CliResult & { report: Report }> {
    proxy.log.length = 0;
    const result = await runCli(['scan', '-o', 'json', ...args], { cwd, env: nobodysEnv(proxy.url) });
    if (result.stdout === '') throw new Error(result.stderr);
    return { ...result, report: JSON.parse(result.stdout) as Report };
  }

  test('is in sync as long as nobody touches it, and is only read', async () => {
    const { report, exitCode, stdout, stderr } = await scan(makeRepository(estateFiles()));
    expect(report.findings).toEqual([]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(report.stacks.map(({ name, region, account, status }) => [name, region, account, status])).toEqual([
      ['network-prod', 'eu-west-1', '111111111111', 'scanned'],
      ['orders-prod', 'eu-west-1', '111111111111', 'scanned'],
      ['platform-prod', 'us-east-1', '111111111111', 'scanned'],
      ['platform-prod/Messaging', 'us-east-1', '111111111111', 'scanned'],
      ['platform-prod/Messaging/Alerts', 'us-east-1', '111111111111', 'scanned'],
      ['network-staging', 'eu-west-1', '222222222222', 'scanned'],
      ['orders-staging', 'eu-west-1', '222222222222', 'scanned'],
    ]);
    expect(report.resources.filter(({ status }) => status !== 'inSync')).toEqual([]);
    expect(report.resources.every(({ physicalId }) => physicalId)).toBe(true);
    expect(stdout).not.toContain(API_KEY);
    const operations = proxy.log.map(({ operation }) => operation);
    expect(operations.filter((operation) => !/^(?:Get|List|Describe)/.test(operation))).toEqual([
      'AssumeRole',
      'AssumeRole',
    ]);
  });

  test('shows what was changed behind CloudFormation’s back, where Git says otherwise', async () => {
    await changeEverything(accounts);
    const cwd = makeRepository(estateFiles());
    const { report, exitCode } = await scan(cwd);
    expect(exitCode).toBe(1);
    const hotfix = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
    const queue = 'https://sqs.eu-west-1.amazonaws.com/111111111111/orders-prod';
    expect(report.findings.map(inShort)).toEqual([
      [
        'network-prod Gate /SecurityGroupIngress/1',
        undefined,
        { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' },
        'templates/network.yaml:30',
      ],
      ['orders-prod Orders /VisibilityTimeout', 120, 300, 'parameters/orders-prod.json:5'],
      ['orders-prod Orders /Tags/1/Value', '0042', '0077', 'templates/orders.yaml:39'],
      ['orders-prod Orders /Tags/2', undefined, { Key: 'Incident', Value: 'INC-12' }, 'templates/orders.yaml:37'],
      ['orders-prod Events /DisplayName', 'Orders', 'Orders & <more>', 'templates/orders.yaml:45'],
      ['orders-prod Table /ProvisionedThroughput/ReadCapacityUnits', 20, 40, 'templates/orders.yaml:60'],
      ['orders-prod Archive /Tags/0/Value', 'shop', 'ops', 'templates/orders.yaml:72'],
      [
        'orders-prod Worker /Policies/1',
        undefined,
        { PolicyName: 'hotfix', PolicyDocument: hotfix },
        'templates/orders.yaml:85',
      ],
      ['orders-prod Endpoint /Value', queue, 'elsewhere', 'templates/orders.yaml:102'],
      ['orders-prod Log /RetentionInDays', 90, 30, 'templates/orders.yaml:116'],
      ['platform-prod/Messaging Audit /MessageRetentionPeriod', 345600, 86400, 'templates/platform.yaml:11'],
      [
        'platform-prod/Messaging/Alerts Alerts /DisplayName',
        'Alerts',
        'Old alerts',
        'templates/platform/alerts.json:8',
      ],
      ['orders-staging DeadLetters deleted', undefined, undefined, 'templates/orders.yaml:22'],
    ]);
    expect(new Set(report.findings.map(({ verdict }) => verdict))).toEqual(new Set(['drift']));
  });

  test('is patched into Git, and then waits for nothing but a deployment', async () => {
    const cwd = makeRepository(estateFiles());
    const { stdout, stderr, exitCode } = await runCli(['patch', '--apply'], { cwd, env: nobodysEnv(proxy.url) });
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 0 });
    expect(stderr).toContain('patched 8 findings');
    // What production and staging have in common can't become what is true of one.
    expect(stderr.match(/would also change \w+ of stack \S+/g)).toHaveLength(4);
    expect(changedLines(cwd)).toEqual([
      '-    "Timeout": "120"',
      '+    "Timeout": "300",',
      '+    "OrdersValue": "0077",',
      '+    "ArchiveValue": "ops"',
      '+  OrdersValue:',
      '+    Type: String',
      '+    Default: "0042"',
      '+  ArchiveValue:',
      '+    Type: String',
      '+    Default: shop',
      '-        - { Key: CostCentre, Value: "0042" }',
      '+        - { Key: CostCentre, Value: !Ref OrdersValue }',
      '-      DisplayName: !If [IsProd, Orders, Orders (test)]',
      '+      DisplayName: !If [IsProd, Orders & <more>, Orders (test)]',
      '-        ReadCapacityUnits: !If [IsProd, 20, 5]',
      '+        ReadCapacityUnits: !If [IsProd, 40, 5]',
      '-        - { Key: Owner, Value: shop }',
      '+        - { Key: Owner, Value: !Ref ArchiveValue }',
      '-      RetentionInDays: !If [IsProd, 90, 7]',
      '+      RetentionInDays: !If [IsProd, 30, 7]',
      '-        Retention: "345600"',
      '+        Retention: "86400"',
      '-        "DisplayName": "Alerts"',
      '+        "DisplayName": "Old alerts"',
    ]);
    const { report } = await scan(cwd);
    const verdicts = report.findings.map(({ stack, logicalId, verdict }) => `${verdict} ${stack} ${logicalId}`);
    expect(verdicts.filter((each) => !each.startsWith('drift '))).toEqual([
      'adopted orders-prod Orders',
      'adopted orders-prod Orders',
      'adopted orders-prod Events',
      'adopted orders-prod Table',
      'adopted orders-prod Archive',
      'adopted orders-prod Log',
      'undeployed platform-prod Messaging',
      'adopted platform-prod/Messaging Audit',
      'adopted platform-prod/Messaging/Alerts Alerts',
    ]);
    expect(verdicts).toHaveLength(14);
  });

  test('that is configured for the wrong account is told so before anything in it is read, and the rest is scanned', async () => {
    // Without its role, staging is read with whatever credentials there are.
    const config = (text: string) => text.replace('    roleArn: arn:aws:iam::222222222222:role/drift-reader\n', '');
    const { report, exitCode } = await scan(makeRepository(changedFiles({ 'gitops-drift.yaml': config })));
    expect(exitCode).toBe(2);
    const failed = report.stacks.filter(({ status }) => status === 'error');
    expect(failed.map(({ name }) => name)).toEqual(['network-staging', 'orders-staging']);
    for (const { error } of failed) expect(error).toMatch(/account 222222222222.*belong to 123456789012/);
    expect(servicesByKey(proxy.log)).toEqual(['cloudcontrolapi cloudformation sts', 'sts']);
    expect(report.findings).toHaveLength(12);
  });
});

/** A finding's place, what is wanted, what is there, and where Git says so. */
function inShort({ stack, logicalId, path, kind, desired, live, location }: Finding): unknown[] {
  const subject = `${stack} ${logicalId} ${kind === 'modified' ? path : kind}`;
  return [subject, desired, live, `${location?.file}:${location?.line}`];
}

function changedLines(cwd: string): string[] {
  return git(cwd, 'diff', '-U0')
    .split('\n')
    .filter((line) => /^[-+] /.test(line));
}

/** Which services each access key was used with. */
function servicesByKey(log: Moto['proxy']['log']): string[] {
  const services = new Map<string, Set<string>>();
  for (const { accessKey, service } of log)
    services.set(accessKey, (services.get(accessKey) ?? new Set()).add(service));
  return [...services.values()].map((each) => [...each].sort().join(' ')).sort();
}
