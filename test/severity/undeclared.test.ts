import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../src/base/json.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import type { UndeclaredValue } from '../../src/model/comparison.js';
import type { SeveritySetting } from '../../src/severity/rule.js';
import { type SeverityRules, severityRules } from '../../src/severity/rules.js';
import type { UndeclaredIn } from '../../src/severity/undeclared.js';
import { unresolved } from '../../src/value/value.js';
import { ratedPlaces } from './rating.js';
import { OPENING_ROWS, OWN } from './undeclared-changes.js';

const RULES = severityRules(cloudFormationTypes);
const nameOf: UndeclaredIn['nameOf'] = (_, index) => String(index);

function at(path: string, live: Json): UndeclaredValue {
  return { path, stablePath: path, live };
}

function openings(type: string, path: string, live: Json, more: Partial<UndeclaredIn> = {}, rules = RULES): string[] {
  const about = {
    stack: 'shop-prod',
    logicalId: 'Thing',
    accountId: OWN,
    desired: {},
    isAwsDefault: () => false,
    nameOf,
  };
  return rules
    .openings([at(path, live)], { type, ...about, ...more })
    .map(({ path: place, rated }) => `${place} ${rated.rule}`);
}

describe.each(Object.entries(OPENING_ROWS))('%s', (_, rows) => {
  test.each(rows)('%s %s: %j, not %j', (type, path, open, harmless, rule, more = {}) => {
    const { at = path, desired = {} } = more;
    expect(openings(type, path, open, { desired })).toEqual([`${at} ${rule}`]);
    expect(openings(type, path, harmless, { desired })).toEqual([]);
    expect(openings(type, path, open, { desired, isAwsDefault: () => true })).toEqual([]);
  });
});

test('the table has many services and kinds', () => {
  const rows = Object.values(OPENING_ROWS).flat();
  const services = new Set(rows.map(([type]) => type.split('::')[1]));
  const kinds = new Set(rows.map((row) => row[4]));
  const changes = new Set(rows.map(([type, path]) => `${type} ${path}`));
  expect(services.size).toBeGreaterThanOrEqual(25);
  expect(kinds.size).toBeGreaterThanOrEqual(12);
  expect(changes.size).toBeGreaterThanOrEqual(100);
});

describe('what is no opening', () => {
  const ADMIN = ['arn:aws:iam::aws:policy/AdministratorAccess'];
  const EVERYONE = { Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] };
  const PRIVATE: Json = { BlockPublicAcls: false, BlockPublicPolicy: false };

  test('what is only another value', () => {
    expect(openings('AWS::Lambda::Function', '/MemorySize', 10240)).toEqual([]);
    expect(openings('AWS::IAM::Role', '/MaxSessionDuration', 43200)).toEqual([]);
    expect(
      openings('AWS::EC2::SecurityGroup', '/SecurityGroupEgress', [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }]),
    ).toEqual([]);
  });

  test.each([
    ['AWS::RDS::DBInstance', '/StorageEncrypted', false],
    ['AWS::EFS::FileSystem', '/Encrypted', false],
    ['AWS::OpenSearchService::Domain', '/EncryptionAtRestOptions', { Enabled: false }],
    ['AWS::KMS::Key', '/EnableKeyRotation', false],
    ['AWS::CloudTrail::Trail', '/EnableLogFileValidation', false],
    ['AWS::VpcLattice::ServiceNetwork', '/AuthType', 'NONE'],
    ['AWS::ApiGateway::Method', '/AuthorizationType', 'NONE'],
    [
      'AWS::KinesisFirehose::DeliveryStream',
      '/S3DestinationConfiguration/EncryptionConfiguration',
      { NoEncryptionConfig: 'NoEncryption' },
    ],
    ['AWS::DMS::ReplicationInstance', '/PubliclyAccessible', true],
    ['AWS::EC2::VPCEndpoint', '/PolicyDocument', EVERYONE],
    ['AWS::Chatbot::SlackChannelConfiguration', '/GuardrailPolicies', ADMIN],
    ['AWS::S3::Bucket', '/Tags', [{ Key: 'Insecure', Value: 'true' }]],
    ['AWS::Lambda::Function', '/Environment', { Variables: { InsecureMode: 'true', Privileged: 'true' } }],
  ] satisfies [string, string, Json][])('what AWS or the author takes by itself: %s %s %j', (type, path, live) => {
    expect(openings(type, path, live)).toEqual([]);
  });

  test('what follows from what Git declares', () => {
    const key = { KmsMasterKeyId: 'alias/own' };
    expect(openings('AWS::SQS::Queue', '/SqsManagedSseEnabled', false, { desired: key })).toEqual([]);
    expect(openings('AWS::RDS::DBInstance', '/PubliclyAccessible', true)).toEqual([]);
    const replica = { SourceDBInstanceIdentifier: 'main' };
    expect(openings('AWS::RDS::DBInstance', '/BackupRetentionPeriod', 0, { desired: replica })).toEqual([]);
    const block = { PublicAccessBlockConfiguration: { IgnorePublicAcls: true } };
    const rest = openings('AWS::S3::Bucket', '/PublicAccessBlockConfiguration/BlockPublicAcls', false, {
      desired: block,
    });
    expect(rest).toEqual([]);
  });

  test('what depends on a value that is not known', () => {
    const desired = { KmsMasterKeyId: unresolved('it comes from a parameter') };
    expect(openings('AWS::SQS::Queue', '/SqsManagedSseEnabled', false, { desired })).toEqual([]);
  });

  test('another account, where the own one is not known', () => {
    const about = {
      type: 'AWS::Lambda::Function',
      stack: 'shop',
      logicalId: 'F',
      desired: {},
      isAwsDefault: () => false,
      nameOf,
    };
    const layers = at('/Layers', ['arn:aws:lambda:us-east-1:222222222222:layer:evil:1']);
    expect(RULES.openings([layers], about)).toEqual([]);
  });

  test('a principal of an account that is denied', () => {
    const deny = { Effect: 'Deny', Principal: { AWS: '222222222222' }, Action: '*', Resource: '*' };
    expect(openings('AWS::Backup::BackupVault', '/AccessPolicy', { Statement: [deny] })).toEqual([]);
  });

  test('a part that AWS sets by itself, beside one that it does not', () => {
    const isAwsDefault = (path: string) => path.endsWith('BlockPublicAcls');
    expect(openings('AWS::S3::Bucket', '/PublicAccessBlockConfiguration', PRIVATE, { isAwsDefault })).toEqual([
      '/PublicAccessBlockConfiguration/BlockPublicPolicy public-access-block-off',
    ]);
  });
});

test('each opening is found at its own place, with its value and severity', () => {
  const ingress = [22, 443, 3389].map((port) => ({
    ...{ IpProtocol: 'tcp', FromPort: port, ToPort: port },
    CidrIp: port === 443 ? '10.0.0.0/8' : '0.0.0.0/0',
  }));
  const about = {
    type: 'AWS::EC2::SecurityGroup',
    stack: 's',
    logicalId: 'G',
    desired: {},
    isAwsDefault: () => false,
    nameOf,
  };
  const rated = { severity: 'critical', rule: 'ingress-from-anywhere' };
  expect(RULES.openings([at('/SecurityGroupIngress', ingress)], about)).toEqual([
    { ...at('/SecurityGroupIngress/0', ingress[0] ?? null), rated },
    { ...at('/SecurityGroupIngress/2', ingress[2] ?? null), rated },
  ]);
});

test('a door that Git declares as well is none', () => {
  const open = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' };
  const desired = { SecurityGroupIngress: [{ ...open, FromPort: 0, ToPort: 1024 }] };
  expect(openings('AWS::EC2::SecurityGroup', '/SecurityGroupIngress/1', open, { desired })).toEqual([]);
});

describe("a configuration's rules", () => {
  const own = (more: object) =>
    severityRules(cloudFormationTypes, [
      { id: 'own', severity: 'low', title: 'a', why: 'b', help: 'c', ...more } as SeveritySetting,
    ]);
  const memory = (rules: SeverityRules) => openings('AWS::Lambda::Function', '/MemorySize', 10240, {}, rules);

  test('judge undeclared values where they have the mark', () => {
    expect(memory(own({ path: '/MemorySize', new: { above: 1024 } }))).toEqual([]);
    expect(memory(own({ undeclared: true, path: '/MemorySize', new: { above: 1024 } }))).toEqual(['/MemorySize own']);
    expect(memory(own({ undeclared: true, path: '/MemorySize', new: { below: 1024 } }))).toEqual([]);
    expect(memory(own({ any: [{ path: '/MemorySize' }, { undeclared: true, path: '/Timeout' }] }))).toEqual([]);
    expect(memory(own({ undeclared: true, any: [{ path: '/MemorySize' }] }))).toEqual(['/MemorySize own']);
  });

  test('go before the shipped ones, and change their severities', () => {
    const layer = ['arn:aws:lambda:us-east-1:222222222222:layer:agent:1'];
    const rules = own({ undeclared: true, path: '/Layers', new: { match: '*:layer:agent:*' } });
    expect(openings('AWS::Lambda::Function', '/Layers', layer, {}, rules)).toEqual(['/Layers/0 own']);
    const milder = severityRules(cloudFormationTypes, [{ rule: 'switched-off', severity: 'low' }]);
    const about = {
      type: 'AWS::Events::Rule',
      stack: 's',
      logicalId: 'R',
      desired: {},
      isAwsDefault: () => false,
      nameOf,
    };
    expect(milder.openings([at('/State', 'DISABLED')], about)[0]?.rated.severity).toBe('low');
  });

  test('with the mark hold for no declared value', async () => {
    const rules = own({ undeclared: true, path: '/MemorySize' });
    const [place] = await ratedPlaces('AWS::Lambda::Function', { MemorySize: 128 }, { MemorySize: 512 }, rules);
    expect(place?.rule).toBe('configuration');
  });
});
