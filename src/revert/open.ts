import { DriftError } from '../base/errors.js';
import { accountOfRole } from '../cloud/account-of-role.js';
import type { ChangeSets } from '../cloud/change-sets.js';
import type { Provider, StackTarget } from '../cloud/cloud.js';
import type { ConfigTree } from '../config/include.js';
import { type Checkout, openRepository } from '../git/repository.js';
import type { Iac } from '../iac/iac.js';
import { DEFAULT_IAC } from '../iac/registry.js';
import type { StackReport } from '../model/report.js';
import { openProvider } from '../scan/provider.js';
import type { ScanRequest } from '../scan/request.js';
import { readConfig, writtenConfig } from '../scan/sources.js';

/** Which cloud to change, and as whom. */
export interface RevertRequest extends ScanRequest {
  /** The role to make change sets as; default: the one that a stack is read as. */
  role?: string | undefined;
}

/** What changes the cloud, opened. */
export interface Reverting {
  provider: Provider;
  changeSets: ChangeSets;
  iac: Iac;
  /** A stack of a report as the cloud calls it, and as whom to ask. */
  targetOf(stack: Pick<StackReport, 'name' | 'deployedAs' | 'region' | 'account'>): StackTarget;
  /** As whom to ask in an account, where the stack is not known. */
  roleIn(account: string, region: string): string | undefined;
}

/** Opens the cloud that a repository is deployed to, for changing it. Throws a `DriftError` where that can't be. */
export async function openReverting(request: RevertRequest): Promise<Reverting> {
  const checkout = await (await openRepository(request.repository)).checkout(request.ref);
  const config = await knownConfig(checkout, request.config);
  const provider = await openProvider({ ...request, writes: true }, checkout, config);
  const { changeSets } = provider;
  if (changeSets === undefined) {
    provider.close?.();
    const message = `nothing can be changed through the provider ${provider.name}`;
    const hint = 'undo drift where the stacks are: gitops-drift revert --provider aws';
    throw new DriftError('usage', [{ code: 'revert-unsupported', message, hint }]);
  }
  return {
    provider,
    changeSets,
    iac: DEFAULT_IAC,
    targetOf(stack) {
      const { name, deployedAs = name, region } = stack;
      const roleArn = request.role ?? configuredRole(config, stack);
      return { name: deployedAs, region, ...(roleArn === undefined ? {} : { roleArn }) };
    },
    roleIn: (account, region) => request.role ?? roleOfAccount(config, account, region),
  };
}

/**
 * The configuration with the stacks of its apps; where these have made nothing yet, without them: which stacks there are,
 * the report says or the scan, which may run the apps.
 */
async function knownConfig(checkout: Checkout, asked: string | undefined): Promise<ConfigTree | undefined> {
  try {
    return await readConfig(checkout, asked);
  } catch (error) {
    if (!(error instanceof DriftError) || !error.problems.some(({ code }) => code === 'cdk-no-assembly')) throw error;
    return writtenConfig(checkout, asked);
  }
}

/** The role that a stack is read as, or what it is nested in; of one that was found, its app's or its account's. */
function configuredRole(
  config: ConfigTree | undefined,
  { name, region, account }: Pick<StackReport, 'name' | 'region' | 'account'>,
): string | undefined {
  const [root = name] = name.split('/');
  const stack = config?.stacks.find((each) => {
    const isThere = each.regions?.includes(region) ?? (each.region === undefined || each.region === region);
    const isTheirs = account === null || each.account === undefined || each.account === account;
    return each.name === root && isThere && isTheirs;
  });
  if (stack !== undefined && (stack.roleArn !== undefined || stack.template !== '')) return stack.roleArn;
  return roleOfApps(config, account) ?? config?.accounts.find(({ id }) => id === account)?.roleArn;
}

/** The one role of an account that apps have. */
function roleOfApps(config: ConfigTree | undefined, account: string | null): string | undefined {
  const apps = config === undefined ? [] : [config, ...config.folders].flatMap((each) => each.apps);
  const roles = new Set(apps.flatMap(({ roleArn = '' }) => (accountOfRole(roleArn) === account ? [roleArn] : [])));
  return roles.size === 1 ? [...roles][0] : undefined;
}

/** The one role that there is for an account: its own, or that of its stacks or apps. */
function roleOfAccount(config: ConfigTree | undefined, account: string, region: string): string | undefined {
  const own = config?.accounts.find(({ id }) => id === account)?.roleArn;
  if (own !== undefined) return own;
  const there = (config?.stacks ?? []).filter((each) => each.account === account && (each.region ?? region) === region);
  if (there.length === 0) return roleOfApps(config, account);
  const roles = new Set(there.map(({ roleArn }) => roleArn));
  return roles.size === 1 ? [...roles][0] : undefined;
}
