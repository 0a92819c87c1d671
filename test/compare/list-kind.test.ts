import { describe, expect, test } from '@jest/globals';
import { keyOf, keyText, listKind } from '../../src/compare/list-kind.js';
import type { Place } from '../../src/compare/place.js';
import { rulesOf } from '../../src/compare/rules.js';
import type { Plain } from '../../src/value/value.js';
import { differing } from './comparing.js';

const SET_NAMES = [
  ...['Tags', 'Ids', 'IDs', 'Arns', 'ARNs', 'Subnets', 'Groups', 'Zones', 'Scopes', 'Origins', 'CNAMEs', 'Attributes'],
  ...['Permissions', 'Principals', 'Policies', 'Events', 'EventTypes', 'Methods', 'Headers', 'Cookies'],
  ...['QueryStrings', 'Protocols', 'Regions', 'CountryCodes', 'Accounts', 'Roles', 'Users', 'Members', 'Recipients'],
  ...['Subscribers', 'Cidrs', 'CidrBlocks', 'Addresses', 'Domains', 'Certificates', 'LoadBalancers', 'Listeners'],
  ...['Ingress', 'Egress', 'Conditions', 'Predicates', 'Filters', 'Capabilities', 'Aliases', 'URLs', 'Urls', 'Flows'],
  ...['Exports', 'DaysOfWeek'],
];
const ORDERED_NAMES = [
  ...['Steps', 'Stages', 'Columns', 'ColumnNames', 'ColumnTypes', 'PartitionKeys', 'Layers', 'Command', 'Commands'],
  ...['EntryPoint', 'Entrypoint', 'Args', 'Arguments', 'CacheBehaviors', 'CustomRules', 'BootstrapActions'],
  ...[
    'CorsRules',
    'DomainNameServers',
    'DnsServers',
    'TextTransformations',
    'PlacementStrategy',
    'PlacementStrategies',
  ],
];
const KEYS = [
  ...['Key', 'key', 'Id', 'Sid', 'Name', 'name', 'AttributeName', 'PolicyName', 'IndexName', 'TagKey'],
  ...['ParameterName', 'OptionName', 'DeviceName', 'StatusCode', 'Priority', 'Region', 'LogType'],
];
const TYPE = 'Acme::Thing::Widget';
const texts = ['one', 'two'];
const named = [{ Name: 'a' }, { Name: 'b' }];

function kindOf(property: string, desired: Plain[], more: Partial<Place> = {}, type = TYPE): string {
  const place: Place = { path: `/${property}`, stablePath: `/${property}`, property, document: 'none', ...more };
  return listKind(desired, place, rulesOf(type, undefined));
}

describe('by the name of the property', () => {
  test.each(SET_NAMES)('%s is a set', (name) => {
    expect(kindOf(name, texts)).toBe('set');
    expect(kindOf(`My${name}`, texts)).toBe('set');
    expect(kindOf(`${name}Order`, texts)).toBe('ordered');
  });

  test.each(ORDERED_NAMES)('%s has an order, though its elements have names', (name) => {
    expect(kindOf(name, named)).toBe('ordered');
    expect(kindOf(`My${name}`, named)).toBe('ordered');
    expect(kindOf(`${name}X`, named)).toBe('set');
  });

  test('any other has one where nothing else tells', () => {
    expect(kindOf('Things', texts)).toBe('ordered');
    expect(kindOf('Things', [])).toBe('ordered');
  });

  test.each(['LoadBalancerAttributes', 'TargetGroupAttributes', 'OptionSettings'])('%s is a bag', (name) => {
    const bag = name === 'OptionSettings' ? [{ Namespace: 'n', OptionName: 'o' }] : [{ Key: 'a' }];
    expect(kindOf(name, bag)).toBe('subset');
    expect(kindOf(name, [{ Name: 'a' }])).not.toBe('subset');
    expect(kindOf('Things', bag)).toBe('set');
  });
});

describe('by the elements', () => {
  test.each([
    ['arn:aws:iam::111111111111:role/a', 'set'],
    ['arn:aws-cn:s3:::shop', 'set'],
    ['sg-0123abcd', 'set'],
    ['subnet-0123456789abcdef0', 'set'],
    ['subnet-0123456789abcdef', 'ordered'],
    ['sg-0123abc', 'ordered'],
    ['sg-0123abcdef', 'ordered'],
    ['-0123abcd', 'ordered'],
    ['twelveletter-0123abcd', 'set'],
    ['thirteenlette-0123abcd', 'ordered'],
    ['arn:aws', 'ordered'],
    ['my arn:aws:s3:::shop', 'ordered'],
  ])('of %s: %s', (reference, kind) => {
    expect(kindOf('Things', [reference])).toBe(kind);
    expect(kindOf('Things', [reference, 'plain'])).toBe('ordered');
    expect(kindOf('Things', [reference, 5])).toBe('ordered');
  });

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
    expect(kindOf('Groups', named, {}, 'AWS::IAM::ManagedPolicy')).toBe('subset');
    expect(kindOf('Entries', [{ Cidr: 'x' }], {}, 'AWS::EC2::PrefixList')).toBe('set');
    const pipeline = { path: '/PipelineConfig/Functions' };
    expect(kindOf('Functions', named, pipeline, 'AWS::AppSync::Resolver')).toBe('ordered');
    expect(kindOf('Action', texts, { document: 'policy' })).toBe('set');
    expect(kindOf('Steps', named, { document: 'policy' })).toBe('set');
    expect(kindOf('Action', named, { document: 'json' })).toBe('ordered');
    expect(kindOf('Tags', named, { document: 'json' })).toBe('ordered');
  });
});
