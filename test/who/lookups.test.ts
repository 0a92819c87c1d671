import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { expect, test } from '@jest/globals';
import type { Json } from '../../src/base/json.js';
import { describeShared } from '../support/shared.js';
import { ACCOUNT, type Asked, DEPLOYED, recorded, withTrail } from './trail.js';

const ALICE = `arn:aws:iam::${ACCOUNT}:user/alice`;
const BOB = `arn:aws:iam::${ACCOUNT}:user/bob`;
const HERE = `${ACCOUNT} eu-west-1`;
const QUEUE = `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/jobs`;

function setAt(time: string, attributes: Json, by = ALICE) {
  return recorded(
    'sqs.amazonaws.com',
    'SetQueueAttributes',
    time,
    { queueUrl: QUEUE, attributes },
    { by, names: [QUEUE] },
  );
}

const DELAY: Asked = {
  type: 'AWS::SQS::Queue',
  physicalId: QUEUE,
  path: '/DelaySeconds',
  live: 9,
  texts: { QueueUrl: QUEUE },
  properties: ['DelaySeconds', 'Policy'],
};

test.each<[string, ReturnType<typeof setAt>[], object]>([
  [
    'the call that set the live value, not the one that repeats it',
    [setAt('2026-11-12T00:00:00Z', { DelaySeconds: '9' }, BOB), setAt('2026-11-13T00:00:00Z', { DelaySeconds: '9' })],
    { grade: 'exact', principal: BOB },
  ],
  [
    'a later call with another value takes the name away',
    [setAt('2026-11-12T00:00:00Z', { DelaySeconds: '9' }), setAt('2026-11-13T00:00:00Z', { DelaySeconds: '3' }, BOB)],
    { grade: 'possible', principal: undefined },
  ],
  [
    'a call that sets another property explains nothing',
    [setAt('2026-11-12T00:00:00Z', { Policy: '{}' })],
    { grade: 'possible', principal: undefined },
  ],
  [
    'two callers of calls that may be it',
    [setAt('2026-11-12T00:00:00Z', {}), setAt('2026-11-13T00:00:00Z', {}, BOB)],
    { grade: 'possible', principal: undefined },
  ],
  [
    'what came before the last deployment was overwritten',
    [setAt('2026-11-09T00:00:00Z', { DelaySeconds: '9' })],
    { grade: 'unknown', principal: undefined },
  ],
])('%s', async (_, events, expected) => {
  await withTrail({ [HERE]: events }, async (ask) =>
    expect({ principal: undefined, ...(await ask(DELAY)) }).toMatchObject(expected),
  );
});

test('a neighbour of the same name is another resource', async () => {
  const arn = (cluster: string) => `arn:aws:ecs:eu-west-1:${ACCOUNT}:service/${cluster}/web`;
  const update = (cluster: string, by: string) =>
    recorded(
      'ecs.amazonaws.com',
      'UpdateService',
      '2026-11-12T00:00:00Z',
      { cluster, service: 'web', desiredCount: 3 },
      { by, names: ['web'] },
    );
  await withTrail({ [HERE]: [update('other', BOB)] }, async (ask) => {
    const asked = {
      type: 'AWS::ECS::Service',
      path: '/DesiredCount',
      live: 3,
      texts: { ServiceArn: arn('shop'), Cluster: 'shop' },
    };
    expect(await ask({ ...asked, physicalId: arn('shop') })).toMatchObject({ grade: 'unknown' });
  });
  await withTrail({ [HERE]: [update('shop', ALICE)] }, async (ask) => {
    const asked = {
      type: 'AWS::ECS::Service',
      path: '/DesiredCount',
      live: 3,
      texts: { ServiceArn: arn('shop'), Cluster: 'shop' },
    };
    expect(await ask({ ...asked, physicalId: arn('shop') })).toMatchObject({ grade: 'exact', principal: ALICE });
  });
});

test('events of global services are looked up at home, page by page, also when throttled', async () => {
  const noise = Array.from({ length: 120 }, (_, index) =>
    recorded(
      'iam.amazonaws.com',
      'TagRole',
      new Date(Date.parse(DEPLOYED) + (index + 2) * 60_000).toISOString(),
      { roleName: 'reader' },
      { by: BOB, names: ['reader'] },
    ),
  );
  const change = recorded(
    'iam.amazonaws.com',
    'UpdateRole',
    '2026-11-10T00:01:00Z',
    { roleName: 'reader', maxSessionDuration: 7200 },
    { by: ALICE, names: ['reader'] },
  );
  const faults = [{ operation: 'LookupEvents', kind: 'throttle' as const, times: 2, every: 2 }];
  await withTrail(
    { [`${ACCOUNT} us-east-1`]: [...noise, change] },
    async (ask, aws) => {
      const asked = {
        type: 'AWS::IAM::Role',
        physicalId: 'reader',
        path: '/MaxSessionDuration',
        live: 7200,
        texts: { RoleName: 'reader' },
      };
      expect(await ask(asked)).toMatchObject({ grade: 'exact', principal: ALICE });
      expect(new Set(aws.log.map(({ region }) => region))).toEqual(new Set(['us-east-1']));
      expect(aws.calls['LookupEvents']).toBe(5);
    },
    { faults },
  );
});

test('the history refuses what AWS refuses', async () => {
  await withTrail(
    { [HERE]: Array.from({ length: 60 }, () => setAt('2026-11-12T00:00:00Z', {})) },
    async (_, { url }) => {
      const credentials = { accessKeyId: 'AKIASIMULATOR', secretAccessKey: 'x' };
      const client = new CloudTrail({ endpoint: url, region: 'eu-west-1', credentials, maxAttempts: 1 });
      const by = (value: string) => [{ AttributeKey: 'ResourceName' as const, AttributeValue: value }];
      const { Events = [], NextToken } = await client.lookupEvents({ LookupAttributes: by(QUEUE) });
      expect([Events.length, Events[0]?.EventTime]).toEqual([50, new Date('2026-11-12T00:00:00Z')]);
      await expect(client.lookupEvents({ LookupAttributes: by('other'), NextToken })).rejects.toMatchObject({
        name: 'InvalidNextTokenException',
      });
      await expect(client.lookupEvents({ LookupAttributes: by(QUEUE) })).rejects.toMatchObject({
        name: 'ThrottlingException',
      });
      client.destroy();
    },
  );
});

test('CloudTrail’s client is loaded by nothing but the session, when it is first asked', () => {
  const built = fileURLToPath(new URL('../../dist', import.meta.url));
  const lines = execFileSync(
    'grep',
    ['-rn', '--include=*.js', '--exclude-dir=bundle', '@aws-sdk/client-cloudtrail', built],
    {
      encoding: 'utf8',
    },
  );
  expect(lines.trim().split('\n')).toEqual([expect.stringMatching(/session\.js:\d+:.*await import\(/)]);
});

describeShared('aws/events-by-type.json.gz', 'the data that ships', () => {
  test('is a fresh distillation', async () => {
    const script = '../../scripts/distil-write-events.js';
    const { distilWriteEvents } = (await import(script)) as { distilWriteEvents(events: unknown): unknown };
    const read = (path: string): unknown =>
      JSON.parse(gunzipSync(readFileSync(new URL(path, import.meta.url))).toString('utf8'));
    expect(existsSync(new URL('../../data/write-events.json.gz', import.meta.url))).toBe(true);
    expect(read('../../data/write-events.json.gz')).toEqual(
      distilWriteEvents(read('../../../shared/aws/events-by-type.json.gz')),
    );
  });
});
