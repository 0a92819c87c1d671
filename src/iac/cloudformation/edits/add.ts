import { isObject, type Json } from '../../../base/json.js';
import type { Change } from '../../../patch/intent.js';
import type { Attempt } from '../../../patch/ports.js';
import type { ListNode, Node } from '../../../syntax/node.js';
import type { Range } from '../../../syntax/source.js';
import type { ListValue, Value } from '../../../value/value.js';
import { attempt, type Editing } from './attempt.js';
import { listTexts } from './list-text.js';
import { nodeAt } from './node-at.js';

/** Adds an element to a list or an entry to a map, where that is written. */
export function* additions(
  change: Extract<Change, { kind: 'add-item' | 'add-entry' }>,
  live: Json,
  editing: Editing,
): Generator<Attempt> {
  const holder = change.kind === 'add-item' ? change.list : change.map;
  const near: Value[] = change.kind === 'add-item' ? change.list.items : [...change.map.entries.values()];
  const { source, range } = holder.origin;
  if (change.kind === 'add-item') yield* listTexts(change, live, editing);
  if (source && range) {
    const document = editing.documentOf(source);
    const inTemplate = source.path === editing.template.source.path;
    const isMapped = holder.origin.via.some(({ role }) => role === 'table');
    const written = inTemplate && !isMapped ? editing.terms.write(live, near) : live;
    const node = inTemplate ? nodeAt(editing.template.root, range) : undefined;
    if (change.kind === 'add-entry') {
      yield attempt(source, document.insertEntry(range, change.key, written));
      // A reference may lead back to the resource.
      if (JSON.stringify(written) !== JSON.stringify(live))
        yield attempt(source, document.insertEntry(range, change.key, live));
    } else if (node?.kind === 'map' && isTag(live)) {
      yield attempt(source, document.insertEntry(range, live.Key, live.Value));
    } else if (node?.kind === 'list') {
      yield attempt(source, document.insertItem(range, sourceIndex(node, change.list, change.index), written));
    }
  }
}

/** An index into the evaluated list as one into the written list, which also has elements that come to nothing. */
function sourceIndex(node: ListNode, list: ListValue, index: number): number {
  const next = list.items[index]?.origin.use.range;
  if (next === undefined) return node.items.length;
  const at = node.items.findIndex((item) => covers(item, next));
  return at === -1 ? node.items.length : at;
}

function covers(node: Node, { start, end }: Range): boolean {
  const { range } = node.alias ?? node;
  return range.start <= start && end <= range.end;
}

/** A tag, which SAM takes as an entry of a map. */
function isTag(live: Json): live is { Key: string; Value: string } {
  return isObject(live) && typeof live['Key'] === 'string' && typeof live['Value'] === 'string';
}
