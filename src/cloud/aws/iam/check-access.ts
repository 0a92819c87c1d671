import { partitionOf } from '../../../base/partition.js';
import type { Access, AccessProbe } from '../../cloud.js';
import { credentialsProblem, errorName, isUnreachable, reasonOf, requestError } from '../errors.js';
import type { AwsSession } from '../session.js';

/** `account`: whose credentials ask. */
type Asked = AccessProbe & { stack: string; account: string };
/** A request that changes nothing, whose answer tells whether it is allowed. */
type Attempt = (session: AwsSession, probe: Asked) => Promise<unknown>;

/** A name, and an ID, that nothing has: "not found" is said only to those who may ask. */
const NOBODY = 'GitopsDriftDoctor';
const NO_CHANGE_SET = 'gitops-drift-00000000';
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** By IAM action; what is asked of stacks is asked of the one that the probe names. */
export const ATTEMPTS: ReadonlyMap<string, Attempt> = new Map<string, Attempt>([
  [
    'cloudformation:BatchDescribeTypeConfigurations',
    (session, probe) =>
      session.cloudFormation(probe, (client) =>
        client.batchDescribeTypeConfigurations({
          TypeConfigurationIdentifiers: [{ Type: 'RESOURCE', TypeName: 'AWS::Logs::LogGroup' }],
        }),
      ),
  ],
  [
    'cloudformation:DescribeChangeSet',
    (session, probe) =>
      session.cloudFormation(probe, (client) =>
        client.describeChangeSet({ StackName: probe.stack, ChangeSetName: NO_CHANGE_SET }),
      ),
  ],
  [
    'cloudformation:DescribeStackDriftDetectionStatus',
    (session, probe) =>
      session.cloudFormation(probe, (client) =>
        client.describeStackDriftDetectionStatus({ StackDriftDetectionId: NO_ID }),
      ),
  ],
  [
    'cloudformation:DescribeStackEvents',
    (session, probe) =>
      session.cloudFormation(probe, (client) => client.describeStackEvents({ StackName: probe.stack })),
  ],
  [
    'cloudformation:DescribeStackResourceDrifts',
    (session, probe) =>
      session.cloudFormation(probe, (client) => client.describeStackResourceDrifts({ StackName: probe.stack })),
  ],
  [
    'cloudformation:DescribeStacks',
    (session, probe) => session.cloudFormation(probe, (client) => client.describeStacks({ StackName: probe.stack })),
  ],
  [
    'cloudformation:DescribeType',
    (session, probe) =>
      session.cloudFormation(probe, (client) =>
        client.describeType({ Type: 'RESOURCE', TypeName: 'AWS::Logs::LogGroup' }),
      ),
  ],
  [
    'cloudformation:DetectStackDrift',
    // Of a stack that is of that name, but gone: the policy's pattern fits it, and there is nothing to detect.
    (session, probe) =>
      session.cloudFormation(probe, (client) => client.detectStackDrift({ StackName: goneStack(probe) })),
  ],
  [
    'cloudformation:DetectStackResourceDrift',
    // Of a resource that the stack does not have: a detection of another one would change the status that AWS shows.
    (session, probe) =>
      session.cloudFormation(probe, (client) =>
        client.detectStackResourceDrift({ StackName: probe.stack, LogicalResourceId: NOBODY }),
      ),
  ],
  [
    'cloudformation:GetResource',
    (session, probe) =>
      session.cloudControl(probe, (client) =>
        client.getResource({ TypeName: 'AWS::Logs::LogGroup', Identifier: NOBODY }),
      ),
  ],
  [
    'cloudformation:GetTemplate',
    (session, probe) => session.cloudFormation(probe, (client) => client.getTemplate({ StackName: probe.stack })),
  ],
  [
    'cloudtrail:LookupEvents',
    (session, probe) => session.cloudTrail(probe, (client) => client.lookupEvents({ MaxResults: 1 })),
  ],
  [
    'cloudformation:ListChangeSets',
    (session, probe) => session.cloudFormation(probe, (client) => client.listChangeSets({ StackName: probe.stack })),
  ],
  ['cloudformation:ListExports', (session, probe) => session.cloudFormation(probe, (client) => client.listExports({}))],
  [
    'cloudformation:ListResources',
    (session, probe) =>
      session.cloudControl(probe, (client) => client.listResources({ TypeName: 'AWS::Logs::LogGroup', MaxResults: 1 })),
  ],
  [
    'cloudformation:ListStackResources',
    (session, probe) =>
      session.cloudFormation(probe, (client) => client.listStackResources({ StackName: probe.stack })),
  ],
  ['cloudformation:ListStacks', (session, probe) => session.cloudFormation(probe, (client) => client.listStacks({}))],
  [
    'ec2:DescribeAvailabilityZones',
    (session, probe) => session.ec2(probe, (client) => client.describeAvailabilityZones({})),
  ],
  [
    'ec2:DescribeSubnets',
    (session, probe) => session.ec2(probe, (client) => client.describeSubnets({ MaxResults: 5 })),
  ],
  ['tag:GetResources', (session, probe) => session.tagging(probe, (client) => client.getResources({}))],
]);

/**
 * Tries each action once, and each resource with Cloud Control. Only a denial is one: "not found" and a bad request are
 * said to those who are let in, and what AWS did not get to decide stays unknown. Who asks is asked first, which is
 * allowed to everyone: a region that is off knows nobody.
 * Throws a `DriftError` where nothing can be asked at all: credentials, network, region.
 */
export async function checkAccess(session: AwsSession, probe: AccessProbe): Promise<Access[]> {
  const named = { ...probe, stack: probe.stack ?? NOBODY, account: await accountIn(session, probe) };
  const actions = probe.actions.map((action) => {
    const attempt = ATTEMPTS.get(action);
    return attempt ? tried({ action }, probe, () => attempt(session, named)) : untried(action);
  });
  const resources = probe.resources.map(({ type, identifier }) =>
    tried({ type }, probe, () =>
      session.cloudControl(probe, (client) => client.getResource({ TypeName: type, Identifier: identifier })),
    ),
  );
  return Promise.all([...actions, ...resources]);
}

async function accountIn(session: AwsSession, probe: AccessProbe): Promise<string> {
  try {
    const { Account: account } = await session.sts(probe, (client) => client.getCallerIdentity({}));
    return account ?? '';
  } catch (error) {
    throw requestError(error, `ask AWS in ${probe.region} who these credentials are`, probe);
  }
}

function goneStack({ region, account, stack }: Asked): string {
  return `arn:${partitionOf({ region })}:cloudformation:${region}:${account}:stack/${stack}/${NO_ID}`;
}

async function untried(action: string): Promise<Access> {
  return { action, status: 'unknown', reason: 'there is no harmless request that tells' };
}

async function tried(
  subject: Pick<Access, 'action' | 'type'>,
  probe: AccessProbe,
  attempt: () => Promise<unknown>,
): Promise<Access> {
  try {
    await attempt();
    return { ...subject, status: 'allowed' };
  } catch (error) {
    const problem = credentialsProblem(error, probe);
    if (problem) throw problem;
    if (isUnreachable(error)) throw requestError(error, `ask AWS in ${probe.region}`, probe);
    return { ...subject, ...verdictOf(error, subject.action) };
  }
}

const DENIED = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation']);
const NOT_DECIDED = /throttl|ratelimit|toomanyrequests|unavailable|internal|timeout|invalidaction|unknownoperation/i;

/** `asked` is the action that the request was made for; a denial of another one came after it was let in. */
function verdictOf(error: unknown, asked: string | undefined): Omit<Access, 'type'> {
  const reason = reasonOf(error);
  // Handlers of Cloud Control pass the denial of a service on in an error of another name.
  const [, action] = /not authorized to perform: ([\w-]+:\w+)/.exec(reason) ?? [];
  if (action !== undefined) {
    return asked === undefined || asked === action ? { action, status: 'denied', reason } : { status: 'allowed' };
  }
  if (DENIED.has(errorName(error))) return { status: 'denied', reason };
  const isAnswer = error instanceof Error && '$fault' in error && error.$fault === 'client';
  return isAnswer && !NOT_DECIDED.test(errorName(error)) ? { status: 'allowed' } : { status: 'unknown', reason };
}
