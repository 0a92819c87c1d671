import type { ChildKind, Naming } from '../../../compare/types.js';

function keys(...names: readonly string[]): Naming {
  return { by: 'keys', keys: Object.fromEntries(names.map((name) => [`/${name}`, name])) };
}

function named(prefix: string, parent: string, lines: readonly [string, string, string, Naming][]): ChildKind[] {
  return lines.map(([child, parentId, list, naming]) => ({
    ...{ child: prefix + child, parent: prefix + parent },
    ...{ parentId, list, naming },
  }));
}

/**
 * All of them: a child has a property that names the parent, and the parent's schema a list that can be declared and
 * whose elements are made by such children (AWS's registry schemas, searched for both).
 */
export const CHILD_KINDS: readonly ChildKind[] = [
  ...named('AWS::EC2::', 'SecurityGroup', [
    ['SecurityGroupIngress', 'GroupId', '/SecurityGroupIngress', { by: 'shared' }],
    ['SecurityGroupEgress', 'GroupId', '/SecurityGroupEgress', { by: 'shared' }],
  ]),
  ...['Role', 'User', 'Group'].flatMap((principal) =>
    named('AWS::IAM::', principal, [
      ['Policy', `${principal}s`, '/Policies', keys('PolicyName')],
      [`${principal}Policy`, `${principal}Name`, '/Policies', keys('PolicyName')],
      ['ManagedPolicy', `${principal}s`, '/ManagedPolicyArns', { by: 'id' }],
    ]),
  ),
  ...named('AWS::IAM::', 'User', [['UserToGroupAddition', 'Users', '/Groups', keys('GroupName')]]),
  ...named('AWS::SNS::', 'Topic', [['Subscription', 'TopicArn', '/Subscription', keys('Endpoint', 'Protocol')]]),
  ...named('AWS::AutoScaling::', 'AutoScalingGroup', [
    ['LifecycleHook', 'AutoScalingGroupName', '/LifecycleHookSpecificationList', keys('LifecycleHookName')],
  ]),
  ...named('AWS::EC2::', 'Instance', [
    ['VolumeAttachment', 'InstanceId', '/Volumes', keys('VolumeId')],
    ['NetworkInterfaceAttachment', 'InstanceId', '/NetworkInterfaces', keys('NetworkInterfaceId')],
  ]),
  ...named('AWS::EC2::', 'IPAMPool', [['IPAMPoolCidr', 'IpamPoolId', '/ProvisionedCidrs', keys('Cidr')]]),
  ...named('AWS::ElasticLoadBalancingV2::', 'Listener', [
    [
      ...(['ListenerCertificate', 'ListenerArn', '/Certificates'] as const),
      { by: 'members', property: 'Certificates', key: 'CertificateArn' },
    ],
  ]),
  ...named('AWS::ECS::', 'Cluster', [
    [
      ...(['ClusterCapacityProviderAssociations', 'Cluster', '/CapacityProviders'] as const),
      { by: 'members', property: 'CapacityProviders' },
    ],
    [
      ...(['ClusterCapacityProviderAssociations', 'Cluster', '/DefaultCapacityProviderStrategy'] as const),
      { by: 'members', property: 'DefaultCapacityProviderStrategy', key: 'CapacityProvider' },
    ],
    ['CapacityProvider', 'ClusterName', '/CapacityProviders', { by: 'id' }],
  ]),
  ...named('AWS::Events::', 'EventBus', [
    [
      ...(['EventBusPolicy', 'EventBusName', '/Policy/Statement'] as const),
      { by: 'keys', keys: { '/Sid': 'StatementId' } },
    ],
  ]),
  ...named('AWS::RDS::', 'DBSecurityGroup', [
    ['DBSecurityGroupIngress', 'DBSecurityGroupName', '/DBSecurityGroupIngress', { by: 'shared' }],
  ]),
  ...named('AWS::MediaConnect::', 'Flow', [['FlowVpcInterface', 'FlowArn', '/VpcInterfaces', keys('Name')]]),
  ...named('AWS::MediaConnect::', 'Bridge', [
    ['BridgeOutput', 'BridgeArn', '/Outputs', { by: 'keys', keys: { '/NetworkOutput/Name': 'Name' } }],
    ['BridgeSource', 'BridgeArn', '/Sources', { by: 'keys', keys: { '/FlowSource/Name': 'Name' } }],
    ['BridgeSource', 'BridgeArn', '/Sources', { by: 'keys', keys: { '/NetworkSource/Name': 'Name' } }],
  ]),
  ...named('AWS::DataZone::', 'Project', [
    ['ProjectMembership', 'ProjectIdentifier', '/MembershipAssignments', { by: 'shared' }],
  ]),
];

const PARENTS = new Map<string, ChildKind[]>();
for (const kind of CHILD_KINDS) PARENTS.set(kind.parent, [...(PARENTS.get(kind.parent) ?? []), kind]);

/** What may show up in the lists of a type's resources. */
export function childKindsOf(parent: string): readonly ChildKind[] {
  return PARENTS.get(parent) ?? [];
}
