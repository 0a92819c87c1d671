import type { Target } from '../config/targets.js';
import { DriftError } from '../errors.js';
import { requiredActions } from '../provider/aws/permissions.js';
import type { DeployedStack, Provider } from '../provider/provider.js';
import { loadResourceTypes } from '../resource-type/index-file.js';
import { declaredTypes } from '../template/declared-types.js';
import type { Template } from '../template/parse.js';
import { accessChecks, samplesOf } from './access.js';
import { type Check, fail, failures, ok } from './check.js';

/** The account of each role that could be had; the key undefined stands for the credentials as they are. */
type Accounts = Map<string | undefined, string | undefined>;

/** Gets credentials for each role, and asks whose they are. */
export async function checkConnections(
  provider: Provider,
  roles: ReadonlySet<string | undefined>,
): Promise<{ checks: Check[]; accounts: Accounts }> {
  const checks: Check[] = [];
  const accounts: Accounts = new Map();
  for (const role of roles) {
    try {
      const { account } = await provider.connect(role);
      accounts.set(role, account);
      const as = role === undefined ? '' : `, as ${role}`;
      const name = provider.name === 'snapshot' ? 'snapshot' : 'credentials';
      checks.push(ok(name, `account ${account ?? 'not known'}${as}`));
    } catch (error) {
      checks.push(...failures('credentials', error));
    }
  }
  return { checks, accounts };
}

interface PlacesRequest {
  provider: Provider;
  targets: readonly Target[];
  accounts: Accounts;
  templates: ReadonlyMap<string, Template>;
}

/** For each region and role: that the account is the configured one, what is permitted, and that the stacks are there. */
export async function* checkPlaces(request: PlacesRequest): AsyncGenerator<Check> {
  const { targets, accounts } = request;
  const reachable = targets.filter(({ roleArn }) => accounts.has(roleArn));
  const misplaced = reachable.filter((target) => isElsewhere(target, accounts));
  yield* misplaced.map(({ name, account, roleArn }) =>
    fail(
      'account',
      `stack ${name} is configured for account ${account}, but the credentials belong to ${accounts.get(roleArn)}`,
      'use credentials of that account, or give the stack a roleArn in it',
    ),
  );
  const places = new Map<string, Target[]>();
  for (const target of reachable) {
    if (misplaced.includes(target)) continue;
    const key = JSON.stringify([target.roleArn, target.region]);
    places.set(key, [...(places.get(key) ?? []), target]);
  }
  for (const ofPlace of places.values()) yield* checkPlace(ofPlace, request);
}

function isElsewhere({ account, roleArn }: Target, accounts: Accounts): boolean {
  const actual = accounts.get(roleArn);
  return account !== undefined && actual !== undefined && account !== actual;
}

async function* checkPlace(targets: readonly Target[], request: PlacesRequest): AsyncGenerator<Check> {
  const { provider, accounts } = request;
  const [first] = targets;
  if (first === undefined) return;
  const { region, roleArn } = first;
  const probe = { region, roleArn, stack: first.name };
  const denied = new Set<string>();
  try {
    const access =
      (await provider.checkAccess?.({ ...probe, actions: actionsFor(targets, request), resources: [] })) ?? [];
    yield* accessChecks(access, region, roleArn);
    for (const { action, status } of access) if (status === 'denied' && action !== undefined) denied.add(action);
  } catch (error) {
    yield* failures('region', error);
    return;
  }
  if (READS_STACKS.some((action) => denied.has(action))) return;
  const stacks: DeployedStack[] = [];
  for (const outcome of await Promise.allSettled(targets.map((target) => provider.readStack(target)))) {
    if (outcome.status === 'fulfilled') stacks.push(outcome.value);
    else yield* failures('stack', outcome.reason);
  }
  if (stacks.length > 0) yield ok('stacks', `${stacks.length} of ${targets.length} are deployed in ${region}`);
  if (provider.checkAccess === undefined || denied.has('cloudformation:GetResource')) return;
  const resources = samplesOf(stacks, { region, accountId: accounts.get(roleArn) });
  if (resources.length === 0) return;
  try {
    yield* accessChecks(await provider.checkAccess({ ...probe, actions: [], resources }), region, roleArn);
  } catch (error) {
    if (!(error instanceof DriftError)) throw error;
    yield* failures('permission', error);
  }
}

/** Without these, nothing of a stack can be read. */
const READS_STACKS = ['cloudformation:DescribeStacks', 'cloudformation:ListStackResources'];

function actionsFor(targets: readonly Target[], { templates }: PlacesRequest): string[] {
  const index = loadResourceTypes();
  const used = targets.flatMap(({ template }) => templates.get(template) ?? []);
  const unknown = used.flatMap(declaredTypes).filter((type) => !type.startsWith('Custom::') && !index.get(type));
  const imports = used.some(({ usesImports }) => usesImports);
  const { ofStacks, ofRegions } = requiredActions({ stacks: targets, imports }, unknown);
  return [...ofStacks, ...ofRegions];
}
