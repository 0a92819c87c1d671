import { partitionOf } from '../../../base/partition.js';
import type { IdentifierRequest } from '../../../cloud/types.js';

/** Tells a part of an identifier; undefined where it can't. `declared` is the text of the property of that name. */
export type PartRule = (request: IdentifierRequest, declared: string | undefined) => string | undefined;

/**
 * Parts that are neither the physical ID as it is nor a declared property of the same name, by type and path.
 * "Seen": a deployed resource's model and physical ID side by side; "docs": the type's page in AWS's template reference.
 */
const RULES: Record<string, Record<string, PartRule>> = {
  // Seen, docs: Ref returns the ARN, `…:apis/<ApiId>`.
  'AWS::AppSync::GraphQLApi': { '/ApiId': ({ physicalId }) => after(physicalId, '/') },
  // Seen, docs: Ref returns the ARN of a revision, `…:job-definition/<name>:<revision>`.
  'AWS::Batch::JobDefinition': {
    '/JobDefinitionName': ({ physicalId }) => /(?:^|\/)([^/:]+)(?::\d+)?$/.exec(physicalId)?.[1],
  },
  // Seen, docs: Ref returns the name, behind `<bus>|` where the rule is on a bus of its own.
  'AWS::Events::Rule': { '/Arn': ruleArn },
  // Seen: the ARN is `…:service/<cluster>/<name>`; in its old form, without the cluster, the declared or default one.
  'AWS::ECS::Service': {
    '/ServiceArn': ({ physicalId }) => physicalId,
    '/Cluster': ({ physicalId, properties }, declared) =>
      /:service\/([^/]+)\/[^/]+$/.exec(physicalId)?.[1] ?? declared ?? whereAbsent(properties, 'Cluster', 'default'),
  },
  // Seen, docs: Ref returns the address; nothing but the live model tells the allocation.
  'AWS::EC2::EIP': { '/PublicIp': ({ physicalId }) => physicalId },
  // Seen: the read-only CidrBlock is the destination. Old stacks have a generated physical ID.
  'AWS::EC2::Route': {
    '/CidrBlock': ({ properties }) =>
      ['DestinationCidrBlock', 'DestinationIpv6CidrBlock', 'DestinationPrefixListId']
        .map((key) => properties[key])
        .find((value) => typeof value === 'string'),
  },
  // Seen: `IGW|<vpc>`. Old stacks have a generated physical ID.
  'AWS::EC2::VPCGatewayAttachment': {
    '/AttachmentType': ({ properties }) => (Object.hasOwn(properties, 'InternetGatewayId') ? 'IGW' : undefined),
  },
  // Docs: without a name it is the account's default event bus.
  'AWS::Events::EventBusPolicy': {
    '/EventBusName': ({ properties }, declared) => declared ?? whereAbsent(properties, 'EventBusName', 'default'),
  },
  // Docs: the policy names its target by parts or by ScalingTargetId, `<resource>|<dimension>|<namespace>`.
  'AWS::ApplicationAutoScaling::ScalingPolicy': {
    '/Arn': ({ physicalId }) => physicalId,
    '/ScalableDimension': ({ properties }, declared) => {
      const target = properties['ScalingTargetId'];
      return declared ?? (typeof target === 'string' ? target.split('|')[1] : undefined);
    },
  },
};

/** The rule for a part of a type's identifier, if it needs one. */
export function partRule(type: string, path: string): PartRule | undefined {
  return Object.hasOwn(RULES, type) ? RULES[type]?.[path] : undefined;
}

function ruleArn({ physicalId, environment }: IdentifierRequest): string | undefined {
  const { region, accountId } = environment;
  if (physicalId.startsWith('arn:')) return physicalId;
  if (accountId === undefined) return undefined;
  return `arn:${partitionOf(environment)}:events:${region}:${accountId}:rule/${physicalId.replace('|', '/')}`;
}

function after(text: string, separator: string): string {
  return text.slice(text.lastIndexOf(separator) + 1);
}

/** A default, only where nothing at all is declared: an unresolved value is not the default. */
function whereAbsent(properties: object, key: string, value: string): string | undefined {
  return Object.hasOwn(properties, key) ? undefined : value;
}
