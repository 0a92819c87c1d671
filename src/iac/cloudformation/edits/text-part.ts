import type { Attempt } from '../../../patch/ports.js';
import type { Node } from '../../../syntax/node.js';
import { parseNode } from '../../../syntax/parse.js';
import type { Range, Source } from '../../../syntax/source.js';
import type { Value } from '../../../value/value.js';
import { DIALECT } from '../template/dialect.js';
import { type Editing, set } from './attempt.js';

/** Changes a part of a text that a function picks, such as an element of a comma-joined list, within the whole text. */
export function* partRewrites({ origin }: Value, live: string, editing: Editing): Generator<Attempt> {
  const { source, range } = origin;
  if (!source || !range) return;
  const whole = scalarAround(rootOf(source, editing), range);
  const text = whole && editing.documentOf(source).textOf(whole);
  if (!whole || text === undefined) return;
  // Ranges of parts are exact where the text is written without escapes, in quotes or plain.
  const start = range.start - whole.start - (whole.end - whole.start === text.length ? 0 : 1);
  const end = start + (range.end - range.start);
  if (text.slice(start, end) !== source.text.slice(range.start, range.end)) return;
  yield set(source, whole, text.slice(0, start) + live + text.slice(end), editing);
}

function rootOf(source: Source, { template }: Editing): Node {
  return source.path === template.source.path ? template.root : parseNode(source, 'parameters', DIALECT);
}

function scalarAround(node: Node, { start, end }: Range): Range | undefined {
  if (node.alias || start < node.range.start || node.range.end < end) return undefined;
  if (node.kind === 'scalar') return node.range;
  const inner = node.kind === 'list' ? node.items : node.entries.map(({ value }) => value);
  for (const each of inner) {
    const found = scalarAround(each, { start, end });
    if (found) return found;
  }
  return undefined;
}
