import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/base/json.js';
import { shippedRules } from '../../src/iac/cloudformation/types/severity-rules.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import { changesOf } from '../../src/severity/change.js';
import { severityRules } from '../../src/severity/rules.js';
import { type PlainObject, unresolved } from '../../src/value/value.js';
import { ratedPlaces } from './rating.js';

const RULES = severityRules(cloudFormationTypes);
const SUBJECT = { stack: 's', logicalId: 'L', kind: 'modified', verdict: 'drift' } as const;
const TYPES = [
  'AWS::IAM::Role',
  'AWS::S3::BucketPolicy',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::NetworkAclEntry',
  'AWS::X::Y',
];
/** Keys and texts that rules look at, and ones that trip up careless code. */
const KEYS = ['Statement', 'Effect', 'Principal', 'Action', 'NotAction', 'Condition', 'AWS', 'StringEquals', 'CidrIp']
  .concat([
    'FromPort',
    'IpProtocol',
    'SecurityGroupIngress',
    'Encrypted',
    'Enabled',
    'Key',
    'Tags',
    '0',
    '',
    '__proto__',
  ])
  .concat(['constructor', 'PolicyDocument', 'AssumeRolePolicyDocument', 'SslPolicy']);
const TEXTS = [
  '*',
  'Allow',
  'Deny',
  '0.0.0.0/0',
  '::/0',
  'true',
  '-1',
  '1e999',
  '{"Statement":[{"Effect":"Allow"}]}',
  '{"a":',
  '\0',
];

const value = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(...TEXTS),
    fc.oneof(fc.integer(), fc.double(), fc.boolean(), fc.constant(null)) as fc.Arbitrary<Json>,
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .uniqueArray(fc.tuple(fc.constantFrom(...KEYS), tie('value')), { maxLength: 4, selector: ([key]) => key })
      .map((entries) => Object.fromEntries(entries)),
  ),
})).value;

function nested(depth: number): Json {
  let inner: Json = 'end';
  for (let level = 0; level < depth; level += 1) inner = level % 2 ? [inner] : { Statement: inner };
  return inner;
}

describe('whatever is live, a finding gets a severity', () => {
  test('of any shape', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...TYPES), value, value, async (type, desired, live) => {
        for (const { rule } of await ratedPlaces(type, { PolicyDocument: desired }, { PolicyDocument: live })) {
          expect(shippedRules().map(({ id }) => id)).toContain(rule);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('at any path, whether or not it leads somewhere', () => {
    const keys = fc.array(fc.constantFrom(...KEYS, '1', '99999999999'), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...TYPES), value, keys, value, (type, desired, path, live) => {
        const difference = { path: `/${path.join('/')}`, desired, live };
        const change = changesOf({ PolicyDocument: desired }, [difference])(difference, { ...SUBJECT, type });
        expect(typeof RULES.rate(change).rule).toBe('string');
      }),
      { numRuns: 100 },
    );
  });

  test.each<[string, JsonObject, JsonObject]>([
    ['very deep', { PolicyDocument: nested(190) }, { PolicyDocument: nested(150) }],
    ['a text of a very deep document', { PolicyDocument: '{"a":1}' }, { PolicyDocument: '['.repeat(100_000) }],
    ['very long', { Name: 'x'.repeat(1_000_000) }, { Name: 'y'.repeat(1_000_000) }],
    [
      'very many values',
      { PolicyDocument: { Statement: [] } },
      { PolicyDocument: { Statement: Array.from({ length: 20_000 }, (_, index) => ({ Sid: String(index) })) } },
    ],
    [
      'very many statements',
      { PolicyDocument: '{}' },
      {
        PolicyDocument: JSON.stringify({
          Statement: Array.from({ length: 1000 }, (_, index) => ({
            Effect: 'Allow',
            Action: `s3:${index}`,
            Principal: '*',
          })),
        }),
      },
    ],
  ])('%s', async (_, desired, live) => {
    for (const type of TYPES) {
      const { differences } = {
        differences: Object.keys(live).map((key) => ({
          path: `/${key}`,
          desired: desired[key] as Json,
          live: live[key] as Json,
        })),
      };
      const changeOf = changesOf(desired, differences);
      for (const difference of differences)
        expect(RULES.rate(changeOf(difference, { ...SUBJECT, type })).rule).toBeTruthy();
    }
  });
});

describe('what is not known is not guessed', () => {
  const open = unresolved('a parameter without a value');

  function rated(type: string, desired: PlainObject, path: string, live: Json): string {
    const difference = { path, live };
    return RULES.rate(changesOf(desired, [difference])(difference, { ...SUBJECT, type })).rule;
  }

  test('an unknown principal is not everyone, nor is an unknown condition none', () => {
    const Action = ['s3:GetObject'];
    const [one, other] = [open, open].map((unknown, index) => ({
      PolicyDocument: {
        Statement: [
          { Effect: 'Allow', Action, ...(index ? { Principal: '*', Condition: unknown } : { Principal: unknown }) },
        ],
      },
    }));
    for (const desired of [one, other]) {
      expect(
        rated('AWS::S3::BucketPolicy', desired ?? {}, '/PolicyDocument/Statement/0/Action/1', 's3:PutObject'),
      ).toBe('access-policy-changed');
    }
  });

  test('an unknown address is not the world; a known one beside an unknown port is', () => {
    const type = 'AWS::EC2::SecurityGroup';
    const rule = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22 };
    const unknown = { SecurityGroupIngress: [{ ...rule, CidrIp: open }] };
    expect(rated(type, unknown, '/SecurityGroupIngress/0/ToPort', 23)).toBe('network-changed');
    const port = { SecurityGroupIngress: [{ ...rule, FromPort: open, CidrIp: '10.0.0.0/8' }] };
    expect(rated(type, port, '/SecurityGroupIngress/0/CidrIp', '0.0.0.0/0')).toBe('ingress-from-anywhere');
  });

  test('a switch that is not known was not turned off', () => {
    const difference = { path: '/Encrypted', desired: open, live: false };
    const change = changesOf({ Encrypted: open }, [difference])(difference, { ...SUBJECT, type: 'AWS::EC2::Volume' });
    expect(RULES.rate(change).rule).toBe('configuration');
  });
});
