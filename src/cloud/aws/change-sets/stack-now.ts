import type { Stack } from '@aws-sdk/client-cloudformation';
import type { StackNow } from '../../change-sets.js';
import type { StackTarget } from '../../cloud.js';
import { record, targetOf, versionOf } from '../deployed-stack.js';

/** Statuses that a stack can be updated from. */
const DEPLOYABLE = new Set([
  'CREATE_COMPLETE',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
]);

/** What to do about the others, the first pattern that holds. */
const INSTEAD: readonly (readonly [status: RegExp, instead: string])[] = [
  [/_IN_PROGRESS$/, 'run it again when the deployment has ended'],
  [/^UPDATE_ROLLBACK_FAILED$/, 'first: aws cloudformation continue-update-rollback'],
  [/^(?:ROLLBACK_|CREATE_FAILED)/, 'it was never whole: delete the stack and deploy it again'],
  [/^DELETE_/, 'delete it for good, or deploy it again'],
  [/^/, 'deploy it, then scan again'],
];

/** A stack as `DescribeStacks` tells of it, for making change sets. */
export function stackNow(target: StackTarget, stack: Stack): StackNow {
  const { StackId: id = '', StackStatus: status = '', Capabilities: capabilities = [] } = stack;
  return {
    ...targetOf(target.name, target),
    id,
    account: id.split(':')[4] ?? '',
    status,
    version: versionOf(stack),
    ...(stack.RootId === undefined ? {} : { root: stack.RootId.split('/')[1] ?? '' }),
    ...(DEPLOYABLE.has(status) ? {} : { blocked: blocked(target.name, status) }),
    parameters: (stack.Parameters ?? []).flatMap(({ ParameterKey: name }) => name ?? []),
    // Those of AWS can't be given.
    tags: record(stack.Tags ?? [], ({ Key: key, Value: value }) => [key?.startsWith('aws:') ? undefined : key, value]),
    capabilities,
  };
}

function blocked(name: string, status: string): NonNullable<StackNow['blocked']> {
  const [, instead = ''] = INSTEAD.find(([pattern]) => pattern.test(status)) ?? [];
  return { reason: `stack ${name} is ${status}, which can't be deployed`, instead };
}
