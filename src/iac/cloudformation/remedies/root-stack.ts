import type { Target } from '../../../model/target.js';
import type { RootStack } from '../../root-stack.js';
import { deployedTypes } from '../processed/generated-types.js';
import type { StackState } from '../state/model.js';
import { isNestedStack } from '../template/nested-stack.js';

/** What reverting a stack's drift takes. */
export function rootStack(
  { name, region }: Target,
  { deployed, template }: Pick<StackState, 'deployed' | 'template'>,
  scannedWith: string | undefined,
): RootStack {
  const types = [...new Set([...template.resourceTypes.values(), ...deployedTypes(template)])];
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
