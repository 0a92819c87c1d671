import { cleanLines } from '../base/clean.js';
import { count } from '../base/count.js';
import { DriftError, describeProblem } from '../base/errors.js';
import { EXIT } from '../base/exit-codes.js';
import type { StackTarget } from '../cloud/cloud.js';
import type { RevertRequest } from '../revert/open.js';
import { ownChangeSets } from '../revert/own.js';
import type { Run } from './revert-context.js';

/** Deletes the change sets of a stack that runs have left which were killed. */
export async function deleteLeft({ io, reverting }: Run, target: StackTarget): Promise<void> {
  const { changeSets } = reverting;
  const { left, kept } = await ownChangeSets(changeSets, target, io.mark, io.now().getTime());
  for (const { id, name } of left) {
    await changeSets.remove(target, id);
    io.tell(`deleted ${name} of stack ${target.name}, which a run left that was stopped`);
  }
  if (kept.length === 0) return;
  io.tell(`note: stack ${target.name} has ${count(kept.length, 'change set')} kept by --plan; --clean deletes those`);
}

/** Deletes all change sets of ours that stacks of the repository have, those that are kept as well. */
export async function cleanAll(run: Run, request: RevertRequest): Promise<number> {
  const { io, reverting } = run;
  const { changeSets } = reverting;
  let deleted = 0;
  let failed = 0;
  for (const target of await targetsOf(run, request)) {
    io.signal.throwIfAborted();
    try {
      const { left, kept } = await ownChangeSets(changeSets, target, io.mark, Number.POSITIVE_INFINITY);
      for (const { id, name } of [...left, ...kept]) {
        await changeSets.remove(target, id);
        await io.print(cleanLines(`deleted ${name} of stack ${target.name}\n`));
        deleted += 1;
      }
    } catch (error) {
      if (!(error instanceof DriftError)) throw error;
      for (const problem of error.problems) io.tell(`error: ${describeProblem(problem)}`);
      failed += 1;
    }
  }
  if (deleted === 0 && failed === 0) io.tell('no change set of ours is left');
  return failed > 0 ? EXIT.error : EXIT.inSync;
}

/** The stacks of the repository that are meant, and those nested in them. */
async function targetsOf({ options, reverting }: Run, request: RevertRequest): Promise<StackTarget[]> {
  const { makePlan } = await import('../scan/plan.js');
  const plan = await makePlan(request);
  try {
    const targets: StackTarget[] = [];
    for (const { name, region, roleArn = options.role } of plan.targets) {
      const waiting: StackTarget[] = [{ name, region, ...(roleArn === undefined ? {} : { roleArn }) }];
      for (let target = waiting.pop(); target !== undefined; target = waiting.pop()) {
        targets.push(target);
        waiting.push(...reverting.iac.nestedIn(await plan.provider.readStack(target)));
      }
    }
    return targets;
  } finally {
    plan.provider.close?.();
  }
}
