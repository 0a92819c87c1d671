import type { Target } from '../config/targets.js';
import { DriftError } from '../errors.js';
import type { Provider } from '../provider/provider.js';
import type { StackScan } from './scan-tree.js';

/**
 * The scans with findings whose stack is another by now: what was compared with what can't be told then. Stacks are asked
 * for together, by region and role. A stack that can't be read again is taken as unchanged: it was read a moment ago.
 */
export async function changedScans(scans: readonly StackScan[], provider: Provider): Promise<StackScan[]> {
  const changed: StackScan[] = [];
  for (const group of byPlace(scans)) {
    const [first] = group;
    if (first?.judged === undefined || provider.stackVersions === undefined) continue;
    const { region, roleArn } = first.judged.target;
    const names = group.flatMap(({ judged }) => (judged ? [judged.target.name] : []));
    const versions = await versionsOf(provider, region, roleArn, names);
    for (const scan of group) {
      const { judged } = scan;
      if (judged && versions && versions.get(judged.target.name) !== judged.version) changed.push(scan);
    }
  }
  return changed;
}

/** What is told of such a stack instead of its findings. */
export function changedError({ name, path = name, region }: Target): DriftError {
  const message = `stack ${path} in ${region} was changed while it was scanned, so nothing in it was judged`;
  return new DriftError('provider', [{ message, hint: 'scan again when CloudFormation is done' }]);
}

async function versionsOf(
  provider: Provider,
  region: string,
  roleArn: string | undefined,
  names: readonly string[],
): Promise<Map<string, string> | undefined> {
  try {
    return await provider.stackVersions?.(region, roleArn, names);
  } catch (error) {
    if (error instanceof DriftError) return undefined;
    throw error;
  }
}

function byPlace(scans: readonly StackScan[]): StackScan[][] {
  const places = new Map<string, StackScan[]>();
  for (const scan of scans) {
    if (scan.judged === undefined) continue;
    const { region, roleArn = '' } = scan.judged.target;
    const key = `${region} ${roleArn}`;
    places.set(key, [...(places.get(key) ?? []), scan]);
  }
  return [...places.values()];
}
