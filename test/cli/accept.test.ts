import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.js';
import { runCli } from '../support/cli.js';
import { makeRepository } from '../support/repository.js';

const TEMPLATE = `Parameters:
  Password: { Type: String, NoEcho: true }
Conditions: { IsSet: !Equals [!Ref Password, x] }
Resources:
  Api:
    Type: AWS::Lambda::Function
    Properties: { FunctionName: api, Code: { S3Bucket: b, S3Key: k } }
  Db:
    Type: AWS::RDS::DBInstance
    Properties:
      DBInstanceIdentifier: db
      MasterUserPassword: !Ref Password
      TagKey: !Sub "\${Password}-\${Hook.Answer}"
  Hook:
    Type: Custom::Hook
    Properties: { ServiceToken: !GetAtt Api.Arn }
  Wait: { Type: 'AWS::CloudFormation::WaitCondition' }
  Orders:
    Type: AWS::SQS::Queue
    Properties: { QueueName: orders MORE }
`;

interface World {
  /** Logical IDs that can't be read. */
  denied?: string[];
  /** Declared properties more of the queue. */
  more?: string;
  config?: string;
  stacks?: string[];
}

const LIVE: Record<string, [string, object | undefined]> = {
  Api: ['AWS::Lambda::Function', { FunctionName: 'api', Arn: 'arn:aws:lambda:eu-west-1:111111111111:function:api' }],
  Db: ['AWS::RDS::DBInstance', { DBInstanceIdentifier: 'db', TagKey: 'x' }],
  Hook: ['Custom::Hook', undefined],
  Wait: ['AWS::CloudFormation::WaitCondition', undefined],
  Orders: ['AWS::SQS::Queue', { QueueName: 'orders', DelaySeconds: 5 }],
};

function repository({ denied = [], more = '', config = '', stacks = ['shop'] }: World): string {
  const resources = Object.entries(LIVE).map(([logicalId, [type, properties]]) => ({
    ...{ logicalId, type, physicalId: logicalId.toLowerCase() },
    ...(denied.includes(logicalId) ? { error: 'AccessDenied' } : properties && { properties }),
  }));
  const live = { stacks: [{ name: 'shop', parameters: { Password: '****' }, resources }] };
  const listed = stacks.map((name) => `  - { name: ${name}, template: shop.yaml, region: eu-west-1 }`);
  return makeRepository({
    'shop.yaml': TEMPLATE.replace(' MORE', more),
    'gitops-drift.yaml': `version: 1\nprovider: snapshot\nsnapshot: live.json\nstacks:\n${listed.join('\n')}\n${config}`,
    'live.json': JSON.stringify({ snapshotVersion: 1, account: '111111111111', regions: { 'eu-west-1': live } }),
  });
}

async function scan(world: World, ...args: string[]) {
  const cwd = repository(world);
  const { exitCode, stdout, stderr } = await runCli(['scan', '-o', 'table', '-o', 'json=drift.json', ...args], { cwd });
  const report = JSON.parse(readFileSync(join(cwd, 'drift.json'), 'utf8')) as Report;
  const again = await runCli(['report', 'drift.json'], { cwd });
  // Rendered again, it has the same code, and ends alike.
  expect(again.exitCode).toBe(exitCode);
  expect(again.stdout.split('\n').at(-2)).toBe(stdout.split('\n').at(-2));
  expect(stdout.split('\n').at(-2)).toContain(report.summary.exitReason?.text);
  return { exitCode, code: report.summary.exitReason?.code, stderr, stdout, report, cwd };
}

const UNKNOWN = ', DelaySeconds: !ImportValue delay';
const accept = (...rules: string[]) => `accept:\n${rules.map((each) => `  - { ${each} }\n`).join('')}`;

describe('functions, passwords and custom resources in sync', () => {
  test.each([[[]], [['--strict']]])('are in order with %j', async (args) => {
    const { exitCode, code, report, stdout } = await scan({}, ...args);
    expect({ exitCode, code }).toEqual({ exitCode: 0, code: 'inSync' });
    expect(stdout).toContain('✓ In sync: 3 resources in 1 stack match Git; 2 without state to read\n');
    const classes = report.resources.map((each) => [
      each.logicalId,
      each.class,
      each.unverifiable.map((one) => one.class),
    ]);
    expect(classes).toEqual([
      ['Api', undefined, ['never', 'never']],
      ['Db', undefined, ['never', 'never']],
      ['Hook', 'never', []],
      ['Wait', 'never', []],
      ['Orders', undefined, []],
    ]);
    expect(report.coverage?.resources).toEqual({ looked: 3, inPart: 0, notLooked: 0, never: 2, accepted: 0 });
    expect(stdout).toContain('  Looked at 3 of 5 resources in 1 of 1 stack; 2 can never be compared\n');
  });
});

test('a value is never comparable only where all that is unknown in it can never be known', async () => {
  const values: [string, string][] = [
    ['!Ref Password', 'never'],
    ['!Sub "a-${Password}"', 'never'],
    ['!Sub ["${Password}${X}", { X: !ImportValue x }]', 'unverified'],
    ['!Sub ["${X}${Password}", { X: !ImportValue x }]', 'unverified'],
    ['!Join ["-", [!Ref Password, !GetAtt Hook.Answer]]', 'never'],
    ['"{{resolve:secretsmanager:db}}"', 'never'],
    ['"{{resolve:ssm-secure:db}}"', 'never'],
    ['"{{resolve:ssm:db}}"', 'unverified'],
    ['"{{resolve:secretsmanager:db}}{{resolve:ssm:db}}"', 'unverified'],
    ['!GetAtt Hook.Answer', 'never'],
    ['!GetAtt Wait.Data', 'never'],
    ['!GetAtt Api.Unknown', 'unverified'],
    ['[!Ref Password]', 'never'],
    ['[!Ref Password, !ImportValue x]', 'unverified'],
    ['!If [IsSet, a, b]', 'unverified'],
  ];
  const more = values.map(([value], index) => `, P${index}: ${value}`).join('');
  const { report } = await scan({ more });
  const orders = report.resources.find(({ logicalId }) => logicalId === 'Orders');
  const classes = new Map(orders?.unverifiable.map((each) => [each.path, each.class]));
  expect(values.map(([value], index) => [value, classes.get(`/P${index}`)])).toEqual(values);
});

describe('what was not read', () => {
  const world = { denied: ['Orders'] };

  test('makes the exit code 3, and with --quiet stderr tells why', async () => {
    const { exitCode, code, cwd } = await scan(world);
    expect({ exitCode, code }).toEqual({ exitCode: 3, code: 'notRead' });
    const quiet = await runCli(['scan', '-q', '-o', 'json=x.json'], { cwd });
    const stderr = 'No drift in what could be read, but 1 of 5 resources could not be\n';
    expect(quiet).toEqual({ exitCode: 3, stdout: '', stderr });
  });

  test.each([
    ['type', 'type: "AWS::SQS::*"'],
    ['logical ID', 'logicalId: Ord*'],
    ['stack', 'stack: sh*'],
    ['all of them', 'type: "AWS::SQS::*", logicalId: Orders, stack: shop'],
  ])('is accepted by %s', async (_, selectors) => {
    const { exitCode, code, report, stderr } = await scan({
      ...world,
      config: accept(`${selectors}, reason: no access`),
    });
    expect({ exitCode, code, stderr }).toEqual({ exitCode: 0, code: 'accepted', stderr: '' });
    const orders = report.resources.find(({ logicalId }) => logicalId === 'Orders');
    expect(orders).toMatchObject({ class: 'notRead', accepted: { reason: 'no access', file: 'gitops-drift.yaml' } });
    expect(report.summary.resources.unreadable).toBe(1);
    expect(report.coverage?.resources).toMatchObject({ notLooked: 1, accepted: 1 });
  });

  test.each([
    ['of another type', 'type: AWS::S3::Bucket'],
    ['of another stack', 'stack: web'],
    ['of another logical ID', 'logicalId: Api'],
    ['for properties', 'path: /QueueName'],
  ])('is not accepted by a rule %s, which is told as unused', async (_, selectors) => {
    const { exitCode, stderr } = await scan({ ...world, config: accept(`${selectors}, reason: no access`) });
    expect(exitCode).toBe(3);
    expect(stderr).toContain('warning: gitops-drift.yaml:7:5: this accept rule matches nothing (no access)');
  });

  test.each([
    ['2020-01-31', 3, 'this accept rule has expired on 2020-01-31 (no access)'],
    ['2099-12-31', 0, ''],
  ])('is accepted until %s', async (until, wanted, warning) => {
    const config = accept(`type: AWS::SQS::Queue, reason: no access, until: ${until}`);
    const { exitCode, stderr } = await scan({ ...world, config });
    expect(exitCode).toBe(wanted);
    expect(stderr).toContain(warning);
  });

  test('is an error where it is all there is', async () => {
    const { exitCode, code, stdout } = await scan({ denied: Object.keys(LIVE) });
    expect({ exitCode, code }).toEqual({ exitCode: 2, code: 'nothingRead' });
    expect(stdout).toContain('✗ Nothing was checked: 5 of 5 resources could not be read\n');
    const accepted = await scan({ denied: Object.keys(LIVE), config: accept('type: "*", reason: an outage') });
    expect(accepted).toMatchObject({ exitCode: 0, code: 'accepted' });
    expect(accepted.stdout).toContain('! Nothing was checked: 5 of 5 resources could not be read, which is accepted\n');
  });
});

describe('what was not verified', () => {
  test('makes the exit code 3 with --strict alone', async () => {
    expect(await scan({ more: UNKNOWN })).toMatchObject({ exitCode: 0, code: 'inSync' });
    expect(await scan({ more: UNKNOWN }, '--strict')).toMatchObject({ exitCode: 3, code: 'unverified' });
  });

  test.each([
    ['type: AWS::SQS::Queue', 0],
    ['path: /DelaySeconds', 0],
    ['path: "/Delay*"', 0],
    ['stack: shop', 0],
    ['path: /QueueName', 3],
    ['type: AWS::SNS::Topic', 3],
  ])('is accepted by a rule with %s: %i', async (selectors, wanted) => {
    const world = { more: UNKNOWN, config: accept(`${selectors}, reason: exported elsewhere`) };
    expect(await scan(world, '--strict')).toMatchObject({ exitCode: wanted });
  });
});

describe('a stack that could not be scanned', () => {
  const stacks = ['shop', 'gone'];

  test.each([
    ['without a rule', '', 2],
    ['by its name alone', accept('stack: gone, reason: made on demand'), 0],
    ['not by another one', accept('stack: shop, reason: no access'), 2],
    ['not by its name and a type', accept('stack: gone, type: "AWS::*", reason: no access'), 2],
  ])('is accepted %s', async (_, config, wanted) => {
    const { exitCode, report } = await scan({ stacks, config });
    expect(exitCode).toBe(wanted);
    expect(report.coverage?.stacks).toMatchObject({ looked: 1, notLooked: [{ name: 'gone' }] });
    expect(report.stacks.map(({ status }) => status)).toEqual(['scanned', 'error']);
  });
});

test('doctor prints the rules for what makes a 3, ready to be pasted', async () => {
  const world = { denied: ['Orders', 'Api'] };
  const cwd = repository(world);
  const { exitCode, stdout } = await runCli(['doctor'], { cwd });
  expect(exitCode).toBe(0);
  const lines = /^accept:\n(?: {2}- .*\n)+/m.exec(stdout)?.[0] ?? '';
  expect(lines).toBe(
    'accept:\n' +
      '  - { type: "AWS::Lambda::Function", stack: "shop", reason: "AccessDenied" }\n' +
      '  - { type: "AWS::SQS::Queue", stack: "shop", reason: "AccessDenied" }\n',
  );
  expect(await scan(world)).toMatchObject({ exitCode: 3 });
  expect(await scan({ ...world, config: lines })).toMatchObject({ exitCode: 0, code: 'accepted', stderr: '' });
  expect((await runCli(['doctor'], { cwd: repository({}) })).stdout).not.toContain('accept');
});

test('a rule without a reason, and one for nothing, are mistakes of the configuration', async () => {
  const cwd = repository({ config: accept('type: "*"', 'reason: because') });
  const { exitCode, stderr } = await runCli(['scan'], { cwd });
  expect(stderr).toContain('gitops-drift.yaml:7:5: accept[0]: the key "reason" is missing');
  expect(stderr).toContain('gitops-drift.yaml:8:5: accept[1]: needs at least one of type, stack, logicalId, path');
  expect(exitCode).toBe(2);
});
