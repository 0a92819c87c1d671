import { DriftError, describeProblem } from '../base/errors.js';
import { EXIT } from '../base/exit-codes.js';
import { matchesStack } from '../base/glob.js';
import { findingsById, mayMean } from '../model/find-finding.js';
import { type Finding, isCounted, type Report } from '../model/report.js';
import { isMeant } from '../model/show.js';
import { openReverting } from '../revert/open.js';
import { type StackPlan, withPlan } from '../revert/plan.js';
import { type StackRequest, selectStacks } from '../revert/select.js';
import { failedStackTexts } from './failed-stacks.js';
import { sourceRequest } from './options.js';
import { reportToActOn } from './report-to-act-on.js';
import { executeApprovedOnly } from './revert-approved.js';
import { cleanAll, deleteLeft } from './revert-clean.js';
import { type Run, worstOf } from './revert-context.js';
import { type Executed, executeNow, lookAgain } from './revert-execute.js';
import type { RevertIo } from './revert-io.js';
import { type Outcome, plansJson } from './revert-json.js';
import type { RevertOptions } from './revert-options.js';
import { recorded, writeRecord } from './revert-record.js';
import { keptText, leftOutLines, planText } from './revert-text.js';

/** What came of one stack. */
interface Done {
  exitCode: number;
  outcome: Outcome;
  executed?: Executed;
}

/** Runs `revert` and gives its exit code. Rejects with the signal's reason where it was interrupted; no change set is left then. */
export async function runRevert(repository: string, options: RevertOptions, io: RevertIo): Promise<number> {
  const request = { ...sourceRequest(repository, options), role: options.role, signal: io.signal };
  const reverting = await openReverting(request);
  const run = { repository, options, io, reverting };
  try {
    if (options.clean) return await cleanAll(run, request);
    if (options.changeSet !== undefined && options.digest !== undefined) {
      return await executeApprovedOnly(run, { id: options.changeSet, digest: options.digest });
    }
    return await revertFindings(run);
  } finally {
    reverting.provider.close?.();
  }
}

async function revertFindings(run: Run): Promise<number> {
  const { repository, options, io, reverting } = run;
  // A nested stack is scanned with its root.
  const roots = options.stack?.map((glob) => glob.split('/')[0] ?? glob);
  const scanned = roots === undefined ? options : { ...options, stack: roots };
  const report = await reportToActOn(repository, scanned, undefined, io.signal);
  io.signal.throwIfAborted();
  findingsById(options.finding ?? [], report.findings, '--finding ');
  const { stacks, leftOut } = selectStacks(report, (finding) => isAsked(finding, options), reverting.iac);
  const done: Done[] = [];
  try {
    for (const stack of stacks) done.push(await revertStack(run, stack));
  } catch (error) {
    if (options.output === 'json') await deleteUntold(run, done);
    for (const { executed } of done) if (executed !== undefined) await writeRecord(run, executed.record);
    throw error;
  }
  const executed = done.flatMap((each) => each.executed ?? []);
  const codes = [
    ...done.map(({ exitCode }) => exitCode),
    leftOut.length > 0 ? EXIT.drift : EXIT.inSync,
    isComplete(run, report) ? EXIT.inSync : EXIT.error,
  ];
  if (executed.length > 0) codes.push(await lookAgain(run, executed));
  const exitCode = worstOf(codes);
  if (options.output === 'json') {
    await io.print(
      plansJson(
        done.map(({ outcome }) => outcome),
        leftOut,
        exitCode,
      ),
    );
  } else {
    if (stacks.length === 0 && leftOut.length === 0) io.tell(nothingText(report, options));
    if (leftOut.length > 0) io.tell(['Not undone by a change set:', ...leftOutLines(leftOut)].join('\n'));
  }
  return exitCode;
}

/** Whether all stacks were scanned, or may be missing; tells of those that are. */
function isComplete({ options, io }: Run, report: Report): boolean {
  if (options.report !== undefined) return true;
  for (const text of failedStackTexts(report)) io.tell(`warning: ${text}`);
  return report.stacks.every(({ status, accepted }) => status === 'scanned' || accepted !== undefined);
}

/** Plans for programs are told at the end: nobody would know of those that were kept before. */
async function deleteUntold({ reverting }: Run, done: readonly Done[]): Promise<void> {
  for (const { outcome } of done) {
    if (!('plan' in outcome) || !outcome.isKept || outcome.plan.changeSet === undefined) continue;
    await reverting.changeSets.remove(outcome.plan.stack, outcome.plan.changeSet.id);
  }
}

function nothingText(report: Report, { finding }: RevertOptions): string {
  const isUnseen = report.stacks.some(({ status }) => status !== 'scanned');
  if (finding === undefined && report.findings.length === 0 && isUnseen) {
    return 'nothing to revert: nothing has drifted in what could be scanned';
  }
  return finding === undefined && report.findings.length === 0
    ? 'nothing to revert: nothing has drifted'
    : 'nothing to revert: no finding that counts is meant';
}

/** What is asked for by its id may be ignored by a rule; all else has to count. */
function isAsked(finding: Finding, options: RevertOptions): boolean {
  const { finding: ids, stack, region } = options;
  if (ids === undefined ? !isCounted(finding) : !ids.some((id) => mayMean(id, finding))) return false;
  if (stack && !stack.some((glob) => matchesStack(glob, finding.stack))) return false;
  if (region && !region.includes(finding.region)) return false;
  return isMeant(finding, options);
}

async function revertStack(run: Run, request: StackRequest): Promise<Done> {
  const { options, io, reverting } = run;
  io.signal.throwIfAborted();
  try {
    const target = reverting.targetOf(request.stack);
    await deleteLeft(run, target);
    const allowed = { replacement: options.allowReplacement, wholeStack: options.wholeStack };
    const making = { ...reverting, types: reverting.iac.types, mark: io.mark, signal: io.signal, allowed };
    io.show(`making a change set of stack ${target.name}`);
    return await withPlan(request, target, { ...making, isKept: options.plan === true }, (plan, stay) =>
      usePlan(run, plan, stay),
    );
  } catch (error) {
    if (!(error instanceof DriftError)) throw error;
    // The other stacks are none of its business.
    for (const problem of error.problems) io.tell(`error: ${describeProblem(problem)}`);
    return { exitCode: EXIT.error, outcome: { stack: request.stack, error } };
  }
}

async function usePlan(run: Run, plan: StackPlan, stay: () => void): Promise<Done> {
  const { options, io } = run;
  const { changeSet, digest, leftOut, refusals } = plan;
  const isText = options.output !== 'json';
  if (isText) await io.print(planText(plan));
  const asked = leftOut.length + refusals.length > 0 ? EXIT.drift : EXIT.inSync;
  const done: Done = { exitCode: asked, outcome: { plan, isKept: false } };
  if (changeSet === undefined || digest === undefined) return done;
  const what = { plan, id: changeSet.id, digest };
  if (options.plan) {
    const record = await recorded(run, what, 'planned');
    io.signal.throwIfAborted();
    stay();
    if (isText) await io.print(keptText(changeSet.id, digest));
    await writeRecord(run, record);
    return { ...done, outcome: { plan, isKept: true } };
  }
  if (!options.execute) {
    if (isText) await io.print('  next: the same command with --execute, or with --plan for an approval\n');
    return done;
  }
  const came = await executeNow(run, what, stay);
  return { ...done, ...came, exitCode: worstOf([asked, came.exitCode]) };
}
