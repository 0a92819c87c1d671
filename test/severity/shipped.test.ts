import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/base/json.js';
import { shippedRules } from '../../src/iac/cloudformation/types/severity-rules.js';
import { type ChangeRow, CRITICAL, HIGH, LOW, MEDIUM } from './changes.js';
import { ratedPlaces, ratedWhole, ratingOf } from './rating.js';
import { OPENING_ROWS } from './undeclared-changes.js';

const GROUPS: Record<string, ChangeRow[]> = { critical: CRITICAL, high: HIGH, medium: MEDIUM, low: LOW };

describe.each(Object.entries(GROUPS))('%s', (severity, rows) => {
  test.each(rows)('%s (%s)', async (_, type, desired, live, rule) => {
    expect(await ratingOf(type, desired, live)).toBe(`${severity} ${rule}`);
  });
});

const WHOLE: [type: string, of: Parameters<typeof ratedWhole>[1], severity: string, rule: string][] = [
  ['AWS::SQS::Queue', { kind: 'deleted' }, 'high', 'deleted'],
  ['AWS::IAM::Role', { kind: 'deleted' }, 'high', 'deleted'],
  ['AWS::CloudTrail::Trail', { kind: 'deleted' }, 'critical', 'audit-logging-off'],
  ['AWS::EC2::FlowLog', { kind: 'deleted' }, 'critical', 'audit-logging-off'],
  ['AWS::WAFv2::LoggingConfiguration', { kind: 'deleted' }, 'critical', 'audit-logging-off'],
  ['AWS::EC2::SnapshotBlockPublicAccess', { kind: 'deleted' }, 'critical', 'public-access-block-off'],
  ['AWS::SQS::Queue', { kind: 'unmanaged' }, 'medium', 'unmanaged'],
  ['AWS::IAM::User', { kind: 'unmanaged' }, 'high', 'unmanaged-access'],
  ['AWS::SQS::Queue', { kind: 'modified', verdict: 'undeployed' }, 'low', 'pending'],
  ['AWS::IAM::Role', { kind: 'modified', verdict: 'undeployed' }, 'low', 'pending'],
];

test.each(WHOLE)('%s as a whole, %j: %s %s', (type, of, severity, rule) => {
  expect(ratedWhole(type, of)).toEqual({ severity, rule });
});

test('every shipped rule is reached by a change of the tables or an undeclared value', () => {
  const reached = new Set([
    ...Object.values(GROUPS).flatMap((rows) => rows.map((row) => row[4])),
    ...WHOLE.map((row) => row[3]),
    ...Object.values(OPENING_ROWS).flatMap((rows) => rows.map((row) => row[4])),
  ]);
  expect(
    shippedRules()
      .map(({ id }) => id)
      .filter((id) => !reached.has(id)),
  ).toEqual([]);
});

describe('changes that only mean something together', () => {
  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::orders/*' };
  const me = { AWS: 'arn:aws:iam::111111111111:root' };
  const inOrganization = { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } };

  async function rated(desired: JsonObject, live: JsonObject): Promise<string[]> {
    const policies = [desired, live].map((own) => ({
      Bucket: 'orders',
      PolicyDocument: { Version: '2012-10-17', Statement: [{ ...statement, ...own }] },
    }));
    const places = await ratedPlaces('AWS::S3::BucketPolicy', policies[0] ?? {}, policies[1] ?? {});
    return places.map(({ path, rule }) => `${path.replace('/PolicyDocument/Statement/0', '')} ${rule}`).sort();
  }

  test('everyone, where a condition keeps strangers out', async () => {
    expect(await rated({ Principal: me }, { Principal: '*', Condition: inOrganization })).toEqual([
      '/Condition access-policy-changed',
      '/Principal access-policy-changed',
    ]);
  });

  test('everyone, where the condition is gone as well', async () => {
    expect(await rated({ Principal: me, Condition: inOrganization }, { Principal: '*' })).toEqual([
      '/Condition policy-open-to-everyone',
      '/Principal policy-open-to-everyone',
    ]);
  });

  test('a condition in place of another one that restricts nobody', async () => {
    const anyOrganization = { StringLike: { 'aws:PrincipalOrgID': 'o-*' } };
    expect(
      await rated({ Principal: '*', Condition: inOrganization }, { Principal: '*', Condition: anyOrganization }),
    ).toEqual(['/Condition/StringEquals policy-open-to-everyone', '/Condition/StringLike access-policy-changed']);
  });

  test('a name beside an opened principal', async () => {
    expect(await rated({ Principal: me }, { Principal: '*', Sid: 'Public' })).toEqual([
      '/Principal policy-open-to-everyone',
      '/Sid access-policy-changed',
    ]);
  });

  test('a wider port range from more addresses', async () => {
    const rule = (CidrIp: string, ToPort: number) => ({ IpProtocol: 'tcp', FromPort: 22, ToPort, CidrIp });
    const group = (...SecurityGroupIngress: JsonObject[]) => ({ GroupDescription: 'web', SecurityGroupIngress });
    const places = await ratedPlaces(
      'AWS::EC2::SecurityGroup',
      group(rule('10.0.0.0/8', 22)),
      group(rule('0.0.0.0/0', 2222)),
    );
    expect(places.map((place) => place.rule)).toEqual(['ingress-from-anywhere', 'ingress-from-anywhere']);
  });

  const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };

  test('all of IPv6 in the place of an IPv4 network', async () => {
    expect(await rules('AWS::EC2::SecurityGroup', group({ ...https, CidrIp: '10.0.0.0/8' }), group(OPEN_6))).toEqual([
      '/SecurityGroupIngress/0/CidrIp network-changed',
      '/SecurityGroupIngress/0/CidrIpv6 ingress-from-anywhere',
    ]);
  });

  test('an IPv4 network in the place of all of IPv6', async () => {
    expect(await rules('AWS::EC2::SecurityGroup', group(OPEN_6), group({ ...https, CidrIp: '10.0.0.0/8' }))).toEqual([
      '/SecurityGroupIngress/0/CidrIp network-changed',
      '/SecurityGroupIngress/0/CidrIpv6 network-changed',
    ]);
  });

  test('a network open to the world takes the place of another one', async () => {
    const egress = (CidrIp: string) => [{ IpProtocol: '-1', CidrIp }];
    const open = { GroupDescription: 'web', SecurityGroupIngress: [{ ...https, CidrIp: '0.0.0.0/0' }] };
    const places = await rules(
      'AWS::EC2::SecurityGroup',
      { ...group({ ...https, CidrIp: '10.0.0.0/8' }), SecurityGroupEgress: egress('10.0.0.0/8') },
      { ...open, SecurityGroupEgress: egress('0.0.0.0/0') },
    );
    expect(places).toEqual([
      '/SecurityGroupEgress/0/CidrIp network-changed',
      '/SecurityGroupIngress/0/CidrIp ingress-from-anywhere',
    ]);
  });

  test('a Deny split by resource', async () => {
    const deny = (Resource: string | string[]) => ({ Effect: 'Deny', Action: 's3:DeleteBucket', Resource });
    const [a, b] = ['arn:aws:s3:::a', 'arn:aws:s3:::b'];
    for (const [desired, live] of [
      [[deny([a, b])], [deny(a), deny(b)]],
      [[deny(a), deny(b)], [deny([a, b])]],
    ] as const) {
      const places = await rules('AWS::IAM::ManagedPolicy', document(...desired), document(...live));
      expect(new Set(places.map((place) => place.split(' ')[1]))).toEqual(new Set(['iam-changed']));
    }
  });

  test('a trust statement with two services split in two', async () => {
    const trusting = (...services: (string | string[])[]) => ({
      AssumeRolePolicyDocument: document(
        ...services.map((Service) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } })),
      ).PolicyDocument,
    });
    const [one, other] = ['ec2.amazonaws.com', 'lambda.amazonaws.com'];
    for (const [desired, live] of [
      [trusting([one, other]), trusting(one, other)],
      [trusting(one, other), trusting([one, other])],
      [trusting([one, other]), trusting(other, one)],
    ] as const) {
      const places = await rules('AWS::IAM::Role', desired, live);
      expect(new Set(places.map((place) => place.split(' ')[1]))).toEqual(new Set(['iam-changed']));
    }
  });
});

const OPEN_6 = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIpv6: '::/0' };

function group(...SecurityGroupIngress: JsonObject[]) {
  return { GroupDescription: 'web', SecurityGroupIngress };
}

function document(...Statement: JsonObject[]) {
  return { PolicyDocument: { Version: '2012-10-17', Statement } };
}

async function rules(type: string, desired: JsonObject, live: JsonObject): Promise<string[]> {
  return (await ratedPlaces(type, desired, live)).map(({ path, rule }) => `${path} ${rule}`).sort();
}

test('a rule puts reverting first where its advice does, and leaves the choice where that names one', () => {
  const undoing =
    /^(?:Revert|Take it away|Put |Turn |Restore |Switch |Remove )|^Find out who .* Revert|; revert the policy unless/;
  const choice = /, or (?:adopt|declare)/;
  for (const { id, help, first } of shippedRules()) {
    const isFirst = undoing.test(help) && !choice.test(help);
    expect([id, first]).toEqual([id, isFirst ? 'revert' : undefined]);
  }
});
