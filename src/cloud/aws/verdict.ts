import type { PropertyDifference, StackResourceDrift } from '@aws-sdk/client-cloudformation';
import type { Json } from '../../base/json.js';
import type { AwsDifference } from '../../model/comparison.js';
import type { LiveResource, ResourceRequest } from '../cloud.js';
import { parseModel } from './model.js';
import type { DetectStack } from './stack-detection.js';

/**
 * What AWS's drift detection of its stack says of a resource: its declared properties as they are (partial), and AWS's
 * verdict. Rejects with a `DriftError` where the stack as a whole can't be judged.
 */
export async function readVerdict(detect: DetectStack, request: ResourceRequest): Promise<LiveResource> {
  const { type, logicalId } = request;
  if (type === 'AWS::CloudFormation::Stack') {
    return { status: 'unsupported', reason: "AWS's drift detection does not look into nested stacks" };
  }
  const { drifts, failure } = await detect(request);
  const drift = drifts.get(logicalId);
  if (drift === undefined && failure !== undefined) {
    return { status: 'unreadable', reason: `AWS's drift detection failed: ${failure}` };
  }
  return liveFrom(type, drift);
}

function liveFrom(type: string, drift: StackResourceDrift | undefined): LiveResource {
  switch (drift?.StackResourceDriftStatus) {
    case 'IN_SYNC':
    case 'MODIFIED': {
      const expected = parseModel(drift.ExpectedProperties);
      const properties = parseModel(drift.ActualProperties);
      if (expected === undefined || properties === undefined) {
        return { status: 'unreadable', reason: "AWS's drift detection did not tell the properties" };
      }
      const differences = (drift.PropertyDifferences ?? []).flatMap(differenceOf);
      return { status: 'live', properties, partial: true, verdict: { expected, differences } };
    }
    case 'DELETED':
      return { status: 'deleted' };
    case 'UNKNOWN':
      return { status: 'unreadable', reason: "AWS's drift detection could not check it" };
    default:
      return { status: 'unsupported', reason: `AWS's drift detection does not check ${type}` };
  }
}

/** AWS gives values as text; what is not there is `null`. */
function differenceOf(told: PropertyDifference): AwsDifference[] {
  const { PropertyPath: path, DifferenceType: kind, ExpectedValue, ActualValue } = told;
  if (path === undefined) return [];
  return [
    {
      path,
      ...(kind === 'ADD' || ExpectedValue === undefined ? {} : { expected: parsed(ExpectedValue) }),
      ...(kind === 'REMOVE' || ActualValue === undefined ? {} : { actual: parsed(ActualValue) }),
    },
  ];
}

/** Objects and lists are told as JSON; a text such as `5` may be a number or a text, which its model knows. */
function parsed(text: string): Json {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
