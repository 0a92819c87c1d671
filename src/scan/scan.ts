import { openRepository } from '../git/repository.js';
import type { Iac } from '../iac/iac.js';
import { withoutChanged } from './changed-meanwhile.js';
import { makePlan } from './plan.js';
import { trackProgress } from './progress.js';
import type { ScanRequest, ScanResult } from './request.js';
import { resultOf } from './result.js';
import { type Run, startRun } from './run.js';
import { scanStacks } from './scan-stacks.js';
import { readShard, takeShard } from './shard.js';
import type { OpenRepository } from './sources.js';
import { scanUnmanaged, type UnmanagedScan } from './unmanaged.js';

/**
 * Scans: templates from Git, live state from the provider, and a report of what differs.
 * Throws a `DriftError` when nothing can be scanned (no repository, bad configuration, no credentials); a stack that
 * can't be scanned is an error in the report, a resource that can't be read is `unreadable` in it.
 */
export function scan(request: ScanRequest): Promise<ScanResult> {
  return scanIn(openRepository, request);
}

/** Scans a repository that is opened in some other way, as one in memory, or of another kind of infrastructure as code. */
export async function scanIn(open: OpenRepository, request: ScanRequest, iac?: Iac): Promise<ScanResult> {
  const started = new Date();
  const shard = readShard(request.shard);
  trackProgress(0, request.onProgress).enter('stacks');
  const plan = takeShard(await makePlan(request, open, iac), shard);
  try {
    const run = startRun(request, plan, shard, started);
    const scanned = await scanStacks(run);
    const unmanaged = await lookForUnmanaged(run);
    request.signal?.throwIfAborted();
    return await resultOf(run, await withoutChanged(scanned, plan), unmanaged);
  } finally {
    plan.provider.close?.();
    await plan.maker?.close();
  }
}

async function lookForUnmanaged({ request, plan, tracker }: Run): Promise<UnmanagedScan | undefined> {
  if (!request.unmanaged) return undefined;
  tracker.enter('unmanaged');
  return scanUnmanaged(plan.provider, plan.places);
}
