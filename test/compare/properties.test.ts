import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/base/json.js';
import { type PlainObject, unresolved } from '../../src/value/value.js';
import { comparing, differing, open } from './comparing.js';

describe("maps, whose keys are the author's", () => {
  const type = 'AWS::Lambda::Function';
  const variables = (Variables: JsonObject) => ({ Environment: { Variables } });

  test.each<[string, JsonObject, JsonObject, string[]]>([
    ['changed', { LEVEL: 'info' }, { LEVEL: 'debug' }, ['/Environment/Variables/LEVEL']],
    ['added', { LEVEL: 'info' }, { LEVEL: 'info', TRACE: '1' }, ['/Environment/Variables/TRACE']],
    ['added, and off', { LEVEL: 'info' }, { LEVEL: 'info', TRACE: 'false' }, ['/Environment/Variables/TRACE']],
    ['added, and empty', { LEVEL: 'info' }, { LEVEL: 'info', TRACE: '' }, ['/Environment/Variables/TRACE']],
    ['removed', { LEVEL: 'info', TRACE: '1' }, { LEVEL: 'info' }, ['/Environment/Variables/TRACE']],
    ['removed, and off', { LEVEL: 'info', TRACE: false }, { LEVEL: 'info' }, ['/Environment/Variables/TRACE']],
    ['with odd names', { 'a/b~c': '1' }, { 'a/b~c': '2' }, ['/Environment/Variables/a~1b~0c']],
  ])('a variable %s', async (_, desired, live, expected) => {
    expect(await differing(type, variables(desired), variables(live))).toEqual(expected);
  });

  test('names that JavaScript knows are names like any', async () => {
    const live = JSON.parse('{"Environment": {"Variables": {"__proto__": "x", "constructor": "y"}}}');
    const desired = JSON.parse('{"Environment": {"Variables": {"__proto__": "x", "toString": "z"}}}');
    expect(await differing(type, desired, live)).toEqual([
      '/Environment/Variables/toString',
      '/Environment/Variables/constructor',
    ]);
  });
});

describe('objects of a fixed shape', () => {
  test('what only the cloud has is no difference', async () => {
    const live = { TracingConfig: { Mode: 'Active' }, MemorySize: 128, Description: 'typed in by hand' };
    expect(await differing('AWS::Lambda::Function', { MemorySize: 128 }, live)).toEqual([]);
  });

  test('values are the same in any form of text', async () => {
    const desired = { DelaySeconds: '5', FifoQueue: 'true', VisibilityTimeout: 30 };
    const { differences, compared } = await comparing('AWS::SQS::Queue', desired, {
      DelaySeconds: 5,
      FifoQueue: true,
      VisibilityTimeout: '30',
    });
    expect(differences).toEqual([]);
    expect(compared).toBe(3);
  });

  test('a type that is not known is compared all the same', async () => {
    expect(await differing('Acme::Thing::Widget', { Size: 1, Name: 'a' }, { Size: 2, Name: 'a' })).toEqual(['/Size']);
  });
});

describe('one of several', () => {
  const acl = (action: string) => ({ Name: 'edge', Rules: [{ Name: 'bots', Priority: 1, Action: { [action]: {} } }] });

  test('an empty choice in the place of another is a difference, and as such it is none', async () => {
    expect(await differing('AWS::WAFv2::WebACL', acl('Block'), acl('Count'))).toEqual(['/Rules/0/Action']);
    expect(await differing('AWS::WAFv2::WebACL', acl('Block'), acl('Block'))).toEqual([]);
    const open = { DefaultAction: { Allow: {} } };
    expect(await differing('AWS::WAFv2::WebACL', { DefaultAction: { Block: {} } }, open)).toEqual(['/DefaultAction']);
  });

  test('what stands in the place of a source or a target that is gone is told with it', async () => {
    const rule = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
    const group = (source: object) => ({ GroupDescription: 'web', SecurityGroupIngress: [{ ...rule, ...source }] });
    expect(
      await differing('AWS::EC2::SecurityGroup', group({ CidrIp: '10.0.0.0/8' }), group({ CidrIpv6: '::/0' })),
    ).toEqual(['/SecurityGroupIngress/0/CidrIp', '/SecurityGroupIngress/0/CidrIpv6']);
    const route = { RouteTableId: 'rtb-1', DestinationCidrBlock: '0.0.0.0/0' };
    expect(
      await differing('AWS::EC2::Route', { ...route, NatGatewayId: 'nat-1' }, { ...route, GatewayId: 'igw-1' }),
    ).toEqual(['/NatGatewayId', '/GatewayId']);
  });
});

describe('what is declared and absent', () => {
  test.each<[string, string, PlainObject, string[]]>([
    ['settings removed', 'AWS::Lambda::Function', { Environment: { Variables: { A: '1' } } }, ['/Environment']],
    [
      'inline policies removed',
      'AWS::IAM::Role',
      { Policies: [{ PolicyName: 'p', PolicyDocument: {} }] },
      ['/Policies'],
    ],
    [
      'a limit removed',
      'AWS::Lambda::Function',
      { ReservedConcurrentExecutions: 5 },
      ['/ReservedConcurrentExecutions'],
    ],
    ['an empty list', 'AWS::Lambda::Function', { Layers: [] }, []],
    ['a switch that is off', 'AWS::S3::Bucket', { ObjectLockEnabled: false }, []],
    ['a default of the schema', 'AWS::Events::EventBusPolicy', { EventBusName: '' }, []],
  ])('%s', async (_, type, desired, expected) => {
    expect(await differing(type, desired, {})).toEqual(expected);
  });

  const secret = unresolved('a NoEcho parameter', { secret: true, never: true });
  const both = [secret, unresolved('no such export')];

  test.each<[string, string, PlainObject, string, string]>([
    ['write-only', 'AWS::RDS::DBInstance', { MasterUserPassword: 'x' }, '/MasterUserPassword', 'never'],
    ['set at creation only', 'AWS::RDS::DBInstance', { DBName: 'shop' }, '/DBName', 'never'],
    ['without a read handler', 'AWS::DAX::Cluster', { ReplicationFactor: 3 }, '/ReplicationFactor', 'unverified'],
    ['known for not coming back', 'AWS::Redshift::Cluster', { Port: 5439 }, '/Port', 'never'],
    ['not evaluated', 'AWS::SQS::Queue', { DelaySeconds: unresolved('no value') }, '/DelaySeconds', 'unverified'],
    ['a secret', 'AWS::SQS::Queue', { QueueName: secret }, '/QueueName', 'never'],
    ['made of secrets', 'AWS::Lambda::Function', { Layers: [secret] }, '/Layers', 'never'],
    ['made of secrets and more', 'AWS::Lambda::Function', { Layers: both }, '/Layers', 'unverified'],
  ])('a property that is %s is unverifiable', async (_, type, desired, path, unseen) => {
    const { differences, unverifiable } = await comparing(type, desired, {});
    expect(differences).toEqual([]);
    expect(unverifiable).toEqual([{ path, reason: expect.stringMatching(/\w/), class: unseen }]);
  });

  test("in CloudFormation's own answer, what is declared and absent is gone", async () => {
    const desired = { ReplicationFactor: 3 };
    expect(await differing('AWS::DAX::Cluster', desired, {}, { partial: true })).toEqual(['/ReplicationFactor']);
  });

  test.each([
    ['**', false],
    ['***', true],
    ['*****', true],
    ['***x', false],
    ['x***', false],
  ])('what a service masks says nothing: %s', async (Value, isMask) => {
    const desired = { Value: 'hunter2' };
    expect(await open('AWS::SSM::Parameter', desired, { Value })).toEqual(isMask ? ['/Value'] : []);
    expect(await differing('AWS::SSM::Parameter', desired, { Value })).toEqual(isMask ? [] : ['/Value']);
  });
});

describe('values that mean the same', () => {
  test.each<[string, string, PlainObject, JsonObject, string]>([
    [
      'a name and its ARN',
      'AWS::Lambda::EventSourceMapping',
      { FunctionName: 'shop' },
      { FunctionName: 'arn:aws:lambda:eu-west-1:111111111111:function:shop' },
      'arn-or-name',
    ],
    ['a keyword in another case', 'AWS::Batch::ComputeEnvironment', { Type: 'managed' }, { Type: 'MANAGED' }, 'case'],
    [
      'a version and its patch level',
      'AWS::RDS::DBInstance',
      { EngineVersion: '8.0' },
      { EngineVersion: '8.0.45' },
      'version-prefix',
    ],
    [
      "what the schema's transform makes",
      'AWS::Lambda::EventSourceMapping',
      { FunctionName: 'other-account-handler' },
      { FunctionName: 'arn:aws:lambda:us-east-1:999999999999:function:other-account-handler' },
      'schema-transform',
    ],
    ['a block with host bits', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.7/16' }, { CidrBlock: '10.0.0.0/16' }, 'network'],
  ])('%s', async (_, type, desired, live, equivalence) => {
    const outcome = await comparing(type, desired, live);
    expect(outcome.differences).toEqual([]);
    expect(outcome.equal.map((pair) => pair.equivalence)).toEqual([equivalence]);
  });

  test.each<[string, JsonObject, JsonObject, string]>([
    ['LATEST', { V: 'LATEST' }, { V: '1.4.0' }, 'stands for a version that AWS picks'],
    ['$Latest', { V: '$Latest' }, { V: '7' }, 'stands for a version that AWS picks'],
    ['$Default', { V: '$Default' }, { V: 7 }, 'stands for a version that AWS picks'],
    ['?', { V: 'caf?' }, { V: 'caf\u00e9' }, 'CloudFormation keeps ? for characters outside ASCII'],
    ['an alias', { V: 'alias/x' }, { V: '0123abcd-0000-1111-2222-333344445555' }, 'it is not known which key alias/x'],
    ['an alias of a replica', { V: 'alias/x' }, { V: 'mrk-0123abcd000011112222333344445555' }, 'it is not known which'],
    ['an alias and an ARN', { V: 'alias/x' }, { V: 'arn:aws-cn:kms:cn-north-1:1:key/2' }, 'it is not known which key'],
  ])('%s may mean anything of its kind: not verified', async (_, desired, live, reason) => {
    const { differences, unverifiable } = await comparing('Acme::Thing::Widget', desired, live);
    expect(differences).toEqual([]);
    expect(unverifiable).toEqual([{ path: '/V', reason: expect.stringContaining(reason), class: 'unverified' }]);
  });

  test.each<[JsonObject, JsonObject]>([
    [{ V: '$Default' }, { V: 'v7' }],
    [{ V: '$Latest' }, { V: { Version: '7' } }],
    [{ V: '$Default2' }, { V: '7' }],
    [{ V: 'LATEST-1' }, { V: '7' }],
    [{ V: 'THE-LATEST' }, { V: '7' }],
    [{ V: 'Latest' }, { V: '7' }],
    [{ V: 'alias/x' }, { V: 'shop' }],
    [{ V: 'alias/x' }, { V: 'key/0123abcd-0000-1111-2222-333344445555' }],
    [{ V: 'alias/x' }, { V: '0123abcd-0000-1111-2222-333344445555-9' }],
    [{ V: 'alias/x' }, { V: 5 }],
  ])('%j in the place of %j is no such thing', async (desired, live) => {
    expect(await differing('Acme::Thing::Widget', desired, live)).toHaveLength(1);
  });

  test.each<[string, string, PlainObject, JsonObject]>([
    [
      "another account's function",
      'AWS::Lambda::EventInvokeConfig',
      { FunctionName: 'shop' },
      { FunctionName: 'arn:aws:lambda:eu-west-1:222222222222:function:shop' },
    ],
    [
      'another region',
      'AWS::Lambda::EventInvokeConfig',
      { FunctionName: 'shop' },
      { FunctionName: 'arn:aws:lambda:us-east-1:111111111111:function:shop' },
    ],
    [
      'a version or alias of that name',
      'AWS::Lambda::EventInvokeConfig',
      { FunctionName: 'live' },
      { FunctionName: 'arn:aws:lambda:eu-west-1:111111111111:function:shop:live' },
    ],
    ['a name in another case', 'AWS::Lambda::Function', { Handler: 'index.Handler' }, { Handler: 'index.handler' }],
    ['another minor version', 'AWS::RDS::DBInstance', { EngineVersion: '8.0' }, { EngineVersion: '8.4.1' }],
    ['versions that are the same number', 'AWS::Glue::Job', { GlueVersion: '5.1' }, { GlueVersion: '5.10' }],
    [
      'another host of the block',
      'AWS::DirectConnect::PrivateVirtualInterface',
      { CustomerAddress: '10.0.0.1/30' },
      { CustomerAddress: '10.0.0.2/30' },
    ],
  ])('but not %s', async (_, type, desired, live) => {
    expect(await differing(type, desired, live)).toHaveLength(1);
  });
});
