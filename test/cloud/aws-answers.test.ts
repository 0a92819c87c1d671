import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../src/base/errors.js';
import type { Provider } from '../../src/cloud/cloud.js';
import type { SnapshotResource } from '../../src/cloud/snapshot/snapshot.js';
import { withAws } from '../support/aws.js';
import type { Fault } from '../support/aws-simulator/faults.js';
import type { AwsSimulator } from '../support/aws-simulator/server.js';
import { bucket, requestFor, snapshotOf, stackOf } from './cloud.js';

const PLACE = { name: 'shop', region: 'eu-west-1' };
const BUCKET = bucket('Bucket');
/** Of a type that only drift detection reads. */
const POLICY: SnapshotResource = {
  ...{ logicalId: 'Policy', type: 'AWS::IAM::Policy', physicalId: 'p' },
  properties: { PolicyName: 'p' },
};

type Answer = { status: string; reason?: string };

/** What each operation of a scan is asked for, and what comes of it: a live value, or why there is none. */
const ASKED: Record<string, (provider: Provider) => Promise<unknown>> = {
  DescribeStacks: (provider) => provider.readStack(PLACE),
  ListStackResources: (provider) => provider.readStack(PLACE),
  GetTemplate: (provider) => provider.readTemplate(PLACE),
  ListStacks: (provider) => provider.listStacks('eu-west-1'),
  ListExports: (provider) => provider.readExports('eu-west-1'),
  GetResource: (provider) => provider.readResource(requestFor('shop', BUCKET)),
  DetectStackResourceDrift: (provider) => provider.readResource(requestFor('shop', POLICY)),
};

async function ask(operation: string, kind: Fault['kind'], look?: (aws: AwsSimulator) => void): Promise<Answer> {
  const cloud = {
    accounts: { '1': snapshotOf([stackOf('shop', [BUCKET, POLICY], { template: 'Resources: {}' })], '1') },
    faults: [{ operation, kind }],
  };
  let answer: Answer = { status: 'none' };
  const asked = ASKED[operation] ?? (() => Promise.reject(new Error(`nobody asks for ${operation}`)));
  await withAws(
    cloud,
    async (provider, aws) => {
      answer = await (asked(provider) as Promise<Answer>).catch((error: unknown) => {
        if (!(error instanceof DriftError)) throw error;
        return { status: 'error', reason: error.message };
      });
      look?.(aws);
    },
    { wait: async () => {}, timeoutMs: 120 },
  );
  return answer;
}

const KINDS: Fault['kind'][] = [
  ...([
    'deny',
    'unavailable',
    'page',
    'html',
    'empty',
    'object',
    'broken',
    'cut',
    'stall',
    'reset',
    'hang',
    'drip',
  ] as const),
  { code: 'InternalFailure', message: 'We failed.', status: 500 },
];

describe.each(Object.keys(ASKED))('of %s', (operation) => {
  test.each(KINDS.map((kind) => [typeof kind === 'string' ? kind : 'status 500', kind] as const))(
    'an answer of the kind "%s" is an error with a reason',
    async (_, kind) => {
      const { status, reason } = await ask(operation, kind);
      expect({ operation, status }).toEqual({
        operation,
        status: expect.stringMatching(/^(?:error|unreadable|unsupported)$/),
      });
      expect(reason).toMatch(/\S/);
    },
  );

  test('without a fault there is an answer', async () => {
    const answer = await ask(operation, { alter: (usual) => usual });
    expect(answer).toBeDefined();
    expect(answer.status ?? 'known').not.toMatch(/^(?:none|error|unreadable)$/);
  });
});

describe('an answer about something else', () => {
  test.each<[string, string, (usual: Record<string, unknown>) => Record<string, unknown>, RegExp]>([
    ['another stack', 'DescribeStacks', stacks({ StackName: 'other' }), /it is about stack other/],
    ['no status', 'DescribeStacks', stacks({ StackStatus: undefined }), /status is missing/],
    ['an odd status', 'DescribeStacks', stacks({ StackStatus: 'GREEN' }), /status is GREEN/],
    [
      'another region',
      'DescribeStacks',
      stacks({ StackId: 'arn:aws:cloudformation:us-east-1:1:stack/shop/1' }),
      /a stack in us-east-1/,
    ],
    [
      'another type',
      'GetResource',
      (usual) => ({ ...usual, TypeName: 'AWS::SQS::Queue' }),
      /answered for a AWS::SQS::Queue/,
    ],
    [
      'another resource',
      'GetResource',
      (usual) => ({
        ...usual,
        ResourceDescription: { Identifier: 'stranger', Properties: '{"BucketName":"stranger"}' },
      }),
      /another resource, stranger/,
    ],
    [
      'no model',
      'GetResource',
      (usual) => ({ ...usual, ResourceDescription: { Identifier: 'bucket', Properties: '[]' } }),
      /holds no model/,
    ],
    [
      'another resource of the stack',
      'DetectStackResourceDrift',
      (usual) => ({ StackResourceDrift: { ...(usual['StackResourceDrift'] as object), LogicalResourceId: 'Other' } }),
      /answered for Other/,
    ],
  ])('%s is told', async (_, operation, alter, reason) => {
    const answer = await ask(operation, { alter });
    expect(answer.status).toMatch(/^(?:error|unreadable)$/);
    expect(answer.reason).toMatch(reason);
  });

  test('an identifier may be spelled in another way', async () => {
    const alter = (usual: Record<string, unknown>) => ({
      ...usual,
      ResourceDescription: { Identifier: 'arn:aws:s3:::bucket', Properties: '{"BucketName":"bucket"}' },
    });
    expect(await ask('GetResource', { alter })).toMatchObject({ status: 'live' });
  });
});

describe('a list that does not end', () => {
  test.each(['ListStacks', 'ListStackResources', 'ListExports'])('%s with the same token again', async (operation) => {
    const answer = await ask(operation, { alter: (usual) => ({ ...usual, NextToken: 'again' }) });
    expect(answer).toMatchObject({ status: 'error', reason: expect.stringMatching(/the same page again/) });
  });

  test.each(['ListStacks', 'ListStackResources'])('%s with two tokens by turns', async (operation) => {
    let count = 0;
    const alter = (usual: Record<string, unknown>) => {
      count += 1;
      return { ...usual, NextToken: count % 2 === 0 ? 'a' : 'b' };
    };
    expect(await ask(operation, { alter })).toMatchObject({ reason: expect.stringMatching(/the same page again/) });
    expect(count).toBe(3);
  });

  test('with a new token each time', async () => {
    let count = 0;
    const alter = (usual: Record<string, unknown>) => {
      count += 1;
      return { ...usual, NextToken: `token ${count}` };
    };
    const answer = await ask('ListExports', { alter });
    expect(answer).toMatchObject({ status: 'error', reason: expect.stringMatching(/goes on after 2000 pages/) });
    expect(count).toBe(2001);
  });
});

/** Changes the first stack of an answer. */
function stacks(change: Record<string, unknown>): (usual: Record<string, unknown>) => Record<string, unknown> {
  return (usual) => ({ ...usual, Stacks: [{ ...(usual['Stacks'] as object[])[0], ...change }] });
}
