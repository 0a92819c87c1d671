import { readFile } from 'node:fs/promises';
import { DriftError } from '../base/errors.js';
import { systemReason } from '../base/system-reason.js';
import type { Provider } from '../cloud/cloud.js';
import { createProvider } from '../cloud/registry.js';
import { externalIdsOf } from '../config/accounts.js';
import type { ConfigTree } from '../config/include.js';
import type { Checkout } from '../git/repository.js';
import type { Iac } from '../iac/iac.js';
import { DEFAULT_IAC } from '../iac/registry.js';
import type { ScanRequest } from './request.js';

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
    ...(request.writes ? { writes: true } : {}),
    ...(request.whoBudget === undefined ? {} : { whoBudget: request.whoBudget }),
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

async function readSnapshot(
  request: ScanRequest,
  checkout: Checkout,
  configured: LiveSource,
): Promise<{ path: string; text: string | Buffer }> {
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
