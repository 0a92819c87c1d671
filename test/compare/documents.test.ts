import { describe, expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../../src/base/json.js';
import { type PlainObject, unresolved } from '../../src/value/value.js';
import { ACCOUNT, comparing, differing, open } from './comparing.js';

const QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}:orders`;

function policy(statement: Json, more: JsonObject = { Version: '2012-10-17' }): JsonObject {
  return { PolicyDocument: { ...more, Statement: statement } };
}

const read = { Sid: 'Read', Effect: 'Allow', Action: ['sqs:ReceiveMessage'], Resource: QUEUE };
const write = { Effect: 'Allow', Action: ['sqs:SendMessage', 'sqs:GetQueueUrl'], Resource: [QUEUE] };
const tls = { Effect: 'Deny', Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };

describe('policies that say the same', () => {
  test.each<[string, JsonObject, JsonObject]>([
    [
      'keys in another order',
      policy([read]),
      policy([Object.fromEntries(Object.entries(read).reverse()) as JsonObject]),
    ],
    ['one action, as text or list', policy([read]), policy([{ ...read, Action: 'sqs:ReceiveMessage' }])],
    ['one statement, alone or in a list', policy(read), policy([read])],
    ['statements in another order', policy([read, write]), policy([write, read])],
    [
      'actions in another order',
      policy([write]),
      policy([{ ...write, Action: ['sqs:GetQueueUrl', 'sqs:SendMessage'], Resource: QUEUE }]),
    ],
    [
      'an account by number or as its root',
      policy([{ ...read, Principal: { AWS: ACCOUNT } }]),
      policy([{ ...read, Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }]),
    ],
    [
      'everyone, in short or in long',
      policy([{ ...read, Principal: '*' }]),
      policy([{ ...read, Principal: { AWS: '*' } }]),
    ],
    ["the language's first version, by default", policy([read], {}), policy([read], { Version: '2008-10-17' })],
  ])('%s', async (_, desired, live) => {
    expect(await differing('AWS::IAM::ManagedPolicy', desired, live)).toEqual([]);
  });
});

describe('policies that do not', () => {
  const statement = '/PolicyDocument/Statement';
  test.each<[string, JsonObject, JsonObject, string[]]>([
    [
      'an action added',
      policy([write]),
      policy([{ ...write, Action: [...write.Action, 'sqs:*'] }]),
      [`${statement}/0/Action/2`],
    ],
    [
      'an action in place of another',
      policy([write]),
      policy([{ ...write, Action: ['sqs:SendMessage', 'sqs:*'] }]),
      [`${statement}/0/Action/1`],
    ],
    ['a statement added', policy([read]), policy([tls, read]), [`${statement}/1`]],
    ['a statement removed', policy([read, tls]), policy([read]), [`${statement}/1`]],
    [
      'an effect reversed',
      policy([read, write]),
      policy([write, { ...read, Effect: 'Deny' }]),
      [`${statement}/0/Effect`],
    ],
    ['a condition dropped', policy([tls]), policy([{ ...tls, Condition: {} }]), [`${statement}/0/Condition/Bool`]],
    ['a condition added', policy([{ ...tls, Condition: {} }]), policy([tls]), [`${statement}/0/Condition/Bool`]],
    [
      'everyone let in',
      policy([{ ...read, Principal: { AWS: ACCOUNT } }]),
      policy([{ ...read, Principal: { AWS: '*' } }]),
      [`${statement}/0/Principal/AWS`],
    ],
    [
      'the older version of the language',
      policy([read]),
      policy([read], { Version: '2008-10-17' }),
      ['/PolicyDocument/Version'],
    ],
  ])('%s', async (_, desired, live, expected) => {
    expect(await differing('AWS::IAM::ManagedPolicy', desired, live)).toEqual(expected);
  });
});

describe('documents as text', () => {
  const type = 'AWS::ECR::Repository';
  const object = policy([read, write])['PolicyDocument'] as JsonObject;
  const pretty = JSON.stringify(object, null, 2);

  test('an object in Git and text in the cloud are the same document', async () => {
    expect(await differing(type, { RepositoryPolicyText: object }, { RepositoryPolicyText: pretty })).toEqual([]);
  });

  test('what differs inside is found inside', async () => {
    const live = { RepositoryPolicyText: pretty.replace('"Allow"', '"Deny"') };
    expect(await differing(type, { RepositoryPolicyText: object }, live)).toEqual([
      '/RepositoryPolicyText/Statement/0/Effect',
    ]);
  });

  test('text in Git is one value: a difference inside is one of the whole', async () => {
    const same = await comparing(type, { RepositoryPolicyText: pretty }, { RepositoryPolicyText: object });
    expect(same.differences).toEqual([]);
    expect(same.equal.map(({ equivalence }) => equivalence)).toEqual(['json-document']);
    const live = { RepositoryPolicyText: { ...object, Version: '2008-10-17' } };
    expect(await differing(type, { RepositoryPolicyText: pretty }, live)).toEqual(['/RepositoryPolicyText']);
  });

  test('a part that is not known leaves the rest to be judged', async () => {
    const desired = {
      RepositoryPolicyText: { Version: '2012-10-17', Statement: [{ ...read, Resource: unresolved('not known') }] },
    } as PlainObject;
    const live = {
      RepositoryPolicyText: JSON.stringify({ Version: '2012-10-17', Statement: [{ ...read, Effect: 'Deny' }] }),
    };
    expect(await differing(type, desired, live)).toEqual(['/RepositoryPolicyText/Statement/0/Effect']);
    expect(await open(type, desired, live)).toEqual(['/RepositoryPolicyText/Statement/0/Resource']);
  });

  test('lists keep their order in documents that are no policies', async () => {
    const body = (widgets: Json[]) => ({ DashboardBody: JSON.stringify({ widgets }) });
    const widgets = [{ type: 'text' }, { type: 'metric' }];
    expect(await differing('AWS::CloudWatch::Dashboard', body(widgets), body([...widgets].reverse()))).toEqual([
      '/DashboardBody',
    ]);
  });

  test('text that nests without end is compared as text', async () => {
    const nested = (depth: number) => ({ DashboardBody: '['.repeat(depth) + ']'.repeat(depth) });
    expect(await differing('AWS::CloudWatch::Dashboard', nested(50_000), nested(50_000))).toEqual([]);
    expect(await differing('AWS::CloudWatch::Dashboard', nested(50_000), nested(50_001))).toEqual(['/DashboardBody']);
  });
});
