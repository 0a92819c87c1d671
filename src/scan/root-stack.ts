import { isNestedStack } from '../iac/cloudformation/template/nested-stack.js';
import type { RootStack } from '../iac/iac.js';
import type { Target } from '../model/target.js';
import type { StackState } from './stack-state.js';

/** What reverting a stack's drift takes. */
export function rootStack(
  { name, region }: Target,
  { deployed, template }: StackState,
  scannedWith: string | undefined,
): RootStack {
  const types = [...template.resourceTypes.values()];
  return {
    name,
    ...(scannedWith === undefined ? {} : { scannedWith }),
    region,
    parameters: Object.keys(deployed.parameters),
    types,
    hasMacros: template.transforms.length + template.macros.length > 0,
    hasNested: types.some(isNestedStack),
  };
}
