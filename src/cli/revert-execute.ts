import { DriftError } from '../base/errors.js';
import { EXIT } from '../base/exit-codes.js';
import type { Execution, StackEvent, StackNow } from '../cloud/change-sets.js';
import type { StackTarget } from '../cloud/cloud.js';
import type { Report } from '../model/report.js';
import { stillDrifted } from '../revert/converged.js';
import { readApproved } from '../revert/execute.js';
import type { RevertRecord } from '../revert/record.js';
import { maskText } from '../secrets/mask.js';
import { reportToActOn } from './report-to-act-on.js';
import { type Run, worstOf } from './revert-context.js';
import { type Executable, recorded, writeRecord } from './revert-record.js';
import { notConvergedText, placeText } from './revert-text.js';

/** Has a plan confirmed, and executes it. */
export async function executeNow(
  run: Run,
  what: Executable,
  stay: () => void,
): Promise<{ exitCode: number; executed?: Executed }> {
  const { io, reverting } = run;
  const { plan, id, digest } = what;
  const { stack } = plan;
  if (!(await isConfirmed(run, plan.request.stack.name))) return { exitCode: EXIT.interrupted };
  // Typing took a while.
  await readApproved(reverting.changeSets, { place: stack, id, digest }, reverting.iac.types, io.signal);
  const record = await recorded(run, what, 'executed');
  io.signal.throwIfAborted();
  await reverting.changeSets.execute(stack, id);
  stay();
  const execution = await followed(run, stack, id);
  if (execution.isComplete) return { exitCode: EXIT.inSync, executed: { record, stack } };
  await writeRecord(run, { ...record, action: 'failed' });
  return { exitCode: EXIT.error };
}

/** Whether somebody has typed the stack's name, or `--yes` says so. */
export async function isConfirmed({ options, io }: Run, name: string): Promise<boolean> {
  if (options.yes) return true;
  const answer = await io.ask?.(`Type the name of the stack to execute this (${name}): `);
  io.signal.throwIfAborted();
  if (answer?.trim() === name) return true;
  io.tell(`not executed: ${answer === undefined ? 'cancelled' : 'another name was typed'}`);
  return false;
}

/** Follows an execution to its end. */
export async function followed({ io, reverting }: Run, target: StackTarget, id: string): Promise<Execution> {
  function on(event: StackEvent): void {
    const line = `  ${event.logicalId ?? target.name}  ${event.status}${event.reason ? `  ${maskText(event.reason)}` : ''}`;
    if (event.status.endsWith('FAILED')) io.tell(line);
    else io.show(line);
  }
  try {
    const execution = await reverting.changeSets.follow(target, id, on, io.signal);
    const came = execution.isComplete ? 'executed' : 'the execution failed';
    io.tell(`${came}: stack ${target.name} is ${execution.status}`);
    return execution;
  } catch (error) {
    const where = `aws cloudformation describe-stack-events --region ${target.region} --stack-name ${target.name}`;
    io.tell(`the execution of ${id} goes on in AWS; see: ${where}`);
    throw error;
  }
}

/** What was executed, and the stack as it was before. */
export interface Executed {
  record: RevertRecord;
  stack: StackNow;
}

/** Scans the stacks again that were changed, and says what has drifted still. */
export async function lookAgain(run: Run, executed: readonly Executed[]): Promise<number> {
  const { io } = run;
  const roots = [...new Set(executed.map(({ stack: { root, name } }) => root ?? name))];
  const report = await scanAgain(run, roots);
  const codes: number[] = [];
  for (const { record, stack } of executed) {
    const seen = report?.stacks.find(
      ({ name, deployedAs = name, region, status }) =>
        deployedAs === stack.name && region === stack.region && status === 'scanned',
    );
    if (report === undefined || seen === undefined) {
      io.tell(`stack ${record.stack} could not be scanned again: run gitops-drift scan`);
      await writeRecord(run, record);
      codes.push(EXIT.unverified);
      continue;
    }
    const left = stillDrifted(report, seen, new Set(record.what.map((place) => place.split('/')[0] ?? place)));
    io.tell(left.length > 0 ? notConvergedText(left) : `in sync again: ${record.what.join(', ')}`);
    await writeRecord(run, { ...record, notConverged: left.map(placeText) });
    codes.push(left.length > 0 ? EXIT.drift : EXIT.inSync);
  }
  return worstOf(codes);
}

/** What a scan of these stacks finds now; undefined where it fails, which undoes nothing that was done. */
async function scanAgain({ repository, options, io }: Run, stacks: string[]): Promise<Report | undefined> {
  const { report: _, ...scanning } = options;
  try {
    return await reportToActOn(repository, { ...scanning, stack: stacks }, undefined, io.signal);
  } catch (error) {
    if (io.signal.aborted || !(error instanceof DriftError)) return undefined;
    io.tell(`warning: ${error.message}`);
    return undefined;
  }
}
