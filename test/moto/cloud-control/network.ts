import type { JsonObject } from '../../../src/base/json.js';
import { askQuery, type Place } from '../support/services.js';
import type { XmlNode } from '../support/xml.js';
import { told, xmlTags } from './model.js';

/** `AWS::EC2::VPC`, by its ID. */
export async function readVpc(place: Place, VpcId: string): Promise<JsonObject> {
  const [vpc] = (await askQuery(place, 'ec2', 'DescribeVpcs', { 'VpcId.1': VpcId })).items('vpcSet');
  return told({
    VpcId,
    // An association's own block has the same name.
    CidrBlock: vpc?.children.find(({ name }) => name === 'cidrBlock')?.text,
    InstanceTenancy: vpc?.textOf('instanceTenancy'),
    Tags: xmlTags(vpc?.items('tagSet') ?? []),
  });
}

/** `AWS::EC2::SecurityGroup`, by its ID. */
export async function readSecurityGroup(place: Place, GroupId: string): Promise<JsonObject> {
  const answer = await askQuery(place, 'ec2', 'DescribeSecurityGroups', { 'GroupId.1': GroupId });
  const [group] = answer.items('securityGroupInfo');
  return told({
    Id: GroupId,
    GroupId,
    GroupName: group?.textOf('groupName'),
    GroupDescription: group?.textOf('groupDescription'),
    VpcId: group?.textOf('vpcId'),
    SecurityGroupIngress: rules(group?.items('ipPermissions') ?? []),
    SecurityGroupEgress: rules(group?.items('ipPermissionsEgress') ?? []),
    Tags: xmlTags(group?.items('tagSet') ?? []),
  });
}

/** EC2 groups addresses by port; CloudFormation has a rule for each address. */
function rules(permissions: readonly XmlNode[]): JsonObject[] {
  return permissions.flatMap((permission) =>
    permission.items('ipRanges').map((range) =>
      told({
        IpProtocol: permission.textOf('ipProtocol'),
        FromPort: port(permission.textOf('fromPort')),
        ToPort: port(permission.textOf('toPort')),
        CidrIp: range.textOf('cidrIp'),
        Description: range.textOf('description'),
      }),
    ),
  );
}

function port(text: string | undefined): number {
  return Number(text ?? -1);
}
