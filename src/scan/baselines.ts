import { DriftError } from '../base/errors.js';
import { BASELINE_FILE, type Baseline } from '../baseline/baseline.js';
import { readBaseline } from '../baseline/read.js';
import type { ConfigTree } from '../config/include.js';
import type { Config } from '../config/load.js';
import { pathFrom } from '../git/file-tree.js';
import type { Checkout } from '../git/repository.js';
import type { ScanRequest } from './request.js';

/** What is accepted of what no template declares, by the configuration that says so. */
export interface Baselines {
  /** Where that of the whole scan is, relative to the repository's root. */
  readonly path: string;
  /** That of the whole scan; absent where Git has no such file. */
  readonly root?: Baseline;
  /** Of all that there are. */
  readonly paths: readonly string[];
  /** Whether a folder has one of its own. */
  isOwn(config: Config | undefined): boolean;
  /** The one for stacks of a configuration: the folder's own, else that of the whole scan. */
  of(config: Config | undefined): Baseline | undefined;
}

/** Where a configuration's baseline is, relative to the repository's root. */
export function baselinePath(config: Config | undefined): string {
  return config?.baseline ?? pathFrom(config?.folder ?? '', BASELINE_FILE);
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

/** The baselines of a configuration and of the folders that it includes. Throws a `DriftError` as `openBaseline` does. */
export async function openBaselines(
  request: Pick<ScanRequest, 'recordBaseline'>,
  checkout: Checkout,
  config: ConfigTree | undefined,
): Promise<Baselines> {
  if (config?.only !== undefined) return openOwnBaseline(request, checkout, config, config.only);
  const root = await openBaseline(request, checkout, config);
  const own = new Map<Config | undefined, Baseline>();
  for (const folder of config?.folders ?? []) {
    const baseline = await openBaseline({}, checkout, folder);
    if (baseline !== undefined) own.set(folder, baseline);
  }
  return {
    path: baselinePath(config),
    paths: [...(root === undefined ? [] : [config]), ...own.keys()].map(baselinePath),
    ...(root === undefined ? {} : { root }),
    isOwn: (folder) => own.has(folder),
    of: (folder) => own.get(folder) ?? root,
  };
}

/** That of a folder which is scanned by itself: its own, which is the one that is written, else the root's. */
async function openOwnBaseline(
  request: Pick<ScanRequest, 'recordBaseline'>,
  checkout: Checkout,
  config: ConfigTree,
  folder: Config,
): Promise<Baselines> {
  const own = await openBaseline(request, checkout, folder);
  const used = own ?? (await openBaseline(request, checkout, config));
  return {
    path: baselinePath(folder),
    paths: used === undefined ? [] : [baselinePath(own === undefined ? config : folder)],
    ...(own === undefined ? {} : { root: own }),
    isOwn: () => false,
    of: () => used,
  };
}
