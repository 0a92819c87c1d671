import { DriftError } from '../base/errors.js';
import type { ChangeSet, ChangeSets, StackNow } from '../cloud/change-sets.js';
import type { StackTarget } from '../cloud/cloud.js';
import { maskText } from '../secrets/mask.js';
import type { SecretPlaces } from '../secrets/types.js';
import { digestOf } from './digest.js';
import { type Allowed, type JudgedEffect, judgeEffects, notCovered, type Refusal, refusalsOf } from './judge.js';
import { descriptionOf, newName, type RunMark } from './own.js';
import type { LeftOut, StackRequest } from './select.js';
import { shownEffects } from './shown.js';

/** A change set that was made, beside what was asked for. */
export interface StackPlan {
  request: StackRequest;
  /** The stack before. */
  stack: StackNow;
  /** Absent where there is none: nothing is to be done, or it was refused before. */
  changeSet?: Pick<ChangeSet, 'id' | 'name'>;
  effects: JudgedEffect[];
  leftOut: LeftOut[];
  refusals: Refusal[];
  /** Of what it does, where it may be executed. */
  digest?: string;
}

/** What making change sets takes. */
export interface Making {
  changeSets: ChangeSets;
  types: SecretPlaces;
  mark: RunMark;
  allowed: Allowed;
  signal?: AbortSignal | undefined;
}

/**
 * Makes a change set that undoes the drift of a stack, judges it, and has `use` do something with it; it is deleted
 * afterwards, whatever happens, unless `use` says that it stays: it is kept, or being executed.
 */
export async function withPlan<Result>(
  request: StackRequest,
  target: StackTarget,
  making: Making & { isKept: boolean },
  use: (plan: StackPlan, stay: () => void) => Promise<Result>,
): Promise<Result> {
  const { changeSets, signal, mark, isKept } = making;
  const stack = await changeSets.stack(target);
  const blocked = blockedBy(request, stack);
  if (blocked !== undefined) {
    return use({ request, stack, effects: [], leftOut: [], refusals: [blocked] }, () => {});
  }
  signal?.throwIfAborted();
  const name = newName();
  let stays = false;
  // By its name it can be deleted even where the answer is lost.
  const remove = () => (stays ? Promise.resolve() : changeSets.remove(target, name));
  let result: Result;
  try {
    const id = await changeSets.create(stack, { name, description: descriptionOf(mark, isKept) });
    const made = await changeSets.read(target, id, signal);
    signal?.throwIfAborted();
    result = await use(planOf(request, stack, made, making), () => {
      stays = true;
    });
  } catch (error) {
    await remove().catch((left) => {
      throw withLeft(error, left);
    });
    throw error;
  }
  await remove();
  return result;
}

/** What went wrong, and that the change set could not be deleted then. */
function withLeft(error: unknown, left: unknown): unknown {
  if (!(left instanceof DriftError)) return left;
  return error instanceof DriftError ? new DriftError(error.code, [...error.problems, ...left.problems]) : left;
}

function planOf(request: StackRequest, stack: StackNow, made: ChangeSet | undefined, making: Making): StackPlan {
  if (made === undefined || made.state === 'failed' || made.state === 'obsolete' || made.state === 'executed') {
    const why = made?.reason === undefined ? 'somebody deleted it' : maskText(made.reason);
    const reason = `AWS could not make a change set of stack ${stack.name}: ${why}`;
    throw new DriftError('revert', [{ code: 'revert-failed', message: reason, hint: failedHint(request) }]);
  }
  const shown = shownEffects(made.effects, making.types);
  const effects = made.state === 'empty' ? [] : judgeEffects(shown, request);
  const refusals = refusalsOf(effects, request.stack.name, making.allowed);
  return {
    request,
    stack,
    ...(made.state === 'empty' ? {} : { changeSet: { id: made.id, name: made.name } }),
    effects,
    leftOut: notCovered(effects, request),
    refusals,
    ...(made.state === 'empty' || refusals.length > 0 ? {} : { digest: digestOf(stack, shown) }),
  };
}

function failedHint({ stack }: StackRequest): string {
  return stack.deployedAs === undefined
    ? 'see the reason; deploying the template again also undoes what it declares'
    : 'where AWS takes no change set of a nested stack, deploy its root stack again';
}

/** Why no change set is made of a stack as it is now. */
function blockedBy({ stack: reported, scannedAt }: StackRequest, stack: StackNow): Refusal | undefined {
  if (stack.blocked !== undefined) return { code: 'stackState', ...stack.blocked };
  if (reported.account !== null && reported.account !== stack.account) {
    const reason = `the report is about account ${reported.account}, and the credentials belong to ${stack.account}`;
    return { code: 'account', reason, instead: 'use credentials of that account, or give it a roleArn' };
  }
  const [root] = reported.name.split('/');
  if (reported.deployedAs !== undefined && stack.root !== root) {
    const reason = `the report says that stack ${stack.name} is nested in ${root}, and AWS does not`;
    return { code: 'stackChanged', reason, instead: 'scan again, and decide by the new report' };
  }
  const hasChanged =
    reported.version === undefined ? isSince(stack.version, scannedAt) : reported.version !== stack.version;
  if (!hasChanged) return undefined;
  const reason = `stack ${stack.name} has changed since it was scanned`;
  return { code: 'stackChanged', reason, instead: 'scan again, and decide by the new report' };
}

/** Whether the time that a version ends with is after another one; reports of older versions know no more. */
function isSince(version: string, time: string): boolean {
  return Date.parse(version.split(' ').at(-1) ?? '') > Date.parse(time);
}
