import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/base/json.js';
import { compareByAws } from '../../src/compare/by-aws.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import type { AwsDifference } from '../../src/model/comparison.js';
import { type PlainObject, unresolved } from '../../src/value/value.js';

const TYPES = cloudFormationTypes;

interface Case {
  type?: string;
  desired: PlainObject;
  /** Default: as desired. */
  expected?: JsonObject;
  actual: JsonObject;
  differences: AwsDifference[];
}

function judge({ type = 'AWS::SQS::Queue', desired, expected, actual, differences }: Case) {
  return compareByAws({
    type,
    types: TYPES,
    resourceType: TYPES.get(type),
    desired,
    live: actual,
    verdict: { expected: expected ?? (desired as JsonObject), differences },
  });
}

const tag = (Key: string, Value: string) => ({ Key, Value });

test.each<[string, Case, unknown[]]>([
  [
    'a changed number, told as text',
    {
      desired: { DelaySeconds: 5 },
      actual: { DelaySeconds: 60 },
      differences: [{ path: '/DelaySeconds', expected: '5', actual: '60' }],
    },
    [{ path: '/DelaySeconds', stablePath: '/DelaySeconds', desired: 5, live: 60 }],
  ],
  [
    'a text of digits stays a text',
    {
      desired: { QueueName: '1' },
      actual: { QueueName: '2' },
      differences: [{ path: '/QueueName', expected: '1', actual: '2' }],
    },
    [{ path: '/QueueName', stablePath: '/QueueName', desired: '1', live: '2' }],
  ],
  [
    'a value that is gone',
    {
      desired: { DelaySeconds: 5, QueueName: 'q' },
      actual: { QueueName: 'q' },
      differences: [{ path: '/DelaySeconds', expected: '5' }],
    },
    [{ path: '/DelaySeconds', stablePath: '/DelaySeconds', desired: 5 }],
  ],
  [
    'a key inside an object',
    {
      desired: { RedrivePolicy: { maxReceiveCount: 3 } },
      actual: { RedrivePolicy: { maxReceiveCount: 9 } },
      differences: [{ path: '/RedrivePolicy/maxReceiveCount', expected: '3', actual: '9' }],
    },
    [
      {
        path: '/RedrivePolicy/maxReceiveCount',
        stablePath: '/RedrivePolicy/maxReceiveCount',
        desired: 3,
        live: 9,
      },
    ],
  ],
  [
    "an element's value, where Git has the elements in another order than the stack",
    {
      desired: { Tags: [tag('b', '2'), tag('a', '1')] },
      expected: { Tags: [tag('a', '1'), tag('b', '2')] },
      actual: { Tags: [tag('a', '9'), tag('b', '2')] },
      differences: [{ path: '/Tags/0/Value', expected: '1', actual: '9' }],
    },
    [{ path: '/Tags/1/Value', stablePath: '/Tags/Key=a/Value', desired: '1', live: '9' }],
  ],
  [
    'elements that were added stand at the next free indices',
    {
      desired: { Tags: [tag('a', '1')] },
      actual: { Tags: [tag('x', '8'), tag('a', '1'), tag('y', '9')] },
      differences: [
        { path: '/Tags/2', actual: tag('y', '9') },
        { path: '/Tags/0', actual: tag('x', '8') },
      ],
    },
    [
      { path: '/Tags/2', stablePath: '/Tags/Key=y', live: tag('y', '9') },
      { path: '/Tags/1', stablePath: '/Tags/Key=x', live: tag('x', '8') },
    ],
  ],
  [
    'an element that was removed',
    {
      desired: { Tags: [tag('a', '1'), tag('b', '2')] },
      actual: { Tags: [tag('b', '2')] },
      differences: [{ path: '/Tags/0', expected: tag('a', '1') }],
    },
    [{ path: '/Tags/0', stablePath: '/Tags/Key=a', desired: tag('a', '1') }],
  ],
  [
    'an element that was replaced under its key, told as removed and added, changed where it differs',
    {
      desired: { Tags: [tag('a', '1')] },
      actual: { Tags: [tag('a', '9')] },
      differences: [
        { path: '/Tags/0', expected: tag('a', '1') },
        { path: '/Tags/0', actual: tag('a', '9') },
      ],
    },
    [{ path: '/Tags/0/Value', stablePath: '/Tags/Key=a/Value', desired: '1', live: '9' }],
  ],
  [
    'what Git says already is none, though the stack does not yet',
    {
      desired: { DelaySeconds: '60', Tags: [tag('new', '1')] },
      expected: { DelaySeconds: 5 },
      actual: { DelaySeconds: 60, Tags: [tag('new', '1')] },
      differences: [
        { path: '/DelaySeconds', expected: '5', actual: '60' },
        { path: '/Tags/0', actual: tag('new', '1') },
      ],
    },
    [],
  ],
  [
    'an element that Git has changed as the cloud has is none',
    {
      desired: { Tags: [tag('a', '9')] },
      expected: { Tags: [tag('a', '1')] },
      actual: { Tags: [tag('a', '9')] },
      differences: [
        { path: '/Tags/0', expected: tag('a', '1') },
        { path: '/Tags/0', actual: tag('a', '9') },
      ],
    },
    [],
  ],
  [
    'what neither Git nor the cloud has is none',
    {
      desired: { QueueName: 'q' },
      expected: { QueueName: 'q', DelaySeconds: 5 },
      actual: { QueueName: 'q' },
      differences: [{ path: '/DelaySeconds', expected: '5' }],
    },
    [],
  ],
  [
    'inside a document that Git holds as text, the text as a whole',
    {
      type: 'AWS::SNS::TopicPolicy',
      desired: { PolicyDocument: '{"Statement": [{"Effect": "Allow"}]}' },
      expected: { PolicyDocument: { Statement: [{ Effect: 'Allow' }] } },
      actual: { PolicyDocument: { Statement: [{ Effect: 'Deny' }] } },
      differences: [{ path: '/PolicyDocument/Statement/0/Effect', expected: 'Allow', actual: 'Deny' }],
    },
    [
      {
        path: '/PolicyDocument',
        stablePath: '/PolicyDocument',
        desired: '{"Statement": [{"Effect": "Allow"}]}',
        live: { Statement: [{ Effect: 'Deny' }] },
      },
    ],
  ],
])('%s', (_, given, expected) => {
  expect(judge(given).differences).toEqual(expected);
});

test('a value that Git can not tell differs all the same, when AWS says so', () => {
  const desired = { QueueName: unresolved('an attribute that is not known') };
  const [difference] = judge({
    desired,
    expected: { QueueName: 'a' },
    actual: { QueueName: 'b' },
    differences: [{ path: '/QueueName', expected: 'a', actual: 'b' }],
  }).differences;
  expect(difference).toMatchObject({ path: '/QueueName', desired: desired.QueueName, live: 'b' });
});

test('counts what AWS has judged, and says what it has not', () => {
  const comparison = judge({
    type: 'AWS::RDS::DBInstance',
    desired: { Engine: 'mysql', Tags: [tag('a', '1')], MasterUserPassword: 'x', Port: 1 },
    expected: { Engine: 'mysql', Tags: [tag('a', '1')] },
    actual: { Engine: 'mysql', Tags: [tag('a', '1')] },
    differences: [],
  });
  expect(comparison.compared).toBe(3);
  expect(comparison.unverifiable).toEqual([
    { path: '/MasterUserPassword', reason: 'AWS never returns this property (write-only)', class: 'never' },
    { path: '/Port', reason: expect.stringContaining('not deployed yet'), class: 'unverified' },
  ]);
});
