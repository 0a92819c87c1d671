import { describe, expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../../src/base/json.js';
import type { CompareContext } from '../../src/compare/comparing.js';
import { acceptableValues, compareAccepted, undeclaredByBoth } from '../../src/compare/undeclared.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import { type PlainObject, unresolved } from '../../src/value/value.js';
import { ACCOUNT, comparing } from './comparing.js';

const ACL = 'AWS::WAFv2::WebACL';
const BUCKET = 'AWS::S3::Bucket';
const ROLE = 'AWS::IAM::Role';

/** The stable paths of what is live and undeclared. */
async function restOf(...args: Parameters<typeof comparing>): Promise<string[] | undefined> {
  return (await comparing(...args)).rest?.map(({ stablePath }) => stablePath);
}

describe('what is live and not declared', () => {
  test.each<[string, string, PlainObject, JsonObject, string[]]>([
    ['a property', BUCKET, {}, { AbacStatus: 'Enabled' }, ['/AbacStatus']],
    ['a whole object', BUCKET, {}, { VersioningConfiguration: { Status: 'Enabled' } }, ['/VersioningConfiguration']],
    [
      'a member beside declared ones, in an element by its key',
      ACL,
      {
        Rules: [
          { Name: 'a', Priority: 1 },
          { Name: 'b', Priority: 2 },
        ],
      },
      {
        Rules: [
          { Name: 'b', Priority: 2, Action: { Count: {} } },
          { Name: 'a', Priority: 1 },
        ],
      },
      ['/Rules/Name=b/Action'],
    ],
    ['nothing of a null', BUCKET, {}, { AbacStatus: null }, []],
    ["nothing of AWS's tags", BUCKET, { Tags: [] }, { Tags: [{ Key: 'aws:x', Value: '1' }] }, []],
    ['nothing of a property that the service spells otherwise', BUCKET, { bucketName: 'b' }, { BucketName: 'b' }, []],
    [
      'members of a bag',
      'AWS::Cognito::UserPoolIdentityProvider',
      { ProviderDetails: { MetadataURL: 'u' } },
      { ProviderDetails: { MetadataURL: 'u', SSORedirectBindingURI: 'x' } },
      ['/ProviderDetails/SSORedirectBindingURI'],
    ],
    [
      'elements of a bag',
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      { LoadBalancerAttributes: [{ Key: 'a', Value: '1' }] },
      {
        LoadBalancerAttributes: [
          { Key: 'b', Value: '2' },
          { Key: 'a', Value: '1' },
        ],
      },
      ['/LoadBalancerAttributes/Key=b'],
    ],
  ])('%s', async (_, type, desired, live, expected) => {
    const { differences, rest } = await comparing(type, desired, live);
    expect([differences, rest?.map(({ stablePath }) => stablePath)]).toEqual([[], expected]);
  });

  test('what differs by being there is a difference, and not that too', async () => {
    const action = { Rules: [{ Name: 'a', Priority: 1, Action: { Block: {} } }] };
    const { differences, rest } = await comparing(ACL, action, {
      Rules: [{ Name: 'a', Priority: 1, Action: { Count: {} } }],
    });
    expect(differences.length).toBeGreaterThan(0);
    expect(rest).toEqual([]);
  });

  test('a model of the declared properties tells nothing of others', async () => {
    expect(await restOf(BUCKET, {}, { AbacStatus: 'Enabled' }, { partial: true })).toBeUndefined();
  });

  test('of two templates, what neither declares', async () => {
    const live = { VersioningConfiguration: { Status: 'Enabled' }, ObjectLockEnabled: true, AbacStatus: 'Enabled' };
    const one = await comparing(BUCKET, { ObjectLockEnabled: true }, live);
    const other = await comparing(BUCKET, { VersioningConfiguration: {} }, live);
    const found = undeclaredByBoth(one.rest ?? [], other.rest ?? []);
    expect(found.map(({ path, live: value }) => [path, value])).toEqual([
      ['/VersioningConfiguration/Status', 'Enabled'],
      ['/AbacStatus', 'Enabled'],
    ]);
  });
});

/** What an accepted state and a live one come to: path, accepted and live value. */
async function changes(
  type: string,
  desired: PlainObject,
  live: JsonObject,
  accepted: Record<string, Json>,
  options: { context?: CompareContext; isOwn?: (path: string, value: Json) => boolean } = {},
) {
  const context = { accountId: ACCOUNT, region: 'eu-west-1', ...options.context };
  const input = {
    ...{ types: cloudFormationTypes, type, desired, context, resourceType: cloudFormationTypes.get(type) },
    own: { is: options.isOwn ?? (() => false), isSeen: () => false, hasDefault: () => false },
  };
  const comparison = await comparing(type, desired, live, { context });
  const { differences } = compareAccepted(comparison, new Map(Object.entries(accepted)), input);
  return differences.map(({ path, desired: old, live: value }) => [path, old, value]);
}

describe('compared with what was accepted', () => {
  const rules = {
    Rules: [
      { Name: 'b', Priority: 2 },
      { Name: 'a', Priority: 1 },
    ],
  };
  const overridden = {
    Rules: [
      { Name: 'a', Priority: 1, Action: { Count: {} } },
      { Name: 'b', Priority: 2 },
    ],
  };

  test.each<[string, string, PlainObject, JsonObject, Record<string, Json>, unknown[]]>([
    ['the same', BUCKET, {}, { AbacStatus: 'Enabled' }, { '/AbacStatus': 'Enabled' }, []],
    [
      'changed',
      BUCKET,
      {},
      { AbacStatus: 'Disabled' },
      { '/AbacStatus': 'Enabled' },
      [['/AbacStatus', 'Enabled', 'Disabled']],
    ],
    ['appeared', BUCKET, {}, { AbacStatus: 'Enabled' }, {}, [['/AbacStatus', undefined, 'Enabled']]],
    ['disappeared', BUCKET, {}, {}, { '/AbacStatus': 'Enabled' }, [['/AbacStatus', 'Enabled', undefined]]],
    [
      'an object with all that is in it, once',
      BUCKET,
      {},
      {},
      { '/LoggingConfiguration/LogFilePrefix': 'x', '/LoggingConfiguration/DestinationBucketName': 'y' },
      [['/LoggingConfiguration', { LogFilePrefix: 'x', DestinationBucketName: 'y' }, undefined]],
    ],
    [
      'a member of an accepted object',
      BUCKET,
      {},
      { LoggingConfiguration: { LogFilePrefix: 'x', DestinationBucketName: 'z' } },
      { '/LoggingConfiguration/LogFilePrefix': 'x' },
      [['/LoggingConfiguration/DestinationBucketName', undefined, 'z']],
    ],
    ['nothing of what appeared empty', BUCKET, {}, { LoggingConfiguration: {} }, {}, []],
    ['by meaning', 'AWS::EC2::Instance', {}, { IamInstanceProfile: 'p' }, { '/IamInstanceProfile': 'p' }, []],
    [
      'sets in any order',
      ROLE,
      {},
      { ManagedPolicyArns: ['arn:b', 'arn:a'] },
      { '/ManagedPolicyArns': ['arn:a', 'arn:b'] },
      [],
    ],
    [
      'an element that was added',
      ROLE,
      {},
      { ManagedPolicyArns: ['arn:b', 'arn:a'] },
      { '/ManagedPolicyArns': ['arn:a'] },
      [['/ManagedPolicyArns/1', undefined, 'arn:b']],
    ],
    [
      'all members of a bag',
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      {},
      {
        LoadBalancerAttributes: [
          { Key: 'b', Value: '3' },
          { Key: 'a', Value: '1' },
        ],
      },
      { '/LoadBalancerAttributes': [{ Key: 'b', Value: '2' }] },
      [
        ['/LoadBalancerAttributes/0/Value', '2', '3'],
        ['/LoadBalancerAttributes/1', undefined, { Key: 'a', Value: '1' }],
      ],
    ],
    ['in a declared element, wherever it stands', ACL, rules, overridden, { '/Rules/Name=a/Action/Count': {} }, []],
    [
      'gone from a declared element',
      ACL,
      rules,
      {
        Rules: [
          { Name: 'a', Priority: 1 },
          { Name: 'b', Priority: 2 },
        ],
      },
      { '/Rules/Name=a/Action/Count': {} },
      [['/Rules/1/Action', { Count: {} }, undefined]],
    ],
    ['nothing of an element that Git no longer has', ACL, rules, {}, { '/Rules/Name=c/Action/Count': {} }, []],
    ['nothing of what Git declares by now', BUCKET, { AbacStatus: 'Enabled' }, {}, { '/AbacStatus': 'Enabled' }, []],
    [
      'nothing of what Git has a part of, which is not known',
      BUCKET,
      { LoggingConfiguration: unresolved('a condition') },
      {},
      { '/LoggingConfiguration/LogFilePrefix': 'x' },
      [],
    ],
  ])('%s', async (_, type, desired, live, accepted, expected) => {
    expect(await changes(type, desired, live, accepted)).toEqual(expected);
  });

  test("AWS's own is nobody's change, but where something else was accepted", async () => {
    const isOwn = (_: string, value: Json) => value === 'Disabled';
    expect(await changes(BUCKET, {}, { AbacStatus: 'Disabled' }, {}, { isOwn })).toEqual([]);
    const accepted = { '/AbacStatus': 'Enabled' };
    expect(await changes(BUCKET, {}, { AbacStatus: 'Disabled' }, accepted, { isOwn })).toEqual([
      ['/AbacStatus', 'Enabled', 'Disabled'],
    ]);
  });
});

describe('what a baseline is to hold', () => {
  const input = { types: cloudFormationTypes, type: ROLE, resourceType: cloudFormationTypes.get(ROLE) };
  const values = (live: Json, isOwn: (path: string, value: Json) => boolean = () => false) =>
    acceptableValues([{ path: '/X', stablePath: '/X', live }], {
      ...input,
      own: { is: isOwn, isSeen: () => false, hasDefault: () => false },
    }).map(({ stablePath, live: value }) => [stablePath, value]);

  test('a value for each leaf, a list as one', () => {
    const live = { B: { C: 1, D: {} }, A: [], L: [{ Z: 1 }, { Y: 2 }] };
    expect(values(live)).toEqual([
      ['/X/B/C', 1],
      ['/X/B/D', {}],
      ['/X/A', []],
      ['/X/L', [{ Y: 2 }, { Z: 1 }]],
    ]);
  });

  test("nothing of AWS's own, nor of what holds nothing else", () => {
    const isOwn = (_: string, value: Json) => value === 'aws';
    expect(values({ A: 'aws', B: { C: 'aws' }, D: ['aws', 'own'], E: ['aws'] }, isOwn)).toEqual([['/X/D', ['own']]]);
  });
});
