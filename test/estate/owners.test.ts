import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/base/json.js';
import type { SnapshotResource, SnapshotStack } from '../../src/cloud/snapshot/snapshot.js';
import { stackOf } from '../cloud/cloud.js';
import type { Fault } from '../support/aws-simulator/faults.js';
import type { SimulatorOptions } from '../support/aws-simulator/server.js';
import { runCli } from '../support/cli.js';
import { accountOf, runEstate, scanEstate } from '../support/estate.js';
import { makeRepository, temporaryDirectory } from '../support/repository.js';

const ACCOUNT = '111111111111';
const REGION = 'eu-west-1';

/** A resource of one stack, and one of another stack that puts an element into its list. */
interface World {
  name: string;
  parent: { type: string; physicalId: string; properties: JsonObject; live: JsonObject };
  list: string;
  child: { type: string; physicalId: string; yaml: string; live: JsonObject | null };
  /** As it shows in the parent. */
  element: unknown;
  /** What somebody adds by hand. */
  byHand: unknown;
}

const rule = (port: number) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, CidrIp: '10.0.0.0/8' });
const policy = (name: string) => `arn:aws:iam::${ACCOUNT}:policy/${name}`;
const topic = `arn:aws:sns:${REGION}:${ACCOUNT}:news`;
const hook = (name: string) => ({ LifecycleHookName: name, LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING' });

const WORLDS: World[] = [
  {
    name: 'a security group',
    parent: {
      ...{ type: 'AWS::EC2::SecurityGroup', physicalId: 'sg-1' },
      properties: { GroupDescription: 'shared', SecurityGroupIngress: [rule(443)] },
      live: { GroupId: 'sg-1' },
    },
    list: 'SecurityGroupIngress',
    child: {
      ...{
        type: 'AWS::EC2::SecurityGroupIngress',
        physicalId: 'sgr-1',
        live: { Id: 'sgr-1', GroupId: 'sg-1', ...rule(22) },
      },
      yaml: '{ GroupId: !ImportValue shared, IpProtocol: "6", FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/8 }',
    },
    element: rule(22),
    byHand: rule(5432),
  },
  {
    name: 'a role',
    parent: {
      ...{ type: 'AWS::IAM::Role', physicalId: 'reader' },
      properties: { RoleName: 'reader', ManagedPolicyArns: [policy('own')] },
      live: { RoleName: 'reader', RoleId: 'AROA1' },
    },
    list: 'ManagedPolicyArns',
    child: {
      ...{
        type: 'AWS::IAM::ManagedPolicy',
        physicalId: policy('other'),
        live: { PolicyArn: policy('other'), Roles: ['reader'] },
      },
      yaml: '{ Roles: [!ImportValue shared], PolicyDocument: { Version: "2012-10-17", Statement: [] } }',
    },
    element: policy('other'),
    byHand: 'arn:aws:iam::aws:policy/AdministratorAccess',
  },
  {
    name: 'a role with inline policies, of a type that AWS does not read',
    parent: {
      ...{ type: 'AWS::IAM::Role', physicalId: 'reader' },
      properties: { RoleName: 'reader', Policies: [{ PolicyName: 'own', PolicyDocument: { Statement: [] } }] },
      live: { RoleName: 'reader' },
    },
    list: 'Policies',
    child: {
      ...{ type: 'AWS::IAM::Policy', physicalId: 'other', live: null },
      yaml: '{ PolicyName: other, Roles: [!ImportValue shared], PolicyDocument: { Version: "2012-10-17", Statement: [] } }',
    },
    element: { PolicyName: 'other', PolicyDocument: { Version: '2012-10-17', Statement: [] } },
    byHand: { PolicyName: 'hand', PolicyDocument: { Statement: [] } },
  },
  {
    name: 'a topic',
    parent: {
      ...{ type: 'AWS::SNS::Topic', physicalId: topic },
      properties: { TopicName: 'news', Subscription: [{ Protocol: 'email', Endpoint: 'own@example.com' }] },
      live: { TopicArn: topic },
    },
    list: 'Subscription',
    child: {
      ...{
        type: 'AWS::SNS::Subscription',
        physicalId: `${topic}:1`,
        live: { Arn: `${topic}:1`, TopicArn: topic, Protocol: 'sqs', Endpoint: 'arn:q' },
      },
      yaml: '{ TopicArn: !ImportValue shared, Protocol: sqs, Endpoint: arn:q }',
    },
    element: { Protocol: 'sqs', Endpoint: 'arn:q' },
    byHand: { Protocol: 'email', Endpoint: 'stranger@example.com' },
  },
  {
    name: 'a scaling group',
    parent: {
      ...{ type: 'AWS::AutoScaling::AutoScalingGroup', physicalId: 'web' },
      properties: { AutoScalingGroupName: 'web', LifecycleHookSpecificationList: [hook('own')] },
      live: {},
    },
    list: 'LifecycleHookSpecificationList',
    child: {
      ...{
        type: 'AWS::AutoScaling::LifecycleHook',
        physicalId: 'other',
        live: { AutoScalingGroupName: 'web', ...hook('other') },
      },
      yaml: `{ AutoScalingGroupName: !ImportValue shared, ${JSON.stringify(hook('other')).slice(1, -1)} }`,
    },
    element: hook('other'),
    byHand: hook('hand'),
  },
];

function templateOf({ parent }: World): string {
  const properties = JSON.stringify(parent.properties);
  return `Resources:
  Shared:
    Type: ${parent.type}
    Properties: ${properties}
Outputs:
  Shared: { Value: !Ref Shared, Export: { Name: shared } }
`;
}

function stacksOf(world: World, added: readonly unknown[]): SnapshotStack[] {
  const { parent, child, list } = world;
  const own = parent.properties[list] as unknown[];
  const live = { ...parent.properties, ...parent.live, [list]: [...added, ...own] } as JsonObject;
  const shared: SnapshotResource = { logicalId: 'Shared', ...parent, properties: live };
  const other: SnapshotResource = { logicalId: 'Other', ...child, properties: child.live };
  return [
    stackOf('base', [shared], { template: templateOf(world), exports: { shared: parent.physicalId } }),
    stackOf('other', [other], {
      template: `Resources:\n  Other:\n    Type: ${child.type}\n    Properties: ${child.yaml}\n`,
    }),
    stackOf('unrelated', []),
  ];
}

function cloud(world: World, added: readonly unknown[], faults: Fault[] = []): SimulatorOptions {
  return { accounts: { [ACCOUNT]: accountOf(ACCOUNT, { [REGION]: stacksOf(world, added) }) }, faults };
}

function filesOf(world: World, config = ''): Record<string, string> {
  const stacks = `version: 1\nstacks:\n  - { name: base, template: base.yaml, region: ${REGION} }\n`;
  return { 'base.yaml': templateOf(world), 'gitops-drift.yaml': `${stacks}${config}` };
}

describe.each(WORLDS)('what a stack that is not scanned puts into $name', (world) => {
  const { element, byHand, list } = world;

  test('is no drift, and told whose it is', async () => {
    const { exitCode, report } = await scanEstate(filesOf(world), cloud(world, [element]));
    expect(report.findings).toEqual([]);
    expect(exitCode).toBe(0);
    const owner = { path: `/${list}`, stack: 'other', logicalId: 'Other', type: world.child.type };
    expect(report.resources).toMatchObject([{ status: 'inSync', owned: [owner] }]);
  });

  test('hides nothing that nobody owns, and no edit takes it over', async () => {
    const { exitCode, report } = await scanEstate(filesOf(world), cloud(world, [element, byHand]));
    expect(exitCode).toBe(1);
    expect(report.findings).toMatchObject([{ path: `/${list}/1`, live: byHand, patch: { status: 'patchable' } }]);
    const [finding] = report.findings;
    const revert = finding?.remedies?.find(({ way }) => way === 'revert');
    expect(revert?.note).toContain(`WARNING: it may also remove what Other of stack other put into Shared/${list}`);
  });

  test('is not read where stacks can not be listed, and told so', async () => {
    const denied: Fault[] = [{ operation: 'ListStacks', kind: 'deny' }];
    const { report } = await scanEstate(filesOf(world), cloud(world, [element, byHand], denied));
    expect(report.findings).toEqual([]);
    const open = report.resources[0]?.unverifiable.filter(({ path }) => path.startsWith(`/${list}/`)) ?? [];
    expect(open.map(({ reason }) => reason)).toEqual(
      [1, 2].map(() => expect.stringMatching(/another stack may own it: .*ListStacks/s)),
    );
  });

  test('is the same from a snapshot', async () => {
    const live = join(temporaryDirectory(), 'live.json');
    const recording = await runEstate(filesOf(world), cloud(world, [element, byHand]), ['snapshot', '-o', live]);
    expect(recording.exitCode).toBe(0);
    const cwd = makeRepository(filesOf(world));
    const { stdout } = await runCli(['scan', '--snapshot', live, '-o', 'json'], { cwd });
    expect(JSON.parse(stdout).findings).toMatchObject([{ path: `/${list}/1` }]);
    expect(JSON.parse(stdout).resources[0].owned).toHaveLength(1);
  });
});

describe('looking for owners', () => {
  const [world] = WORLDS as [World];

  test('takes no call where nothing is left over', async () => {
    const { aws } = await scanEstate(filesOf(world), cloud(world, []));
    expect(aws.calls).toMatchObject({ ListStackResources: 1, GetResource: 1 });
    expect(aws.calls['ListStacks']).toBeUndefined();
  });

  test('lists each stack once, and reads only what names the parent', async () => {
    const { aws } = await scanEstate(filesOf(world), cloud(world, [world.element]));
    // The scanned stack's own, those of all three, and the other stack's again to evaluate its template.
    expect(aws.calls).toMatchObject({ ListStacks: 1, ListStackResources: 5, GetResource: 2 });
  });

  test.each([
    [2, 1],
    [3, 0],
  ])('with --owner-limit %d in a region of three stacks', async (limit, unread) => {
    const args = ['--owner-limit', String(limit)];
    const { report } = await scanEstate(filesOf(world), cloud(world, [world.element]), args);
    expect(report.findings).toEqual([]);
    const reasons = report.resources[0]?.unverifiable.map(({ reason }) => reason) ?? [];
    expect(reasons.filter((reason) => reason.includes('has 3 stacks, and --owner-limit is 2'))).toHaveLength(unread);
  });

  test("a child that can't be read, and of which nobody knows whom it names, may own it", async () => {
    const faults: Fault[] = [
      { operation: 'GetTemplate', kind: 'deny' },
      { operation: 'GetResource', type: world.child.type, kind: 'deny' },
    ];
    const { report } = await scanEstate(filesOf(world), cloud(world, [world.element], faults));
    expect(report.findings).toEqual([]);
    expect(report.resources[0]?.unverifiable).toMatchObject([
      { reason: expect.stringMatching(/^another stack may own it: Other of stack other could not be read/) },
    ]);
  });

  test("CloudFormation's own judgement is taken without it, too", async () => {
    const files = filesOf(world, 'provider: cloudformation\n');
    const drift = { expected: { 'base/Shared': world.parent.properties } };
    const { exitCode, report } = await scanEstate(files, { ...cloud(world, [world.element]), drift });
    expect(report.findings).toEqual([]);
    expect(report.resources).toMatchObject([{ owned: [{ stack: 'other' }] }]);
    expect(exitCode).toBe(0);
    const { report: drifted } = await scanEstate(files, { ...cloud(world, [world.element, world.byHand]), drift });
    expect(drifted.findings).toMatchObject([{ live: world.byHand }]);
  });
});

test('a stack of the same name in another region is another stack, for what has no regions', async () => {
  const world = WORLDS.find(({ parent }) => parent.type === 'AWS::IAM::Role') as World;
  const [base] = stacksOf(world, [world.element]) as [SnapshotStack];
  const twin = stackOf('base', [{ logicalId: 'Shared', ...world.child, properties: world.child.live }], {
    template: `Resources:\n  Shared: { Type: "${world.child.type}", Properties: { Roles: [reader] } }\n`,
  });
  const config = `version: 1\nstacks:\n  - { name: base, template: base.yaml, region: ${REGION} }\n  - { name: base, template: twin.yaml, region: us-east-1 }\n`;
  const files = { ...filesOf(world), 'gitops-drift.yaml': config, 'twin.yaml': String(twin.template) };
  const accounts = { [ACCOUNT]: accountOf(ACCOUNT, { [REGION]: [base], 'us-east-1': [twin] }) };
  const { report } = await scanEstate(files, { accounts });
  expect(report.findings).toEqual([]);
  expect(report.resources[0]).toMatchObject({ owned: [{ stack: 'base in us-east-1', logicalId: 'Shared' }] });
});

describe('capacities that a policy of another stack moves', () => {
  const group = (desired: string) => ({
    AutoScalingGroupName: 'web',
    MinSize: '1',
    MaxSize: '5',
    DesiredCapacity: desired,
  });
  const template = (desired: string) =>
    `Resources:\n  Group:\n    Type: AWS::AutoScaling::AutoScalingGroup\n    Properties: ${JSON.stringify(group(desired))}\n`;
  const policyOf = (name: string): SnapshotResource => ({
    ...{ logicalId: 'Policy', type: 'AWS::AutoScaling::ScalingPolicy', physicalId: 'policy' },
    properties: { AutoScalingGroupName: name, PolicyType: 'TargetTrackingScaling' },
  });

  test.each([
    ['within its bounds', '4', 'web', 0],
    ['outside of them', '6', 'web', 1],
    ['of another group', '4', 'api', 1],
  ])('%s', async (_, live, named, findings) => {
    const stacks = [
      stackOf(
        'base',
        [
          {
            logicalId: 'Group',
            type: 'AWS::AutoScaling::AutoScalingGroup',
            physicalId: 'web',
            properties: group(live),
          },
        ],
        { template: template('2') },
      ),
      stackOf('scaling', [policyOf(named)], {
        template: `Resources:\n  Policy: { Type: "AWS::AutoScaling::ScalingPolicy", Properties: { AutoScalingGroupName: ${named} } }\n`,
      }),
    ];
    const config = `version: 1\nstacks:\n  - { name: base, template: base.yaml, region: ${REGION} }\n`;
    const files = { 'base.yaml': template('2'), 'gitops-drift.yaml': config };
    const { report } = await scanEstate(files, { accounts: { [ACCOUNT]: accountOf(ACCOUNT, { [REGION]: stacks }) } });
    expect(report.findings).toHaveLength(findings);
    const reasons = report.resources[0]?.unverifiable.map(({ reason }) => reason) ?? [];
    expect(reasons).toEqual(findings === 0 ? ['auto scaling of stack scaling moves it'] : []);
  });

  test('is not read where stacks can not be listed', async () => {
    const own = { logicalId: 'Group', type: 'AWS::AutoScaling::AutoScalingGroup', physicalId: 'web' };
    const stacks = [stackOf('base', [{ ...own, properties: group('4') }], { template: template('2') })];
    const config = `version: 1\nstacks:\n  - { name: base, template: base.yaml, region: ${REGION} }\n`;
    const files = { 'base.yaml': template('2'), 'gitops-drift.yaml': config };
    const accounts = { [ACCOUNT]: accountOf(ACCOUNT, { [REGION]: stacks }) };
    const { exitCode, report } = await scanEstate(files, {
      accounts,
      faults: [{ operation: 'ListStacks', kind: 'deny' }],
    });
    expect({ exitCode, findings: report.findings }).toEqual({ exitCode: 3, findings: [] });
  });
});
