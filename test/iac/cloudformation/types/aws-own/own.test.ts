import { describe, expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../../../../../src/base/json.js';
import type { AwsOwn } from '../../../../../src/compare/types.js';
import { ownOfAws } from '../../../../../src/iac/cloudformation/types/aws-own/own.js';
import { loadResourceTypes } from '../../../../../src/iac/cloudformation/types/index-file.js';
import { valueAt } from '../../../../../src/value/value.js';

const TYPES = loadResourceTypes();
const HERE = { accountId: '210987654321', region: 'eu-west-1' };

interface Named {
  physicalId?: string;
  logicalId?: string;
}

function own(type: string, path: string, live: JsonObject, named: Named = {}): AwsOwn | undefined {
  const value = valueAt(live, path) as Json;
  return ownOfAws({ type, path, value }, { resourceType: TYPES.get(type), live, ...HERE, ...named });
}

/** How it is AWS's own, in a word; `-` where it is somebody's. */
function word(...asked: Parameters<typeof own>): string {
  const found = own(...asked);
  return found === undefined ? '-' : found.kind === 'default' ? found.from : found.kind;
}

const ROLE_ARN = 'arn:aws:iam::210987654321:role/shop-Deploy-1A2B3C4D5E6F';

describe('read-only values and identifiers', () => {
  test.each<[string, string, JsonObject, string]>([
    ['AWS::IAM::Role', '/Arn', { Arn: ROLE_ARN }, 'read-only'],
    ['AWS::RDS::DBInstance', '/Endpoint/Address', { Endpoint: { Address: 'db.example' } }, 'read-only'],
    ['AWS::S3::Bucket', '/BucketName', { BucketName: 'anything' }, 'identifier'],
  ])('%s %s', (type, path, live, expected) => {
    expect(word(type, path, live)).toBe(expected);
  });

  test('a resource is known by its physical ID, a part of it, and its ARN', () => {
    const physicalId = 'arn:aws:ecs:eu-west-1:210987654321:service/shop-cluster/shop-web';
    const live = { Name: 'shop-web', OtherName: 'shop' };
    expect(word('Acme::Shop::Service', '/Name', live, { physicalId })).toBe('identifier');
    expect(word('Acme::Shop::Service', '/OtherName', live, { physicalId })).toBe('-');
    const url = (host: string) => ({ Url: `https://${host}/v1/shop-web` });
    expect(word('Acme::Shop::Service', '/Url', url('x.execute.amazonaws.com'), { physicalId: 'shop-web' })).toBe(
      'identifier',
    );
    expect(word('Acme::Shop::Service', '/Url', url('evil.example'), { physicalId: 'shop-web' })).toBe('-');
    expect(word('Acme::Shop::Service', '/Url', url('evil.example/x.amazonaws.com'), { physicalId: 'shop-web' })).toBe(
      '-',
    );
    const arn = (account: string, name: string) => ({ ThingArn: `arn:aws:acme:eu-west-1:${account}:thing/${name}` });
    const thing = (live: JsonObject) => word('Acme::Shop::Service', '/ThingArn', live, { physicalId: 'shop-web' });
    expect(thing(arn(HERE.accountId, 'shop-web'))).toBe('identifier');
    expect(thing(arn(HERE.accountId, 'shop-web-admin'))).toBe('-');
    expect(thing(arn('999999999999', 'shop-web'))).toBe('-');
    const role = { RoleArn: `arn:aws:iam::${HERE.accountId}:role/shop-web` };
    expect(word('Acme::Shop::Service', '/RoleArn', role, { physicalId: 'shop-web' })).toBe('-');
  });
});

describe('what attackers change is never a name of the resource itself', () => {
  const key = 'arn:aws:kms:eu-west-1:210987654321:key/6b1f0a2e-0000-4000-8000-000000000000';
  test.each<[string, string, JsonObject, Named]>([
    [
      'AWS::IAM::Role',
      '/ManagedPolicyArns',
      { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
      {},
    ],
    ['AWS::IAM::Role', '/PermissionsBoundary', { PermissionsBoundary: 'arn:aws:iam::aws:policy/Admin' }, {}],
    ['AWS::IAM::User', '/Groups/0', { Groups: ['admins'] }, { physicalId: 'admins' }],
    ['AWS::Lambda::Function', '/Layers', { Layers: ['arn:aws:lambda:eu-west-1:999999999999:layer:x:1'] }, {}],
    ['AWS::Lambda::Function', '/KmsKeyArn', { KmsKeyArn: key }, { physicalId: 'shop-fn' }],
    ['AWS::Lambda::Function', '/Role', { Role: ROLE_ARN }, { physicalId: 'shop-fn', logicalId: 'Deploy' }],
    ['AWS::EC2::Instance', '/SecurityGroupIds', { SecurityGroupIds: ['sg-0123456789abcdef0'] }, {}],
    [
      'AWS::ECS::Service',
      '/TaskDefinition',
      { TaskDefinition: 'arn:aws:ecs:eu-west-1:210987654321:task-definition/x:9' },
      {},
    ],
    ['AWS::RDS::DBInstance', '/KmsKeyId', { KmsKeyId: key }, { physicalId: 'shop-db' }],
    [
      'AWS::S3::Bucket',
      '/PublicAccessBlockConfiguration/BlockPublicAcls',
      { PublicAccessBlockConfiguration: { BlockPublicAcls: false } },
      {},
    ],
    ['AWS::KMS::Key', '/Enabled', { Enabled: false }, {}],
    [
      'AWS::EC2::SecurityGroup',
      '/SecurityGroupIngress/0/CidrIp',
      { SecurityGroupIngress: [{ CidrIp: '0.0.0.0/0' }] },
      {},
    ],
  ])('%s %s', (type, path, live, named) => {
    expect(word(type, path, live, named)).toBe('-');
  });
});

describe('names that CloudFormation makes', () => {
  test.each([
    ['shop-Queue-A1B2C3D4E5F6', 'generated'],
    ['shop-Queue-A1B2C3D4E5F6.fifo', 'generated'],
    ['Queue-Q2z2KgLbEgPuM1mf', 'generated'],
    ['queue-q2z2kglbegpum1mf', 'generated'],
    ['Queue', 'generated'],
    ['shop-Topic-A1B2C3D4E5F6', '-'],
    ['shop-Queue', '-'],
    ['Queue-somebody', '-'],
  ])('%s of the resource Queue: %s', (DisplayName, expected) => {
    expect(word('Acme::Shop::Line', '/DisplayName', { DisplayName }, { logicalId: 'Queue' })).toBe(expected);
  });

  test('the logical ID is read from the tag where nobody tells it', () => {
    const live = { Name: 'shop-Queue-A1B2C3D4E5F6', Tags: [{ Key: 'aws:cloudformation:logical-id', Value: 'Queue' }] };
    expect(word('Acme::Shop::Line', '/Name', live)).toBe('generated');
    expect(word('Acme::Shop::Line', '/Name', { ...live, Tags: [] })).toBe('-');
  });

  test('tags that AWS alone can set, one by one and as a list', () => {
    const aws = { Key: 'aws:cloudformation:stack-name', Value: 'shop' };
    const mine = { Key: 'team', Value: 'shop' };
    expect(word('AWS::SNS::Topic', '/Tags', { Tags: [aws] })).toBe('generated');
    expect(word('AWS::SNS::Topic', '/Tags/0', { Tags: [aws] })).toBe('generated');
    expect(word('AWS::SNS::Topic', '/Tags', { Tags: [aws, mine] })).toBe('-');
    expect(
      word('AWS::Backup::BackupVault', '/BackupVaultTags/aws:cloudformation:stack-name', {
        BackupVaultTags: { 'aws:cloudformation:stack-name': 'shop' },
      }),
    ).toBe('generated');
  });

  test('an ID drawn by lot is nobody’s, the ID of a key is', () => {
    const Id = 'ZjhhYmI1NmMtYzI4NC00YmZmLThkMDctYTFmZjllNmI0OWQz';
    expect(
      word('AWS::S3::Bucket', '/LifecycleConfiguration/Rules/0/Id', { LifecycleConfiguration: { Rules: [{ Id }] } }),
    ).toBe('generated');
    expect(word('Acme::Shop::Cart', '/KmsKeyId', { KmsKeyId: '6b1f0a2e-0000-4000-8000-000000000000' })).toBe('-');
  });
});

describe('defaults', () => {
  test('that a schema states, also as a text', () => {
    expect(word('AWS::AutoScaling::WarmPool', '/PoolState', { PoolState: 'Stopped' })).toBe('-');
    const [name, path, stated] = aStatedDefault();
    const at = (value: Json) => ({ [path.slice(1)]: value });
    expect(word(name, path, at(stated))).toBe('schema');
    expect(word(name, path, at(String(stated)))).toBe('schema');
    expect(word(name, path, at(`${stated}x`))).toBe('-');
  });

  test.each<[string, string, JsonObject, string]>([
    ['AWS::Lambda::Function', '/MemorySize', { MemorySize: 128 }, 'recorded'],
    ['AWS::Lambda::Function', '/MemorySize', { MemorySize: 256 }, '-'],
    ['AWS::Lambda::Function', '/EphemeralStorage', { EphemeralStorage: { Size: 512 } }, 'recorded'],
    ['AWS::Lambda::Function', '/EphemeralStorage/Size', { EphemeralStorage: { Size: 512 } }, 'recorded'],
    ['AWS::Lambda::Function', '/EphemeralStorage/Size', { EphemeralStorage: { Size: 10_240 } }, '-'],
    [
      'AWS::S3::Bucket',
      '/PublicAccessBlockConfiguration/BlockPublicAcls',
      { PublicAccessBlockConfiguration: { BlockPublicAcls: true } },
      'recorded',
    ],
    [
      'AWS::ECS::TaskDefinition',
      '/ContainerDefinitions/3/Cpu',
      { ContainerDefinitions: [0, 0, 0, { Cpu: 0 }] },
      'recorded',
    ],
  ])('that were recorded: %s %s of %j: %s', (type, path, live, expected) => {
    expect(word(type, path, live)).toBe(expected);
  });

  test('hold in every account and region, and for every name', () => {
    const physicalId = 'shop-Fn-A1B2C3D4E5F6';
    const logs = (LogGroup: string) => ({ LoggingConfig: { LogFormat: 'Text', LogGroup } });
    expect(word('AWS::Lambda::Function', '/LoggingConfig', logs(`/aws/lambda/${physicalId}`), { physicalId })).toBe(
      'recorded',
    );
    expect(word('AWS::Lambda::Function', '/LoggingConfig', logs('/aws/lambda/other'), { physicalId })).toBe('-');
    const role = (account: string) => ({
      Role: `arn:aws:iam::${account}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`,
    });
    expect(word('AWS::ECS::Service', '/Role', role(HERE.accountId))).toBe('recorded');
    expect(word('AWS::ECS::Service', '/Role', role('999999999999'))).toBe('-');
  });

  test('a key policy is the default one as a whole, or not at all', () => {
    const statement = (account: string) => ({
      ...{ Sid: 'Enable IAM User Permissions', Effect: 'Allow', Action: 'kms:*', Resource: '*' },
      Principal: { AWS: `arn:aws:iam::${account}:root` },
    });
    const policy = (...accounts: string[]) => ({
      KeyPolicy: { Version: '2012-10-17', Id: 'key-default-1', Statement: accounts.map(statement) },
    });
    expect(word('AWS::KMS::Key', '/KeyPolicy', policy(HERE.accountId))).toBe('recorded');
    expect(word('AWS::KMS::Key', '/KeyPolicy', policy(HERE.accountId, '999999999999'))).toBe('-');
    expect(word('AWS::KMS::Key', '/KeyPolicy/Statement', policy(HERE.accountId))).toBe('-');
  });

  test('a list is a default where each of its elements is', () => {
    const idle = { Key: 'tcp.idle_timeout.seconds', Value: '350' };
    const list = (...ListenerAttributes: Json[]) => ({ ListenerAttributes });
    const type = 'AWS::ElasticLoadBalancingV2::Listener';
    expect(word(type, '/ListenerAttributes', list(idle))).toBe('recorded');
    expect(word(type, '/ListenerAttributes', list(idle, { Key: 'somebodys', Value: '1' }))).toBe('-');
    expect(word(type, '/ListenerAttributes/0', list(idle))).toBe('recorded');
  });

  test('that open something hold only beside what makes them so', () => {
    const database = (DBSubnetGroupName: string) => ({ PubliclyAccessible: true, DBSubnetGroupName });
    expect(word('AWS::RDS::DBInstance', '/PubliclyAccessible', database('default'))).toBe('recorded');
    expect(word('AWS::RDS::DBInstance', '/PubliclyAccessible', database('shop-subnets'))).toBe('-');
    expect(word('AWS::SQS::Queue', '/SqsManagedSseEnabled', { SqsManagedSseEnabled: false })).toBe('-');
    expect(word('AWS::SQS::Queue', '/SqsManagedSseEnabled', { SqsManagedSseEnabled: false, KmsMasterKeyId: 'k' })).toBe(
      'recorded',
    );
  });

  test('of which AWS sets several are marked', () => {
    expect(own('AWS::RDS::DBInstance', '/Port', { Port: '3306' })).toMatchObject({ from: 'recorded', isOneOf: true });
    expect(own('AWS::Lambda::Function', '/MemorySize', { MemorySize: 128 })).not.toHaveProperty('isOneOf');
  });

  test('that are only likely never stand for what is known exactly', () => {
    // Other services start with it off; Redshift was seen to switch it on.
    expect(word('AWS::Redshift::Cluster', '/Encrypted', { Encrypted: false })).toBe('-');
    expect(word('AWS::RDS::DBCluster', '/MultiAZ', { MultiAZ: false })).toBe('usual');
    expect(word('AWS::RDS::DBCluster', '/MultiAZ', { MultiAZ: true })).toBe('-');
    expect(word('AWS::AccessAnalyzer::Analyzer', '/Type', { Type: 'ACCOUNT' })).toBe('mined');
    expect(word('AWS::AccessAnalyzer::Analyzer', '/Type', { Type: 'ORGANIZATION' })).toBe('-');
    expect(word('Acme::Shop::Cart', '/Lines', { Lines: [] })).toBe('unset');
    expect(word('Acme::Shop::Cart', '/Open', { Open: false })).toBe('unset');
    expect(word('Acme::Shop::Cart', '/Open', { Open: true })).toBe('-');
    // What is in an object is asked one by one: a member may be off that AWS switches on.
    expect(word('Acme::Shop::Cart', '/Lock', { Lock: { On: false } })).toBe('-');
  });
});

describe('what only repeats another property', () => {
  const type = 'AWS::ElasticLoadBalancingV2::Listener';
  const listener = (repeated: string) => ({
    DefaultActions: [{ TargetGroupArn: 'arn:one', ForwardConfig: { TargetGroups: [{ TargetGroupArn: repeated }] } }],
  });
  test('is nobody’s, as long as it does', () => {
    expect(word(type, '/DefaultActions/0/ForwardConfig', listener('arn:one'))).toBe('generated');
    expect(word(type, '/DefaultActions/0/ForwardConfig/TargetGroups', listener('arn:one'))).toBe('generated');
    expect(word(type, '/DefaultActions/0/ForwardConfig', listener('arn:two'))).toBe('-');
  });
});

/** A top-level default that some schema states, of a type of which nothing was recorded. */
function aStatedDefault(): [string, string, number] {
  for (const name of TYPES.names()) {
    const found = Object.entries(TYPES.get(name)?.defaults ?? {}).find(
      ([path, value]) => /^\/\w+$/.test(path) && typeof value === 'number' && !name.includes('Lambda'),
    );
    if (found) return [name, found[0], found[1] as number];
  }
  throw new Error('no schema states a number as a default');
}
