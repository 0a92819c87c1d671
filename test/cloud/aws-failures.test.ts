import { describe, expect, test } from '@jest/globals';
import { withAws } from '../support/aws.js';
import type { Fault } from '../support/aws-simulator/faults.js';
import { bucket, buckets, requestFor, snapshotOf, stackOf } from './cloud.js';

const TARGET = { name: 'shop', region: 'eu-west-1' };
const ROLE = 'arn:aws:iam::222222222222:role/drift-reader';
const A = bucket('A');
const QUEUE = { logicalId: 'Q', type: 'AWS::SQS::Queue', physicalId: 'https://q', properties: { QueueName: 'q' } };

function cloud(faults: Fault[] = []) {
  return { accounts: { '111111111111': snapshotOf([stackOf('shop', [A, QUEUE])]) }, faults };
}

describe('throttling', () => {
  test('backs off and loses no resource', async () => {
    const all = buckets(20);
    const faults: Fault[] = [
      { operation: 'GetResource', kind: 'throttle', every: 2, times: 8 },
      { operation: 'ListStackResources', kind: 'throttle', times: 2 },
    ];
    await withAws({ accounts: { '1': snapshotOf([stackOf('shop', all)], '1') }, faults }, async (provider, aws) => {
      expect((await provider.readStack(TARGET)).resources).toHaveLength(20);
      const answers = await Promise.all(all.map((one) => provider.readResource(requestFor('shop', one))));
      expect(answers.map(({ status }) => status)).toEqual(all.map(() => 'live'));
      expect(aws.calls).toMatchObject({ ListStackResources: 3, GetResource: 28 });
    });
  });

  test('finds a limit by itself, in one region of an account as if there were no other', async () => {
    const all = buckets(30);
    const snapshot = snapshotOf([stackOf('shop', all)], '1');
    const elsewhere = snapshotOf([stackOf('shop', all)], '1', 'us-east-1').regions;
    Object.assign(snapshot.regions, elsewhere);
    const limits = [{ operation: 'GetResource', region: 'eu-west-1', perSecond: 20, burst: 5 }];
    await withAws({ accounts: { '1': snapshot }, limits }, async (provider, aws) => {
      const order: string[] = [];
      const reading = ['eu-west-1', 'us-east-1'].flatMap((region) =>
        all.map(async (one) => {
          const { status } = await provider.readResource(requestFor('shop', one, { region }));
          order.push(region);
          return status;
        }),
      );
      expect(new Set(await Promise.all(reading))).toEqual(new Set(['live']));
      expect(order.slice(-10)).toEqual(Array.from({ length: 10 }, () => 'eu-west-1'));
      expect(aws.usage()).toMatchObject([{ region: 'eu-west-1', taken: 30 }]);
      expect(aws.usage()[0]?.throttled).toBeLessThan(30);
    });
  });

  test('knows the throttling that Cloud Control passes on from the service behind it', async () => {
    const error = { code: 'GeneralServiceException', message: 'Rate exceeded (Service: Sqs, Status Code: 400)' };
    await withAws(cloud([{ operation: 'GetResource', kind: error, times: 2 }]), async (provider, aws) => {
      expect(await provider.readResource(requestFor('shop', A))).toMatchObject({ status: 'live' });
      expect(aws.calls['GetResource']).toBe(3);
    });
  });
});

describe('a resource that AWS does not tell is unreadable, never deleted', () => {
  test('access denied for one type: AWS says why, and the others are read', async () => {
    await withAws(cloud([{ type: 'AWS::SQS::Queue', kind: 'deny' }]), async (provider) => {
      expect(await provider.readResource(requestFor('shop', A))).toMatchObject({ status: 'live' });
      expect(await provider.readResource(requestFor('shop', QUEUE))).toEqual({
        status: 'unreadable',
        reason:
          'AccessDeniedException: User: arn:aws:iam::111111111111:user/reader is not authorized to perform: cloudformation:GetResource',
      });
    });
  });

  test.each<[string, Fault['kind'], RegExp]>([
    [
      'a handler that says "not found"',
      { code: 'GeneralServiceException', message: 'Role not found' },
      /Role not found/,
    ],
    ['a handler that failed', { code: 'HandlerFailureException', message: 'NotFound', status: 502 }, /HandlerFailure/],
    ['an invalid identifier', { code: 'InvalidRequestException', message: 'x does not exist' }, /does not exist/],
    ['a service that is down', 'unavailable', /ServiceUnavailable/],
    ['an answer that is no JSON', 'broken', /broken or cut short/],
    ['a page for people', 'page', /unexpected response from AWS \(HTTP 403\)/],
    ['a connection that ends within the answer', 'cut', /broken or cut short/],
  ])('%s', async (_, kind, reason) => {
    await withAws(cloud([{ operation: 'GetResource', kind }]), async (provider) => {
      const answer = await provider.readResource(requestFor('shop', A));
      expect(answer).toEqual({ status: 'unreadable', reason: expect.stringMatching(reason) });
    });
  });

  test.each<[string, Fault['kind']]>([
    ['no answer', 'hang'],
    ['half an answer, then nothing', 'stall'],
  ])('%s within the time', async (_, kind) => {
    await withAws(
      cloud([{ operation: 'GetResource', kind }]),
      async (provider) => {
        const answer = await provider.readResource(requestFor('shop', A));
        expect(answer).toEqual({ status: 'unreadable', reason: 'AWS did not answer in time' });
      },
      { timeoutMs: 50 },
    );
  });

  test('an outage that passes is tried again', async () => {
    await withAws(cloud([{ operation: 'GetResource', kind: 'unavailable', times: 2 }]), async (provider) => {
      expect(await provider.readResource(requestFor('shop', A))).toMatchObject({ status: 'live' });
    });
  });

  test('drift detection that fails', async () => {
    const policy = { logicalId: 'P', type: 'AWS::SQS::QueuePolicy', physicalId: 'p' };
    const message = 'Stack is in UPDATE_IN_PROGRESS';
    const faults: Fault[] = [{ operation: 'DetectStackResourceDrift', kind: { code: 'ValidationError', message } }];
    await withAws({ accounts: { '1': snapshotOf([stackOf('shop', [policy])], '1') }, faults }, async (provider) => {
      const answer = await provider.readResource(requestFor('shop', policy));
      expect(answer).toEqual({ status: 'unreadable', reason: `ValidationError: ${message}` });
    });
  });
});

describe('a stack that can not be read is an error that says why', () => {
  test.each<[string, Fault['kind'], RegExp]>([
    ['access denied', 'deny', /^can't read stack shop in eu-west-1: AccessDenied: User: .* is not authorized/],
    ['an answer that is no XML', 'broken', /^can't read stack shop in eu-west-1: AWS's answer was broken/],
    ['an outage', 'unavailable', /^can't read stack shop in eu-west-1: ServiceUnavailable/],
  ])('%s', async (_, kind, message) => {
    await withAws(cloud([{ operation: 'ListStackResources', kind }]), async (provider) => {
      const reading = provider.readStack(TARGET);
      await expect(reading).rejects.toMatchObject({ name: 'DriftError', code: 'provider' });
      await expect(reading).rejects.toThrow(message);
    });
  });

  test('an endpoint where nobody answers', async () => {
    await withAws(
      cloud(),
      async (provider) => {
        await expect(provider.connect()).rejects.toMatchObject({ code: 'provider' });
        await expect(provider.connect()).rejects.toThrow(/could not be reached \(ECONNREFUSED.*\)\n.*AWS_ENDPOINT_URL/);
      },
      { env: { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1' } },
    );
  });
});

describe('credentials', () => {
  test('tells the account they belong to', async () => {
    await withAws(cloud(), async (provider) => expect(await provider.connect()).toEqual({ account: '111111111111' }));
  });

  test('says what to do when there are none', async () => {
    await withAws(
      cloud(),
      async (provider) => {
        await expect(provider.connect()).rejects.toMatchObject({ code: 'credentials' });
        await expect(provider.connect()).rejects.toThrow(
          /^no AWS credentials were found: .*\n.*AWS_PROFILE.*aws sso login/,
        );
      },
      { env: { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined } },
    );
  });

  test('says so when the profile does not exist', async () => {
    await withAws(
      cloud(),
      async (provider) => {
        await expect(provider.connect()).rejects.toMatchObject({ code: 'credentials' });
        await expect(provider.connect()).rejects.toThrow(/there is no AWS profile "nowhere", which AWS_PROFILE names/);
      },
      { env: { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_PROFILE: 'nowhere' } },
    );
  });

  test.each<[Fault['kind'], RegExp]>([
    ['expired', /^the AWS credentials have expired: ExpiredToken.*\n.*get new credentials/],
    ['invalid-token', /^AWS refuses the credentials in .*: InvalidClientTokenId.*\n.*check the keys/],
  ])('%s', async (kind, message) => {
    await withAws(cloud([{ operation: 'GetCallerIdentity', kind }]), async (provider) => {
      await expect(provider.connect()).rejects.toMatchObject({ code: 'credentials' });
      await expect(provider.connect()).rejects.toThrow(message);
    });
  });

  test('that expire within a scan end it, instead of making every resource unreadable', async () => {
    await withAws(cloud([{ operation: 'GetResource', kind: 'expired' }]), async (provider) => {
      await expect(provider.readResource(requestFor('shop', A))).rejects.toMatchObject({ code: 'credentials' });
    });
  });

  test('a role is assumed once for all services, regions and resources', async () => {
    const all = buckets(5);
    const accounts = {
      '111111111111': snapshotOf([]),
      '222222222222': snapshotOf([stackOf('shop', all)], '222222222222'),
    };
    await withAws({ accounts }, async (provider, aws) => {
      expect(await provider.connect(ROLE)).toEqual({ account: '222222222222' });
      const stack = await provider.readStack({ ...TARGET, roleArn: ROLE });
      expect(stack).toMatchObject({ account: '222222222222', roleArn: ROLE });
      await Promise.all(all.map((one) => provider.readResource(requestFor('shop', one, { roleArn: ROLE }))));
      await provider.listStacks('us-east-1', ROLE);
      expect(aws.calls).toEqual({
        AssumeRole: 1,
        GetCallerIdentity: 1,
        DescribeStacks: 1,
        ListStackResources: 1,
        GetResource: 5,
        ListStacks: 1,
      });
      expect(aws.log.filter(({ region }) => region === 'us-east-1').map(({ operation }) => operation)).toEqual([
        'ListStacks',
      ]);
    });
  });

  test('a role that can not be assumed is named, with what to check', async () => {
    await withAws(cloud([{ operation: 'AssumeRole', kind: 'deny' }]), async (provider, aws) => {
      const reading = provider.readStack({ ...TARGET, roleArn: ROLE });
      await expect(reading).rejects.toMatchObject({ code: 'credentials' });
      await expect(reading).rejects.toThrow(
        /^can't assume the role arn:aws:iam::222222222222:role\/drift-reader: AccessDenied/,
      );
      await expect(provider.connect(ROLE)).rejects.toThrow(/^can't assume the role/);
      expect(aws.calls).toEqual({ AssumeRole: 1 });
    });
  });
});

test('closing ends what is under way', async () => {
  await withAws(cloud([{ operation: 'GetResource', kind: 'hang' }]), async (provider, aws) => {
    const reading = provider.readResource(requestFor('shop', A));
    while (aws.calls['GetResource'] === undefined) await new Promise((resolve) => setTimeout(resolve, 1));
    provider.close?.();
    expect(await reading).toMatchObject({ status: 'unreadable' });
    expect(aws.calls['GetResource']).toBe(1);
  });
});
