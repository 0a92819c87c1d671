import type { DeployedParameter, ZonesAnswer } from '../../model/deployed.js';
import { isTelling } from '../../secrets/mark-secrets.js';
import { maskNamed, maskSecrets, maskText, secretLeaves } from '../../secrets/mask.js';
import type { Owner } from '../../secrets/place.js';
import { isSecretName } from '../../secrets/secret-name.js';
import { MASK } from '../../secrets/secret-text.js';
import type { SecretTypes } from '../../secrets/types.js';
import type { DeployedStack, LiveResource, Provider, StackResource, StackTarget } from '../cloud.js';
import type { SnapshotResource, SnapshotStack } from './snapshot.js';

/** A stack as a scan has read it. */
export interface ReadState {
  types: SecretTypes;
  deployed: DeployedStack;
  account?: string | undefined;
  /** By logical ID; resources that are missing here are asked for by their physical ID alone. */
  live: ReadonlyMap<string, LiveResource>;
  /** The availability zones that its templates ask for, by region. */
  zones: ReadonlyMap<string, ZonesAnswer>;
  /** Whether transforms or macros made what was deployed of the stack's template. */
  isProcessed?: boolean | undefined;
  /** Texts that are known to be secret. */
  secrets?: readonly string[];
  /** Outputs, and their exports, whose values are secrets. */
  secretOutputs?: ReadonlySet<string>;
}

/** Records one stack with its deployed template and the live state of its resources, secrets masked. */
export async function recordStack(
  provider: Provider,
  target: StackTarget,
  { types, deployed, account, live, isProcessed, secrets: known = [], secretOutputs = new Set() }: ReadState,
): Promise<SnapshotStack> {
  const template = await provider.readTemplate(target);
  const processed = isProcessed ? await provider.readProcessedTemplate?.(target) : undefined;
  const declared = types.secretParameters(template ?? '');
  const own = new Set(Object.keys(deployed.parameters).filter((name) => declared.has(name) || isSecretName(name)));
  const parameters = Object.entries(deployed.parameters)
    .filter(([name]) => own.has(name))
    .flatMap(([, { value, resolvedValue }]) => [value, resolvedValue ?? '']);
  const told = new Map<string, LiveResource | undefined>();
  for (const resource of deployed.resources) {
    const { logicalId } = resource;
    told.set(logicalId, live.get(logicalId) ?? (await readByPhysicalId(provider, target, resource)));
  }
  const leaves = deployed.resources.flatMap((resource) => {
    const one = told.get(resource.logicalId);
    return one?.status === 'live' ? [...secretLeaves(one.properties, { types, ...resource })].filter(isTelling) : [];
  });
  const named = Object.entries({ ...deployed.outputs, ...deployed.exports }).flatMap(([name, value]) =>
    secretOutputs.has(name) && isTelling(value) ? [value] : [],
  );
  const secrets = [...new Set([...parameters, ...known, ...leaves, ...named])].filter(
    (secret) => secret !== '' && secret !== MASK,
  );

  function record(resource: StackResource): SnapshotResource {
    const { logicalId, type, physicalId, status } = resource;
    const one = told.get(logicalId);
    return {
      logicalId,
      type,
      physicalId: physicalId ?? null,
      ...(status === undefined ? {} : { status }),
      ...(one === undefined ? {} : recordedLive(one, { types, ...resource }, secrets)),
    };
  }

  return {
    name: deployed.name,
    ...(deployed.id === undefined ? {} : { id: deployed.id }),
    ...((account ?? deployed.account) === undefined ? {} : { account: account ?? deployed.account ?? '' }),
    ...(deployed.status === undefined ? {} : { status: deployed.status }),
    template: template === undefined ? null : (types.maskTemplate(template, secrets) ?? null),
    ...(processed === undefined ? {} : { processedTemplate: types.maskTemplate(processed, secrets) ?? null }),
    parameters: Object.fromEntries(
      Object.entries(deployed.parameters).map(([name, one]) => [name, recordedParameter(one, secrets, own.has(name))]),
    ),
    outputs: maskTexts(deployed.outputs, secrets, secretOutputs),
    exports: maskTexts(deployed.exports ?? {}, secrets, secretOutputs),
    tags: maskTexts(deployed.tags, secrets),
    resources: deployed.resources.map(record),
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

function recordedLive(live: LiveResource, owner: Owner, secrets: string[]): Partial<SnapshotResource> {
  switch (live.status) {
    case 'live':
      return {
        properties: maskSecrets(live.properties, owner, { secrets }),
        ...(live.partial ? { partial: true } : {}),
      };
    case 'deleted':
      return { properties: null };
    case 'unreadable':
      return { error: maskText(live.reason, secrets) };
    case 'unsupported':
      return { unsupported: live.reason };
  }
}

function recordedParameter({ value, resolvedValue }: DeployedParameter, secrets: string[], isSecret: boolean) {
  const masked = (text: string) => (isSecret && text !== '' ? MASK : maskText(text, secrets));
  return resolvedValue === undefined ? masked(value) : { value: masked(value), resolvedValue: masked(resolvedValue) };
}

/** Named texts (outputs, exports, tags) without secrets; a secret-like name hides the whole value. */
export function maskTexts(
  texts: Record<string, string>,
  secrets: string[],
  hidden: ReadonlySet<string> = new Set(),
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, value]) => [name, hidden.has(name) ? MASK : maskNamed(name, value, secrets)]),
  );
}
