import { DriftError } from '../base/errors.js';
import type { Provider } from './cloud.js';
import type { ProviderOptions } from './options.js';

type ProviderFactory = (options: ProviderOptions) => Promise<Provider>;

const PROVIDERS = new Map<string, ProviderFactory>([
  ['aws', async (options) => (await import('./aws/provider.js')).createAwsProvider(options)],
  [
    'cloudformation',
    async (options) => (await import('./cloudformation/provider.js')).createCloudFormationProvider(options),
  ],
  ['snapshot', async (options) => (await import('./snapshot/provider.js')).createSnapshotProvider(options)],
]);

/**
 * Makes the provider of that name. Nothing is asked of a cloud yet.
 * Throws a `DriftError`: `usage` for an unknown name or a missing snapshot, `snapshot` for a bad one.
 */
export async function createProvider(name: string, options: ProviderOptions): Promise<Provider> {
  const factory = PROVIDERS.get(name);
  if (factory) return factory(options);
  const hint = `providers are: ${[...PROVIDERS.keys()].join(', ')}`;
  throw new DriftError('usage', [{ code: 'usage-bad-value', message: `unknown provider "${name}"`, hint }]);
}
