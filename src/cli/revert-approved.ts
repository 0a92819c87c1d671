import { EXIT } from '../base/exit-codes.js';
import { readApproved } from '../revert/execute.js';
import type { RevertRecord } from '../revert/record.js';
import type { ShownEffect } from '../revert/shown.js';
import type { Run } from './revert-context.js';
import { followed, isConfirmed, lookAgain } from './revert-execute.js';
import { writeRecord } from './revert-record.js';

/** Executes a change set that was kept by `--plan` and approved by its digest: the job after an approval. */
export async function executeApprovedOnly(run: Run, { id, digest }: { id: string; digest: string }): Promise<number> {
  const { io, reverting } = run;
  const { changeSets, iac } = reverting;
  const [, , , region = '', account = ''] = id.split(':');
  const roleArn = reverting.roleIn(account, region);
  const approved = { place: { region, ...(roleArn === undefined ? {} : { roleArn }) }, id, digest };
  const { stack } = await readApproved(changeSets, approved, iac.types, io.signal);
  if (!(await isConfirmed(run, stack.name))) return EXIT.interrupted;
  const { effects } = await readApproved(changeSets, approved, iac.types, io.signal);
  const record: RevertRecord = {
    recordVersion: 1,
    at: io.now().toISOString(),
    action: 'executed',
    ...{ stack: stack.name, region, account },
    changeSet: id,
    digest,
    by: await changeSets.caller(stack),
    what: effects.flatMap(placesOf),
    findings: [],
  };
  io.signal.throwIfAborted();
  await changeSets.execute(stack, id);
  const execution = await followed(run, stack, id);
  if (execution.isComplete) return lookAgain(run, [{ record, stack }]);
  await writeRecord(run, { ...record, action: 'failed' });
  return EXIT.error;
}

function placesOf({ logicalId, action, values }: ShownEffect): string[] {
  if (action === 'sync') return [];
  const paths = [...new Set(values.map(({ path }) => path))];
  return paths.length === 0 ? [logicalId] : paths.map((path) => `${logicalId}${path}`);
}
