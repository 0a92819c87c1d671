import type { Capability, CreateChangeSetInput, ResourceChange } from '@aws-sdk/client-cloudformation';
import { DriftError } from '../../../base/errors.js';
import type { ChangeSet, ChangeSetPlace, ChangeSets, ListedChangeSet, StackNow } from '../../change-sets.js';
import type { StackTarget } from '../../cloud.js';
import { errorName, requestError } from '../errors.js';
import { allPages } from '../pages.js';
import type { AwsSession } from '../session.js';
import { describeStack, readTemplate } from '../stacks.js';
import { execute, follow } from './execute.js';
import { stackNow } from './stack-now.js';
import { changeSetOf, isUnderWay } from './told.js';
import { createWaiting } from './waiting.js';

/** The operations that change something, which its session has to send all the same. */
export const CHANGE_SET_WRITES: readonly string[] = ['CreateChangeSet', 'DeleteChangeSet', 'ExecuteChangeSet'];

/** It takes AWS seconds for a small stack, minutes for a large one. */
const WAITS_MS = [500, 5_000] as const;
/** What a template passed as text may have. */
const MOST_BYTES = 51_200;
/** Its functions are worked out anew only where the template is passed. */
const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';

/**
 * CloudFormation's drift-aware change sets
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/drift-aware-change-sets.html). The session has to be one
 * that may write.
 */
export function createChangeSets(session: AwsSession): ChangeSets {
  return {
    caller: (place) =>
      told('ask AWS who these credentials are', place, async () => {
        const { Arn: arn } = await session.sts(place, (client) => client.getCallerIdentity({}));
        return arn ?? 'unknown';
      }),
    stack: (target) =>
      told(`read stack ${target.name} in ${target.region}`, target, async () =>
        stackNow(target, await describeStack(session, target)),
      ),
    list: (target) =>
      told(`list the change sets of stack ${target.name} in ${target.region}`, target, () => list(session, target)),
    create: (stack, named) => told(making(stack), stack, () => create(session, stack, named)),
    read: (place, id, signal) => told(`read the change set ${id}`, place, () => read(session, place, id, signal)),
    remove: (target, name) =>
      told(`delete the change set ${name} of stack ${target.name}`, target, () => remove(session, target, name)),
    execute: (target, id) =>
      told(`execute the change set of stack ${target.name} in ${target.region}`, target, () =>
        execute(session, target, id),
      ),
    follow: (target, id, on, signal) =>
      told(`follow the deployment of stack ${target.name} in ${target.region}`, target, () =>
        follow(session, target, id, on, signal),
      ),
  };
}

function making({ name, region }: StackTarget): string {
  return `make a change set of stack ${name} in ${region}`;
}

async function list(session: AwsSession, target: StackTarget): Promise<ListedChangeSet[]> {
  const summaries = await allPages(async (token) => {
    const page = await session.cloudFormation(target, (client) =>
      client.listChangeSets({ StackName: target.name, NextToken: token }),
    );
    return { items: page.Summaries, next: page.NextToken };
  });
  return summaries.map((one) => ({
    id: one.ChangeSetId ?? '',
    name: one.ChangeSetName ?? '',
    description: one.Description ?? '',
    isExecuted: one.ExecutionStatus === 'EXECUTE_IN_PROGRESS' || one.ExecutionStatus === 'EXECUTE_COMPLETE',
    createdAt: one.CreationTime,
  }));
}

/** No nested stacks are included, which this mode does not take; every parameter is named, since others fall back to defaults. */
async function create(
  session: AwsSession,
  stack: StackNow,
  { name, description }: { name: string; description: string },
): Promise<string> {
  const input: CreateChangeSetInput = {
    StackName: stack.id,
    ChangeSetName: name,
    Description: description,
    ChangeSetType: 'UPDATE',
    DeploymentMode: 'REVERT_DRIFT',
    ...(await templateOf(session, stack)),
    Parameters: stack.parameters.map((key) => ({ ParameterKey: key, UsePreviousValue: true })),
    Capabilities: [...stack.capabilities] as Capability[],
    Tags: Object.entries(stack.tags).map(([key, value]) => ({ Key: key, Value: value })),
    ClientToken: name,
  };
  const { Id: id } = await session.cloudFormation(stack, (client) => client.createChangeSet(input));
  if (id === undefined) throw new Error('unexpected answer: it has no change set');
  return id;
}

async function templateOf(
  session: AwsSession,
  stack: StackNow,
): Promise<Pick<CreateChangeSetInput, 'TemplateBody' | 'UsePreviousTemplate'>> {
  const text = (await readTemplate(session, stack)) ?? '';
  if (!text.includes(LANGUAGE_EXTENSIONS)) return { UsePreviousTemplate: true };
  if (Buffer.byteLength(text) <= MOST_BYTES) return { TemplateBody: text };
  const message = `stack ${stack.name} uses ${LANGUAGE_EXTENSIONS}, and its template is too long to be passed as text`;
  const hint = 'deploy it again from its bucket, or make the change set by hand with --template-url';
  throw new DriftError('revert', [{ code: 'revert-refused', message, hint }]);
}

async function read(
  session: AwsSession,
  target: ChangeSetPlace,
  id: string,
  signal?: AbortSignal,
): Promise<ChangeSet | undefined> {
  const wait = createWaiting(session, WAITS_MS, signal);
  try {
    for (;;) {
      const [first, changes] = await describe(session, target, id);
      if (first.Status?.startsWith('DELETE_')) return undefined;
      if (!isUnderWay(first)) return changeSetOf(first, changes);
      await wait();
    }
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

async function describe(session: AwsSession, target: ChangeSetPlace, id: string) {
  function page(token: string | undefined) {
    return session.cloudFormation(target, (client) =>
      client.describeChangeSet({ ChangeSetName: id, IncludePropertyValues: true, NextToken: token }),
    );
  }
  const first = await page(undefined);
  const changes = await allPages(async (token) => {
    const { Changes: items, NextToken: next } = token === undefined ? first : await page(token);
    return { items, next };
  });
  const resources = changes.flatMap(({ ResourceChange: change }): ResourceChange[] => (change ? [change] : []));
  return [first, resources] as const;
}

/** One that is still being made can't be deleted yet. */
async function remove(session: AwsSession, target: StackTarget, name: string): Promise<void> {
  const wait = createWaiting(session, WAITS_MS);
  for (let attempts = 0; ; attempts += 1) {
    try {
      await session.cloudFormation(target, (client) =>
        client.deleteChangeSet({ StackName: target.name, ChangeSetName: name }),
      );
      return;
    } catch (error) {
      if (isGone(error)) return;
      if (errorName(error) !== 'InvalidChangeSetStatusException' || attempts >= ATTEMPTS) throw error;
    }
    await wait();
  }
}

const ATTEMPTS = 30;

/** A stack that is gone has no change sets either. */
function isGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return errorName(error) === 'ChangeSetNotFoundException' || /\bdoes not exist\b/.test(error.message);
}

/** Runs requests; their failure says what could not be done. What ends by a signal is no failure. */
async function told<T>(
  doing: string,
  where: { region: string; roleArn?: string | undefined },
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (typeof error === 'string' || (error instanceof Error && error.name === 'AbortError')) throw error;
    throw withHint(requestError(error, doing, where), error);
  }
}

/** What only reads may well be denied this. */
function withHint(told: DriftError, error: unknown): DriftError {
  if (!/^AccessDenied/.test(errorName(error)) || told.code !== 'provider') return told;
  const hint = 'gitops-drift permissions --revert prints what it takes; --role names the role to do it as';
  return new DriftError(
    told.code,
    told.problems.map((each) => ({ ...each, hint })),
    { cause: error },
  );
}
