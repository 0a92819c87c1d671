import { DriftError, type Problem } from '../base/errors.js';
import { CONFIG_FILE } from '../config/find.js';
import { type Config, loadConfig } from '../config/load.js';
import { within } from '../config/searches.js';
import { isBelow, pathFrom } from '../git/file-tree.js';
import { type Checkout, openRepository } from '../git/repository.js';
import { DEFAULT_IAC } from '../iac/registry.js';
import type { SuggestedStack } from '../iac/suggestions.js';
import { openProvider } from '../scan/provider.js';
import type { ScanRequest } from '../scan/request.js';
import { createSource } from '../syntax/source.js';
import { configText } from './config-text.js';
import { findPatterns } from './patterns.js';

/** What to write a configuration from. */
export type InitRequest = Pick<
  ScanRequest,
  'repository' | 'stacks' | 'regions' | 'provider' | 'snapshot' | 'concurrency'
> & {
  /** Where the configuration is to be, relative to the repository's root; default the folder that `repository` names. */
  folder?: string | undefined;
};

/** A configuration that loads, and what a person should know that is not in it. */
export interface SuggestedConfig {
  text: string;
  stacks: SuggestedStack[];
  /** Folders that programs make templates of more stacks into. */
  apps: string[];
  /** Whether scans have to be told the snapshot, which the configuration can't name. */
  needsSnapshot: boolean;
  warnings: Problem[];
}

/**
 * Suggests a `gitops-drift.yaml`: the stacks that a scan without a configuration would find, and those that SAM's
 * configuration names, with the parameter files whose values they are deployed with. A configuration that exists is not
 * looked at; a region that can't be looked in is a warning. Throws a `DriftError` when nothing could be matched.
 */
export async function suggestConfig(request: InitRequest): Promise<SuggestedConfig> {
  const repository = await openRepository(request.repository);
  const whole = await repository.checkout();
  const folder = request.folder ?? whole.folder;
  const checkout = within(whole, (path) => isBelow(folder, path));
  const provider = await openProvider(request, checkout, undefined);
  try {
    const defaultRegion = await provider.defaultRegion();
    const filter = { stackGlobs: request.stacks ?? [], regions: request.regions ?? [], defaultRegion };
    const { places, warnings, ...content } = await DEFAULT_IAC.suggest(checkout, provider, filter);
    const snapshot = await pathInside(checkout, request.snapshot);
    const needsSnapshot = request.snapshot !== undefined && snapshot === undefined;
    const suggestions = {
      provider: provider.name,
      snapshot,
      needsSnapshot,
      regions: [...new Set(places.map(({ region }) => region))],
      ...content,
    };
    const patterned = configText(suggestions, folder, findPatterns(content.stacks));
    const text = (await isWhole(patterned, folder, content.stacks))
      ? patterned
      : configText(suggestions, folder, { patterns: [], others: content.stacks });
    // Whatever the repository and the cloud call things, what is written must load.
    await load(text, folder);
    return { text, stacks: [...content.stacks], apps: [...content.apps], needsSnapshot, warnings };
  } finally {
    provider.close?.();
  }
}

/** A file's path in the repository; undefined for one that lies elsewhere, or that no configuration can name. */
async function pathInside(checkout: Checkout, file: string | undefined): Promise<string | undefined> {
  const path = file === undefined ? undefined : await checkout.locate(file);
  return path === undefined || /[:\\]/.test(path) ? undefined : path;
}

function load(text: string, folder: string): Promise<Config> {
  return loadConfig(createSource(pathFrom(folder, CONFIG_FILE), text));
}

/** Whether what is written with patterns stands for exactly these stacks. */
async function isWhole(text: string, folder: string, stacks: readonly SuggestedStack[]): Promise<boolean> {
  const config = await load(text, folder).catch((error: unknown) => {
    if (error instanceof DriftError) return undefined;
    throw error;
  });
  const written = config?.stacks.map((stack) => {
    const values = [...stack.parameters].map(([name, { value }]): [string, string] => [name, value]);
    return keyOf({ ...stack, region: stack.region ?? '', account: stack.account, parameters: new Map(values) });
  });
  return JSON.stringify(written?.sort()) === JSON.stringify(stacks.map(keyOf).sort());
}

/** All that a configuration says of a stack. */
function keyOf(stack: Omit<SuggestedStack, 'certainty' | 'remarks'>): string {
  const { name, template, region, account = null, parametersFile = null, parameters = new Map() } = stack;
  return JSON.stringify([name, template, region, account, parametersFile, [...parameters].sort()]);
}
