import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/base/json.js';
import { compareResource } from '../../src/compare/compare.js';
import type { ResourceType } from '../../src/compare/resource-type.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import { type PlainObject, unresolved } from '../../src/value/value.js';

const BARE: ResourceType = {
  name: 'Acme::Thing::Widget',
  primaryIdentifier: [],
  readOnly: [],
  writeOnly: [],
  createOnly: [],
  unordered: [],
  ordered: [],
  maps: [],
  documents: [],
  meanings: {},
  transforms: {},
  defaults: {},
  readable: true,
  readPermissions: [],
};

/** Compares as a resource of a type whose schema says just this. */
async function comparing(says: Partial<ResourceType>, desired: PlainObject, live: JsonObject, partial = false) {
  const resourceType = { ...BARE, ...says };
  const typed = { types: cloudFormationTypes, type: BARE.name, resourceType };
  const compared = await compareResource({ ...typed, desired, live, partial, context: {} });
  return {
    differs: compared.differences.map(({ path }) => path),
    open: compared.unverifiable.map(({ path, reason }) => `${path} ${reason}`),
    equal: compared.equal.map(({ path, equivalence }) => `${path} ${equivalence}`),
    compared: compared.compared,
  };
}

const NOTHING = { differs: [], open: [], equal: [], compared: 0 };

describe('a declared default that the service does not return', () => {
  test.each<[unknown, PlainObject[string], boolean]>([
    [true, true, true],
    [true, 'true', true],
    [true, 'false', false],
    [true, false, true], // a switch that is off says no more than leaving it out
    ['true', true, true],
    [5, 5, true],
    [5, '5', true],
    [5, 6, false],
    ['STANDARD', 'STANDARD', true],
    ['STANDARD', 'standard', false],
  ])('%j against %j: the same %s', async (fallback, declared, isSame) => {
    const says = { defaults: { '/Enabled': fallback as string } };
    const found = await comparing(says, { Enabled: declared }, {});
    expect(found.differs).toEqual(isSame ? [] : ['/Enabled']);
    expect(found.compared).toBe(1);
  });

  test('counts below a list at any index', async () => {
    const says = { defaults: { '/Rules/*/On': true } };
    const rules = (...each: PlainObject[]) => ({ Rules: each });
    const declared = [
      { Name: 'a', On: 'true' },
      { Name: 'b', On: true },
    ];
    const live = { Rules: [{ Name: 'a' }, { Name: 'b' }] };
    expect((await comparing(says, rules(...declared), live)).equal).toEqual([
      '/Rules/0/On default-or-absent',
      '/Rules/1/On default-or-absent',
    ]);
  });

  test('is a difference where the service returns another value', async () => {
    expect((await comparing({ defaults: { '/On': true } }, { On: true }, { On: false })).differs).toEqual(['/On']);
  });
});

describe('what is declared and absent', () => {
  const size = { Size: 3 };

  test('is gone where the type can be read, and where CloudFormation itself looked', async () => {
    expect(await comparing({}, size, {})).toEqual({ ...NOTHING, differs: ['/Size'], compared: 1 });
    expect(await comparing({ readable: false }, size, {}, true)).toMatchObject({ differs: ['/Size'] });
    expect(await comparing({ readable: false }, size, {})).toEqual({
      ...NOTHING,
      open: ['/Size AWS does not return this property, and the type has no complete model to read'],
    });
  });

  test('is not verified where it never comes back', async () => {
    expect((await comparing({ writeOnly: ['/Size'] }, size, {})).open).toEqual([
      '/Size AWS never returns this property (write-only)',
    ]);
    expect((await comparing({ createOnly: ['/Size'] }, size, {})).open).toEqual([
      '/Size AWS does not return this property, which can only be set at creation',
    ]);
  });

  test('null is absent', async () => {
    expect((await comparing({}, size, { Size: null })).differs).toEqual(['/Size']);
    expect((await comparing({}, { Size: null }, {})).equal).toEqual(['/Size empty-or-absent']);
  });

  test('is not known where a part of it is not', async () => {
    expect((await comparing({}, { Size: { One: unresolved('later') } }, {})).open).toEqual([
      '/Size a part of it is not known, and AWS does not return it',
    ]);
    expect((await comparing({}, { Size: unresolved('later') }, {})).open).toEqual(['/Size later']);
    expect((await comparing({}, { Size: { One: unresolved('later') } }, { Size: 'x' })).open).toEqual([
      '/Size a part of it is not known',
    ]);
  });

  test('an object is one difference, without what would never come back of it', async () => {
    const login = { Login: { User: 'ann', Password: 'x' } };
    expect(await comparing({ writeOnly: ['/Login/Password'] }, login, {})).toEqual({
      differs: ['/Login'],
      open: ['/Login/Password AWS never returns this property (write-only)'],
      equal: [],
      compared: 1,
    });
    const secret = { Login: { Password: 'x' } };
    expect(await comparing({ writeOnly: ['/Login/Password'] }, secret, {})).toEqual({
      ...NOTHING,
      open: ['/Login/Password AWS never returns this property (write-only)'],
    });
  });
});

describe('what only the cloud has', () => {
  test.each<[string, Partial<ResourceType>, JsonObject, string[]]>([
    ['in a shape', {}, { A: 1 }, []],
    ['in a map', { maps: ['/Box'] }, { A: 1 }, ['/Box/A']],
    ['in a map, and null', { maps: ['/Box'] }, { A: null }, []],
    ['in a map, and empty', { maps: ['/Box'] }, { A: {} }, []],
    ['in a map, and an empty text', { maps: ['/Box'] }, { A: '' }, ['/Box/A']],
    ['in a map, and off', { maps: ['/Box'] }, { A: false }, ['/Box/A']],
    ['in a document', { documents: ['/Box'] }, { A: 1 }, ['/Box/A']],
    ['in a document, and empty', { documents: ['/Box'] }, { A: '' }, []],
    ['in a document, and off', { documents: ['/Box'] }, { A: false }, ['/Box/A']],
    [
      'in a document, the default version of policies',
      { documents: ['/Box'] },
      { Version: '2008-10-17' },
      ['/Box/Version'],
    ],
  ])('%s', async (_, says, added, expected) => {
    const box = { Own: 'x' };
    expect((await comparing(says, { Box: box }, { Box: { ...box, ...added } })).differs).toEqual(expected);
  });

  test.each<[JsonObject, string[]]>([
    [{ Version: '2008-10-17' }, []],
    [{ Version: '2012-10-17' }, ['/Policy/Version']],
    [{ Id: '2008-10-17' }, ['/Policy/Id']],
  ])('in a policy: %j', async (added, expected) => {
    const policy = { Statement: [{ Effect: 'Allow', Action: 'a:B' }] };
    const says = { documents: ['/Policy'] };
    expect((await comparing(says, { Policy: policy }, { Policy: { ...policy, ...added } })).differs).toEqual(expected);
  });
});

describe('properties that stand in the place of each other', () => {
  const GROUPS = [
    ['CidrIp', 'CidrIpv6', 'SourcePrefixListId', 'SourceSecurityGroupId', 'SourceSecurityGroupName'],
    ['CidrIp', 'CidrIpv6', 'DestinationPrefixListId', 'DestinationSecurityGroupId'],
    ['CidrBlock', 'Ipv6CidrBlock'],
    ['DestinationCidrBlock', 'DestinationIpv6CidrBlock', 'DestinationPrefixListId'],
    [
      ...['CarrierGatewayId', 'CoreNetworkArn', 'EgressOnlyInternetGatewayId', 'GatewayId', 'InstanceId'],
      ...['LocalGatewayId', 'NatGatewayId', 'NetworkInterfaceId', 'TransitGatewayId', 'VpcEndpointId'],
      'VpcPeeringConnectionId',
    ],
  ];
  const pairs = GROUPS.flatMap((group) =>
    group.flatMap((one) => group.filter((other) => other !== one).map((other) => [one, other] as const)),
  );

  test.each(pairs)('%s gone, and %s there', async (gone, there) => {
    expect((await comparing({}, { [gone]: 'x' }, { [there]: 'y' })).differs).toEqual([`/${gone}`, `/${there}`]);
    expect((await comparing({}, { [gone]: 'x' }, { [gone]: 'x', [there]: 'y' })).differs).toEqual([]);
  });

  test('those of different groups do not', async () => {
    expect((await comparing({}, { CidrBlock: 'x' }, { GatewayId: 'y' })).differs).toEqual(['/CidrBlock']);
    expect((await comparing({}, { CidrIp: 'x' }, { CidrIpv6: '' })).differs).toEqual(['/CidrIp']);
  });

  test('one that Git has is told as its own difference, once', async () => {
    const found = await comparing({}, { CidrIp: 'x', CidrIpv6: 'y' }, { CidrIpv6: 'z' });
    expect(found.differs).toEqual(['/CidrIp', '/CidrIpv6']);
  });
});

describe('a choice by name', () => {
  test.each<[JsonObject, JsonObject, string[]]>([
    [{ Block: {} }, { Count: {} }, ['/Action']],
    [{ Block: {} }, { Count: { Limit: 1 } }, ['/Action']],
    [{ Block: {} }, { Block: {} }, []],
    [{ Block: {} }, {}, []],
    [{ Block: {} }, { Count: {}, Allow: {} }, []],
    [{ Block: {}, Log: {} }, { Count: {} }, []],
    [{ Block: {} }, { Count: 'x' }, []],
    [{ Block: { Code: 403 } }, { Count: {} }, ['/Action/Block']],
  ])('%j against %j', async (declared, live, expected) => {
    expect((await comparing({}, { Action: declared }, { Action: live })).differs).toEqual(expected);
  });

  test('is none at the root, or in a map', async () => {
    expect((await comparing({}, { Block: {} }, { Count: {} })).differs).toEqual([]);
    const says = { maps: ['/Action'] };
    expect((await comparing(says, { Action: { Block: {} } }, { Action: { Count: { A: 1 } } })).differs).toEqual([
      '/Action/Count',
    ]);
  });
});
