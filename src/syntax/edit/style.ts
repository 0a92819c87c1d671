import type { Dialect } from '../dialect.js';
import { columnOf, indentOf, isFirstOnLine, onSameLine } from './lines.js';
import type { Quotes } from './quote.js';
import { Tally } from './tally.js';
import { type Branch, isCall, type Tree, walk } from './tree.js';

/** How a collection lies in the text: block style, in brackets on one line, in brackets over several lines. */
export type Layout = 'block' | 'line' | 'lines';

/** What most of a document does. */
export interface Style {
  /** Between quoted texts of YAML. */
  quotes: Quotes;
  /** Calls as tags. */
  tags: boolean;
  /** White space of one level. */
  unit: string;
  /** Lists in block style stand deeper than the key they belong to. */
  indentsLists: boolean;
  /** How collections of scalars lie, calls in long form apart. */
  layouts: Record<'list' | 'map' | 'call', Layout>;
  /** Between a key and its value in brackets, between members, inside of braces and brackets. */
  colon: string;
  comma: string;
  padding: Record<'list' | 'map', string>;
  /** The order in which maps with the same keys have them, by `keySet`. */
  orders: ReadonlyMap<string, readonly string[]>;
}

/** Looks a document over, once. */
export function readStyle(root: Tree, text: string, json: boolean, dialect: Dialect): Style {
  const seen = new Tally();
  const orders = new Map<string, readonly string[]>();
  for (const tree of walk(root)) {
    if (isCall(tree)) seen.add('call', 'tag');
    if (tree.kind === 'scalar') {
      if (tree.style === 'single' || tree.style === 'double') seen.add('quotes', tree.style);
    } else if (tree.members.length > 0) {
      lookAt(tree, text, seen, dialect);
      const keys = tree.members.flatMap(({ key }) => key?.text ?? []);
      if (keys.length > 1 && !orders.has(keySet(keys))) orders.set(keySet(keys), keys);
    }
  }
  const layout = seen.most('layout', json && seen.most('any', 'lines') === 'line' ? 'line' : json ? 'lines' : 'block');
  return {
    quotes: seen.most('quotes', 'double') as Quotes,
    tags: !json && seen.most('call', 'tag') === 'tag',
    unit: seen.most('unit', '  '),
    indentsLists: seen.most('lists', 'deeper') === 'deeper',
    layouts: {
      list: seen.most('layout list', layout) as Layout,
      map: seen.most('layout map', layout) as Layout,
      call: seen.most('layout call', seen.most('layout map', layout)) as Layout,
    },
    colon: seen.most('colon', seen.most('any', 'lines') === 'line' && json ? ':' : ': '),
    comma: seen.most('comma', seen.most('colon', ': ') === ':' ? ',' : ', '),
    padding: { list: seen.most('padding list', ''), map: seen.most('padding map', '') },
    orders,
  };
}

/** Keys without their order, as a key itself. */
export function keySet(keys: readonly string[]): string {
  return JSON.stringify(keys.toSorted());
}

/** What one level adds to the indentation in a collection in brackets; undefined where its members don't show it. */
export function flowUnit(branch: Branch | undefined, text: string): string | undefined {
  const start = branch?.members[0]?.start;
  if (!branch?.flow || start === undefined || !isFirstOnLine(text, start)) return undefined;
  const outer = indentOf(text, branch.range.start);
  const inner = indentOf(text, start);
  return inner.length > outer.length && inner.startsWith(outer) ? inner.slice(outer.length) : undefined;
}

/** How a collection with members lies. */
export function layoutOf(branch: Branch, text: string): Layout {
  const first = branch.members[0];
  if (!branch.flow) return 'block';
  return first && !onSameLine(text, branch.range.start, first.start) ? 'lines' : 'line';
}

function lookAt(branch: Branch, text: string, seen: Tally, dialect: Dialect): void {
  const layout = layoutOf(branch, text);
  const isLeaf = branch.members.every(({ value }) => value.kind === 'scalar' || value.members.length === 0);
  const isLongCall = branch.kind === 'map' && dialect.isCall(branch.members[0]?.key?.text ?? '');
  const kind = isLongCall && branch.members.length === 1 ? 'call' : branch.kind;
  if (kind === 'call') seen.add('call', 'long');
  if (isLeaf) {
    seen.add('layout', layout);
    seen.add(`layout ${kind}`, layout);
  }
  if (branch.flow) lookAtFlow(branch, layout, text, seen);
  lookAtIndent(branch, layout, text, seen);
}

function lookAtFlow(branch: Branch, layout: Layout, text: string, seen: Tally): void {
  seen.add('any', layout);
  const [first, second] = branch.members;
  if (first?.key && first.after !== undefined) {
    const colon = text.slice(first.key.range.end, first.value.range.start);
    if (/^ ?: ?$/.test(colon)) seen.add('colon', colon);
  }
  if (layout !== 'line' || first === undefined || !/[{[]/.test(text[branch.range.start] ?? '')) return;
  const padding = text.slice(branch.range.start + 1, first.start);
  seen.add(`padding ${branch.kind}`, /^ ?$/.test(padding) ? padding : '');
  const comma = second && text.slice(first.value.end, second.start);
  if (comma && /^, ?$/.test(comma)) seen.add('comma', comma);
}

function lookAtIndent(branch: Branch, layout: Layout, text: string, seen: Tally): void {
  const start = branch.members[0]?.start ?? 0;
  const unit = layout === 'lines' ? flowUnit(branch, text) : undefined;
  if (unit !== undefined) seen.add('unit', unit);
  if (layout !== 'block' || branch.parent?.kind !== 'map' || branch.parent.flow) return;
  const deeper = columnOf(text, start) - columnOf(text, branch.parent.members[0]?.start ?? 0);
  if (branch.kind === 'list') seen.add('lists', deeper > 0 ? 'deeper' : 'same');
  if (deeper > 0) seen.add('unit', ' '.repeat(deeper));
}
