import { describe, expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../../src/base/json.js';
import type { Sibling } from '../../src/compare/comparing.js';
import type { PlainObject } from '../../src/value/value.js';
import { ACCOUNT, differing, open } from './comparing.js';

const tag = (Key: string, Value: string) => ({ Key, Value });

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

  test('a group with a scaling policy moves between its own bounds', async () => {
    const live = { AutoScalingGroupName: 'web', MinSize: '1', MaxSize: '4', DesiredCapacity: '3' };
    const desired = { MinSize: '1', MaxSize: '4', DesiredCapacity: '2' };
    const siblings = [sibling('AWS::AutoScaling::ScalingPolicy', { AutoScalingGroupName: 'web' })];
    const type = 'AWS::AutoScaling::AutoScalingGroup';
    expect(await differing(type, desired, live)).toEqual(['/DesiredCapacity']);
    expect(await differing(type, desired, live, { context: { siblings } })).toEqual([]);
  });
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
