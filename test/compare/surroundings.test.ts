import { describe, expect, test } from '@jest/globals';
import { isObject, type Json, type JsonObject } from '../../src/base/json.js';
import { segments } from '../../src/base/json-pointer.js';
import type { CompareContext, FindOthers, Sibling } from '../../src/compare/comparing.js';
import type { ChildKind } from '../../src/compare/types.js';
import { CHILD_KINDS } from '../../src/iac/cloudformation/types/child-kinds.js';
import { type PlainObject, valueAt } from '../../src/value/value.js';
import { ACCOUNT, comparing, differing, open } from './comparing.js';

const tag = (Key: string, Value: string) => ({ Key, Value });

function isDefined<Value>(value: Value | undefined): value is Value {
  return value !== undefined;
}

function sibling(type: string, desired: PlainObject, more: Partial<Sibling> = {}): Sibling {
  return { logicalId: 'Other', type, physicalId: 'other', desired, live: {}, ...more };
}

describe('tags that nobody declared', () => {
  const desired = { Tags: [tag('Team', 'shop')] };
  const context = { stackTags: { Stage: 'prod' } };

  test.each<[string, Json[], string[]]>([
    ["AWS's own", [tag('aws:cloudformation:stack-name', 'shop')], []],
    ["the stack's", [tag('Stage', 'prod')], []],
    ["the stack's with another value", [tag('Stage', 'test')], ['/Tags/1']],
    ["someone's", [tag('Owner', 'me')], ['/Tags/1']],
  ])('%s', async (_, added, expected) => {
    const live = { Tags: [...added, tag('Team', 'shop')] };
    expect(await differing('AWS::SQS::Queue', desired, live, { context })).toEqual(expected);
  });

  test('in a map as well', async () => {
    const live = { Tags: { Team: 'shop', Stage: 'prod', 'aws:cloudformation:logical-id': 'Api', Owner: 'me' } };
    const paths = await differing('AWS::ApiGatewayV2::Api', { Tags: { Team: 'shop' } }, live, { context });
    expect(paths).toEqual(['/Tags/Owner']);
  });

  test('a declared tag that the stack carries too is judged', async () => {
    const live = { Tags: [tag('Stage', 'prod')] };
    expect(await differing('AWS::SQS::Queue', { Tags: [tag('Stage', 'test')] }, live, { context })).toEqual([
      '/Tags/0/Value',
    ]);
  });
});

/** An element as a child of a kind makes it, and the child's own properties. */
function madeBy({ naming }: ChildKind): { element: Json; own: PlainObject; physicalId: string } {
  const physicalId = 'arn:aws:child';
  switch (naming.by) {
    case 'id':
      return { element: physicalId, own: {}, physicalId };
    case 'shared':
      return { element: { One: 'a', Two: 2 }, own: { One: 'a', Two: '2' }, physicalId };
    case 'members': {
      const member = naming.key === undefined ? 'member' : { [naming.key]: 'member' };
      return { element: member, own: { [naming.property]: ['another', member] }, physicalId };
    }
    case 'keys': {
      const members = Object.keys(naming.keys).map((pointer): [string, Json] => {
        const [first = '', second] = segments(pointer);
        return [first, second === undefined ? `its ${first}` : { [second]: `its ${second}` }];
      });
      const element = Object.fromEntries(members);
      const own = Object.entries(naming.keys).map(([pointer, property]) => [
        property,
        `its ${segments(pointer).at(-1)}`,
      ]);
      return { element, own: Object.fromEntries(own), physicalId };
    }
  }
}

function holding(list: string, elements: Json[]): JsonObject {
  return segments(list).reduceRight<Json>((inner, key) => ({ [key]: inner }), elements) as JsonObject;
}

describe('each kind of child', () => {
  test.each(CHILD_KINDS.map((kind) => [kind.child, kind.parent, kind.list, kind] as const))(
    '%s in %s%s: of this stack, and of another one',
    async (type, parent, list, kind) => {
      const { element, own, physicalId } = madeBy(kind);
      const child = sibling(type, { ...own, [kind.parentId]: 'parent' }, { physicalId });
      const desired = holding(list, []);
      const live = { Id: 'parent', ...holding(list, [element]) };
      const found = async (context: CompareContext, model: JsonObject = live) =>
        (await comparing(parent, desired, model, { context })).differences.length;
      expect(await found({})).toBe(1);
      expect(await found({ siblings: [child] })).toBe(0);
      const asked: string[] = [];
      const others: FindOthers = async (types, identifiers) => {
        if (identifiers.includes('parent')) asked.push(...types);
        return { siblings: [{ ...child, stack: 'other' }] };
      };
      expect(await found({ others })).toBe(0);
      expect(asked).toContain(type);
      const { owned } = await comparing(parent, desired, live, { context: { others } });
      expect(owned).toEqual([{ path: list, stack: 'other', logicalId: 'Other', type }]);
      // Of another parent; and one that was not to be found out.
      const stranger = { ...child, desired: { ...child.desired, [kind.parentId]: 'stranger' } };
      expect(await found({ siblings: [stranger] })).toBe(1);
      const unread = async () => ({ siblings: [], unread: 'denied' });
      const open = await comparing(parent, desired, live, { context: { others: unread } });
      expect(open).toMatchObject({
        differences: [],
        unverifiable: [{ path: `${list}/0`, reason: 'another stack may own it: denied' }],
      });
      // The same where the parent does not declare the list at all.
      const left = async (context: CompareContext) => {
        const { rest = [], unverifiable } = await comparing(parent, {}, live, { context });
        const values = rest
          .filter(({ path }) => path !== '/Id')
          .map((one) => valueAt(one.live, list.slice(one.path.length)));
        return { left: values.flat().filter(isDefined), open: unverifiable.map(({ path }) => path) };
      };
      expect(await left({})).toEqual({ left: [element], open: [] });
      expect(await left({ siblings: [child] })).toEqual({ left: [], open: [] });
      expect(await left({ others })).toEqual({ left: [], open: [] });
      expect(await left({ others: unread })).toEqual({ left: [], open: [list] });
    },
  );

  test("what is AWS's own no stack declares", async () => {
    const others: FindOthers = () => Promise.reject(new Error('asked'));
    const live = { RoleName: 'r', ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] };
    const { rest } = await comparing('AWS::IAM::Role', { RoleName: 'r' }, live, { context: { others } });
    expect(rest).toMatchObject([{ path: '/ManagedPolicyArns', live: live.ManagedPolicyArns }]);
  });

  test('of no difference, nobody is asked', async () => {
    const others: FindOthers = () => Promise.reject(new Error('asked'));
    const rule = { CidrIp: '10.0.0.0/8', IpProtocol: 'tcp' };
    const model = { GroupDescription: 'a', SecurityGroupIngress: [rule] };
    const compare = (live: JsonObject) => differing('AWS::EC2::SecurityGroup', model, live, { context: { others } });
    expect(await compare(model)).toEqual([]);
    expect(await compare({ ...model, GroupDescription: 'b' })).toEqual(['/GroupDescription']);
    await expect(compare({ ...model, SecurityGroupIngress: [rule, { ...rule, FromPort: 1 }] })).rejects.toThrow(
      'asked',
    );
  });
});

describe('what other resources of the stack put into a list', () => {
  const rule = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/8' };
  const other = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '10.0.0.0/8' };
  const ingress = sibling('AWS::EC2::SecurityGroupIngress', { ...other, FromPort: '22', GroupId: 'sg-1' });

  test('rules of a security group', async () => {
    const live = { GroupId: 'sg-1', SecurityGroupIngress: [other, rule] };
    const desired = { SecurityGroupIngress: [rule] };
    expect(await differing('AWS::EC2::SecurityGroup', desired, live)).toEqual(['/SecurityGroupIngress/1']);
    const context = { siblings: [ingress] };
    expect(await differing('AWS::EC2::SecurityGroup', desired, live, { context })).toEqual([]);
    const elsewhere = { siblings: [{ ...ingress, desired: { ...ingress.desired, GroupId: 'sg-2' } }] };
    expect(await differing('AWS::EC2::SecurityGroup', desired, live, { context: elsewhere })).toHaveLength(1);
  });

  const document = { Version: '2012-10-17', Statement: [] };
  test.each(['Role', 'User', 'Group'])('inline and managed policies of a %s', async (principal) => {
    const name = `${principal}Name`;
    const arn = `arn:aws:iam::${ACCOUNT}:policy/shop`;
    const siblings = [
      sibling('AWS::IAM::Policy', { PolicyName: 'attached', PolicyDocument: document, [`${principal}s`]: ['shop'] }),
      sibling('AWS::IAM::ManagedPolicy', { [`${principal}s`]: ['shop'] }, { physicalId: arn }),
    ];
    const desired = { Policies: [{ PolicyName: 'own', PolicyDocument: document }], ManagedPolicyArns: [] };
    const live = {
      [name]: 'shop',
      Policies: [...desired.Policies, { PolicyName: 'attached', PolicyDocument: JSON.stringify(document) }],
      ManagedPolicyArns: [arn],
    };
    const type = `AWS::IAM::${principal}`;
    expect(await differing(type, desired, live, { context: { siblings } })).toEqual([]);
    expect(await differing(type, desired, live)).toEqual(['/Policies/1', '/ManagedPolicyArns/0']);
  });

  // Members of every membership: [type, the list's parent, how the parent is named, the list, an element].
  const arn = `arn:aws:iam::${ACCOUNT}:policy/shop`;
  const inline = { PolicyName: 'attached', PolicyDocument: JSON.stringify(document) };
  test.each<[string, string, PlainObject, string, Json]>([
    ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroup', { GroupId: 'parent' }, 'SecurityGroupIngress', rule],
    ['AWS::EC2::SecurityGroupEgress', 'AWS::EC2::SecurityGroup', { GroupId: 'parent' }, 'SecurityGroupEgress', rule],
    ...['Role', 'User', 'Group'].flatMap((kind): [string, string, PlainObject, string, Json][] => [
      ['AWS::IAM::Policy', `AWS::IAM::${kind}`, { [`${kind}s`]: ['x', 'parent'] }, 'Policies', inline],
      [`AWS::IAM::${kind}Policy`, `AWS::IAM::${kind}`, { [`${kind}Name`]: 'parent' }, 'Policies', inline],
      ['AWS::IAM::ManagedPolicy', `AWS::IAM::${kind}`, { [`${kind}s`]: ['parent'] }, 'ManagedPolicyArns', arn],
    ]),
    ['AWS::IAM::UserToGroupAddition', 'AWS::IAM::User', { Users: ['parent'] }, 'Groups', 'admins'],
  ])('of an %s in an %s', async (type, parent, naming, list, element) => {
    const own = isObject(element) ? element : { GroupName: 'admins' };
    const declared = sibling(type, { ...own, ...naming }, { physicalId: arn });
    const live = { Id: 'parent', [list]: [element] };
    const desired = { [list]: [] };
    expect(await differing(parent, desired, live)).toEqual([`/${list}/0`]);
    expect(await differing(parent, desired, live, { context: { siblings: [declared] } })).toEqual([]);
    // Of another parent, of another type, and one resource for two elements.
    const stranger = { ...declared, desired: JSON.parse(JSON.stringify(declared.desired).replace('parent', 'other')) };
    expect(await differing(parent, desired, live, { context: { siblings: [stranger] } })).toHaveLength(1);
    const untyped = { ...declared, type: 'AWS::SQS::Queue' };
    expect(await differing(parent, desired, live, { context: { siblings: [untyped] } })).toHaveLength(1);
    const twice = { ...live, [list]: [element, element] };
    expect(await differing(parent, desired, twice, { context: { siblings: [declared] } })).toHaveLength(1);
  });

  test('a rule is the one of another resource by more than one property that both have', async () => {
    const declared = sibling('AWS::EC2::SecurityGroupIngress', { GroupId: 'sg-1', IpProtocol: 'tcp' });
    const context = { siblings: [declared] };
    const live = (added: JsonObject) => ({ GroupId: 'sg-1', SecurityGroupIngress: [added] });
    const desired = { SecurityGroupIngress: [] };
    const open = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' };
    expect(await differing('AWS::EC2::SecurityGroup', desired, live(open), { context })).toHaveLength(1);
    const two = { siblings: [{ ...declared, desired: { ...declared.desired, FromPort: 22 } }] };
    expect(await differing('AWS::EC2::SecurityGroup', desired, live(open), { context: two })).toEqual([]);
    const unlike = { siblings: [{ ...declared, desired: { ...declared.desired, FromPort: 23 } }] };
    expect(await differing('AWS::EC2::SecurityGroup', desired, live(open), { context: unlike })).toHaveLength(1);
  });

  test('what the resource declares itself is its own, though another one declares it, too', async () => {
    const desired = { SecurityGroupIngress: [{ ...rule, CidrIp: '10.0.0.0/8' }] };
    const same = sibling('AWS::EC2::SecurityGroupIngress', { ...rule, GroupId: 'sg-1' });
    const context = { siblings: [same] };
    const live = { GroupId: 'sg-1', SecurityGroupIngress: [rule] };
    expect(await differing('AWS::EC2::SecurityGroup', desired, live, { context })).toEqual([]);
  });

  test('a rule that another resource makes is known by what it is now, where Git is not sure', async () => {
    const declared = sibling(
      'AWS::EC2::SecurityGroupIngress',
      { GroupId: 'sg-1', IpProtocol: 'tcp', FromPort: 80 },
      { live: { FromPort: 443, CidrIp: '10.0.0.0/8' } },
    );
    const live = { GroupId: 'sg-1', SecurityGroupIngress: [rule] };
    const desired = { SecurityGroupIngress: [] };
    expect(await differing('AWS::EC2::SecurityGroup', desired, live, { context: { siblings: [declared] } })).toEqual(
      [],
    );
  });

  test('a policy that someone attached is found beside them', async () => {
    const live = { RoleName: 'shop', ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] };
    const siblings = [sibling('AWS::IAM::ManagedPolicy', { Roles: ['shop'] })];
    expect(await differing('AWS::IAM::Role', { ManagedPolicyArns: [] }, live, { context: { siblings } })).toEqual([
      '/ManagedPolicyArns/0',
    ]);
  });
});

describe('capacities that auto scaling moves', () => {
  const service = (DesiredCount: number): JsonObject => ({
    ServiceName: 'web',
    Cluster: `arn:aws:ecs:eu-west-1:${ACCOUNT}:cluster/shop`,
    DesiredCount,
  });
  const target = sibling('AWS::ApplicationAutoScaling::ScalableTarget', {
    ResourceId: 'service/shop/web',
    ScalableDimension: 'ecs:service:DesiredCount',
    MinCapacity: 1,
    MaxCapacity: 8,
  });
  const context = { siblings: [target] };

  test('within its bounds they are unverifiable, outside they differ', async () => {
    const type = 'AWS::ECS::Service';
    expect(await differing(type, { DesiredCount: 2 }, service(5), { context })).toEqual([]);
    expect(await open(type, { DesiredCount: 2 }, service(5), { context })).toEqual(['/DesiredCount']);
    expect(await differing(type, { DesiredCount: 2 }, service(0), { context })).toEqual(['/DesiredCount']);
    expect(await differing(type, { DesiredCount: 2 }, service(5))).toEqual(['/DesiredCount']);
  });

  const TABLES: [string, string, string, JsonObject, string][] = [
    ['AWS::ECS::Service', 'DesiredCount', 'ecs:service:DesiredCount', service(0), 'service/shop/web'],
    ...['Read', 'Write'].map((kind): [string, string, string, JsonObject, string] => [
      'AWS::DynamoDB::Table',
      `ProvisionedThroughput/${kind}CapacityUnits`,
      `dynamodb:table:${kind}CapacityUnits`,
      { TableName: 'orders' },
      'table/orders',
    ]),
  ];
  describe.each(TABLES)('%s %s', (type, path, ScalableDimension, model, ResourceId) => {
    const [outer = '', inner] = path.split('/');
    const at = (value: number): JsonObject => ({ [outer]: inner === undefined ? value : { [inner]: value } });
    const scaled = (more: PlainObject = {}, live: JsonObject = {}) => ({
      siblings: [
        sibling(
          'AWS::ApplicationAutoScaling::ScalableTarget',
          { ResourceId, ScalableDimension, MinCapacity: 3, MaxCapacity: 8, ...more },
          { live },
        ),
      ],
    });

    test.each([
      [2, false],
      [3, true],
      [4, true],
      [7, true],
      [8, true],
      [9, false],
    ])('from 3 to 8: %i is within: %s', async (value, isWithin) => {
      const { differences, unverifiable, compared } = await comparing(
        type,
        at(5),
        { ...model, ...at(value) },
        { context: scaled() },
      );
      expect(differences.map((each) => each.path)).toEqual(isWithin ? [] : [`/${path}`]);
      expect(unverifiable).toEqual(
        isWithin ? [{ path: `/${path}`, reason: 'auto scaling of this stack moves it', class: 'never' }] : [],
      );
      expect(compared).toBe(isWithin ? 0 : 1);
    });

    test.each<[string, PlainObject]>([
      ['of another resource', { ResourceId: `${ResourceId}2` }],
      ['of another dimension', { ScalableDimension: 'ecs:service:Other' }],
    ])('bounds %s are not its own', async (_, more) => {
      const context = scaled(more);
      expect(await differing(type, at(5), { ...model, ...at(4) }, { context })).toEqual([`/${path}`]);
    });

    test('the bounds are those that are live', async () => {
      const context = scaled({}, { MaxCapacity: 20 });
      expect(await differing(type, at(5), { ...model, ...at(20) }, { context })).toEqual([]);
      expect(await differing(type, at(5), { ...model, ...at(21) }, { context })).toEqual([`/${path}`]);
    });

    test('gone is not scaled', async () => {
      const { [outer]: _, ...bare } = model;
      expect(await differing(type, at(5), bare, { context: scaled({ MinCapacity: 0 }) })).toHaveLength(1);
    });
  });

  test.each([
    ['0', false],
    ['1', true],
    ['4', true],
    ['5', false],
  ])('a group with a policy, from 1 to 4: %s is within: %s', async (DesiredCapacity, isWithin) => {
    const live = { AutoScalingGroupName: 'web', MinSize: '1', MaxSize: '4', DesiredCapacity };
    const desired = { MinSize: '1', MaxSize: '4', DesiredCapacity: '2' };
    const of = (name: string) => ({
      context: { siblings: [sibling('AWS::AutoScaling::ScalingPolicy', { AutoScalingGroupName: name })] },
    });
    const type = 'AWS::AutoScaling::AutoScalingGroup';
    expect(await differing(type, desired, live, of('web'))).toEqual(isWithin ? [] : ['/DesiredCapacity']);
    expect(await differing(type, desired, live, of('other'))).toEqual(['/DesiredCapacity']);
  });

  test('a group with a scaling policy moves between its own bounds', async () => {
    const live = { AutoScalingGroupName: 'web', MinSize: '1', MaxSize: '4', DesiredCapacity: '3' };
    const desired = { MinSize: '1', MaxSize: '4', DesiredCapacity: '2' };
    const siblings = [sibling('AWS::AutoScaling::ScalingPolicy', { AutoScalingGroupName: 'web' })];
    const type = 'AWS::AutoScaling::AutoScalingGroup';
    expect(await differing(type, desired, live)).toEqual(['/DesiredCapacity']);
    expect(await differing(type, desired, live, { context: { siblings } })).toEqual([]);
  });
});

test.each(['Tags', 'tags', 'UserTags', 'TAGS'])('tags of the stack under the name %s', async (name) => {
  const context = { stackTags: { Stage: 'prod' } };
  const live = { [name]: { Stage: 'prod', Own: '1', 'aws:x': 'y' } };
  const { differences } = await comparing('Acme::Thing::Widget', { [name]: { Own: '1' } }, live, { context });
  expect(differences).toEqual([]);
});

test.each([
  ['Key', 'Value'],
  ['key', 'value'],
  ['TagKey', 'TagValue'],
])('tags of the stack as pairs of %s and %s', async (key, value) => {
  const own = { [key]: 'Own', [value]: '1' };
  const context = { stackTags: { Stage: 'prod', Empty: '' } };
  const of = (...tags: JsonObject[]) =>
    differing('Acme::Thing::Widget', { Tags: [own] }, { Tags: [own, ...tags] }, { context });
  expect(await of({ [key]: 'Stage', [value]: 'prod' })).toEqual([]);
  expect(await of({ [key]: 'aws:x', [value]: 'y' })).toEqual([]);
  expect(await of({ [key]: 'Empty' })).toEqual([]);
  expect(await of({ [key]: 'Stage', [value]: 'dev' })).toEqual(['/Tags/1']);
  expect(await of({ [key]: 'toString', [value]: 'x' })).toEqual(['/Tags/1']);
});

describe('keys by alias', () => {
  const key = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/0123abcd-0000-1111-2222-333344445555`;
  const desired = { KmsMasterKeyId: 'alias/shop' };

  test('an alias is the key that it points to', async () => {
    const context = { kmsAliasTargets: { 'alias/shop': '0123abcd-0000-1111-2222-333344445555' } };
    expect(await differing('AWS::SQS::Queue', desired, { KmsMasterKeyId: key }, { context })).toEqual([]);
    const other = { KmsMasterKeyId: key.replace('0123', '9999') };
    expect(await differing('AWS::SQS::Queue', desired, other, { context })).toEqual(['/KmsMasterKeyId']);
  });

  test('where it points to something that is not known, nothing is claimed', async () => {
    expect(await open('AWS::SQS::Queue', desired, { KmsMasterKeyId: key })).toEqual(['/KmsMasterKeyId']);
  });
});
