import type { JsonObject } from '../base/json.js';
import { asNumber, asText } from '../base/text.js';
import type { CompareInput, Sibling } from './comparing.js';
import type { Outcome } from './outcome.js';

/**
 * A capacity that Application Auto Scaling moves, and how its scalable target names the resource
 * (https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html).
 */
interface Capacity {
  type: string;
  path: string;
  dimension: string;
  resourceId: (live: JsonObject) => string;
}

const CAPACITIES: readonly Capacity[] = [
  {
    type: 'AWS::ECS::Service',
    path: '/DesiredCount',
    dimension: 'ecs:service:DesiredCount',
    resourceId: ({ Cluster, ServiceName }) => `service/${asText(Cluster).replace(/^.*\//, '')}/${asText(ServiceName)}`,
  },
  ...['Read', 'Write'].map((kind) => ({
    type: 'AWS::DynamoDB::Table',
    path: `/ProvisionedThroughput/${kind}CapacityUnits`,
    dimension: `dynamodb:table:${kind}CapacityUnits`,
    resourceId: ({ TableName }: JsonObject) => `table/${asText(TableName)}`,
  })),
];

/**
 * Takes capacities that the stack itself hands over to auto scaling, and that are within its bounds, for unverifiable:
 * scaling moves them all the time, and nobody changed them. Outside the bounds they stay differences.
 */
export function withoutScaledCapacities(outcome: Outcome, { type, live, context }: CompareInput): Outcome {
  const siblings = context.siblings ?? [];
  const bounds = [...targetBounds(type, live, siblings), ...groupBounds(type, live, siblings)];
  if (bounds.length === 0) return outcome;
  const scaled = outcome.differences.filter((difference) =>
    bounds.some(({ path, low, high }) => {
      const value = asNumber(difference.live ?? Number.NaN);
      return path === difference.path && value >= low && value <= high;
    }),
  );
  return {
    ...outcome,
    differences: outcome.differences.filter((difference) => !scaled.includes(difference)),
    unverifiable: [
      ...outcome.unverifiable,
      ...scaled.map(({ path }) => ({ path, reason: 'auto scaling of this stack moves it' })),
    ],
    compared: outcome.compared - scaled.length,
  };
}

interface Bounds {
  path: string;
  low: number;
  high: number;
}

function targetBounds(type: string, live: JsonObject, siblings: readonly Sibling[]): Bounds[] {
  return CAPACITIES.filter((capacity) => capacity.type === type).flatMap(({ path, dimension, resourceId }) =>
    siblings
      .filter(({ type: other }) => other === 'AWS::ApplicationAutoScaling::ScalableTarget')
      .map(({ desired, live: target }) => ({ ...desired, ...target }))
      .filter((target) => target.ScalableDimension === dimension && target.ResourceId === resourceId(live))
      .map((target) => ({ path, low: asNumber(target.MinCapacity), high: asNumber(target.MaxCapacity) })),
  );
}

/** A group with a scaling policy moves between its own bounds. */
function groupBounds(type: string, live: JsonObject, siblings: readonly Sibling[]): Bounds[] {
  if (type !== 'AWS::AutoScaling::AutoScalingGroup') return [];
  const isScaled = siblings.some(
    (sibling) =>
      sibling.type === 'AWS::AutoScaling::ScalingPolicy' &&
      sibling.desired['AutoScalingGroupName'] === live['AutoScalingGroupName'],
  );
  if (!isScaled) return [];
  return [{ path: '/DesiredCapacity', low: asNumber(live['MinSize']), high: asNumber(live['MaxSize']) }];
}
