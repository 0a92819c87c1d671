import { DriftError } from '../base/errors.js';
import type { ResourceTypes } from '../resource-type/index-file.js';
import type { Provider } from './provider.js';

/** What a provider may need to be made; each takes what concerns it. */
export interface ProviderOptions {
  resourceTypes: ResourceTypes;
  /** The recorded state for `snapshot`, with the name that errors call it by. */
  snapshot?: { path: string; text: string | Buffer };
  /** The region where a stack names none; default: what the AWS SDK finds in the environment or the profile. */
  region?: string;
  /** Most requests at a time, default 16. */
  concurrency?: number;
  /** How long to wait for one answer, in ms, default 30,000. */
  timeoutMs?: number;
  /** External IDs by the role that asks for one when it is assumed. */
  externalIds?: ReadonlyMap<string, string>;
  /** How to wait (in ms) for what takes AWS a while (drift detection); default: as long as that. */
  wait?: (ms: number) => Promise<void>;
}

type ProviderFactory = (options: ProviderOptions) => Promise<Provider>;

const PROVIDERS = new Map<string, ProviderFactory>([
  ['aws', async (options) => (await import('./aws/provider.js')).createAwsProvider(options)],
  [
    'cloudformation',
    async (options) => (await import('./cloudformation/provider.js')).createCloudFormationProvider(options),
  ],
  ['snapshot', async (options) => (await import('./snapshot/provider.js')).createSnapshotProvider(options.snapshot)],
]);

/**
 * Makes the provider of that name. Nothing is asked of a cloud yet.
 * Throws a `DriftError`: `usage` for an unknown name or a missing snapshot, `snapshot` for a bad one.
 */
export async function createProvider(name: string, options: ProviderOptions): Promise<Provider> {
  const factory = PROVIDERS.get(name);
  if (factory) return factory(options);
  const hint = `providers are: ${[...PROVIDERS.keys()].join(', ')}`;
  throw new DriftError('usage', [{ message: `unknown provider "${name}"`, hint }]);
}
