import type { JsonObject } from '../../../base/json.js';
import { asNumber, asText } from '../../../base/text.js';
import { namedBy } from '../../../compare/owners.js';
import type { Capacity } from '../../../compare/types.js';

const TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';
const POLICY = 'AWS::AutoScaling::ScalingPolicy';

/** Types whose resources move the capacity of others, which they name. */
export const SCALERS: readonly string[] = [TARGET, POLICY];

/**
 * A capacity that Application Auto Scaling moves within the bounds of a scalable target, which names the resource so
 * (https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html).
 */
function ofTarget(path: string, dimension: string, resourceId: (live: JsonObject) => string): Capacity {
  return {
    path,
    by: TARGET,
    bounds(live, scaler) {
      const target = { ...scaler.desired, ...scaler.live };
      if (target['ScalableDimension'] !== dimension || target['ResourceId'] !== resourceId(live)) return undefined;
      return { low: asNumber(target['MinCapacity']), high: asNumber(target['MaxCapacity']) };
    },
  };
}

/** A group with a scaling policy moves between its own bounds. */
const OF_GROUP: Capacity = {
  path: '/DesiredCapacity',
  by: POLICY,
  bounds(live, scaler) {
    const isItsPolicy = namedBy(scaler, 'AutoScalingGroupName').includes(live['AutoScalingGroupName'] ?? '');
    return isItsPolicy ? { low: asNumber(live['MinSize']), high: asNumber(live['MaxSize']) } : undefined;
  },
};

export const CAPACITIES: ReadonlyMap<string, readonly Capacity[]> = new Map([
  [
    'AWS::ECS::Service',
    [
      ofTarget('/DesiredCount', 'ecs:service:DesiredCount', ({ Cluster, ServiceName }) => {
        return `service/${asText(Cluster).replace(/^.*\//, '')}/${asText(ServiceName)}`;
      }),
    ],
  ],
  [
    'AWS::DynamoDB::Table',
    ['Read', 'Write'].map((kind) =>
      ofTarget(
        `/ProvisionedThroughput/${kind}CapacityUnits`,
        `dynamodb:table:${kind}CapacityUnits`,
        ({ TableName }) => `table/${asText(TableName)}`,
      ),
    ),
  ],
  ['AWS::AutoScaling::AutoScalingGroup', [OF_GROUP]],
]);
