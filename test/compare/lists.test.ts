import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../src/base/json.js';
import { type Plain, unresolved } from '../../src/value/value.js';
import { comparing, differing } from './comparing.js';

const tag = (Key: string, Value: string) => ({ Key, Value });

describe('tags, matched by key', () => {
  const type = 'AWS::SQS::Queue';
  const desired = { Tags: [tag('Env', 'prod'), tag('Team', 'shop'), tag('Cost', '42')] };

  test('any order is the same', async () => {
    expect(await differing(type, desired, { Tags: [...desired.Tags].reverse() })).toEqual([]);
  });

  test('a changed value is one difference at that value, named by the key', async () => {
    const live = { Tags: [tag('Team', 'shop'), tag('Env', 'test'), tag('Cost', '42')] };
    const { differences } = await comparing(type, desired, live);
    expect(differences).toEqual([
      { path: '/Tags/0/Value', stablePath: '/Tags/Key=Env/Value', desired: 'prod', live: 'test' },
    ]);
  });

  test('an added tag is one difference past the end', async () => {
    const live = { Tags: [tag('New', 'x'), ...desired.Tags] };
    const { differences } = await comparing(type, desired, live);
    expect(differences).toEqual([{ path: '/Tags/3', stablePath: '/Tags/Key=New', live: tag('New', 'x') }]);
  });

  test('a removed tag is one difference at its place', async () => {
    const { differences } = await comparing(type, desired, { Tags: [tag('Cost', '42'), tag('Env', 'prod')] });
    expect(differences).toEqual([{ path: '/Tags/1', stablePath: '/Tags/Key=Team', desired: tag('Team', 'shop') }]);
  });
});

describe('sets of objects without a key', () => {
  const type = 'AWS::EC2::SecurityGroup';
  const rule = (FromPort: number, CidrIp: string) => ({ IpProtocol: 'tcp', FromPort, ToPort: FromPort, CidrIp });
  const desired = { SecurityGroupIngress: [rule(22, '10.0.0.0/8'), rule(80, '0.0.0.0/0'), rule(443, '0.0.0.0/0')] };

  test('a changed leaf is one difference, however the rest is ordered', async () => {
    const live = { SecurityGroupIngress: [rule(443, '0.0.0.0/0'), rule(22, '0.0.0.0/0'), rule(80, '0.0.0.0/0')] };
    expect(await differing(type, desired, live)).toEqual(['/SecurityGroupIngress/0/CidrIp']);
  });

  test('a changed and a removed rule are told apart: the likest are paired first', async () => {
    const live = { SecurityGroupIngress: [rule(443, '10.0.0.0/16'), rule(22, '10.0.0.0/8')] };
    expect(await differing(type, desired, live)).toEqual(['/SecurityGroupIngress/2/CidrIp', '/SecurityGroupIngress/1']);
  });

  test('what shares nothing was replaced as a whole', async () => {
    const live = {
      SecurityGroupIngress: [
        rule(22, '10.0.0.0/8'),
        rule(80, '0.0.0.0/0'),
        { IpProtocol: 'udp', FromPort: 53, ToPort: 53, CidrIp: '10.1.0.0/16' },
      ],
    };
    expect(await differing(type, desired, live)).toEqual(['/SecurityGroupIngress/2']);
  });
});

describe('sets of scalars', () => {
  const type = 'AWS::Lambda::Function';
  const ids = (list: Json[]) => ({ VpcConfig: { SubnetIds: list } });

  test.each<[string, Json[], Json[], string[]]>([
    ['any order', ['subnet-1', 'subnet-2'], ['subnet-2', 'subnet-1'], []],
    ['one exchanged', ['subnet-1', 'subnet-2'], ['subnet-3', 'subnet-1'], ['/VpcConfig/SubnetIds/1']],
    ['one added', ['subnet-1'], ['subnet-3', 'subnet-1'], ['/VpcConfig/SubnetIds/1']],
    ['one removed', ['subnet-1', 'subnet-2'], ['subnet-2'], ['/VpcConfig/SubnetIds/0']],
    ['one twice', ['subnet-1'], ['subnet-1', 'subnet-1'], ['/VpcConfig/SubnetIds/1']],
    ['all removed', ['subnet-1'], [], ['/VpcConfig/SubnetIds/0']],
  ])('%s', async (_, desired, live, expected) => {
    expect(await differing(type, ids(desired), ids(live))).toEqual(expected);
  });

  test('what is not known may be any of what is left, after all else', async () => {
    const desired = { VpcConfig: { SubnetIds: [unresolved('not known'), 'subnet-2', 'subnet-3'] as Plain[] } };
    const same = await comparing(type, desired, ids(['subnet-3', 'subnet-2', 'subnet-9']));
    expect(same.differences).toEqual([]);
    expect(same.unverifiable).toEqual([{ path: '/VpcConfig/SubnetIds/0', reason: 'not known', class: 'unverified' }]);
    expect(await differing(type, desired, ids(['subnet-3', 'subnet-9']))).toEqual(['/VpcConfig/SubnetIds/1']);
    expect(await differing(type, desired, ids(['subnet-3', 'subnet-2', 'subnet-9', 'subnet-8']))).toEqual([
      '/VpcConfig/SubnetIds/3',
    ]);
  });

  test('a set stays the same finding wherever the template puts its elements', async () => {
    const first = await comparing(type, ids(['subnet-1', 'subnet-2']), ids(['subnet-1']));
    const second = await comparing(type, ids(['subnet-2', 'subnet-1']), ids(['subnet-1']));
    expect(first.differences[0]?.path).not.toBe(second.differences[0]?.path);
    expect(first.differences[0]?.stablePath).toBe(second.differences[0]?.stablePath);
  });
});

describe('lists whose order matters', () => {
  const type = 'AWS::ECS::TaskDefinition';
  const command = (...Command: string[]) => ({ ContainerDefinitions: [{ Name: 'web', Image: 'web:1', Command }] });
  const path = '/ContainerDefinitions/0/Command';

  test.each<[string, string[], string[], string[]]>([
    ['swapped', ['sh', '-c', 'run'], ['-c', 'sh', 'run'], [`${path}/0`, `${path}/1`]],
    ['added in the middle', ['sh', 'run'], ['sh', '-c', 'run'], [`${path}/2`]],
    ['removed at the front', ['sh', '-c', 'run'], ['-c', 'run'], [`${path}/0`]],
    ['changed', ['sh', '-c', 'run'], ['sh', '-c', 'walk'], [`${path}/2`]],
  ])('%s', async (_, desired, live, expected) => {
    expect(await differing(type, command(...desired), command(...live))).toEqual(expected);
  });

  test('columns have names, and an order all the same', async () => {
    const columns = [
      { Name: 'id', Type: 'bigint' },
      { Name: 'day', Type: 'date' },
    ];
    const table = (Columns: Json[]) => ({ TableInput: { StorageDescriptor: { Columns } } });
    expect(await differing('AWS::Glue::Table', table(columns), table([...columns].reverse()))).not.toEqual([]);
  });

  test('stages have names, and an order all the same', async () => {
    const stages = ['Source', 'Build', 'Deploy'].map((Name) => ({ Name, Actions: [] }));
    const [source = null, build = null, deploy = null] = stages;
    const moved = await differing(
      'AWS::CodePipeline::Pipeline',
      { Stages: stages },
      { Stages: [build, source, deploy] },
    );
    expect(moved).toEqual(['/Stages/0/Name', '/Stages/1/Name']);
  });
});

describe('attribute bags', () => {
  const type = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
  const desired = { LoadBalancerAttributes: [tag('idle_timeout.timeout_seconds', '120')] };
  const others = [tag('routing.http2.enabled', 'true'), tag('access_logs.s3.enabled', 'false')];

  test('what the template does not name is no difference', async () => {
    const live = { LoadBalancerAttributes: [...others, ...desired.LoadBalancerAttributes] };
    expect(await differing(type, desired, live)).toEqual([]);
  });

  test('a changed value is found at that value', async () => {
    const live = { LoadBalancerAttributes: [...others, tag('idle_timeout.timeout_seconds', '60')] };
    expect(await differing(type, desired, live)).toEqual(['/LoadBalancerAttributes/0/Value']);
  });

  test('a missing attribute is not taken for another one', async () => {
    const { differences } = await comparing(type, desired, { LoadBalancerAttributes: others });
    expect(differences).toEqual([
      {
        path: '/LoadBalancerAttributes/0',
        stablePath: '/LoadBalancerAttributes/Key=idle_timeout.timeout_seconds',
        desired: desired.LoadBalancerAttributes[0],
      },
    ]);
  });
});

test('lists of thousands are compared, and what changed in them is found', async () => {
  const entries = Array.from({ length: 5000 }, (_, index) => ({ Cidr: `10.${index >> 8}.${index & 255}.0/24` }));
  const live = [...entries].reverse();
  live[17] = { Cidr: '192.0.2.0/24' };
  expect(await differing('AWS::EC2::PrefixList', { Entries: entries }, { Entries: live })).toHaveLength(1);
});
