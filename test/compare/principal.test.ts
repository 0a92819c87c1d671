import { describe, expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../../src/base/json.js';
import type { Sibling } from '../../src/compare/comparing.js';
import type { Place } from '../../src/compare/place.js';
import { isPrincipal, samePrincipal } from '../../src/compare/principal.js';
import type { Plain } from '../../src/value/value.js';

const USER = 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity';
const ROLE = 'arn:aws:iam::111111111111:role/app';
const SIBLINGS: Sibling[] = [
  sibling('AWS::CloudFront::CloudFrontOriginAccessIdentity', { Id: 'E1', S3CanonicalUserId: 'c1' }),
  sibling('AWS::CloudFront::CloudFrontOriginAccessIdentity', { Id: 'E2', S3CanonicalUserId: 'c2' }),
  sibling('AWS::IAM::Role', { Arn: ROLE, RoleId: 'AROA1' }),
];
const UNKNOWN = { kind: 'unresolved', message: 'unknown' } as unknown as Plain;
const OPEN = { unverifiable: expect.stringMatching(/^S3 keeps a canonical user as an ARN/) };

function sibling(type: string, live: JsonObject): Sibling {
  return { type, logicalId: 'L', physicalId: 'P', desired: {}, live };
}

describe('two principals are the same for a reason', () => {
  test.each<[string, Plain, Json, object | undefined]>([
    ['anyone, in both forms', '*', { AWS: '*' }, { equivalence: 'anyone-principal' }],
    ['anyone, the other way round', { AWS: ['*'] }, '*', { equivalence: 'anyone-principal' }],
    ['anyone, written alike', '*', '*', undefined],
    ['anyone and somebody', '*', { AWS: 'AROA1' }, undefined],
    ['somebody and anyone', { AWS: ROLE }, '*', undefined],
    ['anyone of another kind', '*', { Service: '*' }, undefined],
    ['anyone beside others', { AWS: ['*', 'a'] }, '*', undefined],
    ['no member at all', {}, '*', undefined],
    ['a text that is none', 'someone', '*', undefined],
    ['what is no principal', 5, '*', undefined],
    ['a member that is unknown', { AWS: [UNKNOWN, ROLE] }, { AWS: ['AROA1', 'x'] }, undefined],
    ['a live member that is no text', { AWS: ROLE }, { AWS: [5] }, undefined],
    [
      'an identity by its ARN',
      { CanonicalUser: 'c1' },
      { AWS: `${USER} E1` },
      { equivalence: 'origin-access-identity' },
    ],
    [
      'two identities, in another order',
      { CanonicalUser: ['c1', 'c2'] },
      { AWS: [`${USER} E2`, `${USER} E1`] },
      { equivalence: 'origin-access-identity' },
    ],
    [
      'an identity beside what is the same',
      { CanonicalUser: 'c1', Service: 's3.amazonaws.com' },
      { Service: 's3.amazonaws.com', AWS: `${USER} E1` },
      { equivalence: 'origin-access-identity' },
    ],
    ['a role by its unique ID', { AWS: ROLE }, { AWS: 'AROA1' }, { equivalence: 'unique-id' }],
    [
      'a role and an identity',
      { AWS: ROLE, CanonicalUser: 'c1' },
      { AWS: ['AROA1', `${USER} E1`] },
      { equivalence: 'unique-id' },
    ],
    ["another role's unique ID", { AWS: ROLE }, { AWS: 'AROA2' }, undefined],
    ['a role as another kind', { Federated: ROLE }, { AWS: 'AROA1' }, undefined],
    ['its unique ID as another kind', { AWS: ROLE }, { Federated: 'AROA1' }, undefined],
    ["another identity's ARN", { CanonicalUser: 'c1' }, { AWS: `${USER} E2` }, undefined],
    ['an account and its root', { AWS: '111111111111' }, { AWS: 'arn:aws:iam::111111111111:root' }, undefined],
    ['another order', { AWS: ['a', 'b'] }, { AWS: ['b', 'a'] }, undefined],
    ['one more in the cloud', { CanonicalUser: 'c1' }, { AWS: [`${USER} E1`, 'x'] }, undefined],
    ['one more in Git', { CanonicalUser: 'c1', AWS: 'x' }, { AWS: `${USER} E1` }, undefined],
  ])('%s', (_, desired, live, expected) => {
    expect(samePrincipal(desired, live, SIBLINGS)).toEqual(expected);
  });
});

describe('a canonical user that nobody here has can not be told apart', () => {
  test.each<[string, Plain, Json, object | undefined]>([
    ['from an ARN', { CanonicalUser: 'c9' }, { AWS: `${USER} E9` }, OPEN],
    ['beside one that is known', { CanonicalUser: ['c1', 'c9'] }, { AWS: [`${USER} E1`, `${USER} E9`] }, OPEN],
    ['but from a service', { CanonicalUser: 'c9' }, { Service: 's3.amazonaws.com' }, undefined],
    [
      'but from one of two',
      { CanonicalUser: ['c8', 'c9'] },
      { AWS: `${USER} E9`, Service: 's3.amazonaws.com' },
      undefined,
    ],
    ['while another is another', { CanonicalUser: 'c9', Federated: 'f' }, { AWS: [`${USER} E9`, 'f'] }, undefined],
    ['while a known one is another', { CanonicalUser: ['c1', 'c9'] }, { AWS: [`${USER} E8`, `${USER} E9`] }, undefined],
  ])('%s', (_, desired, live, expected) => {
    expect(samePrincipal(desired, live, SIBLINGS)).toEqual(expected);
  });
});

test.each<[boolean, Partial<Place>]>([
  [true, { document: 'policy', within: ['Statement', 'Principal'] }],
  [true, { document: 'policy', within: ['Statement', 'NotPrincipal'] }],
  [false, { document: 'policy', within: ['Statement', 'Principals'] }],
  [false, { document: 'policy', within: ['Statement', 'MyPrincipal'] }],
  [false, { document: 'policy', within: ['Statement', 'Principal', 'AWS'] }],
  [false, { document: 'policy', within: ['Principal'] }],
  [false, { document: 'policy' }],
  [false, { document: 'json', within: ['Statement', 'Principal'] }],
])('%s: the place of a principal is %j', (expected, place) => {
  expect(isPrincipal(place as Place)).toBe(expected);
});
