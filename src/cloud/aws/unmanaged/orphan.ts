import type { UnmanagedResource } from '../../cloud.js';
import { reasonOf } from '../errors.js';
import type { AwsSession } from '../session.js';
import type { Ownership } from './owned.js';

/** A living stack's, of which CloudFormation or a service made it; an orphan, maybe with a doubt; or neither. */
export type Descent = 'living' | Pick<UnmanagedResource, 'orphan' | 'doubt'> | undefined;

/** Tells from a resource's tags and its region. */
export type DescentOf = (tags: Readonly<Record<string, string>>, region: string) => Promise<Descent>;

const TAG = 'aws:cloudformation:';

/**
 * Judges the tags that CloudFormation puts on a stack's resources. Stacks of regions that were not looked through are
 * asked for by themselves, once each.
 */
export function createDescent(session: AwsSession, ownership: Ownership, roleArn: string | undefined): DescentOf {
  const asked = new Map<string, Promise<boolean>>();

  /** Whether a stack of another region lives. Rejects with the SDK's error. */
  async function lives(id: string, region: string): Promise<boolean> {
    try {
      const answer = await session.cloudFormation({ region, roleArn }, (client) =>
        client.describeStacks({ StackName: id }),
      );
      return answer.Stacks?.some(({ StackStatus: status }) => status !== 'DELETE_COMPLETE') ?? false;
    } catch (error) {
      if (error instanceof Error && /\bdoes not exist\b/.test(error.message)) return false;
      throw error;
    }
  }

  return async (tags, region) => {
    const id = tags[`${TAG}stack-id`];
    const stack = tags[`${TAG}stack-name`] ?? id?.split('/')[1];
    const logicalId = tags[`${TAG}logical-id`];
    if (stack === undefined) return undefined;
    const home = id?.split(':')[3] ?? region;
    const origin = { stack, ...(logicalId === undefined ? {} : { logicalId }) };
    const logicalIds = ownership.logicalIdsOf({ id, name: stack, region: home });
    if (logicalIds !== undefined) {
      if (logicalId === undefined || logicalIds.has(logicalId)) return 'living';
      return { orphan: { ...origin, reason: `stack ${stack} has no ${logicalId} any more` } };
    }
    const gone = { orphan: { ...origin, reason: `stack ${stack} is gone` } };
    if (id === undefined || ownership.regions.has(home)) return gone;
    const asking = asked.get(id) ?? lives(id, home);
    asked.set(id, asking);
    try {
      return (await asking) ? 'living' : gone;
    } catch (error) {
      const orphan = { ...origin, reason: `it carries the tags of stack ${stack} of ${home}` };
      return { orphan, doubt: `that stack could not be asked for: ${reasonOf(error)}` };
    }
  };
}
