import type { Json } from '../../../base/json.js';
import type { ServiceCommand } from './service-command.js';

/** Who a rule of a security group is about, in the property and in the service's own words. */
const PEERS: readonly (readonly [direction: 'Ingress' | 'Egress', member: string, list: string, name: string])[] = [
  ['Ingress', 'CidrIp', 'IpRanges', 'CidrIp'],
  ['Ingress', 'CidrIpv6', 'Ipv6Ranges', 'CidrIpv6'],
  ['Ingress', 'SourceSecurityGroupId', 'UserIdGroupPairs', 'GroupId'],
  ['Ingress', 'SourcePrefixListId', 'PrefixListIds', 'PrefixListId'],
  ['Egress', 'CidrIp', 'IpRanges', 'CidrIp'],
  ['Egress', 'CidrIpv6', 'Ipv6Ranges', 'CidrIpv6'],
  ['Egress', 'DestinationSecurityGroupId', 'UserIdGroupPairs', 'GroupId'],
  ['Egress', 'DestinationPrefixListId', 'PrefixListIds', 'PrefixListId'],
];

/** Policies that are attached to an identity, or stand in it. */
export function policyCommands(types: readonly string[], kind: 'role' | 'user' | 'group'): ServiceCommand[] {
  return [
    {
      types,
      path: '/ManagedPolicyArns/*',
      words: ['iam', `detach-${kind}-policy`, `--${kind}-name`, '{id}', '--policy-arn', '{value}'],
    },
    {
      types,
      path: '/ManagedPolicyArns/*',
      isGone: true,
      words: ['iam', `attach-${kind}-policy`, `--${kind}-name`, '{id}', '--policy-arn', '{accepted}'],
    },
    {
      types,
      path: '/Policies/*',
      words: ['iam', `delete-${kind}-policy`, `--${kind}-name`, '{id}', '--policy-name', '{value/PolicyName}'],
    },
  ];
}

/** The boundary of what an identity may be allowed. */
export function boundaryCommands(types: readonly string[], kind: 'role' | 'user'): ServiceCommand[] {
  const put = ['iam', `put-${kind}-permissions-boundary`, `--${kind}-name`, '{id}', '--permissions-boundary'];
  const path = '/PermissionsBoundary';
  return [
    { types, path, words: [...put, '{accepted}'] },
    { types, path, isGone: true, words: [...put, '{accepted}'] },
    { types, path, words: ['iam', `delete-${kind}-permissions-boundary`, `--${kind}-name`, '{id}'] },
  ];
}

/** Rules of a security group, by whom each is about. */
export function networkCommands(types: readonly string[]): ServiceCommand[] {
  return PEERS.flatMap(([direction, member, list, name]): ServiceCommand[] => {
    const ruleOf = (from: string): Json => ({
      IpProtocol: `{${from}/IpProtocol}`,
      FromPort: `{${from}/FromPort?}`,
      ToPort: `{${from}/ToPort?}`,
      [list]: [{ [name]: `{${from}/${member}}` }],
    });
    const wordsOf = (verb: string, from: string) => [
      ...['ec2', `${verb}-security-group-${direction.toLowerCase()}`, '--group-id', '{id}', '--ip-permissions'],
      { json: [ruleOf(from)] },
    ];
    const row = { types, path: `/SecurityGroup${direction}/*` };
    return [
      { ...row, words: wordsOf('revoke', 'value') },
      { ...row, isGone: true, words: wordsOf('authorize', 'accepted') },
    ];
  });
}
