import { Lexer } from 'yaml';
import { applyEdits, type TextEdit } from '../../../src/patch/edit/apply-edits.js';
import { type EditableDocument, type EditResult, openDocument } from '../../../src/patch/edit/document.js';
import type { Written } from '../../../src/patch/edit/written.js';
import type { MapNode, Node } from '../../../src/template/node.js';
import { parseNode } from '../../../src/template/parse.js';
import { createSource } from '../../../src/template/source.js';
import type { Range } from '../../../src/template/value.js';
import { type Change, type Meaning, meaningOf } from './model.js';

/** A document with what it means. */
export interface Opened {
  text: string;
  path: string;
  root: Node;
  document: EditableDocument;
}

export function open(text: string, path = 'template.yaml'): Opened {
  const source = createSource(path, text);
  return { text, path, root: parseNode(source, 'template'), document: openDocument(source) };
}

export function perform(document: EditableDocument, change: Change): EditResult {
  switch (change.kind) {
    case 'set':
      return document.set(change.at, change.value);
    case 'remove':
      return document.remove(change.at);
    case 'insertItem':
      return document.insertItem(change.at, change.index, change.value);
    case 'insertEntry':
      return document.insertEntry(change.at, change.key, change.value);
  }
}

/** Makes a change; gives the new text, or why it was refused. Throws where the result is not exactly the change. */
export function change(opened: Opened, wanted: Change): { text: string; refused?: undefined } | { refused: string } {
  const result = perform(opened.document, wanted);
  if (result.refused !== undefined) return { refused: result.refused };
  const text = applyEdits(opened.text, result.edits);
  checkCare(opened, wanted, result.edits, text);
  const actual = reread(text, opened.path);
  const expected = show(meaningOf(opened.root, wanted));
  if (actual === expected) return { text };
  // A number that is added to quoted ones is quoted.
  const quoted = wanted.kind === 'insertItem' && { ...wanted, value: String(wanted.value) };
  if (quoted && typeof wanted.value !== 'object' && actual === show(meaningOf(opened.root, quoted))) return { text };
  const [before, after] = differing(opened.text, text);
  const [read, hoped] = differing(actual, expected);
  throw new Error(`${JSON.stringify(wanted)}\nturns\n${before}\ninto\n${after}\nwhich reads\n${read}\nnot\n${hoped}`);
}

/** The parts in which two texts differ, with some of what is around them. */
function differing(left: string, right: string): [string, string] {
  let head = 0;
  while (head < left.length && left[head] === right[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(left.length, right.length) - head && left.at(-1 - tail) === right.at(-1 - tail)) tail += 1;
  const cut = (text: string) => text.slice(Math.max(0, head - 90), text.length - Math.max(0, tail - 50));
  return [cut(left), cut(right)];
}

/** Comments stay unless their value goes; a scalar that replaces a scalar touches its own lines only. */
function checkCare(opened: Opened, wanted: Change, edits: readonly TextEdit[], text: string): void {
  const isScalar =
    wanted.kind === 'set' && wanted.isScalar && (typeof wanted.value !== 'object' || wanted.value === null);
  if ((isScalar || wanted.kind.startsWith('insert')) && opened.path.endsWith('.yaml')) {
    const [before, after] = [commentsOf(opened.text), commentsOf(text)];
    if (before.join('\n') !== after.join('\n'))
      throw new Error(`comments of\n${opened.text}\nare not those of\n${text}`);
  }
  if (!isScalar) return;
  const old = opened.text.slice(wanted.at.start, wanted.at.end).split('\n').length;
  const isOneLine = !String(wanted.value).trimEnd().includes('\n');
  const lines = edits.reduce((sum, edit) => sum + edit.text.split('\n').length, 0);
  if (edits.length > 1 && old === 1 && isOneLine)
    throw new Error(`more than one line of\n${opened.text}\nis touched in\n${text}`);
  if (old === 1 && lines > 1 && isOneLine) throw new Error(`more than one line comes into\n${text}`);
}

/** The comments of YAML, in order. */
function commentsOf(text: string): string[] {
  const comments: string[] = [];
  let isText = false;
  for (const token of new Lexer().lex(text)) {
    if (!isText && token.startsWith('#')) comments.push(token);
    isText = token === '\u001f';
  }
  return comments;
}

function reread(text: string, path: string): string {
  try {
    return show(meaningOf(parseNode(createSource(path, text), 'template')));
  } catch (error) {
    return `${error}`;
  }
}

/** A meaning as a text to compare, keys sorted. */
export function show(meaning: Meaning): string {
  return JSON.stringify(meaning, (_, value) =>
    value instanceof Map ? { entries: [...value].sort(([left], [right]) => (left < right ? -1 : 1)) } : value,
  );
}

/** A place that a change can be made at: what stands in the document itself, not what aliases repeat. */
export interface Place {
  node: Node;
  /** Stands in a list or a map. */
  isMember: boolean;
  /** Comes by a merge key. */
  isMerged: boolean;
}

/** All places of a document; an aliased node's range is the alias's. */
export function* places(node: Node, isMember = false, inShort = false): Generator<Place> {
  const { alias } = node;
  if (alias) {
    yield { node: { ...node, range: alias.range }, isMember, isMerged: false };
    return;
  }
  yield { node, isMember: isMember && !inShort, isMerged: false };
  if (node.kind === 'list') for (const item of node.items) yield* places(item, true);
  if (node.kind !== 'map') return;
  for (const entry of node.entries) yield* places(entry.value, true, node.short === true);
}

/** Changes of every kind at every place: each value is removed, set and added to in turn by some of the given ones. */
export function* everyChange({ root, text }: Opened, values: readonly Written[], each = 4): Generator<Change> {
  let turn = 0;
  const some = (count: number) => Array.from({ length: count }, () => values[turn++ % values.length] ?? null);
  for (const { node, isMember } of places(root)) {
    const quoted = /["']/.test(text[node.range.start] ?? '');
    const keys = node.kind === 'map' && !node.alias ? ownKeys(node) : [];
    const isText = text.endsWith('!!str ', node.range.start);
    for (const value of node === root ? [] : some(each))
      yield { kind: 'set', at: node.range, value, quoted, isText, isScalar: node.kind === 'scalar', keys };
    if (isMember) yield { kind: 'remove', at: node.range };
    if (node.alias) continue;
    if (node.kind === 'list') {
      for (const index of new Set([0, node.items.length >> 1, node.items.length]))
        for (const value of some(each - 1)) yield { kind: 'insertItem', at: node.range, index, value };
    }
    if (node.kind !== 'map' || node.short) continue;
    for (const value of some(each))
      yield { kind: 'insertEntry', at: node.range, key: 'Added', value, keys: ownKeys(node) };
  }
}

/** The keys that stand in the map itself, not those that it merges in. */
function ownKeys({ entries, range }: MapNode): Range[] {
  return entries.map(({ keyRange }) => keyRange).filter(({ start }) => range.start <= start && start < range.end);
}
