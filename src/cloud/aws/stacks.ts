import type { Stack, StackResourceSummary, StackStatus, StackSummary } from '@aws-sdk/client-cloudformation';
import { DriftError } from '../../base/errors.js';
import type { DeployedStack, ListedStack, StackResource, StackTarget } from '../cloud.js';
import { deployedStack, record, resourceOf, targetOf, versionOf } from './deployed-stack.js';
import { requestError } from './errors.js';
import { allPages } from './pages.js';
import type { Place } from './place.js';
import type { AwsSession } from './session.js';

/** Statuses of stacks that have resources: all but deleted ones and those that only a change set proposes. */
const DEPLOYED: StackStatus[] = [
  'CREATE_COMPLETE',
  'CREATE_FAILED',
  'CREATE_IN_PROGRESS',
  'DELETE_FAILED',
  'DELETE_IN_PROGRESS',
  'IMPORT_COMPLETE',
  'IMPORT_IN_PROGRESS',
  'IMPORT_ROLLBACK_COMPLETE',
  'IMPORT_ROLLBACK_FAILED',
  'IMPORT_ROLLBACK_IN_PROGRESS',
  'ROLLBACK_COMPLETE',
  'ROLLBACK_FAILED',
  'ROLLBACK_IN_PROGRESS',
  'UPDATE_COMPLETE',
  'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
  'UPDATE_FAILED',
  'UPDATE_IN_PROGRESS',
  'UPDATE_ROLLBACK_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
  'UPDATE_ROLLBACK_FAILED',
  'UPDATE_ROLLBACK_IN_PROGRESS',
];

/** The stacks of a region that have resources, nested ones included. */
export async function listStacks(session: AwsSession, place: Place): Promise<ListedStack[]> {
  const summaries = await request(`list the stacks of ${place.region}`, place, () =>
    listStackSummaries(session, place),
  );
  return summaries.flatMap(({ StackName: name, ParentId: parent }) => {
    if (name === undefined) return [];
    return [{ ...targetOf(name, place), ...(parent === undefined ? {} : { nested: true }) }];
  });
}

/** The same as CloudFormation tells them. Rejects with the SDK's error. */
export function listStackSummaries(session: AwsSession, place: Place): Promise<StackSummary[]> {
  return allPages(async (token) => {
    const page = await session.cloudFormation(place, (client) =>
      client.listStacks({ StackStatusFilter: DEPLOYED, NextToken: token }),
    );
    return { items: listed(page.StackSummaries), next: page.NextToken };
  });
}

/** A stack's structure. Throws a `DriftError` when there is no such stack, or it can't be read. */
export async function readStack(session: AwsSession, target: StackTarget): Promise<DeployedStack> {
  return request(`read stack ${target.name} in ${target.region}`, target, async () => {
    const [stack, resources] = await Promise.all([describeStack(session, target), listResources(session, target)]);
    if (stack.StackStatus === 'DELETE_COMPLETE') throw noSuchStack(target);
    return deployedStack(target, stack, resources);
  });
}

/** A stack's resources. Throws a `DriftError` when they can't be read. */
export function readResources(session: AwsSession, target: StackTarget): Promise<StackResource[]> {
  return request(`list the resources of stack ${target.name} in ${target.region}`, target, async () =>
    (await listResources(session, target)).flatMap(resourceOf),
  );
}

/** More than these are looked for in the list of all stacks first, a page of which has a hundred. */
const ASKED_ONE_BY_ONE = 3;

/**
 * Which stacks of a region, given by name with their version, are gone or have another version now. The list tells of
 * most that they have not changed; the others are asked for by themselves. (Descriptions of all stacks at once would take
 * the permission to read all stacks, with their parameters.)
 */
export async function changedStacks(
  session: AwsSession,
  place: Place,
  versions: ReadonlyMap<string, string>,
): Promise<Set<string>> {
  return request(`read the stacks of ${place.region} again`, place, async () => {
    const isWorthIt = versions.size > ASKED_ONE_BY_ONE;
    const listed = isWorthIt ? await listStackSummaries(session, place).catch(() => []) : [];
    const unchanged = new Set(listed.flatMap((one) => (isVersion(one, versions) ? (one.StackName ?? []) : [])));
    const suspects = [...versions.keys()].filter((name) => !unchanged.has(name));
    const stacks = await Promise.all(suspects.map((name) => describeIfThere(session, targetOf(name, place))));
    return new Set(suspects.filter((_, index) => !stacks[index]?.some((stack) => isVersion(stack, versions))));
  });
}

function isVersion(stack: Stack | StackSummary, versions: ReadonlyMap<string, string>): boolean {
  return versions.get(stack.StackName ?? '') === versionOf(stack);
}

async function describeIfThere(session: AwsSession, target: StackTarget): Promise<Stack[]> {
  try {
    const stack = await describeStack(session, target);
    return [stack];
  } catch (error) {
    if (isNoSuchStack(error)) return [];
    throw error;
  }
}

/** The template as deployed, before or after transforms. CloudFormation replaces what is not ASCII in it by `?`. */
export async function readTemplate(
  session: AwsSession,
  target: StackTarget,
  stage: 'Original' | 'Processed' = 'Original',
): Promise<string | undefined> {
  return request(`read the template of stack ${target.name} in ${target.region}`, target, async () => {
    const answer = await session.cloudFormation(target, (client) =>
      client.getTemplate({ StackName: target.name, TemplateStage: stage }),
    );
    if (answer.TemplateBody === undefined) throw new Error('unexpected answer: it has no template');
    return answer.TemplateBody;
  });
}

/** What the stacks of a region export, by export name. */
export async function readExports(session: AwsSession, place: Place): Promise<Record<string, string>> {
  const exports = await request(`list the exports of ${place.region}`, place, () =>
    allPages(async (token) => {
      const page = await session.cloudFormation(place, (client) => client.listExports({ NextToken: token }));
      return { items: listed(page.Exports), next: page.NextToken };
    }),
  );
  return record(exports, (one) => [one.Name, one.Value]);
}

/** A stack by its name, or its ARN. What is no such stack, or has no status, is no answer: AWS says so by an error. */
export async function describeStack(session: AwsSession, target: StackTarget): Promise<Stack> {
  const answer = await session.cloudFormation(target, (client) => client.describeStacks({ StackName: target.name }));
  const [stack] = answer.Stacks ?? [];
  if (stack?.StackName === undefined) throw new Error('unexpected answer: it has no stack');
  if (stack.StackName !== target.name && stack.StackId !== target.name)
    throw new Error(`unexpected answer: it is about stack ${stack.StackName}`);
  const region = stack.StackId?.split(':')[3] ?? target.region;
  if (region !== target.region) throw new Error(`unexpected answer: it is about a stack in ${region}`);
  if (!STATUS.test(stack.StackStatus ?? '')) {
    throw new Error(`unexpected answer: the stack's status is ${stack.StackStatus ?? 'missing'}`);
  }
  return stack;
}

/** How every status of a stack ends. */
const STATUS = /_(?:COMPLETE|FAILED|IN_PROGRESS)$/;

/** A stack's resources, by its name or ARN. Rejects with the SDK's error. */
export function listResources(session: AwsSession, target: Place & { name: string }): Promise<StackResourceSummary[]> {
  return allPages(async (token) => {
    const page = await session.cloudFormation(target, (client) =>
      client.listStackResources({ StackName: target.name, NextToken: token }),
    );
    return { items: listed(page.StackResourceSummaries), next: page.NextToken };
  });
}

/** A list that an answer has to have, be it empty. */
function listed<Item>(items: Item[] | undefined): Item[] {
  if (items === undefined) throw new Error('unexpected answer: it has no list');
  return items;
}

/** Runs requests, and turns their failure into an error that says what could not be done. */
async function request<T>(doing: string, place: Place & { name?: string }, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (place.name !== undefined && isNoSuchStack(error)) throw noSuchStack({ ...place, name: place.name }, error);
    throw requestError(error, doing, place);
  }
}

/** CloudFormation has no error code of its own for this: `ValidationError: Stack with id x does not exist`. */
function isNoSuchStack(error: unknown): boolean {
  return error instanceof Error && error.name === 'ValidationError' && /\bdoes not exist\b/.test(error.message);
}

function noSuchStack({ name, region, roleArn }: { name: string } & Place, cause?: unknown): DriftError {
  const message = `stack ${name} does not exist in ${region}${roleArn === undefined ? '' : ` (as ${roleArn})`}`;
  const hint = `check its name, region and account; aws cloudformation list-stacks --region ${region} shows what is there`;
  return new DriftError('provider', [{ code: 'stack-not-found', message, hint }], { cause });
}
