import { NESTED_STACK } from '../template/nested-stack.js';
import type { Target } from '../template/target.js';
import type { RootStack } from './remedy.js';
import type { StackState } from './stack-state.js';

/** What reverting a stack's drift takes; nested stacks may hold anything that has to be acknowledged. */
export function rootStack(
  { name, region }: Target,
  { deployed, template }: StackState,
  scannedWith: string | undefined,
): RootStack {
  const types = [...template.resourceTypes.values()];
  const hasNested = types.includes(NESTED_STACK);
  const hasRoles = types.some((type) => type.startsWith('AWS::IAM::'));
  const hasMacros = template.transforms.length + template.macros.length > 0;
  return {
    name,
    ...(scannedWith === undefined ? {} : { scannedWith }),
    region,
    parameters: Object.keys(deployed.parameters),
    capabilities: [
      ...(hasRoles || hasNested ? ['CAPABILITY_NAMED_IAM'] : []),
      ...(hasMacros || hasNested ? ['CAPABILITY_AUTO_EXPAND'] : []),
    ],
    hasNested,
  };
}
