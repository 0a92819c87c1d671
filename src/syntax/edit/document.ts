import { DriftError } from '../../base/errors.js';
import type { Dialect } from '../dialect.js';
import type { Range, Source } from '../source.js';
import { sortEdits, type TextEdit } from './apply-edits.js';
import type { Context } from './context.js';
import { removeBlockMember } from './edit-block.js';
import { emptyFlow, removeFlowMember } from './edit-flow.js';
import { type Anchors, lostAnchor, readAnchors, whyNotInsert, whyNotRemove, whyNotSet } from './guards.js';
import { hasBrackets, insertInto } from './insert.js';
import { readJson } from './read-json.js';
import { readYaml } from './read-yaml.js';
import { replaceByLine, replaceValue } from './replace.js';
import { readStyle } from './style.js';
import { type Branch, isCall, memberOf, type Tree, walk } from './tree.js';
import type { Written } from './written.js';

/** Edits, sorted and not overlapping; or why a careful engineer would not make this edit by machine. */
export type EditResult = { edits: TextEdit[]; refused?: undefined } | { edits?: undefined; refused: string };

/**
 * A document whose values can be edited, each by the range that its node (node.ts) has. Edits are for the source as
 * it was opened; those of several operations may overlap.
 */
export interface EditableDocument {
  /**
   * Replaces the value with this range: a scalar's with quotes, without tag and anchor; a short call's from its tag to
   * its argument's end, or its argument's alone; an alias's own range, which makes the value of its own.
   */
  set(range: Range, value: Written): EditResult;
  /** Removes the list element or map entry whose value has this range. The last one leaves `[]` or `{}`. */
  remove(range: Range): EditResult;
  /** Adds an element to the list with this range, before the element that is the index-th in source, or at the end. */
  insertItem(list: Range, index: number, value: Written): EditResult;
  /**
   * Adds an entry to the map with this range: before the entry `before` where that is there, else at its end, or in its place
   * where the keys are in alphabetical order.
   */
  insertEntry(map: Range, key: string, value: Written, before?: string): EditResult;
  /** The decoded text of the scalar with this range; undefined where there is none. */
  textOf(range: Range): string | undefined;
}

/** A value and whether its range is meant with the tag. */
interface Found {
  tree: Tree;
  whole: boolean;
}

/**
 * Opens a YAML or JSON source for editing, one that `parseNode` (parse.ts) takes: that also bounds how deeply it
 * nests. Throws a `DriftError` (code `template`) for what is not well-formed.
 */
export function openDocument(source: Source, dialect: Dialect): EditableDocument {
  const { text } = source;
  const json = source.path.endsWith('.json') || /^\uFEFF?\s*[{[]/.test(text) ? readJson(source) : undefined;
  const root = json ?? readYaml(source);
  if (root === undefined)
    throw new DriftError('template', [
      { code: 'file-bad-yaml', message: 'neither YAML nor JSON', file: source.path, line: 1 },
    ]);
  const isJson = json !== undefined;
  const context: Context = { text, json: isJson, dialect, style: readStyle(root, text, isJson, dialect) };
  const anchors = readAnchors(root);
  const index = indexByRange(root);
  const find = ({ start, end }: Range) => index.get(`${start}-${end}`);
  return {
    set: (range, value) => set(find(range), value, context, anchors),
    remove: (range) => remove(find(range), context, anchors),
    insertItem: (list, at, value) => insert(find(list), { index: at, value }, context),
    insertEntry: (map, key, value, before) => insert(find(map), { key, value, before }, context),
    textOf(range) {
      const tree = find(range)?.tree;
      return tree?.kind === 'scalar' && tree.style !== 'alias' ? tree.text : undefined;
    },
  };
}

/** By the ranges that nodes have; a value with a call's tag stands twice, as a whole and as the argument. */
function indexByRange(root: Tree): Map<string, Found> {
  const index = new Map<string, Found>();
  for (const tree of walk(root)) {
    const { range, tag } = tree;
    index.set(`${range.start}-${range.end}`, { tree, whole: false });
    if (!tag || !isCall(tree)) continue;
    index.set(`${tag.range.start}-${Math.max(range.end, tag.range.end)}`, { tree, whole: true });
  }
  return index;
}

function set(found: Found | undefined, value: Written, context: Context, anchors: Anchors): EditResult {
  if (!found) return { refused: 'no value stands there' };
  const reason = whyNotSet(found.tree, value, anchors, context.dialect);
  return reason ? { refused: reason } : guarded(replaceValue(found.tree, found.whole, value, context), anchors);
}

function remove(found: Found | undefined, context: Context, anchors: Anchors): EditResult {
  const branch = found?.tree.parent;
  const member = found && memberOf(found.tree);
  if (!branch || !member) return { refused: 'no element and no entry stands there' };
  if (isCall(found.tree) && !found.whole) return { refused: `it is the argument of ${found.tree.tag?.text}` };
  const reason = whyNotRemove(member, branch, anchors);
  if (reason) return { refused: reason };
  return guarded(removeMember(branch, branch.members.indexOf(member), context), anchors);
}

function removeMember(branch: Branch, index: number, context: Context): TextEdit[] {
  if (branch.members.length > 1)
    return branch.flow ? removeFlowMember(branch, index, context) : removeBlockMember(branch, index, context);
  if (branch.flow && hasBrackets(branch, context)) return emptyFlow(branch, context);
  return replaceByLine(branch, branch.kind === 'list' ? '[]' : '{}', context);
}

function insert(
  found: Found | undefined,
  what:
    | { index: number; value: Written; key?: undefined }
    | { key: string; value: Written; before: string | undefined; index?: undefined },
  context: Context,
): EditResult {
  const kind = what.key === undefined ? 'list' : 'map';
  if (found?.tree.kind !== kind || (found.whole && isCall(found.tree))) return { refused: `no ${kind} stands there` };
  const branch = found.tree;
  const reason = whyNotInsert(branch, what.key);
  if (reason) return { refused: reason };
  const place = what.key === undefined ? what.index : placeAmong(branch, what.key, what.before);
  const index = Math.max(0, Math.min(place, branch.members.length));
  return { edits: sortEdits(insertInto(branch, index, what.key, what.value, context)) };
}

/** So many keys in alphabetical order are no coincidence. */
const SORTED = 4;

/** Where an entry belongs in a map. */
function placeAmong({ members }: Branch, key: string, before: string | undefined): number {
  const keys = members.map((member) => member.key?.text ?? '');
  if (before !== undefined && keys.includes(before)) return keys.indexOf(before);
  const isSorted = keys.length >= SORTED && keys.every((each, index) => index === 0 || (keys[index - 1] ?? '') < each);
  const next = isSorted ? keys.findIndex((each) => each > key) : -1;
  return next === -1 ? members.length : next;
}

function guarded(edits: TextEdit[], anchors: Anchors): EditResult {
  const lost = lostAnchor(edits, anchors);
  const changing = edits.filter(({ start, end, text }) => start < end || text !== '');
  return lost === undefined ? { edits: sortEdits(changing) } : { refused: lost };
}
