import { realpath } from 'node:fs/promises';
import { posix, relative, resolve, sep } from 'node:path';
import type { Problem } from '../base/errors.js';
import { CONFIG_FILE } from '../config/find.js';
import { loadConfig } from '../config/load.js';
import { openRepository } from '../git/repository.js';
import { DEFAULT_IAC } from '../iac/registry.js';
import type { SuggestedStack } from '../iac/suggestions.js';
import { openProvider } from '../scan/plan.js';
import type { ScanRequest } from '../scan/request.js';
import { createSource } from '../syntax/source.js';
import { configText } from './config-text.js';

/** What to write a configuration from. */
export type InitRequest = Pick<
  ScanRequest,
  'repository' | 'stacks' | 'regions' | 'provider' | 'snapshot' | 'concurrency'
>;

/** A configuration that loads, and what a person should know that is not in it. */
export interface SuggestedConfig {
  text: string;
  stacks: SuggestedStack[];
  warnings: Problem[];
}

/**
 * Suggests a `gitops-drift.yaml`: the stacks that a scan without a configuration would find, and those that SAM's
 * configuration names, with the parameter files whose values they are deployed with. A configuration that exists is not
 * looked at; a region that can't be looked in is a warning. Throws a `DriftError` when nothing could be matched.
 */
export async function suggestConfig(request: InitRequest): Promise<SuggestedConfig> {
  const repository = await openRepository(request.repository);
  const checkout = await repository.checkout();
  const provider = await openProvider(request, checkout, undefined);
  try {
    const defaultRegion = await provider.defaultRegion();
    const filter = { stackGlobs: request.stacks ?? [], regions: request.regions ?? [], defaultRegion };
    const { places, warnings, ...content } = await DEFAULT_IAC.suggest(checkout, provider, filter);
    const text = configText({
      provider: provider.name,
      snapshot: await pathInside(repository.root, request.snapshot),
      regions: [...new Set(places.map(({ region }) => region))],
      ...content,
    });
    // Whatever the repository and the cloud call things, what is written must load.
    await loadConfig(createSource(CONFIG_FILE, text));
    return { text, stacks: [...content.stacks], warnings };
  } finally {
    provider.close?.();
  }
}

/** A file's path in the repository; undefined for one that lies elsewhere. */
async function pathInside(root: string, file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const path = relative(root, await realpath(resolve(file)))
    .split(sep)
    .join(posix.sep);
  return path.startsWith('../') || path.includes(':') || path.includes('\\') ? undefined : path;
}
