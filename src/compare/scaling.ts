import type { JsonObject } from '../base/json.js';
import type { CompareInput, Sibling } from './comparing.js';
import type { Outcome } from './outcome.js';
import { namedBy } from './owners.js';

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
    resourceId: ({ Cluster, ServiceName }) => `service/${String(Cluster).replace(/^.*\//, '')}/${String(ServiceName)}`,
  },
  ...['Read', 'Write'].map((kind) => ({
    type: 'AWS::DynamoDB::Table',
    path: `/ProvisionedThroughput/${kind}CapacityUnits`,
    dimension: `dynamodb:table:${kind}CapacityUnits`,
    resourceId: ({ TableName }: JsonObject) => `table/${String(TableName)}`,
  })),
];

const GROUP = 'AWS::AutoScaling::AutoScalingGroup';
const GROUP_CAPACITY = '/DesiredCapacity';

/** Whether auto scaling may move a value. */
export function isScalable(type: string, path: string): boolean {
  if (type === GROUP) return path === GROUP_CAPACITY;
  return CAPACITIES.some((capacity) => capacity.type === type && capacity.path === path);
}

/**
 * Takes capacities that this stack or another one hands over to auto scaling, and that are within its bounds, for unverifiable:
 * scaling moves them all the time, and nobody changed them. Outside the bounds they stay differences.
 */
export function withoutScaledCapacities(outcome: Outcome, { type, live, context }: CompareInput): Outcome {
  const siblings = context.siblings ?? [];
  const bounds = [...targetBounds(type, live, siblings), ...groupBounds(type, live, siblings)];
  if (bounds.length === 0) return outcome;
  const whoMoves = (difference: Outcome['differences'][number]) =>
    bounds.find(({ path, low, high }) => {
      const value = Number(difference.live ?? Number.NaN);
      return path === difference.path && value >= low && value <= high;
    });
  const scaled = outcome.differences.flatMap((difference) => {
    const by = whoMoves(difference);
    return by === undefined ? [] : [{ difference, reason: `auto scaling of ${by.stack} moves it` }];
  });
  const moved = scaled.map(({ difference }) => difference);
  return {
    ...outcome,
    differences: outcome.differences.filter((difference) => !moved.includes(difference)),
    unverifiable: [
      ...outcome.unverifiable,
      ...scaled.map(({ difference: { path }, reason }) => ({ path, reason, class: 'never' as const })),
    ],
    compared: outcome.compared - scaled.length,
  };
}

interface Bounds {
  path: string;
  /** Whose auto scaling it is, in words. */
  stack: string;
  low: number;
  high: number;
}

function targetBounds(type: string, live: JsonObject, siblings: readonly Sibling[]): Bounds[] {
  return CAPACITIES.filter((capacity) => capacity.type === type).flatMap(({ path, dimension, resourceId }) =>
    siblings
      .filter(({ type: other }) => other === 'AWS::ApplicationAutoScaling::ScalableTarget')
      .map((sibling) => ({ stack: stackOf(sibling), target: { ...sibling.desired, ...sibling.live } }))
      .filter(({ target }) => target['ScalableDimension'] === dimension && target['ResourceId'] === resourceId(live))
      .map(({ stack, target }) => ({
        ...{ path, stack },
        ...{ low: Number(target['MinCapacity']), high: Number(target['MaxCapacity']) },
      })),
  );
}

function stackOf({ stack }: Sibling): string {
  return stack === undefined ? 'this stack' : `stack ${stack}`;
}

/** A group with a scaling policy moves between its own bounds. */
function groupBounds(type: string, live: JsonObject, siblings: readonly Sibling[]): Bounds[] {
  if (type !== GROUP) return [];
  const policy = siblings.find(
    (sibling) =>
      sibling.type === 'AWS::AutoScaling::ScalingPolicy' &&
      namedBy(sibling, 'AutoScalingGroupName').includes(live['AutoScalingGroupName'] ?? ''),
  );
  if (policy === undefined) return [];
  const bounds = { low: Number(live['MinSize']), high: Number(live['MaxSize']) };
  return [{ path: GROUP_CAPACITY, stack: stackOf(policy), ...bounds }];
}
