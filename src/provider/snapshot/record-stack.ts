import { maskSecrets, maskValue } from '../../secrets/mask.js';
import { maskTemplate, noEchoParameters } from '../../secrets/mask-template.js';
import { isSecretName } from '../../secrets/secret-name.js';
import { MASK, maskText } from '../../secrets/secret-text.js';
import type { DeployedParameter } from '../../template/parameters.js';
import type { ZonesAnswer } from '../../template/scope.js';
import type { DeployedStack, LiveResource, Provider, StackResource, StackTarget } from '../provider.js';
import type { SnapshotResource, SnapshotStack } from './snapshot.js';

/** A stack as a scan has read it. */
export interface ReadState {
  deployed: DeployedStack;
  account?: string | undefined;
  /** By logical ID; resources that are missing here are asked for by their physical ID alone. */
  live: ReadonlyMap<string, LiveResource>;
  /** The availability zones that its templates ask for, by region. */
  zones: ReadonlyMap<string, ZonesAnswer>;
  /** Texts that are known to be secret. */
  secrets?: readonly string[];
}

/** Records one stack with its deployed template and the live state of its resources, secrets masked. */
export async function recordStack(
  provider: Provider,
  target: StackTarget,
  { deployed, account, live, secrets: known = [] }: ReadState,
): Promise<SnapshotStack> {
  const template = await provider.readTemplate(target);
  const noEcho = noEchoParameters(template ?? '');
  const secrets = Object.entries(deployed.parameters)
    .filter(([name]) => isSecretName(name) || noEcho.has(name))
    .flatMap(([, { value, resolvedValue }]) => [value, resolvedValue ?? ''])
    .concat(known)
    .filter((secret) => secret !== '' && secret !== MASK);

  async function record(resource: StackResource): Promise<SnapshotResource> {
    const { logicalId, type, physicalId, status } = resource;
    const told = live.get(logicalId) ?? (await readByPhysicalId(provider, target, resource));
    return {
      logicalId,
      type,
      physicalId: physicalId ?? null,
      ...(status === undefined ? {} : { status }),
      ...(told === undefined ? {} : recordedLive(told, secrets)),
    };
  }

  return {
    name: deployed.name,
    ...(deployed.id === undefined ? {} : { id: deployed.id }),
    ...((account ?? deployed.account) === undefined ? {} : { account: account ?? deployed.account ?? '' }),
    ...(deployed.status === undefined ? {} : { status: deployed.status }),
    template: template === undefined ? null : (maskTemplate(template, secrets) ?? null),
    parameters: Object.fromEntries(
      Object.entries(deployed.parameters).map(([name, one]) => [name, recordedParameter(name, one, secrets)]),
    ),
    outputs: maskTexts(deployed.outputs, secrets),
    exports: maskTexts(deployed.exports ?? {}, secrets),
    tags: maskTexts(deployed.tags, secrets),
    resources: await Promise.all(deployed.resources.map(record)),
  };
}

async function readByPhysicalId(
  provider: Provider,
  target: StackTarget,
  { logicalId, type, physicalId, status }: StackResource,
): Promise<LiveResource | undefined> {
  if (physicalId === undefined || status === 'DELETE_COMPLETE') return undefined;
  const { name, region, roleArn } = target;
  const as = roleArn === undefined ? {} : { roleArn };
  return provider.readResource({ name, region, ...as, logicalId, type, physicalId, properties: {} });
}

function recordedLive(live: LiveResource, secrets: string[]): Partial<SnapshotResource> {
  switch (live.status) {
    case 'live':
      return { properties: maskSecrets(live.properties, { secrets }), ...(live.partial ? { partial: true } : {}) };
    case 'deleted':
      return { properties: null };
    case 'unreadable':
      return { error: maskText(live.reason, secrets) };
    case 'unsupported':
      return { unsupported: live.reason };
  }
}

function recordedParameter(name: string, { value, resolvedValue }: DeployedParameter, secrets: string[]) {
  const masked = maskName(name, value, secrets);
  return resolvedValue === undefined
    ? masked
    : { value: masked, resolvedValue: maskName(name, resolvedValue, secrets) };
}

/** Named texts (outputs, exports, tags) without secrets; a secret-like name hides the whole value. */
export function maskTexts(texts: Record<string, string>, secrets: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, maskName(name, value, secrets)]));
}

function maskName(name: string, value: string, secrets: string[]): string {
  return String(maskValue(value, `/${name}`, { secrets }));
}
