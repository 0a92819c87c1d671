import type { Branch, Member, Property, Tree } from '../edit/tree.js';
import { MAX_DEPTH, MAX_LEXEMES } from '../limits.js';
import type { Range } from '../source.js';
import { afterSpaces, isFollowed, isLineEnd, lineAfter, matched, NOT_PLAIN, type Reading } from './reading.js';
import { readBlock, readScalar, type Scalar } from './scalars.js';

/** Whatever readers treat in a way of its own: tabs, byte order marks, all line breaks but one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const ODD_CHARACTER = /[\0-\t\v-\x1f\x7f-\xa0\u2028\u2029\ufeff]/;
const TAG = /![A-Za-z]+(?=[ \n])/y;
/** Readers take keys of 1,024 characters. */
const LONGEST_KEY = 1000;
/** No text has more than twice as many lexemes as characters. */
const LONGEST_TEXT = MAX_LEXEMES / 2;
/** What is nested deeper has to be measured. */
const DEEPEST = MAX_DEPTH / 4;

/**
 * Reads YAML as nearly all templates are written, in a tenth of the time that the library takes: maps, lists, short calls,
 * brackets, blocks of text, and scalars of one line. Gives just the tree that the library's document comes to; undefined
 * where there is anything else in the text, right or wrong (anchors, tabs, empty values, odd indentation).
 */
export function readPlainYaml(text: string): Tree | undefined {
  if (text.length > LONGEST_TEXT || ODD_CHARACTER.test(text)) return undefined;
  const reading: Reading = { text, at: 0, line: 0, indent: 0, comment: -1, end: 0, depth: 0 };
  try {
    return readDocument(reading);
  } catch (error) {
    if (error === NOT_PLAIN) return undefined;
    throw error;
  }
}

function readDocument(reading: Reading): Tree {
  toContent(reading, 0);
  if (reading.indent === 0 && reading.text.startsWith('---\n', reading.at)) toContent(reading, reading.at + 4);
  if (reading.indent !== 0) throw NOT_PLAIN;
  const root = readMap(reading, 0);
  if (reading.at < reading.text.length) throw NOT_PLAIN;
  return root;
}

/** Goes on to the next line with content; `from` is where a line begins. */
function toContent(reading: Reading, from: number): void {
  const { text } = reading;
  reading.comment = -1;
  for (let line = from; line < text.length; ) {
    const at = afterSpaces(text, line);
    const char = text[at];
    if (char !== '\n' && char !== '#' && char !== undefined) {
      reading.at = at;
      reading.line = line;
      reading.indent = at - line;
      return;
    }
    if (char === '#') reading.comment = Math.max(reading.comment, at - line);
    line = lineAfter(text, at);
  }
  reading.at = text.length;
  reading.indent = -1;
}

/** The map whose first key is here. */
function readMap(reading: Reading, indent: number): Branch {
  const start = reading.at;
  const members: Member[] = [];
  enter(reading);
  do members.push(readEntry(reading, indent));
  while (reading.indent === indent);
  leave(reading, indent);
  return branchOf('map', members, { start, end: reading.end });
}

function readEntry(reading: Reading, indent: number): Member {
  const { text, at: start } = reading;
  if (indent === 0 && /[-.]/.test(text.charAt(start))) throw NOT_PLAIN;
  const key = readKey(reading, false);
  const after = reading.at;
  if (after - start > LONGEST_KEY || !isFollowed(text, after)) throw NOT_PLAIN;
  return { start, key, after, value: readValue(reading, indent, false) };
}

/** The list whose first dash is here. */
function readList(reading: Reading, indent: number): Branch {
  const start = reading.at;
  const members: Member[] = [];
  enter(reading);
  do {
    const dash = reading.at;
    reading.at += 1;
    members.push({ start: dash, after: dash + 1, value: readValue(reading, indent, true) });
  } while (reading.indent === indent && isDash(reading));
  leave(reading, indent);
  return branchOf('list', members, { start, end: reading.end });
}

/** A map or list of lines; `range` ends where the line of its last member does. */
function branchOf(kind: Branch['kind'], members: Member[], range: Range): Branch {
  const end = members.at(-1)?.value.end ?? range.end;
  return withParent({ kind, flow: false, members, range, end });
}

function withParent(branch: Branch): Branch {
  for (const { value } of branch.members) value.parent = branch;
  return branch;
}

function enter(reading: Reading): void {
  reading.depth += 1;
  if (reading.depth > DEEPEST) throw NOT_PLAIN;
}

/** Leaves a map or list before a line that is no part of it. A comment as deep as its members would be one. */
function leave(reading: Reading, indent: number): void {
  reading.depth -= 1;
  if (reading.indent > indent || reading.comment >= Math.max(indent, 1)) throw NOT_PLAIN;
}

/** The value behind a colon or dash; `indent` is that of the map or list that it is a member of. */
function readValue(reading: Reading, indent: number, inList: boolean): Tree {
  const { text } = reading;
  reading.at = afterSpaces(text, reading.at);
  const tag = readTag(reading);
  if (isLineEnd(text, reading.at)) return tagged(tag, readBelow(reading, indent, inList));
  if (inList && tag === undefined) {
    const column = reading.at - reading.line;
    if (isDash(reading)) return readList(reading, column);
    if (isKey(reading)) return readMap(reading, column);
  }
  const value = /[|>]/.test(text.charAt(reading.at)) ? readBlock(reading, indent) : readInline(reading, indent);
  toContent(reading, reading.end);
  // What is indented more goes on with this value, or is an error.
  if (reading.indent > indent) throw NOT_PLAIN;
  return tagged(tag, value);
}

/** The map or list that begins on the next line. */
function readBelow(reading: Reading, indent: number, inList: boolean): Branch {
  toContent(reading, lineAfter(reading.text, reading.at));
  const isList = isDash(reading);
  if (reading.indent < indent || (reading.indent === indent && (inList || !isList))) throw NOT_PLAIN;
  return isList ? readList(reading, reading.indent) : readMap(reading, reading.indent);
}

function readInline(reading: Reading, indent: number): Tree {
  const { text } = reading;
  const value = readMember(reading, indent, false);
  const at = afterSpaces(text, reading.at);
  if (!isLineEnd(text, at)) throw NOT_PLAIN;
  reading.end = lineAfter(text, at);
  return value;
}

/** Brackets or a scalar. */
function readMember(reading: Reading, indent: number, inFlow: boolean): Tree {
  const char = reading.text[reading.at];
  if (char === '[') return readFlow(reading, indent, 'list');
  if (char === '{') return readFlow(reading, indent, 'map');
  const { style, text, range } = readScalar(reading, inFlow);
  return { kind: 'scalar', style, text, end: range.end, range };
}

/** Brackets with members in them, which are parted by commas; the last may have one behind it as well. */
function readFlow(reading: Reading, indent: number, kind: Branch['kind']): Branch {
  const { text, at: start } = reading;
  const close = kind === 'map' ? '}' : ']';
  const members: Member[] = [];
  enter(reading);
  reading.at += 1;
  toFlow(reading, indent);
  while (text[reading.at] !== close) {
    members.push(kind === 'map' ? readFlowEntry(reading, indent) : readFlowItem(reading, indent));
    toFlow(reading, indent);
    if (text[reading.at] === close) break;
    if (text[reading.at] !== ',') throw NOT_PLAIN;
    reading.at += 1;
    toFlow(reading, indent);
  }
  reading.at += 1;
  reading.depth -= 1;
  return withParent({ kind, flow: true, members, range: { start, end: reading.at }, end: reading.at });
}

function readFlowEntry(reading: Reading, indent: number): Member {
  const start = reading.at;
  const key = readKey(reading, true);
  const after = reading.at;
  if (key.style === 'plain' && !isFollowed(reading.text, after)) throw NOT_PLAIN;
  toFlow(reading, indent);
  return { start, key, after, value: readFlowItem(reading, indent).value };
}

function readFlowItem(reading: Reading, indent: number): Member {
  const start = reading.at;
  const tag = readTag(reading);
  return { start, value: tagged(tag, readMember(reading, indent, true)) };
}

/** Goes on to what is next inside of brackets, on this line or one that is indented as readers ask for. */
function toFlow(reading: Reading, indent: number): void {
  const { text } = reading;
  reading.at = afterSpaces(text, reading.at);
  while (text[reading.at] === '\n') {
    const line = reading.at + 1;
    reading.at = afterSpaces(text, line);
    if (text[reading.at] !== '\n' && reading.at - line <= indent) throw NOT_PLAIN;
  }
}

/** A key, and the colon behind it. */
function readKey(reading: Reading, inFlow: boolean): Scalar {
  const key = readScalar(reading, inFlow);
  reading.at = afterSpaces(reading.text, reading.at);
  if (reading.text[reading.at] !== ':' || key.text === '<<') throw NOT_PLAIN;
  reading.at += 1;
  return key;
}

/** Whether a key is here. */
function isKey(reading: Reading): boolean {
  const { text, at } = reading;
  if (/[[{|>]/.test(text.charAt(at))) return false;
  readScalar(reading, false);
  const end = afterSpaces(text, reading.at);
  reading.at = at;
  return text[end] === ':' && isFollowed(text, end + 1);
}

function readTag(reading: Reading): Property | undefined {
  const { text, at: start } = reading;
  if (text[start] !== '!') return undefined;
  const tag = matched(reading, TAG);
  if (tag === undefined) throw NOT_PLAIN;
  const range = { start, end: reading.at };
  reading.at = afterSpaces(text, reading.at);
  return { text: tag, range };
}

function tagged(tag: Property | undefined, tree: Tree): Tree {
  if (tag !== undefined) tree.tag = tag;
  return tree;
}

function isDash({ text, at }: Reading): boolean {
  return text[at] === '-' && isFollowed(text, at + 1);
}
