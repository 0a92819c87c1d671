import { readFile } from 'node:fs/promises';
import { DriftError, type Problem } from '../base/errors.js';
import { groupBy } from '../base/group.js';
import { systemReason } from '../base/system-reason.js';
import type { Provider } from '../cloud/cloud.js';
import type { Place } from '../cloud/place.js';
import { readAhead } from '../cloud/read-ahead.js';
import { createProvider } from '../cloud/registry.js';
import { externalIdsOf, placesOf } from '../config/accounts.js';
import { findConfig } from '../config/find.js';
import { type ConfigTree, loadConfigTree } from '../config/include.js';
import { withMadeStacks } from '../config/made.js';
import { type Scopes, scopesOf } from '../config/scopes.js';
import { type Checkout, openRepository, type Repository } from '../git/repository.js';
import type { Iac } from '../iac/iac.js';
import { DEFAULT_IAC } from '../iac/registry.js';
import type { UnscannedStack } from '../iac/wanted.js';
import type { TemplateCoverage } from '../model/coverage.js';
import type { PlaceError } from '../model/report.js';
import type { RootTarget, Target } from '../model/target.js';
import { type Baselines, openBaselines } from './baselines.js';
import { chooseTargets } from './choose.js';
import type { ScanRequest } from './request.js';

/** Opens the repository that a request names. */
export type OpenRepository = (path: string) => Promise<Repository>;

/** What is to be scanned, from where, and against what. */
export interface Plan {
  repository: Repository;
  checkout: Checkout;
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
  const repository = await open(request.repository);
  const checkout = await repository.checkout(request.ref);
  const config = await readConfig(checkout, request.config, iac);
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
    warnings: chosen.warnings,
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

/** The configuration that is asked for, or the nearest to the folder that is scanned, with those of folders that it includes. */
export async function readConfig(
  checkout: Checkout,
  asked: string | undefined,
  iac?: Iac,
): Promise<ConfigTree | undefined> {
  const path = await findConfig(checkout, asked);
  if (path === undefined) return undefined;
  const config = await loadConfigTree(checkout, path, iac?.types);
  const hasApps = [config, ...config.folders].some(({ apps }) => apps.length > 0);
  return hasApps ? withMadeStacks(config, checkout, iac ?? DEFAULT_IAC) : config;
}

/** The provider that a request or the configuration names, with its snapshot read. Nothing is asked of a cloud yet. */
export async function openProvider(
  request: ScanRequest & { writes?: boolean },
  checkout: Checkout,
  config: ConfigTree | undefined,
  iac: Iac = DEFAULT_IAC,
): Promise<Provider> {
  const configured = liveSourceOf(request, config);
  const name = request.provider ?? (request.snapshot === undefined ? configured.provider : 'snapshot') ?? 'aws';
  const snapshot = name === 'snapshot' ? await readSnapshot(request, checkout, configured) : undefined;
  return createProvider(name, {
    resourceTypes: iac.types,
    ...(snapshot === undefined ? {} : { snapshot }),
    ...(request.regions?.[0] === undefined ? {} : { region: request.regions[0] }),
    ...(request.concurrency === undefined ? {} : { concurrency: request.concurrency }),
    ...(request.timeoutMs === undefined ? {} : { timeoutMs: request.timeoutMs }),
    ...(request.whoBudget === undefined ? {} : { whoBudget: request.whoBudget }),
    ...(request.writes ? { writes: true } : {}),
    externalIds: externalIdsOf(config?.accounts ?? []),
  });
}

/** What configurations say of where live state comes from. */
interface LiveSource {
  provider?: string | undefined;
  snapshot?: string | undefined;
}

/** What the folders that are scanned together say of it, or by default the root's. All have to say the same. */
export function liveSourceOf({ provider, snapshot }: ScanRequest, config: ConfigTree | undefined): LiveSource {
  if (config === undefined) return {};
  if (config.folders.length === 0 || provider !== undefined || snapshot !== undefined) return config;
  const isAlone = config.stacks.some(({ source }) => source === config.source);
  const said = [...(isAlone ? [config] : []), ...config.folders].map(({ source, ...own }) => ({
    file: source.path,
    source: { provider: own.provider ?? config.provider, snapshot: own.snapshot ?? config.snapshot },
  }));
  const [first, ...others] = said;
  const key = (each: LiveSource | undefined) => JSON.stringify([each?.provider ?? 'aws', each?.snapshot]);
  const other = others.find((each) => key(each.source) !== key(first?.source));
  if (first === undefined || other === undefined) return first?.source ?? {};
  const message = `${first.file} and ${other.file} say different things of where live state comes from`;
  const hint = 'scan these folders one by one, or say it for all with --provider or --snapshot';
  throw new DriftError('config', [{ code: 'config-two-providers', message, hint }]);
}

async function readSnapshot(request: ScanRequest, checkout: Checkout, configured: LiveSource) {
  if (request.snapshot !== undefined) {
    const path = request.snapshot;
    const text = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
      const hint = 'record one with: gitops-drift snapshot -o live.json';
      throw new DriftError(
        'snapshot',
        [{ code: 'file-unreadable', message: `can't read the snapshot: ${systemReason(cause)}`, file: path, hint }],
        {
          cause,
        },
      );
    });
    return { path, text };
  }
  if (configured.snapshot !== undefined) return checkout.read(configured.snapshot);
  const hint = 'name it with --snapshot <file>, or as "snapshot:" in the configuration';
  throw new DriftError('usage', [
    { code: 'usage-missing', message: 'the provider "snapshot" needs a snapshot file', hint },
  ]);
}
