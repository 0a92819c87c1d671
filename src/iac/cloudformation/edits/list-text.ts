import type { Json } from '../../../base/json.js';
import type { Change } from '../../../patch/intent.js';
import type { Attempt } from '../../../patch/ports.js';
import { parseNode } from '../../../syntax/parse.js';
import type { Range, Source } from '../../../syntax/source.js';
import type { ListValue } from '../../../value/value.js';
import { DIALECT } from '../template/dialect.js';
import { attempt, type Editing, set } from './attempt.js';
import { nodeAt } from './node-at.js';

/**
 * Changes the value of a list parameter where it is given: a comma-joined text is written again with the element set,
 * added or, without a live value, taken out; of a list in a configuration or parameter file the element is edited.
 */
export function* listTexts(change: Change, live: Json | undefined, editing: Editing): Generator<Attempt> {
  const list = change.kind === 'add-item' ? change.list : 'parent' in change ? change.parent : undefined;
  if (list?.kind !== 'list' || typeof live === 'object') return;
  const { source, range, via } = list.origin;
  if (!source || !range || !via.some(({ role }) => role === 'parameter')) return;
  const text = editing.documentOf(source).textOf(range);
  if (text === undefined) yield* listItems(change, live, source, range, editing);
  const rewritten = text === undefined ? undefined : withElement(text, list, change, live);
  if (rewritten !== undefined) yield set(source, range, rewritten, editing);
}

function* listItems(
  change: Change,
  live: string | number | boolean | null | undefined,
  source: Source,
  range: Range,
  editing: Editing,
): Generator<Attempt> {
  const document = editing.documentOf(source);
  const node = nodeAt(parseNode(source, 'parameters', DIALECT), range);
  if (node?.kind !== 'list') return;
  const item = node.items[Number(change.keys.at(-1))];
  if (change.kind === 'add-item' && live !== undefined)
    yield attempt(source, document.insertItem(range, change.index, live));
  else if (item && change.kind === 'remove') yield attempt(source, document.remove(item.range));
  else if (item && live !== undefined) yield set(source, item.range, live, editing);
}

function withElement(text: string, list: ListValue, change: Change, live: Json | undefined): string | undefined {
  const elements = text === '' ? [] : text.split(',');
  const value = String(live);
  if (elements.length !== list.items.length || value.includes(',')) return undefined;
  const gap = /^\s*/.exec(elements[1] ?? '')?.[0] ?? '';
  if (change.kind === 'add-item') {
    const before = elements.slice(0, change.index);
    return [...before, `${before.length > 0 ? gap : ''}${value}`, ...elements.slice(change.index)].join(',');
  }
  const index = Number(change.keys.at(-1));
  if (live === undefined)
    return elements
      .filter((_, at) => at !== index)
      .join(',')
      .trimStart();
  return elements.map((each, at) => (at === index ? each.replace(/\S(?:.*\S)?|^$/s, () => value) : each)).join(',');
}
