import type { Problem } from '../base/errors.js';
import { findConfig } from '../config/find.js';
import { type ConfigTree, loadConfigTree } from '../config/include.js';
import { withMadeStacks } from '../config/made.js';
import { type Checkout, openRepository, type Repository } from '../git/repository.js';
import type { Iac } from '../iac/iac.js';
import { DEFAULT_IAC } from '../iac/registry.js';
import type { MakingProgram } from '../iac/synthesis.js';
import type { Maker } from '../patch/ports.js';
import type { ScanRequest } from './request.js';

/** Opens the repository that a request names. */
export type OpenRepository = (path: string) => Promise<Repository>;

/** Where to read, and what of it may be run. */
export type SourceRequest = Pick<ScanRequest, 'repository' | 'ref' | 'config' | 'synthesis' | 'onOutput' | 'signal'>;

/** What a scan reads of a repository. */
export interface Sources {
  repository: Repository;
  /** With what programs have made, where they were run. */
  checkout: Checkout;
  config: ConfigTree | undefined;
  maker: Maker | undefined;
  warnings: Problem[];
}

/**
 * Opens the repository, reads the configuration, and runs the programs in it that may be run. Throws a `DriftError` when any
 * of that fails.
 */
export async function openSources(
  request: SourceRequest,
  open: OpenRepository = openRepository,
  iac: Iac = DEFAULT_IAC,
): Promise<Sources> {
  const repository = await open(request.repository);
  const checkout = await repository.checkout(request.ref);
  return { repository, ...(await readSources(request, repository, checkout, iac)) };
}

/** What is in a repository that is open. Throws a `DriftError` as `openSources` does. */
export async function readSources(
  { config: asked, synthesis, signal, onOutput }: SourceRequest,
  repository: Repository,
  checkout: Checkout,
  iac: Iac = DEFAULT_IAC,
): Promise<Omit<Sources, 'repository'>> {
  const written = await writtenConfig(checkout, asked, iac);
  const programs = written === undefined ? [] : programsOf(written);
  if (programs.length === 0 && synthesis !== 'all')
    return { checkout, config: written, maker: undefined, warnings: [] };
  const made = await iac.synthesise({
    programs,
    checkout,
    signal,
    onOutput,
    allowed: synthesis,
    root: repository.bare ? undefined : repository.root,
    dirtyFiles: async () => (await repository.checkout()).dirtyFiles,
  });
  return {
    checkout: made.checkout,
    config: written && (await withApps(written, made.checkout, iac)),
    maker: made.maker,
    warnings: made.warnings,
  };
}

/**
 * The configuration that is asked for, or the nearest to the folder that is scanned, with those of folders that it
 * includes, and the stacks of its apps. Throws a `DriftError` where any of it is bad.
 */
export async function readConfig(
  checkout: Checkout,
  asked: string | undefined,
  iac?: Iac,
): Promise<ConfigTree | undefined> {
  const written = await writtenConfig(checkout, asked, iac);
  return written && withApps(written, checkout, iac);
}

/** The same as it is written, without the stacks of apps. */
export async function writtenConfig(
  checkout: Checkout,
  asked: string | undefined,
  iac?: Iac,
): Promise<ConfigTree | undefined> {
  const path = await findConfig(checkout, asked);
  return path === undefined ? undefined : loadConfigTree(checkout, path, iac?.types);
}

function withApps(config: ConfigTree, checkout: Checkout, iac: Iac = DEFAULT_IAC): Promise<ConfigTree> | ConfigTree {
  const hasApps = [config, ...config.folders].some(({ apps }) => apps.length > 0);
  return hasApps ? withMadeStacks(config, checkout, iac) : config;
}

function programsOf(config: ConfigTree): MakingProgram[] {
  const apps = new Set([config, ...config.folders].flatMap((each) => each.apps));
  return [...apps].map(({ app, out, run, timeout, folder, source }) => ({
    file: source.path,
    folder,
    out: out[0] ?? '',
    words: app,
    run,
    timeout,
  }));
}
