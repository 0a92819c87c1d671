import { someOf } from '../../../base/some-of.js';
import type { Evaluated, EvaluatedResource } from '../../../value/evaluated.js';
import type { ListValue, MapValue, Value } from '../../../value/value.js';
import { ASSET_PARAMETER, areAssetsAlike } from './assets.js';

/** CDK's own record of which constructs an app uses. */
const CDK_METADATA = 'AWS::CDK::Metadata';

/** What of an assembly's templates is not to be taken at its word. */
export interface Doubts {
  /** What stands for values that were not looked up; none where all were. */
  missing: readonly string[];
}

/** What Git says and what is deployed, settled with each other, and whether they still differ. */
export interface Settled<Version extends Evaluated> {
  evaluated: Version;
  deployed: Version;
  differs: boolean;
}

/**
 * Settles what Git's side says with what is deployed: where both name what was uploaded, the deployed name counts, as each
 * machine has another; where dummies stand for what was not looked up, a value that is other than the deployed one is not
 * known.
 */
export function settle<Version extends Evaluated>(
  git: Version,
  deployed: Version,
  { missing }: Doubts,
): Settled<Version> {
  let differs = [...deployed.resources.values()].some(
    ({ logicalId, type }) => type !== CDK_METADATA && !git.resources.has(logicalId),
  );
  const doubt = missing.length === 0 ? undefined : doubtText(missing);
  const resources = new Map<string, EvaluatedResource>();
  for (const [logicalId, resource] of git.resources) {
    const other = deployed.resources.get(logicalId);
    if (other?.type === resource.type) {
      resources.set(logicalId, { ...resource, properties: inMap(resource.properties, other.properties) });
    } else if (resource.type !== CDK_METADATA) {
      differs = true;
      resources.set(logicalId, resource);
    }
  }
  // What is no longer written says as little of the stack.
  const kept = [...deployed.resources].filter(([id, { type }]) => type !== CDK_METADATA || resources.has(id));
  return { evaluated: { ...git, resources }, deployed: { ...deployed, resources: new Map(kept) }, differs };

  function settled(own: Value, other: Value | undefined): Value {
    if (own.kind === 'map' && other?.kind === 'map') return inMap(own, other);
    if (own.kind === 'list' && other?.kind === 'list' && (own.items.length === other.items.length || !doubt)) {
      return inList(own, other);
    }
    if (own.kind === 'scalar' && other?.kind === 'scalar') {
      if (own.value === other.value) return own;
      if (areAssetsAlike(String(own.value), String(other.value))) return { ...own, value: other.value };
    }
    if (own.kind === 'unresolved') return other && isAssetParameter(own) ? { ...other, origin: own.origin } : own;
    if (other?.kind === 'unresolved') return own;
    return doubtful(own);
  }

  function inMap(own: MapValue, other: MapValue): MapValue {
    const entries = new Map([...own.entries].map(([key, value]) => [key, settled(value, other.entries.get(key))]));
    for (const key of other.entries.keys()) if (!entries.has(key)) lacking(own, key, entries);
    return { ...own, entries };
  }

  function inList(own: ListValue, other: ListValue): ListValue {
    if (own.items.length < other.items.length) differs = true;
    return { ...own, items: own.items.map((item, index) => settled(item, other.items[index])) };
  }

  /** What only the deployed side has: a value that was not looked up may be why. */
  function lacking(own: MapValue, key: string, entries: Map<string, Value>): void {
    if (doubt === undefined) differs = true;
    else entries.set(key, doubtful(own));
  }

  function doubtful(own: Value): Value {
    if (doubt !== undefined) return { kind: 'unresolved', code: 'environment', message: doubt, origin: own.origin };
    differs = true;
    return own;
  }
}

function doubtText(missing: readonly string[]): string {
  return (
    `it is other than what is deployed, and the cloud assembly was made without ${someOf(missing, 1)}, for which dummies stand: ` +
    'run cdk synth with credentials, and commit cdk.context.json'
  );
}

function isAssetParameter({ origin }: Value): boolean {
  return origin.via.some(({ role, name = '' }) => role === 'parameter' && ASSET_PARAMETER.test(name));
}
