import { isDeepStrictEqual } from 'node:util';
import { DIALECT } from '../../../src/iac/cloudformation/template/dialect.js';
import { applyEdits } from '../../../src/syntax/edit/apply-edits.js';
import { type EditableDocument, type EditResult, openDocument } from '../../../src/syntax/edit/document.js';
import { get, type Node } from '../../../src/syntax/node.js';
import { parseNode } from '../../../src/syntax/parse.js';
import { createSource, type Range } from '../../../src/syntax/source.js';
import { checkCare } from './care.js';
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
  return { text, path, root: parseNode(source, 'template', DIALECT), document: openDocument(source, DIALECT) };
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

/** Makes a change; gives the new text, or why it was refused. Throws where the result is not exactly the change, made with care. */
export function change(opened: Opened, wanted: Change): { text: string; refused?: undefined } | { refused: string } {
  const result = perform(opened.document, wanted);
  if (result.refused !== undefined) return { refused: result.refused };
  const text = applyEdits(opened.text, result.edits);
  checkCare(opened.text, wanted, result.edits, text);
  const [actual, expected] = [reread(text, opened.path), meaningOf(opened.root, wanted)];
  if (isSame(actual, expected)) return { text };
  // A number inside of a value, or added to a list, is quoted as those beside it.
  const isInside = wanted.kind === 'insertItem' || (wanted.kind === 'set' && typeof wanted.value === 'object');
  if (isInside && isSame(allTexts(actual), allTexts(expected))) return { text };
  const [before, after] = differing(opened.text, text);
  const [read, hoped] = differing(show(actual), show(expected));
  throw new Error(`${JSON.stringify(wanted)}\nturns\n${before}\ninto\n${after}\nwhich reads\n${read}\nnot\n${hoped}`);
}

/** Whether two values say the same, whichever realm made them. */
function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(structuredClone(one), structuredClone(other));
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

function reread(text: string, path: string): Meaning {
  try {
    return meaningOf(parseNode(createSource(path, text), 'template', DIALECT));
  } catch (error) {
    return `${error}`;
  }
}

/** A meaning as a text to show, keys sorted. */
function show(meaning: Meaning): string {
  return JSON.stringify(meaning, (_, value) =>
    value instanceof Map ? { entries: [...value].sort(([left], [right]) => (left < right ? -1 : 1)) } : value,
  );
}

export type Path = readonly (string | number)[];

/** The node at a path. */
export function at(root: Node, path: Path): Node {
  const found = path.reduce<Node | undefined>(
    (node, key) => (typeof key === 'number' ? (node?.kind === 'list' ? node.items[key] : undefined) : get(node, key)),
    root,
  );
  if (!found) throw new Error(`nothing at ${path.join('/')}`);
  return found;
}

/** Makes one change at a path; gives the new text, or the reason in brackets. An alias's own range is taken. */
export function edited(text: string, path: Path, edit: (at: Range) => Change, file?: string): string {
  const opened = open(text, file);
  const node = at(opened.root, path);
  const wanted = edit(node.alias?.range ?? node.range);
  const result = change(opened, wanted);
  return result.refused === undefined ? result.text : `(${result.refused})`;
}

/** Numbers and booleans as texts. */
function allTexts(meaning: Meaning): Meaning {
  if (typeof meaning === 'number' || typeof meaning === 'boolean') return String(meaning);
  if (Array.isArray(meaning)) return meaning.map(allTexts);
  if (meaning instanceof Map) return new Map([...meaning].map(([key, each]) => [key, allTexts(each)]));
  return meaning;
}
