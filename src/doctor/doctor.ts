import type { Config } from '../config/load.js';
import type { Target } from '../config/targets.js';
import type { Checkout } from '../git/repository.js';
import type { Provider } from '../provider/provider.js';
import { loadResourceTypes } from '../resource-type/index-file.js';
import { chooseTargets, openProvider } from '../scan/plan.js';
import { accessChecks } from './access.js';
import { type Check, failures, warning } from './check.js';
import { checkConnections, checkPlaces } from './cloud.js';
import { openChecked, readTemplates } from './repository.js';
import type { DoctorRequest } from './request.js';
import { checkGit, checkNode } from './tools.js';

/**
 * Checks what a scan needs, in the order in which it needs it: tools, repository, configuration, templates, credentials,
 * accounts, permissions, stacks. Gives one check after the other, as they are done; what depends on a failed one is left
 * out. Asks the cloud harmless questions only.
 */
export async function* diagnose(request: DoctorRequest): AsyncGenerator<Check> {
  yield checkNode(request.nodeVersion);
  const git = await checkGit();
  yield git;
  if (git.status === 'fail') return;
  const opened = await openChecked(request);
  yield* opened.checks;
  if (opened.checkout === undefined) return;
  const { checkout, config } = opened;
  let provider: Provider;
  try {
    provider = await openProvider(request, checkout, config, loadResourceTypes());
  } catch (error) {
    yield* failures('provider', error);
    return;
  }
  try {
    yield* checkStacks(request, checkout, config, provider);
  } finally {
    provider.close?.();
  }
}

async function* checkStacks(
  request: DoctorRequest,
  checkout: Checkout,
  config: Config | undefined,
  provider: Provider,
): AsyncGenerator<Check> {
  const configured = config !== undefined && config.stacks.length > 0;
  const choose = async (): Promise<Chosen> => {
    try {
      const { targets, warnings } = await chooseTargets(request, checkout, config, provider);
      return { targets, checks: warnings.map((problem) => warning('stacks', problem)) };
    } catch (error) {
      return { targets: [], checks: failures(configured ? 'configuration' : 'stacks', error) };
    }
  };
  // Configured stacks are known without a cloud; others are looked for in it, once there are credentials.
  const before = configured ? await choose() : undefined;
  yield* before?.checks ?? [];
  const roles = new Set(before?.targets.map(({ roleArn }) => roleArn) ?? []);
  const connections = await checkConnections(provider, roles.size === 0 ? new Set([undefined]) : roles);
  yield* connections.checks;
  const chosen = before ?? (yield* lookFor(request, provider, connections.accounts.size > 0, choose));
  const templates = await readTemplates(checkout, chosen.targets);
  yield* templates.checks;
  const { accounts } = connections;
  yield* checkPlaces({ provider, targets: chosen.targets, accounts, templates: templates.parsed });
}

interface Chosen {
  targets: Target[];
  checks: Check[];
}

/** Without a configuration: looks for stacks, where that is allowed. */
async function* lookFor(
  { regions = [] }: DoctorRequest,
  provider: Provider,
  connected: boolean,
  choose: () => Promise<Chosen>,
): AsyncGenerator<Check, Chosen> {
  const nothing: Chosen = { targets: [], checks: [] };
  if (!connected) return nothing;
  try {
    const region = regions[0] ?? (await provider.defaultRegion());
    if (region !== undefined && provider.checkAccess !== undefined) {
      const access = await provider.checkAccess({ region, actions: ['cloudformation:ListStacks'], resources: [] });
      yield* accessChecks(access, region, undefined);
      if (access.some(({ status }) => status === 'denied')) return nothing;
    }
  } catch (error) {
    yield* failures('region', error);
    return nothing;
  }
  const chosen = await choose();
  yield* chosen.checks;
  return chosen;
}
