import { DriftError, describeProblem } from '../errors.js';
import type { DeployedStack, Provider, StackTarget } from '../provider/provider.js';

/**
 * Reads a stack again, and throws a `DriftError` (code `provider`) where it is no longer as it was before its resources
 * were read: what then seems deleted or modified may be the work of a deployment.
 */
export async function assertUnchanged(provider: Provider, target: StackTarget, before: DeployedStack): Promise<void> {
  const change = await changeOf(provider, target, before);
  if (change === undefined) return;
  const message = `stack ${target.name} in ${target.region} changed while it was scanned: ${change}`;
  throw new DriftError('provider', [{ message, hint: 'scan it again when its deployment has ended' }]);
}

async function changeOf(provider: Provider, target: StackTarget, before: DeployedStack): Promise<string | undefined> {
  try {
    const after = await provider.readStack(target);
    if (after.id !== before.id) return 'it is another stack of the same name now';
    if (after.status !== before.status) return `it was ${before.status}, and is ${after.status} now`;
    if (after.updatedAt !== before.updatedAt) return 'it was updated';
    return textOf(after) === textOf(before) ? undefined : 'its resources are others now';
  } catch (error) {
    if (!(error instanceof DriftError) || error.code === 'credentials') throw error;
    return error.problems.map(describeProblem).join('\n');
  }
}

function textOf({ resources }: DeployedStack): string {
  return JSON.stringify(resources);
}
