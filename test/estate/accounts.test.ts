import { describe, expect, test } from '@jest/globals';
import type { SnapshotStack } from '../../src/cloud/snapshot/snapshot.js';
import type { Report } from '../../src/model/report.js';
import { bucket, stackOf } from '../cloud/cloud.js';
import type { SimulatorOptions } from '../support/aws-simulator/server.js';
import { accountOf, runEstate, scanEstate } from '../support/estate.js';

const HOME = '111111111111';
const PROD = '222222222222';
const TEST = '333333333333';
const ROLE = { prod: `arn:aws:iam::${PROD}:role/reader`, test: `arn:aws:iam::${TEST}:role/reader` };

const TEMPLATE = `Resources:
  Files:
    Type: AWS::S3::Bucket
    Properties: { BucketName: files, Tags: [{ Key: stage, Value: live }] }
`;

/** The stack as it is deployed; its bucket's live tag tells where it was read. */
function shop(stage = 'live'): SnapshotStack {
  const properties = { BucketName: 'files', Tags: [{ Key: 'stage', Value: stage }] };
  return stackOf('shop', [{ ...bucket('Files'), properties }], { template: TEMPLATE });
}

/** Three accounts; the same stack has drifted in each place in its own way. */
const CLOUD: SimulatorOptions = {
  accounts: {
    [HOME]: accountOf(HOME, { 'eu-west-1': [shop('home')] }),
    [PROD]: accountOf(PROD, { 'eu-west-1': [shop('prod-eu')], 'us-east-1': [shop('prod-us')] }),
    [TEST]: accountOf(TEST, { 'eu-west-1': [shop()] }),
  },
  roles: { [ROLE.prod]: { externalId: 'drift' }, [ROLE.test]: {} },
};

const ACCOUNTS = `version: 1
accounts:
  - { id: "${HOME}", name: home, regions: [eu-west-1] }
  - { id: "${PROD}", name: prod, regions: [eu-west-1, us-east-1], roleArn: "${ROLE.prod}", externalId: drift }
  - { id: "${TEST}", name: test, regions: [eu-west-1], roleArn: "${ROLE.test}" }
`;
const STACKS = `stacks:
  - { name: shop, template: shop.yaml, account: home }
  - { name: shop, template: shop.yaml, account: prod }
  - { name: shop, template: shop.yaml, account: test }
`;

function files(config: string) {
  return { 'shop.yaml': TEMPLATE, 'gitops-drift.yaml': config };
}

/** `account region live-value` of each finding. */
function drift({ findings }: Report): string[] {
  return findings.map(({ account, region, live }) => `${account} ${region} ${live}`).sort();
}

/** `account region status` of each stack. */
function statuses({ stacks }: Report): string[] {
  return stacks.map(({ account, region, status }) => `${account} ${region} ${status}`);
}

const ALL = [`${HOME} eu-west-1 home`, `${PROD} eu-west-1 prod-eu`, `${PROD} us-east-1 prod-us`];

describe('several accounts and regions in one scan', () => {
  test.each([
    ['configured stacks', ACCOUNTS + STACKS],
    ['discovered stacks', ACCOUNTS],
  ])('%s are read in each region of each account, each role assumed once', async (_, config) => {
    const { report, exitCode, stderr, aws } = await scanEstate(files(config), CLOUD);
    expect(stderr).toBe('');
    expect(drift(report)).toEqual(ALL);
    expect(statuses(report)).toHaveLength(4);
    expect(exitCode).toBe(1);
    expect(aws.calls['AssumeRole']).toBe(2);
  });

  test('credentials of the wrong account stop its stacks before anything of them is read', async () => {
    const config = ACCOUNTS.replace(`id: "${HOME}"`, 'id: "444444444444"') + STACKS;
    const { report, exitCode, aws } = await scanEstate(files(config), CLOUD);
    expect(exitCode).toBe(2);
    expect(statuses(report)[0]).toBe('444444444444 eu-west-1 error');
    expect(report.stacks[0]?.error).toMatch(
      `account 444444444444 is configured, but the credentials belong to ${HOME}`,
    );
    expect(drift(report)).toEqual(ALL.slice(1));
    const own = aws.log.filter(({ accessKey }) => accessKey === aws.env['AWS_ACCESS_KEY_ID']);
    expect(new Set(own.map(({ operation }) => operation))).toEqual(new Set(['GetCallerIdentity', 'AssumeRole']));
  });

  test('a role that can not be assumed is told once; the other accounts are scanned', async () => {
    const config = ACCOUNTS.replace('externalId: drift', 'externalId: wrong') + STACKS;
    const { report, exitCode, aws } = await scanEstate(files(config), CLOUD);
    expect(exitCode).toBe(2);
    expect(statuses(report)).toEqual([
      `${HOME} eu-west-1 scanned`,
      `${PROD} eu-west-1 error`,
      `${PROD} us-east-1 error`,
      `${TEST} eu-west-1 scanned`,
    ]);
    expect(drift(report)).toEqual(ALL.slice(0, 1));
    expect(report.resources.filter(({ status }) => status === 'unreadable')).toHaveLength(2);
    expect(aws.calls['AssumeRole']).toBe(2);
    const table = await runEstate(files(config), CLOUD, ['scan']);
    expect(table.stdout.match(/can't assume the role/g)).toHaveLength(1);
    expect(table.stdout).toContain('Incomplete: 2 of 4 stacks could not be scanned');
  });

  test('a region that is off says so; the others are scanned', async () => {
    const cloud = { ...CLOUD, regionsOff: { [PROD]: ['us-east-1'] } };
    const { report, exitCode } = await scanEstate(files(ACCOUNTS + STACKS), cloud);
    expect(exitCode).toBe(2);
    expect(drift(report)).toEqual(ALL.slice(0, 2));
    const off = report.stacks.find(({ region }) => region === 'us-east-1');
    expect(off?.error).toMatch(
      new RegExp(
        `^us-east-1 refuses credentials of account ${PROD} that eu-west-1 takes: InvalidClientTokenId: .*\n.*not enabled`,
      ),
    );
  });

  test('where stacks are discovered, a bad account is an error in the report, and exit code 2', async () => {
    const cloud = { ...CLOUD, regionsOff: { [PROD]: ['us-east-1'] } };
    const config = ACCOUNTS.replace(`, roleArn: "${ROLE.test}"`, `, roleArn: "${ROLE.test}", externalId: wrong`);
    const { report, exitCode } = await scanEstate(files(config), cloud);
    expect(exitCode).toBe(2);
    expect(drift(report)).toEqual(ALL.slice(0, 2));
    expect(report.errors).toEqual([
      { region: 'us-east-1', account: PROD, error: expect.stringContaining('not enabled') },
      { region: 'eu-west-1', account: TEST, error: expect.stringContaining("can't assume the role") },
    ]);
    const table = await runEstate(files(config), cloud, ['scan']);
    expect(table.stdout).toContain(`Not looked at: 2 places`);
    expect(table.stdout).toContain('Incomplete: 2 places could not be looked at');
  });

  test('where no account can be looked in, nothing is scanned, and the reasons are told', async () => {
    const { exitCode, stdout, stderr } = await scanEstate(files(ACCOUNTS), {
      ...CLOUD,
      roles: {},
      regionsOff: { [HOME]: ['eu-west-1'] },
    });
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr.split('\n').filter((line) => line.startsWith('error:'))).toEqual([
      expect.stringContaining('AWS refuses the credentials in eu-west-1'),
      expect.stringContaining(`can't assume the role ${ROLE.prod}`),
      expect.stringContaining(`can't assume the role ${ROLE.test}`),
    ]);
  });

  test('a snapshot of part of an estate is refused', async () => {
    const config = ACCOUNTS.replace('externalId: drift', 'externalId: wrong');
    const { exitCode, stdout, stderr } = await runEstate(files(config), CLOUD, ['snapshot']);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`${PROD} in eu-west-1 could not be looked in: can't assume the role`);
  });
});
