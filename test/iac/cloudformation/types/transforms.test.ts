import { describe, expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../../../../src/base/json.js';
import { pointerOf } from '../../../../src/base/json-pointer.js';
import type { ResourceType } from '../../../../src/compare/resource-type.js';
import { loadResourceTypes } from '../../../../src/iac/cloudformation/types/index-file.js';
import { transformAlternatives } from '../../../../src/iac/cloudformation/types/transforms.js';
import { type PlainObject, unresolved } from '../../../../src/value/value.js';

const TYPES = loadResourceTypes();
const KEY = '1234abcd-12ab-34cd-56ef-1234567890ab';
const KEY_ARN = `arn:aws:kms:eu-west-1:111111111111:key/${KEY}`;
const OTHER_KEY_ARN = 'arn:aws:kms:eu-west-1:111111111111:key/99999999-12ab-34cd-56ef-1234567890ab';
const TASK = 'arn:aws:ecs:eu-west-1:111111111111:task-definition';
const ROLE = 'arn:aws:iam::111111111111:role';
const FUNCTION = 'arn:aws:lambda:eu-west-1:111111111111:function';

/** Whether a live value is what AWS makes of the declared one, by the transforms that ship. */
async function accepts(type: string | ResourceType, path: string, desired: PlainObject, live: Json): Promise<boolean> {
  const known = typeof type === 'string' ? TYPES.get(type) : type;
  if (known === undefined) throw new Error(`${type} is not in the index`);
  const alternatives = (await transformAlternatives(known, desired)).get(path) ?? [];
  return alternatives.some((alternative) => alternative.matches(live));
}

/** `{ A: { B: value } }` for `/A/B`. */
function at(path: string, value: Json): JsonObject {
  return path
    .slice(1)
    .split('/')
    .reduceRight<Json>((inner, key) => (key === '0' ? [inner] : { [key]: inner }), value) as JsonObject;
}

// Type, path, declared value, live values that are the same, live values that are a change.
const CASES: [string, string, Json, Json[], Json[]][] = [
  ['AWS::AmazonMQ::Broker', '/EngineType', 'RabbitMq', ['RABBITMQ'], ['ACTIVEMQ']],
  ['AWS::AmazonMQ::Broker', '/MaintenanceWindowStartTime/DayOfWeek', 'Monday', ['MONDAY'], ['TUESDAY']],
  ['AWS::Bedrock::EnforcedGuardrailConfiguration', '/GuardrailIdentifier', 'arn:x:guardrail/g1', ['g1'], ['g2']],
  ['AWS::Cassandra::Table', '/PartitionKeyColumns/0/ColumnType', 'INT', ['int'], ['text']],
  ['AWS::CloudTrail::Trail', '/KMSKeyId', KEY, [KEY_ARN], [OTHER_KEY_ARN, `x${KEY_ARN}`, `${KEY_ARN}0`]],
  [
    'AWS::CodeDeploy::DeploymentGroup',
    '/Deployment/Description',
    'v 1.0',
    ['[CFN-0A1B2C3D] v 1.0'],
    ['[CFN-0A1B2C3D] v 100'],
  ],
  ['AWS::Cognito::UserPool', '/Schema/0/Name', 'team', ['custom:team'], ['custom:steam', 'dev:custom:team']],
  ['AWS::DirectConnect::Connection', '/LagId', 'arn:x:dxlag/DXLAG-1', ['dxlag-1'], ['dxlag-2']],
  ['AWS::DMS::Endpoint', '/PostgreSqlSettings/PluginName', 'test-decoding', ['test_decoding'], ['pglogical']],
  ['AWS::DMS::Endpoint', '/ExtraConnectionAttributes', 'a=1', ['ssl=x;a=1;b=2'], ['ssl=x;b=2']],
  ['AWS::DynamoDB::Table', '/SSESpecification/KMSMasterKeyId', KEY, [KEY_ARN], [OTHER_KEY_ARN]],
  ['AWS::EC2::Subnet', '/CidrBlock', '10.0.1.7/24', ['10.0.1.0/24'], ['10.0.2.0/24', '10.0.1.0/25']],
  ['AWS::EC2::Subnet', '/Ipv6CidrBlock', '2001:0db8:0:0:0:0:0:0/64', ['2001:db8::/64'], ['2001:db9::/64']],
  [
    'AWS::ECS::CapacityProvider',
    '/AutoScalingGroupProvider/AutoScalingGroupArn',
    'arn:x:autoScalingGroupName/web',
    ['web'],
    ['db'],
  ],
  [
    'AWS::ECS::Cluster',
    '/Configuration/ManagedStorageConfiguration/FargateEphemeralStorageKmsKeyId',
    KEY,
    [KEY_ARN],
    [OTHER_KEY_ARN],
  ],
  [
    'AWS::ECS::Service',
    '/TaskDefinition',
    'web',
    [`${TASK}/web:12`],
    [`${TASK}/webs:12`, `${TASK}/my-web:12`, `${TASK}/web:x`],
  ],
  ['AWS::ECS::Service', '/TaskDefinition', 'web:3', [`${TASK}/web:3`], [`${TASK}/web:4`, `${TASK}/web:33`]],
  ['AWS::ECS::Service', '/Role', 'deployer', [`${ROLE}/deployer`], [`${ROLE}/admin`]],
  ['AWS::ECS::TaskDefinition', '/TaskRoleArn', `${ROLE}/task`, ['task'], ['admin']],
  ['AWS::ECS::TaskDefinition', '/ExecutionRoleArn', 'task', [`${ROLE}/task`], [`${ROLE}/task2`]],
  ['AWS::ElastiCache::CacheCluster', '/EngineVersion', '7.0.7', ['7.0'], ['7.1']],
  ['AWS::GameLift::Fleet', '/AnywhereConfiguration/Cost', '10', ['10.0'], ['10.5']],
  ['AWS::ImageBuilder::ImageRecipe', '/Version', '1.0.x', ['1.0.3'], ['1.1.3', '1x0.3']],
  [
    'AWS::Lambda::EventSourceMapping',
    '/FunctionName',
    'cart',
    [`${FUNCTION}:cart`],
    [`${FUNCTION}:cart2`, `${FUNCTION}:shop-cart`],
  ],
  [
    'AWS::Lambda::EventSourceMapping',
    '/FunctionName',
    '111111111111:function:cart',
    [`${FUNCTION}:cart`, 'cart'],
    [`${FUNCTION}:art`],
  ],
  [
    'AWS::Lambda::Permission',
    '/Principal',
    '111111111111',
    ['arn:aws:iam::111111111111:root'],
    ['arn:aws:iam::222222222222:root'],
  ],
  [
    'AWS::Lambda::LayerVersionPermission',
    '/Principal',
    '123456789012',
    [],
    ['{"AWS":"arn:aws:iam::210987654321:root"}'],
  ],
  [
    'AWS::MediaConnect::RouterInput',
    '/MaintenanceConfiguration/PreferredDayTime/Time',
    '10:30',
    ['10:30:00Z'],
    ['10:31:00Z'],
  ],
  ['AWS::RDS::DBInstance', '/EngineVersion', '8.0', ['8.0.45'], ['8.4.1', '850', '18.0.1']],
  ['AWS::RDS::DBInstance', '/DBName', 'Orcl', ['ORCL', 'orcl'], ['PROD']],
  ['AWS::RDS::DBInstance', '/KmsKeyId', KEY, [KEY_ARN], [OTHER_KEY_ARN]],
  [
    'AWS::RDS::DBCluster',
    '/PreferredMaintenanceWindow',
    'Mon:03:00-Mon:04:00',
    ['mon:03:00-mon:04:00'],
    ['tue:03:00-tue:04:00'],
  ],
  [
    'AWS::Route53::HostedZone',
    '/Name',
    'Example.com',
    ['example.com.', 'Example.com.'],
    ['example.comm', 'exampleXcom.'],
  ],
  [
    'AWS::S3::Bucket',
    '/NotificationConfiguration/LambdaConfigurations/0/Filter/S3Key/Rules/0/Name',
    'prefix',
    ['Prefix'],
    ['Suffix', 'suffix'],
  ],
  [
    'AWS::VpcLattice::Rule',
    '/Action/Forward/TargetGroups/0/TargetGroupIdentifier',
    'arn:x:targetgroup/tg-1',
    ['tg-1'],
    ['tg-2'],
  ],
];

describe('transforms of the registry schemas', () => {
  test.each(CASES)('%s %s: %j', async (type, path, declared, same, changed) => {
    for (const live of same) expect([live, await accepts(type, path, at(path, declared), live)]).toEqual([live, true]);
    for (const live of changed)
      expect([live, await accepts(type, path, at(path, declared), live)]).toEqual([live, false]);
  });

  test.each([
    ['tcp', 443, 443, true],
    ['tcp', 443, -1, false],
    ['6', 443, -1, false],
    ['-1', 443, -1, true],
    [-1, 443, -1, true],
    ['-1', 443, 0, false],
  ])('ports of protocol %s: %s and %s are the same: %s', async (protocol, port, live, expected) => {
    const rules = [
      { IpProtocol: 'udp', FromPort: 53 },
      { IpProtocol: protocol, FromPort: port },
    ];
    const desired = { IpProtocol: 'tcp', SecurityGroupIngress: rules };
    expect(await accepts('AWS::EC2::SecurityGroup', '/SecurityGroupIngress/1/FromPort', desired, live)).toBe(expected);
  });

  test.each([
    ['6', 'tcp', true],
    [17, 'udp', true],
    ['TCP', 'tcp', true],
    ['6', 'udp', false],
  ])('protocol %s and %s are the same: %s', async (declared, live, expected) => {
    const desired = { SecurityGroupEgress: [{ IpProtocol: declared }] };
    expect(await accepts('AWS::EC2::SecurityGroup', '/SecurityGroupEgress/0/IpProtocol', desired, live)).toBe(expected);
  });

  test('say nothing of an object but that it is equal', async () => {
    const desired = { Permissions: ['SELECT'] };
    expect(await accepts('AWS::LakeFormation::PrincipalPermissions', '/Permissions', desired, ['SELECT'])).toBe(true);
    expect(await accepts('AWS::LakeFormation::PrincipalPermissions', '/Permissions', desired, ['DROP'])).toBe(false);
    const source = { Source: { Owner: 'AWS' } };
    expect(await accepts('AWS::Config::ConfigRule', '/Source', source, { Owner: 'CUSTOM_LAMBDA' })).toBe(false);
  });
});

describe('patterns', () => {
  test.each(['.*', '.+', '[^/]+', '(.*)', 'a|.*', `${KEY.slice(0, 8)}.*`, '\\w+', '^', '$', ''])(
    'take %j as text, not as a pattern',
    async (declared) => {
      expect(await accepts('AWS::RDS::DBInstance', '/KmsKeyId', { KmsKeyId: declared }, KEY_ARN)).toBe(false);
      expect(await accepts('AWS::RDS::DBInstance', '/EngineVersion', { EngineVersion: declared }, '8.0.45')).toBe(
        false,
      );
    },
  );

  test('find a declared value with special characters in it', async () => {
    const name = 'a+b(c)[d].{e}$|\\x';
    const desired = { TaskRoleArn: name };
    expect(await accepts('AWS::ECS::TaskDefinition', '/TaskRoleArn', desired, `${ROLE}/${name}`)).toBe(true);
  });

  test.each([
    ['AWS::EFS::FileSystem', '/KmsKeyId', KEY, OTHER_KEY_ARN],
    ['AWS::S3Files::FileSystem', '/KmsKeyId', KEY_ARN, OTHER_KEY_ARN],
    ['AWS::DirectConnect::Connection', '/Location', 'EqDC2', 'EqDC3'],
  ])('of %s that ignore the declared value forgive nothing', async (type, path, declared, live) => {
    expect(await accepts(type, path, at(path, declared), live)).toBe(false);
  });

  test('are not tried on long texts', async () => {
    const live = `arn:${':kms:'.repeat(100_000)}`;
    expect(await accepts('AWS::RDS::DBInstance', '/KmsKeyId', { KmsKeyId: KEY }, live)).toBe(false);
  });
});

describe('expressions that can not be applied', () => {
  test.each<[string, PlainObject]>([
    ['an unresolved value', { CidrBlock: unresolved('not deployed') }],
    ['a list where text is asked for', { CidrBlock: ['10.0.0.0/16'] }],
    ['text of another form', { CidrBlock: 'all of it' }],
    ['nothing declared', {}],
  ])('give no alternative: %s', async (_, desired) => {
    expect(await accepts('AWS::EC2::Subnet', '/CidrBlock', desired, '10.0.0.0/16')).toBe(false);
  });

  test('do not take an unresolved neighbour for a value', async () => {
    const desired = {
      LaunchConfigurationName: 'a',
      InstanceId: 'i-1',
      AutoScalingGroupName: unresolved('not deployed'),
    };
    const type = TYPES.get('AWS::AutoScaling::AutoScalingGroup') as ResourceType;
    expect((await transformAlternatives(type, desired)).get('/LaunchConfigurationName')).toEqual([]);
  });

  test('are not run for types that others than AWS publish', async () => {
    const type: ResourceType = { ...(TYPES.get('AWS::RDS::DBInstance') as ResourceType), name: 'Acme::Data::Base' };
    expect((await transformAlternatives(type, { Engine: 'MySQL' })).size).toBe(0);
  });

  test('all compile', async () => {
    const { default: jsonata } = await import('jsonata');
    const rules = TYPES.names().flatMap((name) => Object.values(TYPES.get(name)?.transforms ?? {}));
    expect(rules).toHaveLength(190);
    for (const rule of rules) for (const text of rule.split(/\s+\$OR\s+/)) expect(() => jsonata(text)).not.toThrow();
  });
});

test('pointers of alternatives name list elements by index', async () => {
  const type = TYPES.get('AWS::WAFv2::LoggingConfiguration') as ResourceType;
  const desired = { RedactedFields: [{ Method: {} }, { SingleHeader: { Name: 'X-Token' } }] };
  const alternatives = await transformAlternatives(type, desired);
  expect([...alternatives.keys()]).toEqual([pointerOf(['RedactedFields', 1, 'SingleHeader', 'Name'])]);
});
