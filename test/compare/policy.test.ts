import { describe, expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../../src/base/json.js';
import { compareResource } from '../../src/compare/compare.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import type { PlainObject } from '../../src/value/value.js';

const TYPE = 'AWS::S3::BucketPolicy';
const IDENTITY = {
  type: 'AWS::CloudFront::CloudFrontOriginAccessIdentity',
  logicalId: 'Identity',
  physicalId: 'E2XYZ',
  desired: {},
  live: { Id: 'E2XYZ', S3CanonicalUserId: 'abc123' },
};
const ALLOW = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::shop/*' };

/** What differs, and what can't be told, between a declared and a live list of statements. */
async function found(declared: PlainObject[], live: JsonObject[], type = TYPE, property = 'PolicyDocument') {
  const document = (statements: Json) => ({ [property]: { Version: '2012-10-17', Statement: statements } });
  const { differences, unverifiable } = await compareResource({
    type,
    types: cloudFormationTypes,
    resourceType: cloudFormationTypes.get(type),
    desired: document(declared as Json),
    live: document(live),
    partial: false,
    context: { siblings: [IDENTITY], accountId: '111111111111', region: 'eu-west-1' },
  });
  return {
    differs: differences.map(({ path }) => path.replace(`/${property}/Statement`, '')),
    open: unverifiable.map(({ reason }) => reason),
  };
}

const NOTHING = { differs: [], open: [] };

describe('principals of a policy', () => {
  test.each<[string, Json, Json]>([
    ['everyone', '*', { AWS: '*' }],
    ['everyone in a list', { AWS: ['*'] }, '*'],
    ['an account', { AWS: '111111111111' }, { AWS: 'arn:aws:iam::111111111111:root' }],
    ['one or a list', { Service: 's3.amazonaws.com' }, { Service: ['s3.amazonaws.com'] }],
    [
      'the canonical user of an origin access identity of this stack',
      { CanonicalUser: 'abc123' },
      { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2XYZ' },
    ],
  ])('%s: the same', async (_, one, other) => {
    const [left, right] = [one, other].map((principal) => ({ ...ALLOW, Principal: principal }));
    expect(await found([left as PlainObject], [right as JsonObject])).toEqual(NOTHING);
  });

  test.each<[string, Json, Json]>([
    ['everyone and others', '*', { AWS: ['*', '111111111111'] }],
    ['everyone as another kind', '*', { Service: '*' }],
    ['another account', { AWS: '111111111111' }, { AWS: 'arn:aws:iam::222222222222:root' }],
    ['a service in another case', { Service: 'S3.amazonaws.com' }, { Service: 's3.amazonaws.com' }],
    [
      'another origin access identity',
      { CanonicalUser: 'abc123' },
      { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2OTHER' },
    ],
  ])('%s: a difference', async (_, one, other) => {
    const [left, right] = [one, other].map((principal) => ({ ...ALLOW, Principal: principal }));
    const { differs, open } = await found([left as PlainObject], [right as JsonObject]);
    expect({ some: differs.length > 0, open }).toEqual({ some: true, open: [] });
  });

  test("an unknown canonical user may be the ARN's", async () => {
    const declared = { ...ALLOW, Principal: { CanonicalUser: 'fedcba' } };
    const live = { ...ALLOW, Principal: { AWS: 'arn:aws:iam::222222222222:root' } };
    expect(await found([declared], [live])).toEqual({ differs: [], open: [expect.stringContaining('canonical user')] });
  });
});

describe('labels of statements', () => {
  test.each(['1', '42', '0f8fad5b-d9cb-469f-a165-70867728950e'])('%s is one that AWS gives', async (sid) => {
    expect(await found([ALLOW], [{ ...ALLOW, Sid: sid }])).toEqual(NOTHING);
  });

  test.each(['Public', 'a1'])('%s is one that somebody gave', async (sid) => {
    expect((await found([ALLOW], [{ ...ALLOW, Sid: sid }])).differs).toEqual(['/0/Sid']);
  });

  test('a declared label that is gone is a difference', async () => {
    expect((await found([{ ...ALLOW, Sid: '1' }], [ALLOW])).differs).toEqual(['/0/Sid']);
  });
});

describe('statements that AWS adds', () => {
  const delivery = {
    Sid: 'AWSLogDeliveryWrite1',
    Effect: 'Allow',
    Principal: { Service: 'delivery.logs.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: 'arn:aws:s3:::shop/AWSLogs/*',
  };

  test('for log delivery are not drift', async () => {
    expect(await found([ALLOW], [ALLOW, delivery])).toEqual(NOTHING);
  });

  test.each<[string, JsonObject]>([
    ['for another service', { ...delivery, Principal: { Service: 'evil.example.com' } }],
    ['for others as well', { ...delivery, Principal: { Service: 'delivery.logs.amazonaws.com', AWS: '*' } }],
    ['with another action', { ...delivery, Action: ['s3:PutObject', 's3:DeleteObject'] }],
    ['with another label', { ...delivery, Sid: 'Mine' }],
    ['that deny', { ...delivery, Effect: 'Deny' }],
  ])('%s are', async (_, statement) => {
    expect((await found([ALLOW], [ALLOW, statement])).differs).toEqual(['/1']);
  });

  test('one that the template declares itself is compared', async () => {
    expect((await found([ALLOW, delivery], [ALLOW, { ...delivery, Resource: '*' }])).differs).toEqual(['/1/Resource']);
  });
});

describe('resources of an API, which API Gateway writes out', () => {
  const statement = (resource: string) => ({ ...ALLOW, Action: 'execute-api:Invoke', Resource: resource });
  const differing = async (one: string, other: string) => {
    const live = [statement(other)];
    return (await found([statement(one)], live, 'AWS::ApiGateway::RestApi', 'Policy')).differs;
  };

  test.each([
    ['execute-api:/*', 'arn:aws:execute-api:eu-west-1:111111111111:abc123/*'],
    ['execute-api:/prod/GET/pets', 'arn:aws:execute-api:eu-west-1:111111111111:abc123/prod/GET/pets'],
    ['arn:aws:execute-api:*:*:*/prod/*', 'arn:aws:execute-api:eu-west-1:111111111111:abc123/prod/*'],
  ])('%s is %s', async (one, other) => {
    expect(await differing(one, other)).toEqual([]);
  });

  test.each([
    ['execute-api:/prod/*', 'arn:aws:execute-api:eu-west-1:111111111111:abc123/*'],
    ['arn:aws:s3:::a/*', 'arn:aws:execute-api:eu-west-1:111111111111:abc123/*'],
  ])('%s is not %s', async (one, other) => {
    expect(await differing(one, other)).toEqual(['/0/Resource']);
  });
});
