import { describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.js';
import { runCli } from '../support/cli.js';
import { git, makeRepository, writeFiles } from '../support/repository.js';

const FILES = {
  'infra/root.yaml': `Parameters:
  Env: { Type: String, Default: prod }
Resources:
  Messaging:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./nested/messaging.yaml
      Parameters:
        Env: !Ref Env
        Timeout: 60
  Alerts:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !GetAtt Messaging.Outputs.QueueName
`,
  'infra/nested/messaging.yaml': `Parameters:
  Env: { Type: String }
  Timeout: { Type: Number }
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Sub orders-\${Env}
      VisibilityTimeout: !Ref Timeout
  Dead:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: dead-letters.json
Outputs:
  QueueName: { Value: !GetAtt Orders.QueueName }
`,
  'infra/nested/dead-letters.json':
    '{"Resources": {"Letters": {"Type": "AWS::SQS::Queue", "Properties": {"DelaySeconds": 5}}}}\n',
  'gitops-drift.yaml': `version: 1
provider: snapshot
snapshot: live.json
stacks:
  - name: shop
    template: infra/root.yaml
    region: eu-west-1
`,
};

const arn = (name: string) => `arn:aws:cloudformation:eu-west-1:111111111111:stack/${name}/1`;

interface Live {
  timeout?: number;
  delay?: number;
  display?: string;
  withoutLetters?: boolean;
}

function snapshot({ timeout = 60, delay = 5, display = 'orders-prod', withoutLetters = false }: Live): string {
  const stack = (name: string, template: string, resources: object[], parameters = {}) => ({
    name,
    id: arn(name),
    status: 'UPDATE_COMPLETE',
    // As packaging has deployed it.
    template: template.replace(/TemplateURL: \S+/, 'TemplateURL: https://s3.amazonaws.com/bucket/1234.template'),
    parameters,
    resources,
  });
  const nested = (logicalId: string, name: string, more = {}) => ({
    logicalId,
    type: 'AWS::CloudFormation::Stack',
    physicalId: arn(name),
    properties: { StackName: name, StackId: arn(name), ...more },
  });
  const stacks = [
    stack(
      'shop',
      FILES['infra/root.yaml'],
      [
        nested('Messaging', 'shop-Messaging-1ABC', {
          Parameters: { Env: 'prod', Timeout: '60' },
          Outputs: [{ OutputKey: 'QueueName', OutputValue: 'orders-prod' }],
        }),
        {
          logicalId: 'Alerts',
          type: 'AWS::SNS::Topic',
          physicalId: 'arn:aws:sns:eu-west-1:111111111111:alerts',
          properties: { DisplayName: display },
        },
      ],
      { Env: 'prod' },
    ),
    stack(
      'shop-Messaging-1ABC',
      FILES['infra/nested/messaging.yaml'],
      [
        {
          logicalId: 'Orders',
          type: 'AWS::SQS::Queue',
          physicalId: 'https://sqs/orders-prod',
          properties: { QueueName: 'orders-prod', VisibilityTimeout: timeout },
        },
        nested('Dead', 'shop-Messaging-1ABC-Dead-2DEF'),
      ],
      { Env: 'prod', Timeout: '60' },
    ),
    ...(withoutLetters
      ? []
      : [
          stack('shop-Messaging-1ABC-Dead-2DEF', FILES['infra/nested/dead-letters.json'], [
            {
              logicalId: 'Letters',
              type: 'AWS::SQS::Queue',
              physicalId: 'https://sqs/letters',
              properties: { DelaySeconds: delay },
            },
          ]),
        ]),
  ];
  const region = { stacks, unmanaged: [] };
  const head = { snapshotVersion: 1, capturedAt: '2026-01-01T00:00:00Z', account: '111111111111' };
  return JSON.stringify({ ...head, regions: { 'eu-west-1': region } });
}

async function scan(cwd: string, ...args: string[]) {
  const { stdout, stderr, exitCode } = await runCli(['scan', '-o', 'json', ...args], { cwd });
  return { report: JSON.parse(stdout) as Report, stderr, exitCode };
}

describe('nested stacks', () => {
  test('are scanned with their parent, to any depth, with its parameters', async () => {
    const { report, exitCode, stderr } = await scan(makeRepository({ ...FILES, 'live.json': snapshot({}) }));
    expect({ exitCode, stderr, findings: report.findings }).toEqual({ exitCode: 0, stderr: '', findings: [] });
    expect(report.stacks.map(({ name, deployedAs, template }) => [name, deployedAs, template])).toEqual([
      ['shop', undefined, 'infra/root.yaml'],
      ['shop/Messaging', 'shop-Messaging-1ABC', 'infra/nested/messaging.yaml'],
      ['shop/Messaging/Dead', 'shop-Messaging-1ABC-Dead-2DEF', 'infra/nested/dead-letters.json'],
    ]);
    const parent = report.resources.find(({ logicalId }) => logicalId === 'Messaging');
    expect(parent?.unverifiable).toEqual([
      {
        path: '/TemplateURL',
        reason: expect.stringContaining('the nested stack is compared by itself'),
        class: 'never',
      },
    ]);
  });

  test('findings name the path of stacks and where the value stands, be it in the parent', async () => {
    const live = snapshot({ timeout: 90, delay: 9, display: 'orders' });
    const { report, exitCode } = await scan(makeRepository({ ...FILES, 'live.json': live }));
    expect(exitCode).toBe(1);
    expect(report.findings).toMatchObject([
      { stack: 'shop', logicalId: 'Alerts', desired: 'orders-prod', live: 'orders' },
      { stack: 'shop/Messaging', path: '/VisibilityTimeout', location: { file: 'infra/root.yaml', line: 10 } },
      { stack: 'shop/Messaging/Dead', path: '/DelaySeconds', location: { file: 'infra/nested/dead-letters.json' } },
    ]);
  });

  test('are patched where their values come from, and the patches leave no drift', async () => {
    const cwd = makeRepository({ ...FILES, 'live.json': snapshot({ timeout: 90, delay: 9 }) });
    const { stdout, stderr } = await runCli(['patch', '--apply'], { cwd });
    expect({ stdout, stderr }).toEqual({ stdout: '', stderr: expect.stringMatching(/^patched 2 findings/) });
    expect(
      git(cwd, 'diff', '-U0', '--', 'infra/root.yaml')
        .split('\n')
        .filter((line) => /^[-+] /.test(line)),
    ).toEqual(['-        Timeout: 60', '+        Timeout: 90']);
    expect(git(cwd, 'diff', '--', 'infra/nested')).toContain('"DelaySeconds": 9');
    expect((await scan(cwd)).exitCode).toBe(0);
  });

  test('are chosen and ignored with the stack that they are nested in', async () => {
    const rule = 'ignore:\n  - { stack: shop, path: /DelaySeconds, reason: tuned }\n';
    const files = { ...FILES, 'gitops-drift.yaml': FILES['gitops-drift.yaml'] + rule };
    const { report } = await scan(makeRepository({ ...files, 'live.json': snapshot({ delay: 9 }) }), '--stack', 'shop');
    expect(report.findings).toMatchObject([{ stack: 'shop/Messaging/Dead', suppressed: { reason: 'tuned' } }]);
  });

  test('a nested template or stack that is missing is an error of its own, and the rest is scanned', async () => {
    const cwd = makeRepository({ ...FILES, 'live.json': snapshot({ timeout: 90, withoutLetters: true }) });
    const missing = await scan(cwd);
    expect(missing.exitCode).toBe(2);
    expect(missing.report.stacks.map(({ name, status }) => [name, status])).toEqual([
      ['shop', 'scanned'],
      ['shop/Messaging', 'scanned'],
      ['shop/Messaging/Dead', 'error'],
    ]);
    expect(missing.report.findings).toHaveLength(1);
    git(cwd, 'rm', '-q', 'infra/nested/messaging.yaml');
    const { report, exitCode } = await scan(cwd);
    expect(exitCode).toBe(2);
    expect(report.stacks).toMatchObject([{}, { status: 'error', error: expect.stringContaining('messaging.yaml') }]);
  });

  test('a template that nests itself is an error, not an endless scan', async () => {
    const files = { ...FILES, 'infra/nested/messaging.yaml': FILES['infra/nested/messaging.yaml'] };
    const cwd = makeRepository({ ...files, 'live.json': snapshot({}) });
    writeFiles(cwd, {
      'infra/nested/messaging.yaml': files['infra/nested/messaging.yaml'].replace(
        'dead-letters.json',
        'messaging.yaml',
      ),
    });
    const { report } = await scan(cwd);
    expect(report.stacks[1]).toMatchObject({ status: 'error', error: expect.stringContaining('without end') });
  });

  test('are found without a configuration, and recorded with their parent', async () => {
    const { 'gitops-drift.yaml': config, ...files } = FILES;
    const cwd = makeRepository({ ...files, 'infra/shop.yaml': files['infra/root.yaml'], 'live.json': snapshot({}) });
    git(cwd, 'rm', '-q', '--cached', 'infra/root.yaml');
    git(cwd, 'clean', '-qfd');
    const { report, stderr } = await scan(cwd, '--snapshot', 'live.json');
    expect({ stderr: stderr.replace(/^warning: the work tree.*\n.*\n/, ''), stacks: report.stacks.length }).toEqual({
      stderr: '',
      stacks: 3,
    });
    const recorded = await runCli(['snapshot', '--snapshot', 'live.json'], { cwd });
    const { regions } = JSON.parse(recorded.stdout) as { regions: Record<string, { stacks: { name: string }[] }> };
    expect(regions['eu-west-1']?.stacks.map(({ name }) => name)).toEqual([
      'shop',
      'shop-Messaging-1ABC',
      'shop-Messaging-1ABC-Dead-2DEF',
    ]);
    expect(config).toContain('shop');
  });
});
