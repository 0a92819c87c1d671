import { readFile } from 'node:fs/promises';
import { DriftError, type Problem } from '../base/errors.js';
import { groupBy } from '../base/group.js';
import { BASELINE_FILE, type Baseline } from '../baseline/baseline.js';
import { readBaseline } from '../baseline/read.js';
import type { Provider } from '../cloud/cloud.js';
import type { Place } from '../cloud/place.js';
import { readAhead } from '../cloud/read-ahead.js';
import { createProvider } from '../cloud/registry.js';
import { externalIdsOf, placesOf } from '../config/accounts.js';
import { type Config, loadConfig } from '../config/load.js';
import { selectTargets } from '../config/targets.js';
import { type Checkout, openRepository, type Repository } from '../git/repository.js';
import type { Iac } from '../iac/iac.js';
import { DEFAULT_IAC } from '../iac/registry.js';
import type { Discovery, UnscannedStack } from '../iac/wanted.js';
import type { TemplateCoverage } from '../model/coverage.js';
import type { PlaceError } from '../model/report.js';
import type { RootTarget, Target } from '../model/target.js';
import type { ScanRequest } from './request.js';

export const CONFIG_FILE = 'gitops-drift.yaml';

/** Opens the repository that a request names. */
export type OpenRepository = (path: string) => Promise<Repository>;

/** What is to be scanned, from where, and against what. */
export interface Plan {
  repository: Repository;
  checkout: Checkout;
  config: Config | undefined;
  /** What is accepted of what no template declares; absent where Git has no such file. */
  baseline?: Baseline;
  provider: Provider;
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
  const baseline = await openBaseline(request, checkout, config);
  const { provider, keep } = readAhead(await openProvider(request, checkout, config, iac));
  const warnings: Problem[] = [];
  const { dirtyFiles } = checkout;
  if (dirtyFiles.length > 0) {
    const hint = 'they are part of this scan; commit them, or scan a commit with --ref HEAD';
    warnings.push({
      code: 'git-not-committed',
      message: `the work tree has uncommitted changes: ${someOf(dirtyFiles)}`,
      hint,
    });
  }
  const chosen = await chooseTargets(request, checkout, config, provider, iac);
  keep(chosen.targets);
  return {
    repository,
    checkout,
    config,
    ...(baseline === undefined ? {} : { baseline }),
    provider,
    iac,
    targets: chosen.targets,
    unscanned: chosen.unscanned,
    warnings: [...warnings, ...chosen.warnings],
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

/** The configuration that is asked for, or the one at the root where there is one. */
export async function readConfig(checkout: Checkout, path: string | undefined, iac?: Iac): Promise<Config | undefined> {
  if (path !== undefined) return loadConfig(await checkout.read(path), iac?.types);
  return (await checkout.exists(CONFIG_FILE)) ? loadConfig(await checkout.read(CONFIG_FILE), iac?.types) : undefined;
}

/** Where the baseline is, relative to the repository's root. */
export function baselinePath(config: Config | undefined): string {
  return config?.baseline ?? BASELINE_FILE;
}

/** The baseline, where there is one. Throws a `DriftError` where the configuration names one that is not there. */
export async function openBaseline(
  { recordBaseline }: Pick<ScanRequest, 'recordBaseline'>,
  checkout: Checkout,
  config: Config | undefined,
): Promise<Baseline | undefined> {
  const path = baselinePath(config);
  if (await checkout.exists(path)) return readBaseline(await checkout.read(path));
  if (config?.baseline === undefined || recordBaseline) return undefined;
  const message = `the configuration names the baseline ${path}, which does not exist`;
  throw new DriftError('config', [
    { code: 'baseline-missing', message, file: config.source.path, hint: 'write it with: gitops-drift baseline' },
  ]);
}

/** The provider that a request or the configuration names, with its snapshot read. Nothing is asked of a cloud yet. */
export async function openProvider(
  request: ScanRequest,
  checkout: Checkout,
  config: Config | undefined,
  iac: Iac = DEFAULT_IAC,
): Promise<Provider> {
  const name = request.provider ?? (request.snapshot === undefined ? config?.provider : 'snapshot') ?? 'aws';
  const snapshot = name === 'snapshot' ? await readSnapshot(request, checkout, config) : undefined;
  return createProvider(name, {
    resourceTypes: iac.types,
    ...(snapshot === undefined ? {} : { snapshot }),
    ...(request.regions?.[0] === undefined ? {} : { region: request.regions[0] }),
    ...(request.concurrency === undefined ? {} : { concurrency: request.concurrency }),
    ...(request.timeoutMs === undefined ? {} : { timeoutMs: request.timeoutMs }),
    externalIds: externalIdsOf(config?.accounts ?? []),
  });
}

async function readSnapshot(request: ScanRequest, checkout: Checkout, config: Config | undefined) {
  if (request.snapshot !== undefined) {
    const path = request.snapshot;
    const text = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
      const hint = 'record one with: gitops-drift snapshot -o live.json';
      throw new DriftError(
        'snapshot',
        [{ code: 'file-unreadable', message: `can't read the snapshot: ${cause.code}`, file: path, hint }],
        {
          cause,
        },
      );
    });
    return { path, text };
  }
  if (config?.snapshot !== undefined) return checkout.read(config.snapshot);
  const hint = 'name it with --snapshot <file>, or as "snapshot:" in the configuration';
  throw new DriftError('usage', [
    { code: 'usage-missing', message: 'the provider "snapshot" needs a snapshot file', hint },
  ]);
}

/** The stacks to look at: those that are configured, else those that templates can be matched to. */
export async function chooseTargets(
  request: ScanRequest,
  checkout: Checkout,
  config: Config | undefined,
  provider: Provider,
  iac: Iac = DEFAULT_IAC,
): Promise<Discovery> {
  const defaultRegion = await provider.defaultRegion();
  const { stacks: stackGlobs = [], regions = [] } = request;
  const filter = { stackGlobs, regions, defaultRegion };
  if (config && config.stacks.length > 0) return configured(await selectTargets(config, checkout, filter, iac));
  const accounts = config?.accounts ?? [];
  const places = accounts.length === 0 ? undefined : placesOf(accounts, regions);
  return iac.find(checkout, provider, { ...filter, places });
}

function configured(targets: RootTarget[]): Discovery {
  return { targets, warnings: [], errors: [], unscanned: [], templates: configuredTemplates(targets) };
}

function someOf(files: readonly string[]): string {
  const shown = files.slice(0, 3).join(', ');
  return files.length > 3 ? `${shown} and ${files.length - 3} more` : shown;
}

/** What is known of the templates that a configuration names: all of them are looked at. */
function configuredTemplates(targets: readonly RootTarget[]): TemplateCoverage {
  const found = new Set(targets.map(({ template }) => template)).size;
  return { found, matched: found, skipped: [] };
}
