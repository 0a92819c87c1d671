/**
 * Properties of which a resource, or an element of a list, has one of each group: where the declared one is gone, another
 * one stands in its place. AWS's documentation says of each group that just one can be specified.
 */
const EXCLUSIVE: readonly (readonly string[])[] = [
  // AWS::EC2::SecurityGroup Ingress and Egress, AWS::EC2::SecurityGroupIngress and …Egress
  ['CidrIp', 'CidrIpv6', 'SourcePrefixListId', 'SourceSecurityGroupId', 'SourceSecurityGroupName'],
  ['CidrIp', 'CidrIpv6', 'DestinationPrefixListId', 'DestinationSecurityGroupId'],
  // AWS::EC2::NetworkAclEntry
  ['CidrBlock', 'Ipv6CidrBlock'],
  // AWS::EC2::Route
  ['DestinationCidrBlock', 'DestinationIpv6CidrBlock', 'DestinationPrefixListId'],
  [
    ...[
      'CarrierGatewayId',
      'CoreNetworkArn',
      'EgressOnlyInternetGatewayId',
      'GatewayId',
      'InstanceId',
      'LocalGatewayId',
    ],
    ...['NatGatewayId', 'NetworkInterfaceId', 'TransitGatewayId', 'VpcEndpointId', 'VpcPeeringConnectionId'],
  ],
];

/** The properties that may stand in the place of one. */
export function standInsFor(property: string): string[] {
  const groups = EXCLUSIVE.filter((group) => group.includes(property));
  return [...new Set(groups.flat())].filter((name) => name !== property);
}
