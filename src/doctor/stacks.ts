import { requiredActions } from '../cloud/aws/iam/required-actions.js';
import { REVERT_READS, REVERT_WRITES } from '../cloud/aws/iam/revert-actions.js';
import type { DeployedStack, Provider, StackTarget } from '../cloud/cloud.js';
import { DEFAULT_IAC } from '../iac/registry.js';
import type { TemplateTrees } from '../iac/survey.js';
import type { RootTarget } from '../model/target.js';
import { acceptChecks, deniedTypes, type Unread, unreadTypes } from './accept.js';
import { accessChecks, samplesOf } from './access.js';
import { type Check, failures, ok, warn } from './check.js';
import type { Accounts } from './connections.js';
import { actionsOfPlace, deniedAction, type OpenPlace, placeKey } from './places.js';
import type { Purposes } from './purposes.js';

interface StacksRequest {
  provider: Provider;
  targets: readonly RootTarget[];
  places: readonly OpenPlace[];
  accounts: Accounts;
  trees: TemplateTrees;
  purposes: Purposes;
}

const TYPES = DEFAULT_IAC.types;

/** Without these, nothing of a stack can be read. */
const READS_STACKS = ['cloudformation:DescribeStacks', 'cloudformation:ListStackResources'];

/** For each region and role that answers: what is permitted, that the stacks are there, and of each type one resource. */
export async function* checkStacks(request: StacksRequest): AsyncGenerator<Check> {
  const unread: Unread[] = [];
  for (const place of request.places) {
    const targets = request.targets.filter((target) => placeKey(target) === placeKey(place));
    if (targets.length > 0) unread.push(...(yield* checkStacksIn(place, targets, request)));
  }
  yield* acceptChecks(unread);
}

/** Gives what a scan would not read. */
async function* checkStacksIn(
  place: OpenPlace,
  targets: readonly RootTarget[],
  request: StacksRequest,
): AsyncGenerator<Check, Unread[]> {
  const { provider, accounts, purposes } = request;
  const { region, roleArn } = place;
  const probe = { region, roleArn, stack: targets[0]?.name };
  const done = actionsOfPlace(purposes);
  const actions = actionsFor(targets, request).filter((action) => !done.includes(action));
  const denied = new Set(place.denied);
  try {
    const access = (await provider.checkAccess?.({ ...probe, actions, resources: [] })) ?? [];
    yield* accessChecks(access, region, roleArn);
    for (const action of access.flatMap(deniedAction)) denied.add(action);
  } catch (error) {
    yield* failures('region', error);
    return [];
  }
  if (purposes.reverts) yield untriedWrites(place);
  if (READS_STACKS.some((action) => denied.has(action) && !done.includes(action))) return [];
  const found = await readStacks(provider, targets);
  yield* found.checks;
  const nested = await readNested(provider, found.stacks);
  yield* nested.checks;
  const { length } = found.stacks;
  const children = nested.stacks.length === 0 ? '' : `, ${nested.stacks.length} nested in them`;
  if (length > 0) yield ok('stacks', `${length} of ${targets.length} are deployed in ${region}${children}`);
  // Only Cloud Control reads a resource without leaving a trace; drift detection shows in the console.
  const stacks = [...found.stacks, ...nested.stacks];
  if (purposes.judges === 'aws') return [];
  if (provider.checkAccess === undefined) return unreadTypes(provider, stacks);
  if (denied.has('cloudformation:GetResource')) return [];
  const resources = samplesOf(stacks, TYPES, { region, accountId: accounts.get(roleArn) });
  if (resources.length === 0) return [];
  try {
    const access = await provider.checkAccess({ ...probe, actions: [], resources });
    yield* accessChecks(access, region, roleArn);
    return deniedTypes(access);
  } catch (error) {
    yield* failures('permission', error);
    return [];
  }
}

/** This command changes nothing, not even for a try. */
function untriedWrites({ region, roleArn }: OpenPlace): Check {
  const where = `in ${region}${roleArn === undefined ? '' : `, as ${roleArn}`}`;
  const message = `${REVERT_WRITES.join(', ')} are not tried ${where}, since they change something`;
  return warn('permission', message, 'gitops-drift revert without options makes a change set, shows it and deletes it');
}

interface ReadStacks {
  stacks: DeployedStack[];
  checks: Check[];
}

async function readStacks(provider: Provider, targets: readonly StackTarget[]): Promise<ReadStacks> {
  const read: ReadStacks = { stacks: [], checks: [] };
  for (const outcome of await Promise.allSettled(targets.map((target) => provider.readStack(target)))) {
    if (outcome.status === 'fulfilled') read.stacks.push(outcome.value);
    else read.checks.push(...failures('stack', outcome.reason));
  }
  return read;
}

/** The stacks nested in these, which a scan goes on to, to any depth. */
async function readNested(provider: Provider, stacks: readonly DeployedStack[]): Promise<ReadStacks> {
  const children = stacks.flatMap(DEFAULT_IAC.nestedIn);
  if (children.length === 0) return { stacks: [], checks: [] };
  const read = await readStacks(provider, children);
  const deeper = await readNested(provider, read.stacks);
  return { stacks: [...read.stacks, ...deeper.stacks], checks: [...read.checks, ...deeper.checks] };
}

function actionsFor(targets: readonly RootTarget[], { trees, purposes }: StacksRequest): string[] {
  const used = targets.flatMap(({ template }) => trees.get(template) ?? []);
  const isUnknown = (type: string) => !type.startsWith('Custom::') && TYPES.get(type) === undefined;
  const types = used.flatMap((template) => template.types);
  const unknownTypes = types.some(isUnknown);
  const owners = types.some((type) => TYPES.childKindsOf(type).length > 0);
  const imports = used.some(({ usesImports }) => usesImports);
  const zones = used.some(({ usesZones }) => usesZones);
  const { ofStacks, ofRegions } = requiredActions({
    ...purposes,
    ...{ readsStacks: true, imports, zones, owners, unknownTypes },
  });
  return [...ofStacks, ...ofRegions, ...(purposes.reverts ? REVERT_READS : [])];
}
