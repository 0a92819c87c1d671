import type { Json } from '../../../base/json.js';
import { effectiveEntries, type Node } from '../../../syntax/node.js';
import type { Source } from '../../../syntax/source.js';
import type { Value } from '../../../value/value.js';
import { intrinsicName } from '../template/dialect.js';
import { saidBy } from './said.js';

/** Where the values of a source begin that were passed on as they are; those of the deployed one begin elsewhere. */
export function startsOf(taken: ReadonlySet<Value>, source: Source): Set<number> {
  return new Set([...taken].flatMap(({ origin }) => (origin.use.source === source ? [origin.use.range.start] : [])));
}

/**
 * What a resource says beside the values that are passed on as they are: what a transform makes of this can't be told, so
 * that nothing of it may change.
 */
export function remainderOf(resource: Node, starts: ReadonlySet<number>): Json {
  const attributes = resource.kind === 'map' ? effectiveEntries(resource) : [];
  return Object.fromEntries(
    attributes
      .filter(({ key }) => key !== 'Metadata')
      .map(({ key, value }) => [key, key === 'Properties' ? (rest(value, starts) ?? null) : saidBy(value)]),
  );
}

/** The same of any node; undefined where nothing is left: of a map or list that was not passed on as a whole, its place is. */
export function rest(node: Node, starts: ReadonlySet<number>): Json | undefined {
  const isTaken = starts.has((node.alias?.range ?? node.range).start);
  if (isTaken && (node.kind === 'scalar' || intrinsicName(node) !== undefined)) return undefined;
  if (node.kind === 'scalar') return node.value;
  if (intrinsicName(node) === 'Fn::GetAtt') return saidBy(node);
  if (node.kind === 'list') {
    const items = node.items.flatMap((item) => rest(item, starts) ?? []);
    return items.length === 0 && isTaken ? undefined : items;
  }
  const left = effectiveEntries(node).flatMap(({ key, value }) => {
    const inner = rest(value, starts);
    return inner === undefined ? [] : [[key, inner] as const];
  });
  return left.length === 0 && isTaken ? undefined : Object.fromEntries(left);
}
