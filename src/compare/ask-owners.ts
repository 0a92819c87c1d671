import { isObject, type Json } from '../base/json.js';
import { child, segments } from '../base/json-pointer.js';
import type { Comparison, UndeclaredValue } from '../model/comparison.js';
import { valueAt } from '../value/value.js';
import type { CompareInput, Sibling } from './comparing.js';
import { ownOf } from './own.js';
import { identifiersOf, type Owned, withList } from './owners.js';
import { isScalable } from './scaling.js';
import type { Own } from './significant.js';
import type { Typed } from './types.js';

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
  const own = ownOf(input);
  const asked = askedTypes(input, outcome, own);
  if (others === undefined || asked.length === 0) return outcome;
  const found = await others(asked, identifiersOf(input));
  const settled = found.siblings.length === 0 ? outcome : await compare([...siblings, ...found.siblings]);
  return found.unread === undefined ? settled : withoutUnread(input, settled, own, found.unread);
}

/** Notes which elements other stacks declare. */
export function withOwned(outcome: Comparison, owned: readonly Owned[]): Comparison {
  const elements = owned.flatMap(({ path, owner: { stack, logicalId, type } }) =>
    stack === undefined ? [] : [{ path, stack, logicalId, type }],
  );
  return elements.length === 0 ? outcome : { ...outcome, owned: elements };
}

/** Types whose resources, of another stack, may explain a difference, or what is there and not declared. */
function askedTypes(typed: Typed, { differences, rest = [] }: Comparison, own: Own): string[] {
  const isAt = (list: string) =>
    differences.some(({ path }) => path === list || path.startsWith(`${list}/`)) ||
    rest.some((value) => elementsAt(value, list, own).some(mayBeDeclared));
  const children = typed.types.childKindsOf(typed.type).flatMap(({ child, list }) => (isAt(list) ? [child] : []));
  const scalers = differences.some(({ path }) => isScalable(typed, path)) ? typed.types.scalers : [];
  return [...new Set([...children, ...scalers])];
}

/**
 * Elements that only the live list has may belong to a resource that could not be looked for, which may also be what
 * scales a capacity.
 */
function withoutUnread(typed: Typed, comparison: Comparison, own: Own, unread: string): Comparison {
  const lists = typed.types.childKindsOf(typed.type).map(({ list }) => list);
  const open = comparison.differences.filter(
    ({ path, desired }) =>
      isScalable(typed, path) || (desired === undefined && lists.some((list) => path.startsWith(`${list}/`))),
  );
  const { rest, paths } = withoutOpen(comparison.rest ?? [], lists, own);
  if (open.length + paths.length === 0) return comparison;
  const reason = `another stack may own it: ${unread}`;
  return {
    ...comparison,
    differences: comparison.differences.filter((difference) => !open.includes(difference)),
    unverifiable: [
      ...comparison.unverifiable,
      ...[...open.map(({ path }) => path), ...paths].map((path) => ({ path, reason, class: 'notRead' as const })),
    ],
    ...(comparison.rest === undefined ? {} : { rest }),
  };
}

/** Undeclared values without what another stack may declare of them, and the lists that it was taken from. */
function withoutOpen(rest: readonly UndeclaredValue[], lists: readonly string[], own: Own) {
  const paths = new Set<string>();
  const kept = rest.flatMap((value) => {
    const list = lists.find((each) => elementsAt(value, each, own).some(mayBeDeclared));
    if (list === undefined) return [value];
    paths.add(list);
    if (value.path.length > list.length) return [];
    const left = elementsAt(value, list, own).filter((element) => !mayBeDeclared(element));
    const inner = segments(list.slice(value.path.length));
    if (inner.length === 0) return left.length === 0 ? [] : [{ ...value, live: left }];
    return isObject(value.live) ? [{ ...value, live: withList(value.live, inner, left) }] : [];
  });
  return { rest: kept, paths: [...paths] };
}

/**
 * What an undeclared value holds of a list, but for AWS's own: of the whole list, of what the list is in, or an element of
 * it.
 */
function elementsAt({ path, live }: UndeclaredValue, list: string, own: Own): Json[] {
  if (path.startsWith(`${list}/`)) return own.is(path, live) ? [] : [live];
  if (!`${list}/`.startsWith(`${path}/`)) return [];
  const found = valueAt(live, list.slice(path.length)) as Json | undefined;
  if (!Array.isArray(found) || own.is(list, found)) return [];
  return found.filter((element, index) => !own.is(child(list, index), element));
}

/** Whether a stack may declare it: what AWS keeps for everyone, as its managed policies, none does. */
function mayBeDeclared(element: Json): boolean {
  return typeof element !== 'string' || !/^arn:[\w-]+:[\w-]+:[\w-]*:aws:/.test(element);
}
