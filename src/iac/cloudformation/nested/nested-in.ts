import type { DeployedStack, StackTarget } from '../../../cloud/cloud.js';
import { isNestedStack, nestedStackName } from '../template/nested-stack.js';

/** The stacks that are nested in a deployed one. */
export function nestedIn({ region, roleArn, resources }: DeployedStack): StackTarget[] {
  return resources.flatMap(({ type, physicalId }) => {
    if (!isNestedStack(type) || physicalId === undefined) return [];
    return [{ name: nestedStackName(physicalId), region, ...(roleArn === undefined ? {} : { roleArn }) }];
  });
}
