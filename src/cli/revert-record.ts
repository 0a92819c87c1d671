import { cleanLines } from '../base/clean.js';
import type { StackPlan } from '../revert/plan.js';
import { type RevertRecord, ticketLine } from '../revert/record.js';
import type { Run } from './revert-context.js';
import { appendLine } from './revert-io.js';
import { placeText } from './revert-text.js';

/** A plan that may be executed. */
export interface Executable {
  plan: StackPlan;
  id: string;
  digest: string;
}

/** What is done with a plan, for the ticket; who asks is asked of the cloud. */
export async function recorded(
  { io, reverting }: Run,
  { plan, id, digest }: Executable,
  action: RevertRecord['action'],
): Promise<RevertRecord> {
  const { request, stack, leftOut } = plan;
  const undone = request.asked.filter((finding) => !leftOut.some((left) => left.finding === finding));
  const { name, region, account } = request.stack;
  return {
    recordVersion: 1,
    at: io.now().toISOString(),
    action,
    ...{ stack: name, region, account: account ?? stack.account },
    changeSet: id,
    digest,
    by: await reverting.changeSets.caller(stack),
    what: undone.map(placeText),
    findings: undone.map((finding) => finding.id),
  };
}

/** Tells a record as a line for the ticket, and appends it to the file that is asked for. */
export async function writeRecord({ io, options }: Run, record: RevertRecord): Promise<void> {
  if (options.record !== undefined) await appendLine(options.record, record);
  const line = `${cleanLines(ticketLine(record))}\n`;
  if (options.output === 'json') io.tell(line.trimEnd());
  else await io.print(line);
}
