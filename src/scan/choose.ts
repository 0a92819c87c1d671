import { DriftError, type Problem } from '../base/errors.js';
import { matchesGlob } from '../base/glob.js';
import { groupBy } from '../base/group.js';
import type { Provider } from '../cloud/cloud.js';
import { placesOf } from '../config/accounts.js';
import type { ConfigTree } from '../config/include.js';
import { type Search, searchesOf } from '../config/searches.js';
import { selectTargets } from '../config/targets.js';
import type { Checkout } from '../git/repository.js';
import type { Iac } from '../iac/iac.js';
import { DEFAULT_IAC } from '../iac/registry.js';
import { type Discovery, isWanted, type TargetFilter, unmatchedGlobs } from '../iac/wanted.js';
import type { TemplateCoverage } from '../model/coverage.js';
import type { RootTarget } from '../model/target.js';
import type { ScanRequest } from './request.js';

/** The stacks to look at: those that are configured, and in folders whose configuration names none those that templates match. */
export async function chooseTargets(
  request: ScanRequest,
  checkout: Checkout,
  config: ConfigTree | undefined,
  provider: Provider,
  iac: Iac = DEFAULT_IAC,
): Promise<Discovery> {
  const { stacks: stackGlobs = [], regions = [] } = request;
  const filter = { stackGlobs, regions, defaultRegion: await provider.defaultRegion() };
  const searches = searchesOf(checkout, config);
  const find = (search: Search) => findIn(search, provider, filter, iac);
  const [only, ...others] = searches;
  if (config === undefined || (only !== undefined && others.length === 0 && config.stacks.length === 0)) {
    return find(only ?? { accounts: [], checkout });
  }
  if (only === undefined) return configured(await selectTargets(config, checkout, filter, iac));
  const chosen = await selectSome(config, checkout, filter, iac);
  return together([chosen, ...(await Promise.all(searches.map((search) => orProblems(() => find(search)))))], filter);
}

async function findIn(
  { accounts, region, configuration, checkout }: Search,
  provider: Provider,
  filter: TargetFilter,
  iac: Iac,
): Promise<Discovery> {
  const places = accounts.length === 0 ? undefined : placesOf(accounts, filter.regions);
  const defaultRegion = region ?? filter.defaultRegion;
  const found = await iac.find(checkout, provider, { ...filter, defaultRegion, places });
  if (configuration === undefined) return found;
  return { ...found, targets: found.targets.map((target) => ({ ...target, configuration })) };
}

/** What was chosen in one of several ways, or why nothing was. */
type Chosen = Discovery | { problems: readonly Problem[] };

async function orProblems(choose: () => Promise<Discovery>): Promise<Chosen> {
  try {
    return await choose();
  } catch (error) {
    if (!(error instanceof DriftError) || error.code !== 'config') throw error;
    return { problems: error.problems };
  }
}

/** The configured stacks that are wanted, where there may be others that are only found. */
async function selectSome(config: ConfigTree, checkout: Checkout, filter: TargetFilter, iac: Iac): Promise<Chosen> {
  if (!config.stacks.some(({ name }) => isWanted(name, filter))) return { problems: [] };
  const isKnown = (glob: string) => config.stacks.some(({ name }) => matchesGlob(glob, name));
  const wanted = { ...filter, stackGlobs: filter.stackGlobs.filter(isKnown) };
  try {
    return configured(await selectTargets(config, checkout, wanted, iac));
  } catch (error) {
    // Regions that are asked for may be those of others.
    if (!(error instanceof DriftError) || error.problems.some(({ code }) => code !== 'usage-no-match')) throw error;
    return { problems: error.problems };
  }
}

/** What was chosen in several ways, as one; what found nothing is told only where all of it, or a `--stack`, came to nothing. */
function together(parts: readonly Chosen[], filter: TargetFilter): Discovery {
  const found = parts.filter((part) => 'targets' in part);
  const problems = parts.flatMap((part) => ('problems' in part ? part.problems : []));
  const { targets, warnings } = withoutRepeats(found.flatMap((part) => part.targets));
  const unmatched = targets.length === 0 ? problems : unmatchedGlobs(filter, targets, 'found');
  if (targets.length === 0 || unmatched.length > 0) throw new DriftError('config', [...unmatched]);
  const isPart = filter.stackGlobs.length > 0 || filter.regions.length > 0;
  return {
    targets,
    warnings: [...warnings, ...(isPart ? [] : problems), ...found.flatMap((part) => part.warnings)],
    errors: found.flatMap((part) => part.errors),
    unscanned: found.flatMap((part) => part.unscanned),
    templates: {
      found: found.reduce((sum, { templates }) => sum + templates.found, 0),
      matched: found.reduce((sum, { templates }) => sum + templates.matched, 0),
      skipped: found.flatMap(({ templates }) => templates.skipped),
    },
  };
}

/** Each stack once: as it is configured, where it is. One that is found from templates in several folders is none of them. */
function withoutRepeats(targets: readonly RootTarget[]): { targets: RootTarget[]; warnings: Problem[] } {
  const warnings: Problem[] = [];
  const kept = new Set(
    [...groupBy(targets, ({ name, region }) => `${region} ${name}`).values()].flatMap((same) => {
      const named = same.filter(({ parameterSources }) => parameterSources !== undefined);
      const accounts = new Set(same.map(({ account }) => account));
      if (same.length === 1 || (accounts.size === same.length && !accounts.has(undefined))) return same;
      if (named.length > 0) return named;
      const message = `stack ${same[0]?.name} could belong to any of ${same.map(({ template }) => template).join(', ')}`;
      warnings.push({ code: 'discovery-unsure', message, hint: 'name it in the configuration of its folder' });
      return [];
    }),
  );
  return { targets: targets.filter((target) => kept.has(target)), warnings };
}

function configured(targets: RootTarget[]): Discovery {
  return { targets, warnings: [], errors: [], unscanned: [], templates: configuredTemplates(targets) };
}

/** What is known of the templates that a configuration names: all of them are looked at. */
function configuredTemplates(targets: readonly RootTarget[]): TemplateCoverage {
  const found = new Set(targets.map(({ template }) => template)).size;
  return { found, matched: found, skipped: [] };
}
