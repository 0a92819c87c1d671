import { describe, expect, test } from '@jest/globals';
import { scan } from '../../src/scan/scan.js';
import type { Drift, Scenario } from '../support/patching.js';
import { inWorld, leftIn, makeWorld, revertIn } from '../support/reverting.js';

const TEMPLATE = `Parameters:
  Stage: { Type: String, Default: test }
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: orders
      VisibilityTimeout: 60
      DelaySeconds: 5
      RedrivePolicy: { deadLetterTargetArn: "arn:aws:sqs:eu-west-1:111111111111:dead", maxReceiveCount: 3 }
      Tags: [{ Key: stage, Value: !Ref Stage }, { Key: team, Value: shop }]
  Assets:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: assets
      PublicAccessBlockConfiguration: { BlockPublicAcls: true }
      LifecycleConfiguration: { Rules: [{ Id: old, Status: Enabled, ExpirationInDays: 30 }] }
  Events:
    Type: AWS::SNS::Topic
    Properties: { TopicName: events, DisplayName: Events }
  Worker:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: worker
      Role: arn:aws:iam::111111111111:role/worker
      MemorySize: 128
      Environment: { Variables: { MODE: fast, DB_PASSWORD: hunter2hunter2 } }
      Layers: ["arn:aws:lambda:eu-west-1:111111111111:layer:base:1"]
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: worker
      AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: "sts:AssumeRole" }] }
      MaxSessionDuration: 3600
`;

const URL = 'https://sqs.eu-west-1.amazonaws.com/111111111111/orders';
const TOPIC = 'arn:aws:sns:eu-west-1:111111111111:events';

export function scenarioOf(drift: Drift[], more: Partial<Scenario> = {}): Scenario {
  const ids = { Orders: URL, Assets: 'assets', Events: TOPIC, Worker: 'worker', Role: 'worker' };
  return { name: 'shop', template: TEMPLATE, stacks: { shop: { Stage: 'prod' } }, ids, drift, ...more };
}

const DRIFTS: [string, Drift][] = [
  ['a number', ['set', 'Orders/VisibilityTimeout', 90]],
  ['a boolean', ['set', 'Assets/PublicAccessBlockConfiguration/BlockPublicAcls', false]],
  ['a text', ['set', 'Events/DisplayName', 'Changed']],
  ['a value in an object', ['set', 'Orders/RedrivePolicy/maxReceiveCount', 9]],
  ['a value in a list', ['set', 'Assets/LifecycleConfiguration/Rules/0/ExpirationInDays', 7]],
  ['an element that was added', ['insert', 'Worker/Layers/0', 'arn:aws:lambda:eu-west-1:111111111111:layer:other:2']],
  ['an element that was taken away', ['delete', 'Orders/Tags/1']],
  ['a variable', ['set', 'Worker/Environment/Variables/MODE', 'slow']],
  ['a policy', ['set', 'Role/AssumeRolePolicyDocument/Statement/0/Principal/Service', 'ec2.amazonaws.com']],
  ['a property that was taken away', ['delete', 'Role/MaxSessionDuration']],
  ['a resource that is gone', ['delete', 'Events']],
];

describe('gitops-drift revert', () => {
  test.each(DRIFTS)('%s: planned, executed, and in sync', async (_, drift) => {
    const world = makeWorld(scenarioOf([drift]));
    await inWorld(world, async (aws) => {
      const plan = await revertIn(world, { plan: true, output: 'json' });
      expect(plan).toMatchObject({ exitCode: 0 });
      const { stacks } = JSON.parse(plan.stdout);
      const { changeSet, digest, effects } = stacks[0];
      expect(effects.every(({ asked }: { asked: boolean }) => asked)).toBe(true);
      const executed = await revertIn(world, { execute: true, changeSet, digest, yes: true });
      expect(executed).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('in sync again') });
      const { report } = await scan({ repository: world.repository, provider: 'aws' });
      expect(report.summary.exitReason?.code).toBe('inSync');
      const created = aws.log.filter(({ operation }) => operation === 'CreateChangeSet');
      expect(created.map(({ input }) => [input['DeploymentMode'], input['UsePreviousTemplate']])).toEqual([
        ['REVERT_DRIFT', 'true'],
      ]);
    });
    expect(leftIn(world)).toEqual([]);
  });
});
