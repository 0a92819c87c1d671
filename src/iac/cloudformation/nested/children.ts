import type { UnseenStack } from '../../../model/coverage.js';
import type { Target } from '../../../model/target.js';
import type { Child } from '../../state.js';
import type { StackContext, StackState } from '../state/model.js';
import { nestedTargets } from './nested.js';
import { instancesOf } from './stack-sets.js';

/**
 * The stacks that a stack's resources have made, of any kind, and those that can't be looked at from here. Throws a
 * `DriftError` where stacks nest without end.
 */
export async function childrenOf(
  target: Target,
  state: StackState,
  tools: Pick<StackContext, 'stacksIn'>,
): Promise<{ children: Child[]; notLooked: UnseenStack[] }> {
  const nested = nestedTargets(target, state);
  const { targets, notLooked } = await instancesOf(target, state, tools);
  const children = [
    ...nested.map((each) => ({ target: each, isInstance: false })),
    ...targets.map((each) => ({ target: each, isInstance: true })),
  ];
  return { children, notLooked };
}
