import { CONFIG_FILE } from '../config/find.js';
import type { ConfigTree } from '../config/include.js';
import type { Config } from '../config/load.js';
import { type Checkout, openRepository, type Repository } from '../git/repository.js';
import { isShallowClone } from '../git/shallow.js';
import { DEFAULT_IAC } from '../iac/registry.js';
import type { TemplateTrees } from '../iac/survey.js';
import type { RootTarget } from '../model/target.js';
import { baselinePath, openBaseline } from '../scan/baselines.js';
import { readSources } from '../scan/sources.js';
import { type Check, failures, ok, warn, warning } from './check.js';
import type { DoctorRequest } from './request.js';

/** What could be opened, as far as it went. */
interface Opened {
  checks: Check[];
  checkout?: Checkout;
  config?: ConfigTree | undefined;
}

/** Opens the repository and reads the configuration; without a `checkout`, there is nothing to go on with. */
export async function openChecked(request: DoctorRequest): Promise<Opened> {
  const checks: Check[] = [];
  let repository: Repository;
  let files: Checkout;
  try {
    repository = await openRepository(request.repository);
    files = await repository.checkout(request.ref);
    const commit = files.commit?.slice(0, 10) ?? 'no commit';
    const dirty = files.dirty ? ', with uncommitted changes' : '';
    checks.push(ok('repository', `${repository.root} at ${commit}${dirty}`));
    if (await isShallowClone(repository.root)) {
      const message = 'this is a shallow clone: who last changed a line can be told for recent changes only';
      checks.push(warn('history', message, 'run: git fetch --unshallow (in CI, check out with fetch-depth: 0)'));
    }
  } catch (error) {
    return { checks: failures('repository', error) };
  }
  try {
    const { checkout, config, warnings } = await readSources(request, repository, files);
    checks.push(
      configured(config),
      ...warnings.map((each) => warning('configuration', each)),
      ...(await baselineChecks(checkout, config)),
    );
    for (const folder of config?.folders ?? []) checks.push(...(await ownBaselineChecks(checkout, folder)));
    return { checks, checkout, config };
  } catch (error) {
    return { checks: [...checks, ...failures('configuration', error)] };
  }
}

/** A baseline that can't be read stops a scan; without one, a scan sees less. */
async function baselineChecks(checkout: Checkout, config: Config | undefined): Promise<Check[]> {
  try {
    const baseline = await openBaseline({}, checkout, config);
    if (baseline !== undefined) {
      return [ok('baseline', `${baselinePath(config)}, ${counted(baseline.entries.size, 'resource')}`)];
    }
    const message = 'there is none: of what no template declares, only what is open or off by itself is reported';
    return [ok('baseline', `${message} (gitops-drift baseline writes one)`)];
  } catch (error) {
    return failures('baseline', error);
  }
}

/** A folder without a baseline of its own goes by that of the whole scan. */
async function ownBaselineChecks(checkout: Checkout, folder: Config): Promise<Check[]> {
  const isThere = folder.baseline !== undefined || (await checkout.exists(baselinePath(folder)));
  return isThere ? baselineChecks(checkout, folder) : [];
}

function configured(config: ConfigTree | undefined): Check {
  if (config === undefined) {
    const message = `there is no ${CONFIG_FILE}; templates are matched to deployed stacks by name and resources`;
    return ok('configuration', `${message} (gitops-drift init writes one)`);
  }
  const { stacks, accounts, only } = config;
  const { source } = only ?? config;
  const folders = only === undefined ? config.folders : [];
  const counts = [
    ...(folders.length === 0 ? [] : [`with ${counted(folders.length, 'folder')}`]),
    counted(stacks.length, 'stack'),
    ...(accounts.length === 0 ? [] : [counted(accounts.length, 'account')]),
  ];
  return ok('configuration', `${source.path}, ${counts.join(', ')}`);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** Parses the templates of all targets with those nested in them, once each. */
export async function readTemplates(
  checkout: Checkout,
  targets: readonly RootTarget[],
): Promise<{ checks: Check[]; trees: TemplateTrees }> {
  const checks: Check[] = [];
  const trees: TemplateTrees = new Map();
  for (const path of new Set(targets.map(({ template }) => template))) {
    try {
      const surveyed = await DEFAULT_IAC.survey(checkout, new Set([path]));
      for (const [root, tree] of surveyed.trees) trees.set(root, tree);
    } catch (error) {
      checks.push(...failures('template', error));
    }
  }
  const read = new Set([...trees.values()].flatMap((tree) => tree.map((template) => template.path)));
  if (checks.length === 0 && read.size > 0) checks.push(ok('templates', `${read.size} read`));
  return { checks, trees };
}
