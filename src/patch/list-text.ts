import type { Json } from '../json.js';
import type { ListValue } from '../template/value.js';
import { type Attempt, type Editing, set } from './candidates.js';
import type { Change } from './intent.js';

/**
 * Changes a list that is written as one text, the comma-joined value of a list parameter: the text is written again
 * with the element set, added or, without a live value, taken out.
 */
export function* listTexts(change: Change, live: Json | undefined, editing: Editing): Generator<Attempt> {
  const list = change.kind === 'add-item' ? change.list : 'parent' in change ? change.parent : undefined;
  if (list?.kind !== 'list' || typeof live === 'object') return;
  const { source, range, via } = list.origin;
  if (!source || !range || !via.some(({ kind }) => kind === 'Parameter')) return;
  const text = editing.documentOf(source).textOf(range);
  const rewritten = text === undefined ? undefined : withElement(text, list, change, live);
  if (rewritten !== undefined) yield set(source, range, rewritten, editing);
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
