import type { StackEvent as AwsEvent } from '@aws-sdk/client-cloudformation';
import type { Execution, StackEvent } from '../../change-sets.js';
import type { StackTarget } from '../../cloud.js';
import { allPages } from '../pages.js';
import type { AwsSession } from '../session.js';
import { createWaiting } from './waiting.js';

const WAITS_MS = [1_000, 5_000] as const;
/** A stack that has not begun after so many looks has nothing to do. */
const LOOKS = 30;

/** Begins to execute a change set. Rejects with the SDK's error. */
export async function execute(session: AwsSession, target: StackTarget, id: string): Promise<void> {
  await session.cloudFormation(target, (client) =>
    client.executeChangeSet({ StackName: target.name, ChangeSetName: id, ClientRequestToken: tokenOf(id) }),
  );
}

/** The change set's own part of its ARN: the same request twice executes it once, and its events are known by it. */
function tokenOf(id: string): string {
  return id.split('/').slice(-2).join('-');
}

/** Follows the stack's events until it is at rest. Rejects with the SDK's error. */
export async function follow(
  session: AwsSession,
  target: StackTarget,
  id: string,
  on: (event: StackEvent) => void,
  signal?: AbortSignal,
): Promise<Execution> {
  const token = tokenOf(id);
  const wait = createWaiting(session, WAITS_MS, signal);
  const seen = new Set<string>();
  for (let looks = 0; ; looks += 1) {
    // Its status first: what is told after that has it all.
    const { Stacks: [stack] = [] } = await session.cloudFormation(target, (client) =>
      client.describeStacks({ StackName: target.name }),
    );
    for (const event of await eventsSince(session, target, token, seen)) on(eventOf(event));
    const status = stack?.StackStatus ?? '';
    const hasBegun = seen.size > 0 || looks >= LOOKS;
    if (hasBegun && !status.endsWith('_IN_PROGRESS')) return { status, isComplete: status === 'UPDATE_COMPLETE' };
    await wait();
  }
}

/** The events of an execution that were not seen yet, the oldest first. AWS tells the newest first. */
async function eventsSince(
  session: AwsSession,
  target: StackTarget,
  own: string,
  seen: Set<string>,
): Promise<AwsEvent[]> {
  const fresh = await allPages(async (token) => {
    const page = await session.cloudFormation(target, (client) =>
      client.describeStackEvents({ StackName: target.name, NextToken: token }),
    );
    const events = page.StackEvents ?? [];
    const items = events.filter((event) => event.ClientRequestToken === own && !seen.has(event.EventId ?? ''));
    // What is older than a page without any is older than the execution.
    return { items, next: items.length < events.length ? undefined : page.NextToken };
  });
  for (const { EventId: id = '' } of fresh) seen.add(id);
  return fresh.reverse();
}

function eventOf(event: AwsEvent): StackEvent {
  const { EventId: id = '', LogicalResourceId: logicalId = null, ResourceStatus: status = '' } = event;
  const isStack = event.PhysicalResourceId === event.StackId;
  const reason = event.ResourceStatusReason;
  return {
    id,
    at: event.Timestamp,
    logicalId: isStack ? null : logicalId,
    status,
    ...(reason === undefined ? {} : { reason }),
  };
}
