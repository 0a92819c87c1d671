import { describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.js';
import { runCli } from '../support/cli.js';
import { makeRepository } from '../support/repository.js';

const TEMPLATE = `Parameters:
  Timeout: { Type: Number, Default: 60 }
Resources:
  # Every order passes here.
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: orders
      VisibilityTimeout: !Ref Timeout
      Tags:
        - { Key: Owner, Value: Zoë }
  Events:
    Type: AWS::SNS::Topic
    Properties: { DisplayName: Events }
`;

interface Side {
  template?: string | null;
  parameters?: Record<string, string>;
  status?: string;
  timeout?: number;
  owner?: string;
  resources?: object[];
}

/** A repository with Git's template, and the stack as it was recorded. */
async function scan(
  git: string,
  { template = TEMPLATE, parameters = {}, ...side }: Side,
  config = '',
  args: string[] = [],
) {
  const { status = 'UPDATE_COMPLETE', timeout = 60, owner = 'Zoë', resources = [] } = side;
  const queue = { QueueName: 'orders', VisibilityTimeout: timeout, Tags: [{ Key: 'Owner', Value: owner }] };
  const stack = {
    name: 'shop',
    status,
    template: template?.replace(/[^\p{ASCII}]/gu, '?') ?? null,
    parameters: { Timeout: '60', ...parameters },
    resources: [
      { logicalId: 'Orders', type: 'AWS::SQS::Queue', physicalId: 'https://sqs/orders', properties: queue },
      { logicalId: 'Events', type: 'AWS::SNS::Topic', physicalId: 'arn:events', properties: { DisplayName: 'Events' } },
      ...resources,
    ],
  };
  const live = { snapshotVersion: 1, account: '111111111111', regions: { 'eu-west-1': { stacks: [stack] } } };
  const cwd = makeRepository({
    'shop.yaml': git,
    'live.json': JSON.stringify({ ...live, capturedAt: '2026-01-01T00:00:00Z' }),
    'gitops-drift.yaml': `version: 1\nprovider: snapshot\nsnapshot: live.json\nstacks:\n  - name: shop\n    template: shop.yaml\n    region: eu-west-1\n${config}`,
  });
  const json = await runCli(['scan', '-o', 'json', ...args], { cwd });
  const table = await runCli(['scan', ...args], { cwd });
  return {
    report: JSON.parse(json.stdout) as Report,
    exitCode: json.exitCode,
    table: table.stdout,
    stderr: json.stderr,
  };
}

function verdicts({ findings }: Report) {
  return findings.map(({ logicalId, path, verdict }) => `${logicalId}${path} ${verdict}`);
}

describe('Git, deployed and live', () => {
  test('templates that differ only in text are the same: comments, order, short and long forms, what is not ASCII', async () => {
    const rewritten = `Resources:
  Events: { Type: "AWS::SNS::Topic", Properties: { DisplayName: Events } }
  Orders:
    Properties:
      Tags: [{ Value: Zoë, Key: Owner }] # changed by nobody
      VisibilityTimeout: { Ref: Timeout }
      QueueName: orders
    Type: AWS::SQS::Queue
Parameters:
  Timeout: { Default: 60, Type: Number }
`;
    const { report, exitCode } = await scan(rewritten, {});
    expect({ exitCode, findings: report.findings }).toEqual({ exitCode: 0, findings: [] });
    expect(report.summary.resources).toMatchObject({ inSync: 2, undeployed: 0 });
  });

  test('tells drift from a pending deployment, and shows the latter in a section of its own', async () => {
    const git = TEMPLATE.replace('DisplayName: Events', 'DisplayName: All events');
    const { report, exitCode, table } = await scan(git, { timeout: 90 });
    expect(verdicts(report)).toEqual(['Orders/VisibilityTimeout drift', 'Events/DisplayName undeployed']);
    expect(exitCode).toBe(1);
    expect(report.resources.map(({ status }) => status)).toEqual(['modified', 'undeployed']);
    expect(table).toMatch(/Not deployed yet: 1 change in Git[\s\S]*Events \/DisplayName: Events → All events/);
    expect(table).toContain('Drift: 1 difference in 1 of 2 resources');
  });

  test('a pending deployment alone passes the gate', async () => {
    const { report, exitCode, table } = await scan(TEMPLATE.replace('QueueName: orders', 'QueueName: orders-2'), {});
    expect(verdicts(report)).toEqual(['Orders/QueueName undeployed']);
    expect(report.findings[0]?.patch).toEqual({ status: 'none', reason: 'Git is ahead of the stack: deploy it' });
    expect(exitCode).toBe(0);
    expect(table).toContain('No drift; 1 change in Git not deployed yet');
  });

  test('deployed values are evaluated with the deployed parameters', async () => {
    const { report } = await scan(TEMPLATE, { timeout: 60 }, '    parameters: { Timeout: 120 }\n');
    expect(report.findings).toMatchObject([{ verdict: 'undeployed', desired: 120, deployed: 60, live: 60 }]);
  });

  test('a change that nobody knows of is a conflict where Git changed too, and is not patched away', async () => {
    const { report, exitCode, table } = await scan(
      TEMPLATE.replace('Default: 60', 'Default: 30'),
      { timeout: 90 },
      '    parameters: { Timeout: 30 }\n',
    );
    expect(report.findings).toMatchObject([{ verdict: 'conflict', desired: 30, deployed: 60, live: 90 }]);
    expect(report.findings[0]?.patch.status).toBe('refused');
    expect(exitCode).toBe(1);
    expect(table).toContain('conflict: deployed is 60');
  });

  test('what Git has adopted already is no drift', async () => {
    const { report, exitCode } = await scan(TEMPLATE, { timeout: 90 }, '    parameters: { Timeout: 90 }\n');
    expect(report.findings).toMatchObject([{ verdict: 'adopted', desired: 90, deployed: 60, live: 90 }]);
    expect(exitCode).toBe(0);
  });

  test('resources that Git adds or takes out are undeployed', async () => {
    const git = TEMPLATE.replace(/ {2}Events:[\s\S]*/, '  Archive: { Type: AWS::S3::Bucket }\n');
    const { report, exitCode, table } = await scan(git, {});
    expect(verdicts(report)).toEqual(['Archive undeployed', 'Events undeployed']);
    expect(report.resources.map(({ logicalId, status }) => [logicalId, status])).toEqual([
      ['Orders', 'inSync'],
      ['Archive', 'undeployed'],
      ['Events', 'undeployed'],
    ]);
    expect(exitCode).toBe(0);
    expect(table).toContain('Events: no longer in Git, still in the deployed stack');
  });

  test('a stack that only a change set proposes is told so', async () => {
    const { report, exitCode } = await scan(TEMPLATE, { status: 'REVIEW_IN_PROGRESS' });
    expect(report.stacks[0]?.error).toMatch(/is not deployed yet: there is only a change set/);
    expect(exitCode).toBe(2);
  });

  test('without the deployed template a difference is drift, and one that can not be read is told', async () => {
    const git = TEMPLATE.replace('QueueName: orders', 'QueueName: orders-2');
    const unrecorded = await scan(git, { template: null });
    expect(verdicts(unrecorded.report)).toEqual(['Orders/QueueName drift']);
    const { report, stderr } = await scan(git, { template: 'Resources: [' });
    expect(verdicts(report)).toEqual(['Orders/QueueName drift']);
    expect(stderr).toContain('the deployed template of stack shop is not known');
  });

  test('a stack in the middle of an update is told, and not judged half-way', async () => {
    const { report, exitCode, table } = await scan(TEMPLATE, { status: 'UPDATE_IN_PROGRESS', timeout: 90 });
    expect(report.findings).toEqual([]);
    expect(report.stacks).toMatchObject([{ status: 'error', error: expect.stringContaining('UPDATE_IN_PROGRESS') }]);
    expect(exitCode).toBe(2);
    expect(table).toContain('being changed right now');
    const cleaning = await scan(TEMPLATE, { status: 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', timeout: 90 });
    expect(cleaning.exitCode).toBe(1);
  });
});
