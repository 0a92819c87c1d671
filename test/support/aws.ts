import type { Provider } from '../../src/cloud/cloud.js';
import type { ProviderOptions } from '../../src/cloud/options.js';
import { createProvider } from '../../src/cloud/registry.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import { type AwsSimulator, type SimulatorOptions, startAwsSimulator } from './aws-simulator/server.js';

/**
 * Runs a test with the real SDK against a simulated AWS. The SDK finds it by the environment, as it would find AWS; the
 * environment is put back afterwards. `env` overrides single variables; undefined removes
 * one. `name` is the provider's.
 */
export async function withAws(
  options: SimulatorOptions,
  run: (provider: Provider, aws: AwsSimulator) => Promise<void>,
  {
    env = {},
    name = 'aws',
    ...more
  }: Partial<ProviderOptions> & { env?: Record<string, string | undefined>; name?: string } = {},
): Promise<void> {
  const aws = await startAwsSimulator(options);
  const before = { ...process.env };
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  for (const [name, value] of Object.entries({ ...aws.env, ...env })) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  const provider = await createProvider(name, { resourceTypes: cloudFormationTypes, ...more });
  try {
    await run(provider, aws);
  } finally {
    provider.close?.();
    await aws.close();
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
    Object.assign(process.env, before);
  }
}
