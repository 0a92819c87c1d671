import type { Target } from '../../../model/target.js';
import type { RootStack } from '../../root-stack.js';
import { deployedTypes } from '../processed/generated-types.js';
import type { StackState } from '../state/model.js';
import { isNestedStack } from '../template/nested-stack.js';

/** What reverting a stack's drift takes. */
export function rootStack(
  { name, region }: Target,
  { template }: Pick<StackState, 'template'>,
  scannedWith: string | undefined,
): RootStack {
  const types = [...new Set([...template.resourceTypes.values(), ...deployedTypes(template)])];
  return {
    name,
    ...(scannedWith === undefined ? {} : { scannedWith }),
    region,
    hasNested: types.some(isNestedStack),
  };
}
