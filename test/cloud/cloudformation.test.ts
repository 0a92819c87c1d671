import { describe, expect, test } from '@jest/globals';
import type { ProviderOptions } from '../../src/cloud/options.js';
import type { SnapshotStack } from '../../src/cloud/snapshot/snapshot.js';
import { withAws } from '../support/aws.js';
import type { SimulatorOptions } from '../support/aws-simulator/server.js';
import { bucket, buckets, requestFor, snapshotOf, stackOf } from './cloud.js';

const A = bucket('A');

function cloud(stacks: SnapshotStack[], more: Partial<SimulatorOptions> = {}): SimulatorOptions {
  return { accounts: { '111111111111': snapshotOf(stacks) }, ...more };
}

/** The provider, waiting no time but keeping how long it would have waited. */
function patient(): { waits: number[]; options: Partial<ProviderOptions> & { name: string } } {
  const waits: number[] = [];
  return { waits, options: { name: 'cloudformation', wait: async (ms) => void waits.push(ms) } };
}

describe("AWS's drift detection as the judge", () => {
  test('is run once a stack, polled with growing waits, and read page by page', async () => {
    const all = buckets(25);
    const { waits, options } = patient();
    await withAws(
      cloud([stackOf('shop', all)], { drift: { polls: 8 }, pageSize: 10 }),
      async (provider, aws) => {
        const answers = await Promise.all(all.map((one) => provider.readResource(requestFor('shop', one))));
        expect(answers.map(({ status }) => status)).toEqual(all.map(() => 'live'));
        expect(aws.calls).toEqual({
          DetectStackDrift: 1,
          DescribeStackDriftDetectionStatus: 8,
          DescribeStackResourceDrifts: 3,
        });
      },
      options,
    );
    expect(waits).toEqual([200, 400, 800, 1600, 3200, 5000, 5000]);
  });

  test('tells what differs, what is gone, and what it does not check', async () => {
    const changed = bucket('Changed', { properties: { BucketName: 'changed', Tags: [{ Key: 'a', Value: '1' }] } });
    const stack = stackOf('shop', [
      A,
      changed,
      bucket('Gone', { properties: null }),
      bucket('Unknown', { error: 'GeneralServiceException: no' }),
      { ...bucket('Custom'), type: 'Custom::Seed', unsupported: 'no' },
      { ...bucket('Child'), type: 'AWS::CloudFormation::Stack' },
    ]);
    const expected = { 'shop/Changed': { BucketName: 'old' } };
    const { options } = patient();
    await withAws(
      cloud([stack], { drift: { expected } }),
      async (provider) => {
        const answers = await Promise.all(stack.resources.map((one) => provider.readResource(requestFor('shop', one))));
        expect(answers).toEqual([
          {
            status: 'live',
            properties: A.properties,
            partial: true,
            verdict: { expected: A.properties, differences: [] },
          },
          {
            status: 'live',
            properties: { BucketName: 'changed' },
            partial: true,
            verdict: {
              expected: { BucketName: 'old' },
              differences: [{ path: '/BucketName', expected: 'old', actual: 'changed' }],
            },
          },
          { status: 'deleted' },
          { status: 'unreadable', reason: expect.stringContaining('could not check') },
          { status: 'unsupported', reason: expect.stringContaining('Custom::Seed') },
          { status: 'unsupported', reason: expect.stringContaining('nested stacks') },
        ]);
      },
      options,
    );
  });

  test('joins a detection that somebody else has under way', async () => {
    const { options } = patient();
    await withAws(
      cloud([stackOf('shop', [A])], { drift: { busy: { shop: 4 } } }),
      async (provider, aws) => {
        expect(await provider.readResource(requestFor('shop', A))).toMatchObject({ status: 'live' });
        expect(aws.calls['DescribeStackDriftDetectionStatus']).toBeUndefined();
        expect(aws.calls['DescribeStackResourceDrifts']).toBe(1);
      },
      options,
    );
  });

  test('runs its own when the other one has ended before it could be followed', async () => {
    const { options } = patient();
    await withAws(
      cloud([stackOf('shop', [A])], { drift: { busy: { shop: 1 } } }),
      async (provider, aws) => {
        expect(await provider.readResource(requestFor('shop', A))).toMatchObject({ status: 'live' });
        expect(aws.calls).toMatchObject({ DetectStackDrift: 2, DescribeStackDriftDetectionStatus: 1 });
      },
      options,
    );
  });

  test('a detection that fails for some resources leaves those unreadable, with AWS’s reason', async () => {
    const { options } = patient();
    await withAws(
      cloud([stackOf('shop', [A, bucket('B')])], { drift: { failing: { shop: 'Access denied for s3:GetBucketAcl' } } }),
      async (provider) => {
        expect(await provider.readResource(requestFor('shop', A))).toMatchObject({ status: 'live' });
        expect(await provider.readResource(requestFor('shop', bucket('B')))).toEqual({
          status: 'unreadable',
          reason: "AWS's drift detection failed: Access denied for s3:GetBucketAcl",
        });
      },
      options,
    );
  });

  test.each([
    ['UPDATE_IN_PROGRESS', /shop in eu-west-1 while it is UPDATE_IN_PROGRESS\n.*when the deployment has ended/],
    ['ROLLBACK_COMPLETE', /while it is ROLLBACK_COMPLETE\n.*--provider aws/],
  ])('a stack that is %s is not judged', async (status, message) => {
    const { options } = patient();
    await withAws(
      cloud([stackOf('shop', [A], { status })]),
      async (provider) => {
        const reading = provider.readResource(requestFor('shop', A));
        await expect(reading).rejects.toMatchObject({ name: 'DriftError', code: 'provider' });
        await expect(reading).rejects.toThrow(message);
      },
      options,
    );
  });

  test('a denial is an error of the stack in AWS’s words', async () => {
    const { options } = patient();
    await withAws(
      cloud([stackOf('shop', [A])], { faults: [{ operation: 'DetectStackDrift', kind: 'deny' }] }),
      async (provider) => {
        const reading = provider.readResource(requestFor('shop', A));
        await expect(reading).rejects.toThrow(/^can't detect the drift of stack shop in eu-west-1: AccessDenied/);
      },
      options,
    );
  });

  test('gives up on a detection that does not end', async () => {
    const { waits, options } = patient();
    await withAws(
      cloud([stackOf('shop', [A])], { drift: { polls: 1_000_000 } }),
      async (provider) => {
        await expect(provider.readResource(requestFor('shop', A))).rejects.toThrow(/has not ended in 30 minutes/);
      },
      options,
    );
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThanOrEqual(30 * 60_000);
  });

  test('looks at ten stacks of an account and region at a time', async () => {
    const stacks = Array.from({ length: 24 }, (_, index) => stackOf(`shop-${index}`, [A]));
    const running = { now: 0, most: 0 };
    const wait = async () => {
      running.now += 1;
      running.most = Math.max(running.most, running.now);
      await new Promise((resolve) => setImmediate(resolve));
      running.now -= 1;
    };
    await withAws(
      cloud(stacks, { drift: { polls: 5 } }),
      async (provider) => {
        await Promise.all(stacks.map(({ name }) => provider.readResource(requestFor(name, A))));
        expect(running.most).toBeGreaterThan(1);
        expect(running.most).toBeLessThanOrEqual(10);
      },
      { name: 'cloudformation', wait },
    );
  });
});
