import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/base/json.js';
import type { SnapshotResource } from '../../src/cloud/snapshot/snapshot.js';
import type { Finding, Report } from '../../src/model/report.js';
import { stackOf } from '../cloud/cloud.js';
import type { SimulatorOptions } from '../support/aws-simulator/server.js';
import { accountOf, type EstateRun, runEstate, scanEstate } from '../support/estate.js';

const ACCOUNT = '111111111111';

const TEMPLATE = `Parameters:
  Delay: { Type: Number, Default: 5 }
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: orders
      DelaySeconds: !Ref Delay
      Tags:
        - { Key: team, Value: shop }
        - { Key: stage, Value: prod }
  Topic:
    Type: AWS::SNS::Topic
    Properties: { TopicName: news, DisplayName: News }
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties: { AlarmName: late, ComparisonOperator: GreaterThanThreshold, EvaluationPeriods: 1 }
  Seed:
    Type: Custom::Seed
    Properties: { ServiceToken: "arn:aws:lambda:eu-west-1:111111111111:function:seed" }
`;
const CONFIG = `version: 1
stacks:
  - { name: shop, template: shop.yaml, region: eu-west-1, account: "${ACCOUNT}" }
`;
const FILES = { 'shop.yaml': TEMPLATE, 'gitops-drift.yaml': CONFIG };

const tag = (Key: string, Value: string) => ({ Key, Value });
const QUEUE: JsonObject = { QueueName: 'orders', DelaySeconds: 5, Tags: [tag('team', 'shop'), tag('stage', 'prod')] };
const TOPIC: JsonObject = { TopicName: 'news', DisplayName: 'News' };

/** The stack, its queue and topic as they are live, its alarm gone; what the template says is deployed. */
function cloud(queue: JsonObject, topic: JsonObject = TOPIC, more: Partial<SimulatorOptions> = {}): SimulatorOptions {
  const resources: SnapshotResource[] = [
    { logicalId: 'Queue', type: 'AWS::SQS::Queue', physicalId: 'https://q/orders', properties: queue },
    { logicalId: 'Topic', type: 'AWS::SNS::Topic', physicalId: 'arn:aws:sns:eu-west-1:1:news', properties: topic },
    { logicalId: 'Alarm', type: 'AWS::CloudWatch::Alarm', physicalId: 'late', properties: null },
    { logicalId: 'Seed', type: 'Custom::Seed', physicalId: 'seed', unsupported: 'no' },
  ];
  return {
    accounts: { [ACCOUNT]: accountOf(ACCOUNT, { 'eu-west-1': [stackOf('shop', resources, { template: TEMPLATE })] }) },
    drift: { expected: { 'shop/Queue': QUEUE, 'shop/Topic': TOPIC } },
    ...more,
  };
}

const DRIFTED: JsonObject = { ...QUEUE, DelaySeconds: 60, Tags: [tag('owner', 'eve'), tag('team', 'web')] };

function lines({ findings }: Report): string[] {
  return findings.map(({ logicalId, kind, path, location }) => `${logicalId} ${kind} ${path} line ${location?.line}`);
}

function ids(findings: readonly Finding[]): string[] {
  return findings.map(({ id }) => id).sort();
}

describe('--provider cloudformation', () => {
  const args = ['--provider', 'cloudformation'];

  test("reports what AWS's drift detection finds, at its place in Git", async () => {
    const { report, exitCode, stderr, aws } = await scanEstate(FILES, cloud(DRIFTED), args);
    expect(stderr).toBe('');
    expect(exitCode).toBe(1);
    expect(lines(report)).toEqual([
      'Queue modified /DelaySeconds line 2',
      'Queue modified /Tags/0/Value line 10',
      'Queue modified /Tags/1 line 11',
      'Queue modified /Tags/2 line 9',
      'Alarm deleted  line 15',
    ]);
    expect(report.findings[0]).toMatchObject({ desired: 5, live: 60 });
    expect(report.resources.map(({ logicalId, status }) => `${logicalId} ${status}`)).toEqual([
      'Queue modified',
      'Topic inSync',
      'Alarm deleted',
      'Seed unsupported',
    ]);
    expect(report.scan.provider).toBe('cloudformation');
    expect(aws.calls['GetResource']).toBeUndefined();
  });

  test('gives the same finding the same id as the own comparison does', async () => {
    const changed = cloud({ ...QUEUE, DelaySeconds: 60, Tags: [tag('stage', 'prod'), tag('team', 'web')] });
    const [own, aws] = await Promise.all([scanEstate(FILES, changed), scanEstate(FILES, { ...changed }, args)]);
    expect(lines(aws.report)).toEqual(lines(own.report));
    expect(ids(aws.report.findings)).toEqual(ids(own.report.findings));
  });

  test('what Git says already is no drift, though the stack does not', async () => {
    const files = { ...FILES, 'shop.yaml': TEMPLATE.replace('Default: 5', 'Default: 60') };
    const { report } = await scanEstate(files, cloud({ ...QUEUE, DelaySeconds: 60 }), args);
    expect(report.findings.map(({ logicalId, path, verdict }) => [logicalId, path, verdict])).toEqual([
      ['Queue', '/DelaySeconds', 'adopted'],
      ['Alarm', '', 'drift'],
    ]);
  });

  test('what AWS finds can be patched, proven by its own judgement', async () => {
    const { report } = await scanEstate(FILES, cloud(DRIFTED), args);
    const patches = report.findings.map(({ path, patch }) => `${path} ${patch.status}`);
    expect(patches.filter((patch) => patch.endsWith('patchable'))).toEqual([
      '/DelaySeconds patchable',
      '/Tags/0/Value patchable',
      '/Tags/1 patchable',
      '/Tags/2 patchable',
    ]);
  });

  test('a stack in the middle of an update says so, and is an error', async () => {
    const options = cloud(QUEUE);
    const [stack] = options.accounts[ACCOUNT]?.regions['eu-west-1']?.stacks ?? [];
    Object.assign(stack ?? {}, { status: 'UPDATE_IN_PROGRESS' });
    const { report, exitCode } = await scanEstate(FILES, options, args);
    expect(exitCode).toBe(2);
    expect(report.stacks[0]?.error).toContain('is being changed right now (UPDATE_IN_PROGRESS)');
  });

  test('a slow, paged, throttled detection with lost answers gives the same report', async () => {
    const calm = await scanEstate(FILES, cloud(DRIFTED), args);
    const rough = await scanEstate(
      FILES,
      cloud(DRIFTED, TOPIC, {
        pageSize: 1,
        drift: { ...cloud(DRIFTED).drift, polls: 3, busy: { shop: 2 } },
        faults: [
          { kind: 'throttle', every: 4, times: 4 },
          { kind: 'cut', operation: 'DetectStackDrift', times: 1 },
        ],
      }),
      args,
    );
    expect(rough.report.findings).toEqual(calm.report.findings);
    expect(rough.report.summary).toEqual(calm.report.summary);
  });
});

describe('--cross-check', () => {
  const args = ['--cross-check'];

  function disagreements({ report }: EstateRun): string[] {
    return (report.crossCheck?.disagreements ?? []).map(
      ({ logicalId, path, own, aws, reason }) => `${logicalId} ${path} ${own}/${aws}: ${reason}`,
    );
  }

  test('finds nothing to tell where both say the same, and judges by the own comparison', async () => {
    const run = await scanEstate(FILES, cloud({ ...QUEUE, DelaySeconds: 60 }), args);
    expect(run.exitCode).toBe(1);
    expect(lines(run.report)).toEqual(['Queue modified /DelaySeconds line 2', 'Alarm deleted  line 15']);
    expect(run.report.crossCheck).toEqual({ stacks: 1, disagreements: [], errors: [] });
  });

  test('tells the rule by which a difference that AWS lists is none, and what AWS does not compare', async () => {
    const queue = { ...QUEUE, Tags: [tag('team', 'shop'), tag('stage', 'prod'), tag('owner', 'eve')] };
    const options = cloud(queue, { ...TOPIC, DisplayName: 'News', FifoTopic: true });
    // AWS compares the deployed text with the live one; to this tool they mean the same.
    options.drift = {
      expected: { 'shop/Queue': { ...QUEUE, DelaySeconds: 5, Tags: queue.Tags }, 'shop/Topic': TOPIC },
    };
    const template = TEMPLATE.replace('DelaySeconds: !Ref Delay', 'DelaySeconds: "5.0"');
    Object.assign(options.accounts[ACCOUNT]?.regions['eu-west-1']?.stacks[0] ?? {}, { template });
    const files = { ...FILES, 'shop.yaml': template };
    options.drift.expected = {
      ...options.drift.expected,
      'shop/Queue': { ...QUEUE, DelaySeconds: '5.0', Tags: queue.Tags },
    };
    const run = await scanEstate(files, options, args);
    expect(disagreements(run)).toEqual([
      expect.stringMatching(/^Queue \/Tags\/2 modified\/inSync: AWS lists no difference/),
      expect.stringMatching(/^Queue \/DelaySeconds inSync\/modified: equal by the rule "/),
    ]);
    expect(run.report.resources.some((resource) => 'equivalent' in resource)).toBe(false);
    const table = await runEstate(files, { ...options }, ['scan', ...args]);
    expect(table.stdout).toContain("Cross-check with AWS's drift detection: 2 disagreements in 1 stack");
    expect(table.stdout).toMatch(/here inSync, AWS modified/);
  });

  test('a change in Git that is not deployed yet hides no disagreement on what is', async () => {
    const tags = [tag('team', 'shop'), tag('stage', 'prod'), tag('owner', 'eve')];
    const options = cloud({ ...QUEUE, Tags: tags });
    options.drift = { expected: { 'shop/Queue': { ...QUEUE, Tags: tags }, 'shop/Topic': TOPIC } };
    const files = { ...FILES, 'shop.yaml': TEMPLATE.replace('Default: 5', 'Default: 9') };
    const run = await scanEstate(files, options, args);
    expect(disagreements(run)).toEqual([expect.stringMatching(/^Queue \/Tags\/2 modified\/inSync: AWS lists no/)]);
  });

  test('a stack that AWS can not judge is told, and scanned all the same', async () => {
    const { report, exitCode } = await scanEstate(
      FILES,
      cloud(DRIFTED, TOPIC, { faults: [{ operation: 'DetectStackDrift', kind: 'deny' }] }),
      args,
    );
    expect(exitCode).toBe(1);
    expect(report.crossCheck).toMatchObject({ stacks: 0, disagreements: [], errors: [{ stack: 'shop' }] });
    expect(report.stacks[0]?.status).toBe('scanned');
  });

  test('needs a provider that can ask AWS', async () => {
    const { exitCode, stderr } = await scanEstate(FILES, cloud(QUEUE), [...args, '--provider', 'cloudformation']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--cross-check is not possible with the provider "cloudformation"\n  use --provider aws');
  });
});
