import { describe, expect, test } from '@jest/globals';
import { keyOf, keyText, listKind } from '../../src/compare/list-kind.js';
import type { Place } from '../../src/compare/place.js';
import { rulesOf } from '../../src/compare/rules.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import type { Plain } from '../../src/value/value.js';
import { differing } from './comparing.js';

const WHOLE_NAMES = ['Stages', 'Overrides'];
const ORDERED_NAMES = [
  ...['Steps', 'Columns', 'ColumnNames', 'ColumnTypes', 'PartitionKeys', 'Layers', 'Command', 'Commands'],
  ...['EntryPoint', 'Entrypoint', 'Args', 'Arguments', 'CacheBehaviors', 'CustomRules', 'BootstrapActions'],
  ...['CorsRules', 'RoutingRules', 'DomainNameServers', 'DnsServers', 'NtpServers', 'DnsSearchDomains'],
  ...['TextTransformations', 'PlacementStrategy', 'PlacementStrategies', 'TerminationPolicies', 'Processors'],
  ...['RegionOrder', 'RowSort', 'InitContainers', 'LifecycleHooks', 'DataTransforms', 'PreferredAvailabilityZones'],
  ...['PreferredCacheClusterAZs', 'PathPrefixHierarchy', 'ColumnHierarchies'],
];
/** Lists that schemas call ordered, one for each word that says otherwise. */
const SETS = [
  ['/Tags', 'AWS::GlobalAccelerator::Accelerator'],
  ['/LifecycleConfiguration/Rules/0/TagFilters', 'AWS::S3::Bucket'],
  ['/Targets/0/EcsParameters/TagList', 'AWS::Events::Rule'],
  ['/Targets/0/EcsParameters/NetworkConfiguration/AwsVpcConfiguration/Subnets', 'AWS::Events::Rule'],
  ['/NetworkConfiguration/SubnetIds', 'AWS::MWAA::Environment'],
  ['/Targets/0/EcsParameters/NetworkConfiguration/AwsVpcConfiguration/SecurityGroups', 'AWS::Events::Rule'],
  ['/VpcSecurityGroupIds', 'AWS::Neptune::DBCluster'],
  ['/SecondaryAllocationIds', 'AWS::EC2::NatGateway'],
  ['/Distributions/0/AmiDistributionConfiguration/TargetAccountIds', 'AWS::ImageBuilder::DistributionConfiguration'],
  ['/ResourceSetIds', 'AWS::FMS::Policy'],
  ['/FilterInArns', 'AWS::EC2::NetworkInsightsAnalysis'],
  ['/AvailabilityZones', 'AWS::Neptune::DBCluster'],
  ['/Cors/AllowHeaders', 'AWS::Lambda::Url'],
  ['/Cors/AllowMethods', 'AWS::Lambda::Url'],
  ['/Cors/AllowOrigins', 'AWS::Lambda::Url'],
  ['/Cors/ExposeHeaders', 'AWS::Lambda::Url'],
  ['/CorsConfiguration/CorsRules/0/AllowedMethods', 'AWS::S3::Bucket'],
  ['/CorsConfiguration/CorsRules/0/ExposedHeaders', 'AWS::S3::Bucket'],
  ['/EnableCloudwatchLogsExports', 'AWS::Neptune::DBCluster'],
  ['/UserNames', 'AWS::MemoryDB::ACL'],
  ['/AssociatedRoles', 'AWS::Neptune::DBCluster'],
  ['/AuthenticationMode/Passwords', 'AWS::MemoryDB::User'],
  ['/ThingTypeProperties/SearchableAttributes', 'AWS::IoT::ThingType'],
  ['/BackupPlan/ScanSettings/0/ResourceTypes', 'AWS::Backup::BackupPlan'],
  ['/ResourceTypeList', 'AWS::FMS::Policy'],
  ['/RuleGroup/RulesSource/RulesSourceList/TargetTypes', 'AWS::NetworkFirewall::RuleGroup'],
  ['/InstanceTypes', 'AWS::ImageBuilder::InfrastructureConfiguration'],
  ['/PlatformCapabilities', 'AWS::Batch::JobDefinition'],
  ['/InventoryConfigurations/0/OptionalFields', 'AWS::S3::Bucket'],
];
const KEYS = [
  ...['Key', 'key', 'Id', 'Sid', 'Name', 'name', 'AttributeName', 'PolicyName', 'IndexName', 'TagKey'],
  ...['ParameterName', 'OptionName', 'DeviceName', 'StatusCode', 'Priority', 'Region', 'LogType'],
];
const TYPE = 'Acme::Thing::Widget';
const texts = ['one', 'two'];
const named = [{ Name: 'a' }, { Name: 'b' }];

function kindOf(property: string, desired: Plain[], more: Partial<Place> = {}, type = TYPE): string {
  const place: Place = {
    path: `/${property}`,
    stablePath: `/${property}`,
    property,
    document: 'none',
    isAuthors: false,
    ...more,
  };
  return listKind(desired, place, rulesOf({ types: cloudFormationTypes, type, resourceType: undefined }));
}

describe('by the name of the property', () => {
  test.each(ORDERED_NAMES)('%s has an order, though its elements have names', (name) => {
    expect(kindOf(name, named)).toBe('ordered');
    expect(kindOf(`My${name}`, named)).toBe('ordered');
    expect(kindOf(`${name}X`, named)).toBe('set');
  });

  test.each(WHOLE_NAMES)('%s has an order, but not what only ends so', (name) => {
    expect(kindOf(name, named)).toBe('ordered');
    expect(kindOf(`My${name}`, named)).toBe('set');
  });

  test('elements that number themselves have no other order', () => {
    const numbered = [{ Priority: 2 }, { Priority: 1 }];
    expect(kindOf('TextTransformations', numbered)).toBe('set');
    expect(kindOf('ComputeEnvironmentOrder', [{ Order: 1 }, { Order: 2 }])).toBe('set');
    expect(kindOf('TextTransformations', [{ Priority: 1 }, { Priority: 1 }])).toBe('ordered');
    expect(kindOf('TextTransformations', [{ Priority: 1 }, {}])).toBe('ordered');
  });

  test.each(SETS)('%s is a set, though the schema of %s says otherwise', (path, type) => {
    const property = path.slice(path.lastIndexOf('/') + 1);
    const rules = rulesOf({ types: cloudFormationTypes, type, resourceType: cloudFormationTypes.get(type) });
    expect(rules.ordered.has(path)).toBe(true);
    const place = { path, stablePath: path, property, document: 'none', isAuthors: false } as const;
    expect(listKind(texts, place, rules)).toBe('set');
  });

  test('any other is a set, unless an element is there twice', () => {
    expect(kindOf('Things', texts)).toBe('set');
    expect(kindOf('Things', [])).toBe('set');
    expect(kindOf('Things', ['one', 'two', 'one'])).toBe('ordered');
    expect(
      kindOf('Things', [
        { A: 1, B: 2 },
        { B: 2, A: 1 },
      ]),
    ).toBe('ordered');
  });

  test.each(['LoadBalancerAttributes', 'TargetGroupAttributes', 'OptionSettings'])('%s is a bag', (name) => {
    const bag = name === 'OptionSettings' ? [{ Namespace: 'n', OptionName: 'o' }] : [{ Key: 'a' }];
    expect(kindOf(name, bag)).toBe('bag');
    expect(kindOf(name, [{ Name: 'a' }])).not.toBe('bag');
    expect(kindOf('Things', bag)).toBe('set');
  });
});

describe('by the elements', () => {
  test.each(KEYS)('with %s are told apart by it', async (key) => {
    const list = [
      { [key]: 'a', V: 1 },
      { [key]: 'b', V: 2 },
    ];
    expect(keyOf(list, list)).toBe(key);
    expect(kindOf('Things', list)).toBe('set');
    expect(await differing(TYPE, { Things: list }, { Things: [...list].reverse() })).toEqual([]);
    expect(
      await differing(
        TYPE,
        { Things: list },
        {
          Things: [
            { [key]: 'b', V: 2 },
            { [key]: 'a', V: 9 },
          ],
        },
      ),
    ).toEqual(['/Things/0/V']);
  });

  test.each([
    ['Namespace+OptionName', { Namespace: 'n', OptionName: 'o' }, { Namespace: 'm', OptionName: 'o' }],
    [
      'Namespace+ResourceName+OptionName',
      { Namespace: 'n', ResourceName: 'r', OptionName: 'o' },
      { Namespace: 'n', ResourceName: 's', OptionName: 'o' },
    ],
  ])('with %s are told apart by all of it', (key, one, other) => {
    expect(keyOf([one, other], [])).toBe(key);
    expect(keyText(one, key)).toBe(Object.values(one).join('+'));
  });

  test('a key is one that all of both lists have, none twice, as text or number', () => {
    expect(keyOf([], [])).toBeUndefined();
    expect(keyOf([{ Name: 'a' }], [{ Id: 'a' }])).toBeUndefined();
    expect(keyOf([{ Name: 'a' }, { Name: 'a' }], [])).toBeUndefined();
    expect(keyOf([], [{ Name: 'a' }, { Name: 'a' }])).toBeUndefined();
    expect(keyOf([{ Name: 'a' }], [])).toBe('Name');
    expect(keyOf([], [{ Name: 1 }, { Name: 2 }])).toBe('Name');
    expect(keyOf([{ Name: true }], [])).toBeUndefined();
    expect(keyOf([{ Name: 'a', Id: 'i' }], [{ Name: 'b', Id: 'j' }])).toBe('Id');
    expect(keyOf([{ Name: 'a', Id: 'i' }], [{ Name: 'b' }])).toBe('Name');
    expect(keyOf(['a'], [])).toBeUndefined();
  });
});

describe('by what is known of the place, in this order', () => {
  test('observations, then the document, then the schema', () => {
    expect(kindOf('EventSelectors', named)).toBe('set');
    expect(kindOf('Groups', named, {}, 'AWS::IAM::ManagedPolicy')).toBe('bag');
    expect(kindOf('Entries', [{ Cidr: 'x' }], {}, 'AWS::EC2::PrefixList')).toBe('set');
    const pipeline = { path: '/PipelineConfig/Functions' };
    expect(kindOf('Functions', named, pipeline, 'AWS::AppSync::Resolver')).toBe('ordered');
    expect(kindOf('Action', texts, { document: 'policy' })).toBe('set');
    expect(kindOf('Steps', named, { document: 'policy' })).toBe('set');
    expect(kindOf('Action', named, { document: 'json' })).toBe('ordered');
    expect(kindOf('Tags', named, { document: 'json' })).toBe('ordered');
  });
});
