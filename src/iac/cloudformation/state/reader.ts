import type { Reader, ReadingTools } from '../../state.js';
import { childrenOf } from '../nested/children.js';
import { createOwners } from '../owners.js';
import { stackContext } from './context.js';
import type { StackState } from './model.js';
import { readStackState } from './state.js';

/** Reads the stacks of one scan. */
export function stackReader(tools: ReadingTools): Reader {
  const context = stackContext(tools);
  return {
    templateOf: context.templateOf,
    state: (target) => readStackState(target, context),
    children: (target, state) => childrenOf(target, state as StackState, context),
    owners: (places, limit) => createOwners(context, places, limit),
  };
}
