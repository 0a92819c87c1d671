import { undeclaredByBoth } from '../compare/undeclared.js';
import { type Judged, judgeThreeWay, type SameScalar } from '../compare/verdict.js';
import type { State } from '../iac/state.js';
import type { Comparison } from '../model/comparison.js';
import type { EvaluatedResource } from '../value/evaluated.js';
import { type MapValue, type PlainObject, toPlain } from '../value/value.js';
import type { CompareLive } from './compare-live.js';

/**
 * The differences with their verdicts, and what neither template declares; without a deployed template that says
 * something else, each is drift.
 */
export async function threeWay(
  resource: EvaluatedResource,
  comparison: Comparison,
  state: State,
  compare: CompareLive,
  isSameScalar: SameScalar,
): Promise<{ judged: Judged[]; comparison: Comparison }> {
  const deployed = deployedResource(resource, state);
  if (deployed?.presence !== 'present' || deployed.type !== resource.type) {
    return { comparison, judged: comparison.differences.map((difference) => ({ difference, verdict: 'drift' })) };
  }
  const desired = toPlain(resource.properties) as PlainObject;
  const properties = state.restored(toPlain(deployed.properties) as PlainObject, desired);
  const deployedLive = await compare(deployed.properties, properties);
  const rest = comparison.rest && undeclaredByBoth(comparison.rest, deployedLive.rest ?? []);
  return {
    judged: judgeThreeWay(desired, properties, comparison, deployedLive, isSameScalar),
    comparison: rest === undefined ? comparison : { ...comparison, rest },
  };
}

/** What the stack was deployed with, where that is something else. */
export function deployedProperties(resource: EvaluatedResource, state: State): MapValue[] {
  const deployed = deployedResource(resource, state);
  return deployed === undefined ? [] : [deployed.properties];
}

function deployedResource({ logicalId }: EvaluatedResource, { deployedTemplate: side }: State) {
  return side.kind === 'other' ? side.evaluated.resources.get(logicalId) : undefined;
}
