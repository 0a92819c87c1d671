import { describe, expect, test } from '@jest/globals';
import type { SnapshotResource } from '../../src/cloud/snapshot/snapshot.js';
import { withAws } from '../support/aws.js';
import type { Fault } from '../support/aws-simulator/faults.js';
import { bucket, requestFor, snapshotOf, stackOf } from './cloud.js';

const THERE: SnapshotResource = {
  logicalId: 'Jobs',
  type: 'AWS::SQS::Queue',
  physicalId: 'https://sqs/jobs',
  properties: { QueueUrl: 'https://sqs/jobs', DelaySeconds: 5 },
};
const GONE = { ...THERE, properties: null };
const OTHERS = ['a', 'b', 'c', 'd', 'e'].map((name) => ({
  ...THERE,
  logicalId: name,
  physicalId: `https://sqs/${name}`,
}));

/** Cloud Control says that there is no queue, which may be wrong. */
const NOT_FOUND: Fault = {
  operation: 'GetResource',
  kind: { code: 'ResourceNotFoundException', message: 'Resource was not found' },
};
/** As handlers pass it on; a throttle of AWS's own API is tried again. */
const SLOW_DOWN = { code: 'GeneralServiceException', message: 'Rate exceeded' };
const NO_DETECTION: Fault = {
  operation: 'DetectStackResourceDrift',
  kind: { code: 'ValidationError', message: 'Resource type does not support drift detection' },
};

/** What is made of a queue, and which requests that takes. */
async function read(queue: SnapshotResource, faults: Fault[] = []) {
  const stack = stackOf('shop', [queue, ...OTHERS]);
  const found: { answer?: unknown; calls?: Record<string, number> } = {};
  const cloud = { accounts: { '1': snapshotOf([stack], '1') }, faults, pageSize: 2 };
  const run: Parameters<typeof withAws>[1] = async (provider, aws) => {
    found.answer = await provider.readResource(requestFor('shop', queue));
    found.calls = aws.calls;
  };
  await withAws(cloud, run, { wait: async () => {} });
  return found;
}

describe('a resource that Cloud Control does not find', () => {
  test('is deleted where drift detection says so, too', async () => {
    const { answer, calls } = await read(GONE);
    expect(answer).toEqual({ status: 'deleted' });
    expect(calls).toEqual({ GetResource: 1, DetectStackResourceDrift: 1 });
  });

  test('is read in part where drift detection finds it', async () => {
    const { answer } = await read(THERE, [NOT_FOUND]);
    expect(answer).toEqual({ status: 'live', properties: THERE.properties, partial: true });
  });

  test.each<[string, Fault]>([
    ['does not know the type', NO_DETECTION],
    ['is denied', { operation: 'DetectStackResourceDrift', kind: 'deny' }],
    ['is throttled by the service behind it', { operation: 'DetectStackResourceDrift', kind: SLOW_DOWN }],
    ['is not to be had', { operation: 'DetectStackResourceDrift', kind: 'unavailable' }],
  ])('is deleted where drift detection %s, and the whole list of its type has not got it', async (_, fault) => {
    const { answer, calls } = await read(GONE, [fault]);
    expect(answer).toEqual({ status: 'deleted' });
    expect(calls?.['ListResources']).toBe(3);
  });

  test.each<[string, Fault, RegExp]>([
    [
      'is denied',
      { operation: 'ListResources', kind: 'deny' },
      /not authorized to perform: cloudformation:ListResources/,
    ],
    ['is throttled by the service behind it', { operation: 'ListResources', kind: SLOW_DOWN }, /Rate exceeded/],
    ['breaks off', { operation: 'ListResources', kind: 'broken', every: 2 }, /broken/],
    [
      'asks for more than the type',
      { operation: 'ListResources', kind: { code: 'InvalidRequestException', message: 'Missing ResourceModel' } },
      /InvalidRequestException: Missing ResourceModel/,
    ],
    [
      'can not be had of the type',
      { operation: 'ListResources', kind: { code: 'UnsupportedActionException', message: 'does not support LIST' } },
      /does not support LIST/,
    ],
  ])('is unreadable where drift detection can not tell, and the list %s', async (_, fault, reason) => {
    const { answer } = await read(GONE, [NO_DETECTION, fault]);
    expect(answer).toEqual({ status: 'unreadable', reason: expect.stringMatching(reason) });
    expect(answer).toMatchObject({ reason: expect.stringMatching(/^Cloud Control finds no AWS::SQS::Queue https/) });
    expect(answer).toMatchObject({ reason: expect.stringContaining('does not support drift detection') });
  });

  test('is unreadable where the list has it, on whichever page', async () => {
    for (const queue of [THERE, { ...THERE, physicalId: 'https://sqs/e' }]) {
      const { answer } = await read(queue, [NOT_FOUND, NO_DETECTION]);
      expect(answer).toEqual({ status: 'unreadable', reason: expect.stringMatching(/it lists it, though$/) });
    }
  });

  test('of which there are several, the list is read once for all', async () => {
    const gone = OTHERS.map((queue) => ({ ...queue, properties: null }));
    const cloud = { accounts: { '1': snapshotOf([stackOf('shop', [...gone, THERE])], '1') }, faults: [NO_DETECTION] };
    await withAws(cloud, async (provider, aws) => {
      const answers = await Promise.all(gone.map((queue) => provider.readResource(requestFor('shop', queue))));
      expect(answers).toEqual(gone.map(() => ({ status: 'deleted' })));
      expect(aws.calls).toEqual({ GetResource: 5, DetectStackResourceDrift: 5, ListResources: 1 });
    });
  });

  test('is not looked for in a list where its identifier is uncertain', async () => {
    const client = {
      logicalId: 'It',
      type: 'AWS::Cognito::UserPoolClient',
      physicalId: 'client1',
      properties: null,
    };
    const cloud = { accounts: { '1': snapshotOf([stackOf('shop', [client])], '1') }, faults: [NO_DETECTION] };
    await withAws(cloud, async (provider, aws) => {
      const answer = await provider.readResource(requestFor('shop', client, { properties: { UserPoolId: 'pool1' } }));
      expect(answer).toMatchObject({ status: 'unreadable', reason: expect.stringContaining('pool1|client1') });
      expect(aws.calls['ListResources']).toBeUndefined();
    });
  });

  test('stops everything where the credentials have expired meanwhile', async () => {
    const expired: Fault = { operation: 'ListResources', kind: 'expired' };
    await expect(read(GONE, [NO_DETECTION, expired])).rejects.toMatchObject({ code: 'credentials' });
  });
});

test('what is there takes one request', async () => {
  expect((await read(THERE)).calls).toEqual({ GetResource: 1 });
});

test("CloudFormation's own drift detection needs no second witness", async () => {
  const lost = bucket('Lost', { properties: null });
  const cloud = { accounts: { '1': snapshotOf([stackOf('shop', [lost])], '1') } };
  const run = async (
    provider: Parameters<Parameters<typeof withAws>[1]>[0],
    aws: { calls: Record<string, number> },
  ) => {
    expect(await provider.readResource(requestFor('shop', lost))).toMatchObject({ status: 'deleted' });
    expect(aws.calls['GetResource']).toBeUndefined();
    expect(aws.calls['ListResources']).toBeUndefined();
  };
  await withAws(cloud, run, { name: 'cloudformation', wait: async () => {} });
});
