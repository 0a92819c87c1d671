import type { Comparison } from '../model/comparison.js';
import { childKindsOf, SCALING_TYPES } from './child-kinds.js';
import type { CompareInput, Sibling } from './comparing.js';
import { identifiersOf, type Owned } from './owners.js';
import { isScalable } from './scaling.js';

/**
 * Compares with the stack's own resources, and where something is left that other stacks' resources may have put there,
 * once more with those. What is left where they could not all be looked for is not known to be a difference.
 */
export async function withOwners(
  input: CompareInput,
  compare: (siblings: readonly Sibling[]) => Promise<Comparison>,
): Promise<Comparison> {
  const { others, siblings = [] } = input.context;
  const outcome = await compare(siblings);
  const asked = askedTypes(input.type, outcome);
  if (others === undefined || asked.length === 0) return outcome;
  const found = await others(asked, identifiersOf(input));
  const settled = found.siblings.length === 0 ? outcome : await compare([...siblings, ...found.siblings]);
  return found.unread === undefined ? settled : withoutUnread(input.type, settled, found.unread);
}

/** Notes which elements other stacks declare. */
export function withOwned(outcome: Comparison, owned: readonly Owned[]): Comparison {
  const elements = owned.flatMap(({ path, owner: { stack, logicalId, type } }) =>
    stack === undefined ? [] : [{ path, stack, logicalId, type }],
  );
  return elements.length === 0 ? outcome : { ...outcome, owned: elements };
}

/** Types whose resources, of another stack, may explain a difference. */
function askedTypes(type: string, { differences }: Comparison): string[] {
  const isAt = (list: string) => differences.some(({ path }) => path === list || path.startsWith(`${list}/`));
  const children = childKindsOf(type).flatMap(({ child, list }) => (isAt(list) ? [child] : []));
  const scalers = differences.some(({ path }) => isScalable(type, path)) ? SCALING_TYPES : [];
  return [...new Set([...children, ...scalers])];
}

/**
 * Elements that only the live list has may belong to a resource that could not be looked for, which may also be what
 * scales a capacity.
 */
function withoutUnread(type: string, comparison: Comparison, unread: string): Comparison {
  const lists = childKindsOf(type).map(({ list }) => list);
  const open = comparison.differences.filter(
    ({ path, desired }) =>
      isScalable(type, path) || (desired === undefined && lists.some((list) => path.startsWith(`${list}/`))),
  );
  if (open.length === 0) return comparison;
  const reason = `another stack may own it: ${unread}`;
  return {
    ...comparison,
    differences: comparison.differences.filter((difference) => !open.includes(difference)),
    unverifiable: [
      ...comparison.unverifiable,
      ...open.map(({ path }) => ({ path, reason, class: 'notRead' as const })),
    ],
  };
}
