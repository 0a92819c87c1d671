import { problemOf } from '../config/find-stacks.js';
import { DriftError, type Problem } from '../errors.js';
import { addUnmanaged, recordSnapshot, type Snapshot } from '../provider/snapshot/write.js';
import { makePlan } from './plan.js';
import type { ScanRequest } from './request.js';
import { readStackState } from './stack-state.js';
import { stackTools } from './tools.js';
import { scanUnmanaged } from './unmanaged.js';

/**
 * Records what the provider sees of the stacks that a scan with this request would compare.
 * Throws a `DriftError` where anything of it can't be read; a snapshot never lacks a stack silently.
 */
export async function recordStacks(request: ScanRequest): Promise<{ snapshot: Snapshot; warnings: Problem[] }> {
  const plan = await makePlan(request);
  try {
    if (plan.errors.length > 0) throw new DriftError('provider', plan.errors.map(problemOf));
    const tools = stackTools(plan, () => {});
    const snapshot = await recordSnapshot(plan.provider, plan.targets, (target) => readStackState(target, tools));
    if (request.unmanaged) {
      const { resources, errors } = await scanUnmanaged(plan.provider, plan.places);
      if (errors.length > 0) throw new DriftError('provider', errors.map(problemOf));
      addUnmanaged(snapshot, new Set(plan.places.map(({ region }) => region)), resources);
    }
    return { snapshot, warnings: plan.warnings };
  } finally {
    plan.provider.close?.();
  }
}
