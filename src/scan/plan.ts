import type { Problem } from '../base/errors.js';
import { groupBy } from '../base/group.js';
import type { Provider } from '../cloud/cloud.js';
import type { Place } from '../cloud/place.js';
import { readAhead } from '../cloud/read-ahead.js';
import { placesOf } from '../config/accounts.js';
import type { ConfigTree } from '../config/include.js';
import { type Scopes, scopesOf } from '../config/scopes.js';
import { type Checkout, openRepository, type Repository } from '../git/repository.js';
import type { Iac } from '../iac/iac.js';
import { DEFAULT_IAC } from '../iac/registry.js';
import type { UnscannedStack } from '../iac/wanted.js';
import type { TemplateCoverage } from '../model/coverage.js';
import type { PlaceError } from '../model/report.js';
import type { RootTarget, Target } from '../model/target.js';
import type { Maker } from '../patch/ports.js';
import { type Baselines, openBaselines } from './baselines.js';
import { chooseTargets } from './choose.js';
import { liveSourceOf, openProvider } from './provider.js';
import type { ScanRequest } from './request.js';
import { type OpenRepository, openSources } from './sources.js';

/** What is to be scanned, from where, and against what. */
export interface Plan {
  repository: Repository;
  checkout: Checkout;
  /** Makes templates of it anew, where programs that make some were run. */
  maker: Maker | undefined;
  config: ConfigTree | undefined;
  /** Which of its configurations a stack goes by. */
  scopes: Scopes;
  /** What is accepted of what no template declares. */
  baselines: Baselines;
  provider: Provider;
  /** The recorded state that is compared with, where that is a file of the repository. */
  snapshot?: string | undefined;
  iac: Iac;
  targets: RootTarget[];
  /** Stacks that are not scanned, but may share a template with one that is. */
  unscanned: UnscannedStack[];
  warnings: Problem[];
  /** Where stacks could not be looked for. */
  errors: PlaceError[];
  /** Which templates there are, and which belong to no stack. */
  templates: TemplateCoverage;
  /** All accounts and regions that are configured or have a stack to scan; some may be there more than once. */
  places: Place[];
}

/**
 * Opens the repository, reads the configuration, connects to the provider and settles which stacks to look at.
 * Throws a `DriftError` when any of that fails. The caller closes `provider`.
 */
export async function makePlan(
  request: ScanRequest,
  open: OpenRepository = openRepository,
  iac: Iac = DEFAULT_IAC,
): Promise<Plan> {
  const { repository, checkout, config, maker, warnings } = await openSources(request, open, iac);
  const baselines = await openBaselines(request, checkout, config);
  const { provider, keep } = readAhead(await openProvider(request, checkout, config, iac));
  const chosen = await chooseTargets(request, checkout, config, provider, iac);
  keep(chosen.targets);
  return {
    repository,
    checkout,
    config,
    scopes: scopesOf(config, chosen.targets),
    baselines,
    snapshot: liveSourceOf(request, config).snapshot,
    provider,
    iac,
    targets: chosen.targets,
    unscanned: chosen.unscanned,
    warnings: [...warnings, ...chosen.warnings],
    maker,
    errors: chosen.errors,
    templates: chosen.templates,
    places: [...placesOf(config?.accounts ?? [], request.regions ?? []), ...chosen.targets],
  };
}

/** What a plan says of templates, once it is known which of them nested stacks are deployed from. */
export function templatesTold(
  { warnings, templates }: Plan,
  used: ReadonlySet<string | null>,
): Pick<Plan, 'warnings' | 'templates'> {
  const skipped = templates.skipped.filter(({ file }) => !used.has(file));
  const matched = templates.matched + templates.skipped.length - skipped.length;
  const found = new Set(templates.skipped.map(({ file }) => file).filter((file) => used.has(file)));
  return {
    warnings: inFewLines(warnings.filter(({ file }) => file === undefined || !found.has(file))),
    templates: { ...templates, matched, skipped },
  };
}

/** Of files about which the same is to be said, more than this many are one warning, which names so many of them. */
const NAMED = 3;

/** What is to be said alike of many whole files is one warning. */
function inFewLines(warnings: readonly Problem[]): Problem[] {
  const alike = groupBy(warnings, ({ code, message, hint, file, line, column }) => {
    const isWhole = file !== undefined && line === undefined;
    return JSON.stringify([code, message, hint, isWhole ? '' : [file, line, column]]);
  });
  return [...alike.values()].flatMap((same) => {
    const [first] = same;
    if (first?.file === undefined || same.length <= NAMED) return same;
    const { file: _, ...rest } = first;
    const names = same.slice(0, NAMED).map(({ file }) => file);
    return { ...rest, message: `${rest.message} (${same.length} files): ${names.join(', ')}, …` };
  });
}

/** Tells whether a stack is configured or found by itself, in this scan or in one of the other stacks. */
export function scannedByThemselves({ targets, unscanned, config }: Plan): (target: Target) => boolean {
  const names = new Set([...targets, ...unscanned, ...(config?.stacks ?? [])].map(({ name }) => name));
  return ({ name }) => names.has(name);
}
