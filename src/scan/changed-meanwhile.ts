import { DriftError } from '../base/errors.js';
import type { Provider } from '../cloud/cloud.js';
import type { Patch } from '../model/report.js';
import type { Target } from '../model/target.js';
import { failedScan } from './failed-stack.js';
import type { PatchedGroup } from './patch-stacks.js';
import type { Plan } from './plan.js';
import type { StackScan } from './stack-scan.js';

/** What is left of a scan without what was found in stacks that have changed since they were read, nor the edits proven with them. */
export async function withoutChanged<Found extends { scans: readonly StackScan[]; patched: readonly PatchedGroup[] }>(
  found: Found,
  { provider, checkout, iac }: Plan,
): Promise<Found> {
  const { scans, patched } = found;
  const changed = await changedScans(scans, provider);
  const takenBack = new Set(changed.flatMap(({ findings }) => findings));
  const templateOf = async (path: string) => iac.parse(await checkout.read(path));
  const left = scans.map((scan) => {
    const { judged } = scan;
    return judged && changed.includes(scan)
      ? failedScan(judged.target, { iac, templateOf }, changedError(judged.target))
      : scan;
  });
  const unchanged = patched.map((group) => {
    const other = group.findings.find((finding) => takenBack.has(finding));
    return other === undefined ? group : refused(group, other.stack);
  });
  return { ...found, scans: await Promise.all(left), patched: unchanged };
}

/** What was proven together with a stack that has changed is proven no more. */
function refused(group: PatchedGroup, changed: string): PatchedGroup {
  const reason = `stack ${changed}, which has the same files, was changed while it was scanned`;
  const refusal: Patch = { status: 'refused', reason };
  const patches = new Map(
    [...group.patches].map(([finding, patch]) => [finding, patch.status === 'patchable' ? refusal : patch]),
  );
  return { ...group, patches, files: [] };
}

/**
 * The scans whose stack is another by now: what was compared with what can't be told then, nor that it is in sync. Stacks are asked
 * for together, by region and role. A stack that can't be read again is taken as unchanged: it was read a moment ago.
 */
export async function changedScans(scans: readonly StackScan[], provider: Provider): Promise<StackScan[]> {
  const changed: StackScan[] = [];
  for (const group of byPlace(scans)) {
    const versions = new Map(group.flatMap(({ judged }) => (judged ? [[judged.target.name, judged.version]] : [])));
    const names = await changedIn(group[0]?.judged?.target, versions, provider);
    changed.push(...group.filter(({ judged }) => judged && names.has(judged.target.name)));
  }
  return changed;
}

/** What is told of such a stack instead of its findings. */
export function changedError({ name, path = name, region }: Target): DriftError {
  const message = `stack ${path} in ${region} was changed while it was scanned, so nothing in it was judged`;
  return new DriftError('provider', [
    { code: 'stack-unsettled', message, hint: 'scan again when CloudFormation is done' },
  ]);
}

async function changedIn(
  place: Pick<Target, 'region' | 'roleArn'> | undefined,
  versions: ReadonlyMap<string, string>,
  provider: Provider,
): Promise<ReadonlySet<string>> {
  const none = new Set<string>();
  if (place === undefined) return none;
  try {
    return (await provider.changedStacks?.(place.region, place.roleArn, versions)) ?? none;
  } catch (error) {
    if (error instanceof DriftError) return none;
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
