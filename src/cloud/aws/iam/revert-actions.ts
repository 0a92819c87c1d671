import type { Statement } from './policy.js';

/** What `revert` asks of a stack beyond what a scan does. */
export const REVERT_READS = [
  'cloudformation:DescribeChangeSet',
  'cloudformation:DescribeStackEvents',
  'cloudformation:ListChangeSets',
] as const;

/** What changes something: a scan and every other command never send it. */
export const REVERT_WRITES = [
  'cloudformation:CreateChangeSet',
  'cloudformation:DeleteChangeSet',
  'cloudformation:ExecuteChangeSet',
] as const;

/** What `revert` names its change sets, by name and by ARN. */
const OWN = ['gitops-drift-*', 'arn:*:cloudformation:*:*:changeSet/gitops-drift-*'];

/**
 * What `revert` needs of stacks; it makes and executes no change sets but its own
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html).
 */
export function revertStatements(stacks: Statement['Resource']): Statement[] {
  return [
    { Sid: 'SeeChangeSets', Effect: 'Allow', Action: [...REVERT_READS], Resource: stacks },
    {
      Sid: 'RevertStacks',
      Effect: 'Allow',
      Action: [...REVERT_WRITES],
      Resource: stacks,
      Condition: { StringLike: { 'cloudformation:ChangeSetName': OWN } },
    },
  ];
}
