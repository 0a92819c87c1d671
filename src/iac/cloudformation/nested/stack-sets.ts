import { DriftError } from '../../../base/errors.js';
import { isObject } from '../../../base/json.js';
import type { StackResource } from '../../../cloud/cloud.js';
import type { UnseenStack } from '../../../model/coverage.js';
import type { Target } from '../../../model/target.js';
import { toPlain } from '../../../value/value.js';
import type { StackContext, StackState } from '../state/model.js';
import { isStackSet, stackSetInstanceName } from '../template/nested-stack.js';

/** Where a stack set says that its instances are. */
interface Deployment {
  accounts: readonly string[];
  units: readonly string[];
  regions: readonly string[];
}

interface Instances {
  targets: Target[];
  notLooked: UnseenStack[];
}

/**
 * The stacks that a stack's stack sets have deployed into its own account, found by their names
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html), and those of them that are
 * elsewhere. Stacks are listed only where there is a stack set.
 */
export async function instancesOf(
  target: Target,
  state: StackState,
  tools: Pick<StackContext, 'stacksIn'>,
): Promise<Instances> {
  const found: Instances = { targets: [], notLooked: [] };
  for (const resource of state.deployedResources.values()) {
    if (!isStackSet(resource.type) || resource.physicalId === undefined) continue;
    const own = await instancesOfSet(target, { ...resource, physicalId: resource.physicalId }, state, tools);
    found.targets.push(...own.targets);
    found.notLooked.push(...own.notLooked);
  }
  return found;
}

async function instancesOfSet(
  target: Target,
  resource: StackResource & { physicalId: string },
  state: StackState,
  tools: Pick<StackContext, 'stacksIn'>,
): Promise<Instances> {
  const path = `${target.path ?? target.name}/${resource.logicalId}`;
  const deployments = deploymentsOf(resource, state);
  const account = state.account ?? null;
  const found: Instances = { targets: [], notLooked: elsewhere(path, deployments, account) };
  for (const region of new Set([target.region, ...deployments.flatMap(({ regions }) => regions)])) {
    const isExpected = deployments.some(
      ({ accounts, regions }) => regions.includes(region) && (account === null || accounts.includes(account)),
    );
    const own = await ownInstances(target, resource, region, tools);
    if ('names' in own) found.targets.push(...own.names.map((name) => instance(name, path, region, target)));
    const reason = 'reason' in own ? own.reason : 'no stack of its name is there';
    if (isExpected && !('names' in own && own.names.length > 0)) {
      found.notLooked.push({ name: path, region, account, reason });
    }
  }
  return found;
}

function instance(name: string, path: string, region: string, target: Target): Target {
  const { roleArn, account } = target;
  return {
    name,
    path,
    region,
    template: null,
    ancestors: [...(target.ancestors ?? []), target.template ?? target.name],
    parameters: new Map(),
    ...(account === undefined ? {} : { account }),
    ...(roleArn === undefined ? {} : { roleArn }),
  };
}

async function ownInstances(
  { roleArn }: Target,
  { physicalId }: { physicalId: string },
  region: string,
  tools: Pick<StackContext, 'stacksIn'>,
): Promise<{ names: string[] } | { reason: string }> {
  try {
    const pattern = stackSetInstanceName(physicalId);
    const stacks = await tools.stacksIn(region, roleArn);
    return { names: stacks.flatMap(({ name }) => (pattern.test(name) ? [name] : [])) };
  } catch (error) {
    if (!(error instanceof DriftError)) throw error;
    return { reason: error.problems[0]?.message ?? error.message };
  }
}

/** The instances of other accounts, which these credentials can't see. */
function elsewhere(name: string, deployments: readonly Deployment[], own: string | null): UnseenStack[] {
  return deployments.flatMap(({ accounts, units, regions }) => {
    const others = accounts.filter((account) => account !== own);
    return regions.flatMap((region): UnseenStack[] => [
      ...others.map((account) => ({ name, region, account, reason: 'the instance is in another account' })),
      ...units.map((unit) => ({ name, region, account: null, reason: `which accounts ${unit} has is not known here` })),
    ]);
  });
}

/** As they are live; where that is not known, as they are declared. */
function deploymentsOf({ logicalId }: StackResource, { live, evaluated }: StackState): Deployment[] {
  const model = live.get(logicalId);
  const declared = evaluated.resources.get(logicalId);
  const known = model?.status === 'live' ? model.properties['StackInstancesGroup'] : undefined;
  const groups =
    known ?? (declared && (toPlain(declared.properties) as Record<string, unknown>)['StackInstancesGroup']);
  return (Array.isArray(groups) ? groups : []).flatMap((group: unknown) => {
    if (!isObject(group)) return [];
    const targets = isObject(group['DeploymentTargets']) ? group['DeploymentTargets'] : {};
    return [
      {
        accounts: textsIn(targets['Accounts']),
        units: textsIn(targets['OrganizationalUnitIds']),
        regions: textsIn(group['Regions']),
      },
    ];
  });
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.flatMap((item) => (typeof item === 'string' ? [item] : [])) : [];
}
