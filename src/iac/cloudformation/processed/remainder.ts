import type { Json } from '../../../base/json.js';
import { effectiveEntries, type Node } from '../../../syntax/node.js';
import type { Source } from '../../../syntax/source.js';
import type { Value } from '../../../value/value.js';
import { intrinsicName } from '../template/dialect.js';
import { isArtifact } from './artifacts.js';
import { saidBy } from './said.js';

/** Where the values of a source begin that were passed on as they are; those of the deployed one begin elsewhere. */
export function startsOf(taken: ReadonlySet<Value>, source: Source): Set<number> {
  return new Set(
    [...taken].flatMap(({ kind, origin }) => {
      const isOwn = kind !== 'map' && kind !== 'list' && origin.use.source === source;
      return isOwn ? [origin.use.range.start] : [];
    }),
  );
}

/**
 * What a resource says beside the values that are passed on as they are: what a transform makes of this can't be told, so
 * that nothing of it may change. Paths of files, which packaging replaces, are left out.
 */
export function remainderOf(resource: Node, starts: ReadonlySet<number>): Json {
  const attributes = resource.kind === 'map' ? effectiveEntries(resource) : [];
  return Object.fromEntries(
    attributes
      .filter(({ key }) => key !== 'Metadata')
      .map(({ key, value }) => [key, key === 'Properties' ? (rest(value, starts) ?? null) : saidBy(value)]),
  );
}

/** The same of any node; undefined where nothing is left. */
export function rest(node: Node, starts: ReadonlySet<number>): Json | undefined {
  if (
    starts.has((node.alias?.range ?? node.range).start) &&
    (node.kind === 'scalar' || intrinsicName(node) !== undefined)
  )
    return undefined;
  if (node.kind === 'scalar') return node.value;
  if (intrinsicName(node) === 'Fn::GetAtt') return saidBy(node);
  if (node.kind === 'list') {
    const items = node.items.flatMap((item) => rest(item, starts) ?? []);
    return items.length === 0 && node.items.length > 0 ? undefined : items;
  }
  const left = effectiveEntries(node).flatMap(({ key, value }) => {
    if (isArtifact(key, saidBy(value))) return [];
    const inner = rest(value, starts);
    return inner === undefined ? [] : [[key, inner] as const];
  });
  return left.length === 0 && node.entries.length > 0 ? undefined : Object.fromEntries(left);
}
