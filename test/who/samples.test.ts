import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { TrailRecord } from '../support/aws-simulator/state.js';
import { describeShared } from '../support/shared.js';
import { type Asked, withTrail } from './trail.js';

const SAMPLES = 'aws/cloudtrail-lookup-events.json';
const ALICE = 'arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Admin_abc/alice@example.com';
const SINCE = '2026-11-17T00:00:00.000Z';

describeShared(SAMPLES, 'the samples made from the models of CloudTrail', () => {
  test.each<[string, Asked, object]>([
    [
      'a change by the console',
      {
        type: 'AWS::EC2::SecurityGroup',
        physicalId: 'sg-0123456789abcdef0',
        path: '/SecurityGroupIngress/1/CidrIp',
        live: '0.0.0.0/0',
      },
      {
        grade: 'probable',
        principal: ALICE,
        event: 'AuthorizeSecurityGroupIngress',
        via: 'console',
        sourceIp: '203.0.113.7',
      },
    ],
    [
      'a versioned name, with the ARN for the resource, and not what the deployment did',
      {
        type: 'AWS::Lambda::Function',
        physicalId: 'orders-worker',
        path: '/Timeout',
        live: 60,
        texts: { Arn: 'arn:aws:lambda:us-east-1:123456789012:function:orders-worker', FunctionName: 'orders-worker' },
      },
      { grade: 'exact', principal: ALICE, event: 'UpdateFunctionConfiguration20150331v2', via: 'aws-cli/2.31' },
    ],
    [
      'an event that names no resource',
      {
        type: 'AWS::SQS::Queue',
        physicalId: 'https://sqs.us-east-1.amazonaws.com/123456789012/q',
        path: '/DelaySeconds',
        live: 9,
        texts: { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/q', QueueName: 'q' },
      },
      { grade: 'exact', principal: ALICE, event: 'SetQueueAttributes', via: 'Boto3/1.43' },
    ],
    [
      'a call that was denied changed nothing',
      {
        type: 'AWS::RDS::DBInstance',
        physicalId: 'db1',
        path: '/BackupRetentionPeriod',
        live: 1,
        texts: { DBInstanceIdentifier: 'db1' },
      },
      { grade: 'unknown', reason: expect.stringContaining('no call') },
    ],
    [
      'a service is told as one',
      {
        type: 'AWS::AutoScaling::AutoScalingGroup',
        physicalId: 'asg',
        path: '/DesiredCapacity',
        live: '4',
        texts: { AutoScalingGroupName: 'asg' },
      },
      { grade: 'exact', principal: 'autoscaling.amazonaws.com', via: 'AWS service' },
    ],
    [
      'what the deployment alone did is nobody’s',
      {
        type: 'AWS::Lambda::Function',
        physicalId: 'orders-worker',
        path: '/Timeout',
        live: 30,
        texts: { FunctionName: 'orders-worker' },
      },
      { grade: 'possible', reason: expect.any(String) },
    ],
  ])('%s', async (_, asked, expected) => {
    const { Events } = JSON.parse(readFileSync(new URL(`../../../shared/${SAMPLES}`, import.meta.url), 'utf8')) as {
      Events: TrailRecord[];
    };
    await withTrail(
      { '123456789012 us-east-1': Events },
      async (ask) => {
        const who = await ask({ ...asked, since: SINCE });
        expect(who).toMatchObject(expected);
        if (who.grade === 'unknown' || who.grade === 'possible') expect(who).not.toHaveProperty('principal');
      },
      {
        region: 'us-east-1',
        accounts: { '123456789012': { snapshotVersion: 1, capturedAt: SINCE, account: '123456789012', regions: {} } },
      },
    );
  });
});
