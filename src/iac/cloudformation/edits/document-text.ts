import { segments } from '../../../base/json-pointer.js';
import type { Difference } from '../../../model/comparison.js';
import type { Attempt } from '../../../patch/ports.js';
import { applyEdits } from '../../../syntax/edit/apply-edits.js';
import { type EditResult, openDocument } from '../../../syntax/edit/document.js';
import { type Node, nodeUnder } from '../../../syntax/node.js';
import { parseJson } from '../../../syntax/parse-json.js';
import { createSource } from '../../../syntax/source.js';
import type { Value } from '../../../value/value.js';
import { DIALECT } from '../template/dialect.js';
import { type Editing, set } from './attempt.js';
import { escaped } from './terms.js';

/** Edits a JSON document that the template holds as one text (a policy in a block scalar, also inside `Fn::Sub`) from inside. */
export function* documentRewrite(
  { origin }: Value,
  inner: readonly Difference[],
  editing: Editing,
): Generator<Attempt> {
  const { source, range, via } = origin;
  if (!source || !range) return;
  const text = editing.documentOf(source).textOf(range);
  const inSub = via.some(({ kind }) => kind === 'Fn::Sub');
  if (text === undefined || (origin.parts !== undefined && !inSub)) return;
  let changed: string | undefined = text;
  // What stands further behind first, so that the paths of what is left to do hold.
  for (const difference of [...inner].reverse()) {
    changed = changed === undefined ? undefined : edited(changed, difference, inSub);
  }
  if (changed !== undefined && changed !== text) yield set(source, range, changed, editing);
}

function edited(text: string, difference: Difference, inSub: boolean): string | undefined {
  const source = createSource('document.json', text);
  const { node } = parseJson(source);
  if (node === undefined) return undefined;
  const result = editOf(node, difference, inSub, openDocument(source, DIALECT));
  return result?.edits === undefined ? undefined : applyEdits(text, result.edits);
}

function editOf(
  root: Node,
  { path, live, insertAt }: Difference,
  inSub: boolean,
  document: ReturnType<typeof openDocument>,
): EditResult | undefined {
  const keys = segments(path);
  const last = keys.at(-1);
  if (last === undefined) return undefined;
  const value =
    live === undefined ? undefined : inSub ? (JSON.parse(escaped(JSON.stringify(live))) as typeof live) : live;
  const holder = nodeUnder(root, keys.slice(0, -1));
  const present = nodeUnder(root, keys);
  if (present) return value === undefined ? document.remove(present.range) : document.set(present.range, value);
  if (value === undefined || holder === undefined) return undefined;
  if (holder.kind === 'map') return document.insertEntry(holder.range, last, value);
  if (holder.kind === 'list') return document.insertItem(holder.range, insertAt ?? holder.items.length, value);
  if (holder.value === null) return undefined;
  return last === '0' ? document.set(holder.range, value) : document.set(holder.range, [holder.value, value]);
}
