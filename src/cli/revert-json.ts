import { type DriftError, describeProblem } from '../base/errors.js';
import { toolVersion } from '../base/version.js';
import type { StackReport } from '../model/report.js';
import { jsonText } from '../report/json-text.js';
import type { StackPlan } from '../revert/plan.js';
import type { LeftOut } from '../revert/select.js';

/** What came of a stack: a plan, or why there is none. */
export type Outcome = { plan: StackPlan; isKept: boolean } | { stack: StackReport; error: DriftError };

/** Plans for programs: the contract of `schemas/revert.schema.json`. */
export function plansJson(outcomes: readonly Outcome[], leftOut: readonly LeftOut[], exitCode: number): string {
  return jsonText({
    revertVersion: 1,
    tool: { name: 'gitops-drift', version: toolVersion() },
    stacks: outcomes.map((each) => ('plan' in each ? planned(each.plan, each.isKept) : failed(each.stack, each.error))),
    leftOut: leftOut.map(told),
    exitCode,
  });
}

function planned({ request, changeSet, digest, effects, leftOut, refusals }: StackPlan, isKept: boolean) {
  return {
    ...placeOf(request.stack),
    changeSet: isKept && changeSet !== undefined ? changeSet.id : null,
    digest: digest ?? null,
    effects: effects.map(({ isGone, isUncompared, deletes, replacement, ...effect }) => ({
      logicalId: effect.logicalId,
      type: effect.type,
      physicalId: effect.physicalId,
      action: effect.action,
      asked: effect.asked,
      ...{ replacement, deletes, recreates: isGone && effect.action === 'add', compared: !isUncompared },
      values: effect.values,
      ignored: effect.ignored,
      foreign: effect.foreign.map(({ stack, logicalId, path }) => ({ stack, logicalId, path })),
    })),
    leftOut: leftOut.map(told),
    refusals,
  };
}

function failed(stack: StackReport, error: DriftError) {
  const text = error.problems.map(describeProblem).join('\n');
  return { ...placeOf(stack), changeSet: null, digest: null, effects: [], leftOut: [], refusals: [], error: text };
}

function placeOf({ name, region, account }: StackReport) {
  return { stack: name, region, account };
}

function told({ finding, code, reason, instead }: LeftOut) {
  const { id, stack, logicalId, path } = finding;
  return { finding: id, stack, logicalId, path, code, reason, instead };
}
