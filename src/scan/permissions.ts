import { DriftError, type Problem } from '../base/errors.js';
import { accountOfRole } from '../cloud/account-of-role.js';
import { leastPolicy, type Needs, type StackPattern } from '../cloud/aws/iam/permissions.js';
import type { Policy } from '../cloud/aws/iam/policy.js';
import { type AccountConfig, accountNamed, externalIdsOf, placesOf } from '../config/accounts.js';
import type { ConfigTree } from '../config/include.js';
import { type Search, searchesOf } from '../config/searches.js';
import { type LocatedStack, locateStacks } from '../config/targets.js';
import type { Checkout } from '../git/repository.js';
import { DEFAULT_IAC } from '../iac/registry.js';
import type { Surveyed, TemplateTrees } from '../iac/survey.js';
import { liveSourceOf } from './provider.js';
import type { ScanRequest } from './request.js';
import { openSources } from './sources.js';

/** Which policy is wanted: of a scan with such a request. */
export type PermissionsRequest = Pick<
  ScanRequest,
  'repository' | 'ref' | 'config' | 'stacks' | 'regions' | 'provider' | 'crossCheck' | 'unmanaged' | 'who' | 'synthesis'
> & {
  /** Whether drift is undone, too. */
  reverts?: boolean | undefined;
  /**
   * Whose policy: that of a role by its ARN, or of what an account, by its ID or name, is read as, or with `caller` that
   * of the credentials as they are; default what all of them need together.
   */
  principal?: string | undefined;
};

/** The credentials as they are. */
const CALLER = 'caller';

/** What is read, by whom: the ARN of a role, or the caller. */
interface Work {
  /** Stacks that the configuration names. */
  stacks: LocatedStack[];
  /** Who looks for stacks, where the configuration names none. */
  finders: string[];
  /** Who looks for what no stack owns. */
  sweepers: string[];
}

/**
 * The least IAM policy that a scan of this repository needs: of its configured stacks, or without such of all its
 * templates. Nothing is asked of a cloud. Throws a `DriftError` where configuration or templates are bad.
 */
export async function scanPermissions(request: PermissionsRequest): Promise<{ policy: Policy; warnings: Problem[] }> {
  const { checkout, config, warnings: told } = await openSources(request);
  const searches = searchesOf(checkout, config);
  const work = workOf(request, searches, config);
  const roles = rolesOf(work);
  const principal = principalOf(request, config, roles);
  const isWanted = (reader: string) => principal === undefined || reader === principal;
  const stacks = work.stacks.filter(({ stack }) => isWanted(stack.roleArn ?? CALLER));
  const findsStacks = work.finders.some(isWanted);
  const { trees, broken } = await templatesOf(checkout, stacks, findsStacks ? searches : []);
  const templates = [...trees.values()].flat();
  const externalIds = externalIdsOf(config?.accounts ?? []);
  const needs: Needs = {
    stacks: findsStacks ? 'all' : stacks.flatMap((each) => patternsOf(each, trees)),
    types: [...new Set(templates.flatMap((template) => template.types))].sort(),
    imports: templates.some(({ usesImports }) => usesImports),
    zones: templates.some(({ usesZones }) => usesZones),
    judges: judgesOf(request, config),
    unmanaged: work.sweepers.some(isWanted),
    reverts: request.reverts,
    who: (request.who ?? false) && (findsStacks || stacks.length > 0),
    roles: isWanted(CALLER) ? roles.map((arn) => ({ arn, externalId: externalIds.get(arn) })) : [],
  };
  const { policy, warnings } = leastPolicy(needs, DEFAULT_IAC.types);
  return { policy, warnings: [...told, ...broken, ...warnings, ...unknownChildren(trees)] };
}

/** Throws a `DriftError` for stacks and regions that are asked for and not configured. */
function workOf(
  { stacks: stackGlobs = [], regions = [], unmanaged }: PermissionsRequest,
  searches: readonly Search[],
  config?: ConfigTree,
): Work {
  const configured = config !== undefined && config.stacks.length > 0;
  // Where the region is the environment's to say, it may be any.
  const { located, problems } = configured
    ? locateStacks(config, { stackGlobs, regions, defaultRegion: '*' })
    : { located: [], problems: [] };
  // What is not configured may be found.
  if (problems.length > 0 && searches.length === 0) throw new DriftError('config', problems);
  const readersOf = (accounts: readonly AccountConfig[]) =>
    placesOf(accounts, regions).map(({ roleArn }) => roleArn ?? CALLER);
  const finders = searches.flatMap(({ accounts }) => (accounts.length === 0 ? [CALLER] : readersOf(accounts)));
  if (located.length === 0 && finders.length === 0) {
    const message = `--region ${regions.join(', ')}: the configured accounts have none of these regions`;
    throw new DriftError('config', [{ code: 'region-missing', message }]);
  }
  const readers = located.map(({ stack }) => stack.roleArn ?? CALLER);
  const looked = [...readersOf(config?.accounts ?? []), ...readers, ...finders];
  return { stacks: located, finders, sweepers: unmanaged ? looked : [] };
}

/** The roles that the work takes, once each. */
function rolesOf({ stacks, finders, sweepers }: Work): string[] {
  const readers = [...stacks.map(({ stack }) => stack.roleArn ?? CALLER), ...finders, ...sweepers];
  return [...new Set(readers)].filter((reader) => reader !== CALLER);
}

/** The role that a principal stands for. Throws a `DriftError` where nothing is read as it. */
function principalOf(
  { principal }: PermissionsRequest,
  config: ConfigTree | undefined,
  roles: readonly string[],
): string | undefined {
  const account = accountNamed(config?.accounts ?? [], principal);
  const role = account === undefined ? principal : (account.roleArn ?? CALLER);
  if (role === undefined || role === CALLER || roles.includes(role)) return role;
  const hint = `"${CALLER}" stands for the credentials as they are; roles: ${roles.join(', ') || 'none'}`;
  throw new DriftError('config', [
    { code: 'usage-no-match', message: `--for ${principal}: nothing is read as this role`, hint },
  ]);
}

function judgesOf(
  { repository, provider, crossCheck }: PermissionsRequest,
  config: ConfigTree | undefined,
): Needs['judges'] {
  if (crossCheck) return 'both';
  return (provider ?? liveSourceOf({ repository, provider }, config).provider) === 'cloudformation' ? 'aws' : 'own';
}

/** The templates that are read, each with those nested in it; where stacks are looked for, that may be any there. */
async function templatesOf(
  checkout: Checkout,
  stacks: readonly LocatedStack[],
  searches: readonly Search[],
): Promise<Surveyed> {
  const { survey } = DEFAULT_IAC;
  const surveyed = await Promise.all(searches.map((search) => survey(search.checkout)));
  const named = new Set(stacks.map(({ stack }) => stack.template));
  if (named.size > 0 || searches.length === 0) surveyed.push(await survey(checkout, named));
  return {
    trees: new Map(surveyed.flatMap(({ trees }) => [...trees])),
    broken: surveyed.flatMap(({ broken }) => broken),
  };
}

function patternsOf({ stack, region }: LocatedStack, trees: TemplateTrees): StackPattern[] {
  const { name, template, roleArn, account = accountOfRole(roleArn) } = stack;
  const place = { region, account };
  const tree = trees.get(template) ?? [];
  // CloudFormation calls a nested stack `parent-LogicalId-ID`, and a stack set's `StackSet-Name-ID`.
  return [
    { name, ...place },
    ...(tree.some(({ nests }) => nests) ? [{ name: `${name}-*`, ...place }] : []),
    ...(tree.some(({ spreads }) => spreads) ? [{ name: 'StackSet-*', account }] : []),
  ];
}

/** The types in templates that are elsewhere are not known here. */
function unknownChildren(trees: TemplateTrees): Problem[] {
  const nesting = [...trees.values()].flat().filter(({ isOpen }) => isOpen);
  if (nesting.length === 0) return [];
  const files = [...new Set(nesting.map(({ path }) => path))].join(', ');
  const message = `what the stacks hold that are deployed from elsewhere by ${files} is not known here`;
  const hint = "add what reading their resources takes, or attach AWS's ReadOnlyAccess";
  return [{ code: 'permissions-incomplete', message, hint }];
}
