import { CST } from 'yaml';
import type { Dialect } from './dialect.js';
import { MAX_DEPTH, MAX_LEXEMES } from './limits.js';
import { readPlain } from './literal.js';
import type { ListNode, MapEntry, MapNode, Node, ScalarNode } from './node.js';
import type { Range } from './source.js';

/** How far reading a text has come. */
interface Reading {
  readonly text: string;
  readonly tags: Dialect['tags'];
  at: number;
  /** Where the line with content begins that is read, and how far it is indented; -1: the text is at its end. */
  line: number;
  indent: number;
  /** How far the comment just before that line is indented, at most; -1: there is none. */
  comment: number;
  /** Where what was read last ends, with the rest of its line. */
  end: number;
  depth: number;
}

interface Scalar {
  text: string;
  isPlain: boolean;
  range: Range;
}

/** Whatever readers treat in a way of its own: tabs, byte order marks, all line breaks but one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const ODD_CHARACTER = /[\0-\t\v-\x1f\x7f-\xa0\u2028\u2029\ufeff]/;
/** A plain scalar begins with none of these; with a dash where more follows. */
const INDICATOR = /[!&*|>'"%@`#,[\]{}?:-]/;
const FLOW_INDICATOR = /[,[\]{}]/;
/** As JSON has it: of these escapes both have the same notion. */
const DOUBLE_QUOTED = /"(?:[^"\\\n]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SINGLE_QUOTED = /'(?:[^'\n]|'')*'/y;
const BLOCK = /[|>]-?\n/y;
const TAG = /![A-Za-z]+(?=[ \n])/y;
/** Readers take keys of 1,024 characters. */
const LONGEST_KEY = 1000;
/** No text has more than twice as many lexemes as characters. */
const LONGEST_TEXT = MAX_LEXEMES / 2;
/** What is nested deeper has to be measured. */
const DEEPEST = MAX_DEPTH / 4;

const NOT_PLAIN = new Error('not plain YAML');

/**
 * Reads YAML as nearly all templates are written, in a tenth of the time that the library takes: maps, lists, short calls,
 * brackets, blocks of text, and scalars of one line. Gives the node that `parseYaml` makes of the library's document; undefined
 * where there is anything else in the text, right or wrong (anchors, tabs, empty values, odd indentation).
 */
export function readPlainYaml(text: string, { tags }: Dialect): Node | undefined {
  if (text.length > LONGEST_TEXT || ODD_CHARACTER.test(text)) return undefined;
  const reading: Reading = { text, tags, at: 0, line: 0, indent: 0, comment: -1, end: 0, depth: 0 };
  try {
    return readDocument(reading);
  } catch (error) {
    if (error === NOT_PLAIN) return undefined;
    throw error;
  }
}

function readDocument(reading: Reading): Node {
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
function readMap(reading: Reading, indent: number): MapNode {
  const start = reading.at;
  const entries: MapEntry[] = [];
  enter(reading);
  do entries.push(readEntry(reading, indent));
  while (reading.indent === indent);
  leave(reading, indent);
  return { kind: 'map', entries, range: { start, end: reading.end } };
}

function readEntry(reading: Reading, indent: number): MapEntry {
  const { text, at: start } = reading;
  if (indent === 0 && /[-.]/.test(text.charAt(start))) throw NOT_PLAIN;
  const key = readKey(reading, false);
  if (reading.at - start > LONGEST_KEY || !isFollowed(text, reading.at)) throw NOT_PLAIN;
  return { key: key.text, keyRange: key.range, value: readValue(reading, indent, false) };
}

/** The list whose first dash is here. */
function readList(reading: Reading, indent: number): ListNode {
  const start = reading.at;
  const items: Node[] = [];
  enter(reading);
  do {
    reading.at += 1;
    items.push(readValue(reading, indent, true));
  } while (reading.indent === indent && isDash(reading));
  leave(reading, indent);
  return { kind: 'list', items, range: { start, end: reading.end } };
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
function readValue(reading: Reading, indent: number, inList: boolean): Node {
  const { text } = reading;
  reading.at = afterSpaces(text, reading.at);
  const tag = readTag(reading);
  if (isLineEnd(text, reading.at)) return called(tag, readBelow(reading, indent, inList));
  if (inList && tag === undefined) {
    const column = reading.at - reading.line;
    if (isDash(reading)) return readList(reading, column);
    if (isKey(reading)) return readMap(reading, column);
  }
  const value = /[|>]/.test(text.charAt(reading.at))
    ? readBlock(reading, indent)
    : readInline(reading, indent, tag !== undefined);
  toContent(reading, reading.end);
  // What is indented more goes on with this value, or is an error.
  if (reading.indent > indent) throw NOT_PLAIN;
  return called(tag, value);
}

/** The map or list that begins on the next line. */
function readBelow(reading: Reading, indent: number, inList: boolean): Node {
  toContent(reading, lineAfter(reading.text, reading.at));
  const isList = isDash(reading);
  if (reading.indent < indent || (reading.indent === indent && (inList || !isList))) throw NOT_PLAIN;
  return isList ? readList(reading, reading.indent) : readMap(reading, reading.indent);
}

function readInline(reading: Reading, indent: number, isTagged: boolean): Node {
  const { text } = reading;
  const value = readMember(reading, indent, isTagged, false);
  const at = afterSpaces(text, reading.at);
  if (!isLineEnd(text, at)) throw NOT_PLAIN;
  reading.end = lineAfter(text, at);
  return value;
}

/** Brackets or a scalar. */
function readMember(reading: Reading, indent: number, isTagged: boolean, inFlow: boolean): Node {
  const char = reading.text[reading.at];
  if (char === '[') return readFlowList(reading, indent);
  if (char === '{') return readFlowMap(reading, indent);
  return nodeOf(readScalar(reading, inFlow), isTagged);
}

/** What a scalar says; the text of a short call (`!Sub 012`) is text. */
function nodeOf({ text, isPlain, range }: Scalar, isTagged: boolean): ScalarNode {
  return { ...(isPlain && !isTagged ? readPlain(text) : { value: text }), kind: 'scalar', range };
}

function readFlowList(reading: Reading, indent: number): ListNode {
  const items: Node[] = [];
  const range = readFlow(reading, indent, ']', () => items.push(readFlowValue(reading, indent)));
  return { kind: 'list', items, range };
}

function readFlowMap(reading: Reading, indent: number): MapNode {
  const { text } = reading;
  const entries: MapEntry[] = [];
  const range = readFlow(reading, indent, '}', () => {
    const { text: key, isPlain, range: keyRange } = readKey(reading, true);
    if (isPlain && !isFollowed(text, reading.at)) throw NOT_PLAIN;
    toFlow(reading, indent);
    entries.push({ key, keyRange, value: readFlowValue(reading, indent) });
  });
  return { kind: 'map', entries, range };
}

/** Brackets with members in them, which are parted by commas; the last may have one behind it as well. */
function readFlow(reading: Reading, indent: number, close: string, readOne: () => void): Range {
  const { text, at: start } = reading;
  enter(reading);
  reading.at += 1;
  toFlow(reading, indent);
  while (text[reading.at] !== close) {
    readOne();
    toFlow(reading, indent);
    if (text[reading.at] === close) break;
    if (text[reading.at] !== ',') throw NOT_PLAIN;
    reading.at += 1;
    toFlow(reading, indent);
  }
  reading.at += 1;
  reading.depth -= 1;
  return { start, end: reading.at };
}

function readFlowValue(reading: Reading, indent: number): Node {
  const tag = readTag(reading);
  return called(tag, readMember(reading, indent, tag !== undefined, true));
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

function readScalar(reading: Reading, inFlow: boolean): Scalar {
  const { text, at: start } = reading;
  const char = text[start];
  const isPlain = char !== '"' && char !== "'";
  if (isPlain) {
    reading.at = endOfPlain(text, start, inFlow);
    return { text: text.slice(start, reading.at), isPlain, range: { start, end: reading.at } };
  }
  const source = matched(reading, char === '"' ? DOUBLE_QUOTED : SINGLE_QUOTED);
  if (source === undefined) throw NOT_PLAIN;
  return { text: unquoted(source), isPlain, range: { start, end: reading.at } };
}

function unquoted(source: string): string {
  if (source.startsWith("'")) return source.slice(1, -1).replaceAll("''", "'");
  return source.includes('\\') ? (JSON.parse(source) as string) : source.slice(1, -1);
}

/** A plain scalar ends with its line, before a comment, a colon that makes it a key, and in brackets before these and commas. */
function endOfPlain(text: string, start: number, inFlow: boolean): number {
  const first = text.charAt(start);
  const isDashed = first === '-' && isBegun(text.charAt(start + 1));
  if (first === '' || (INDICATOR.test(first) && !isDashed)) throw NOT_PLAIN;
  let end = start;
  for (let at = start; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\n' || (char === '#' && text[at - 1] === ' ')) break;
    if (inFlow && FLOW_INDICATOR.test(char)) break;
    if (char === ':' && (isFollowed(text, at + 1) || (inFlow && FLOW_INDICATOR.test(text.charAt(at + 1))))) break;
    if (char !== ' ') end = at + 1;
  }
  return end;
}

/** Whether a dash before it is one of a word or number. */
function isBegun(char: string): boolean {
  return /[\w.]/.test(char);
}

/** A literal or folded block; its lines are indented as the first one is. */
function readBlock(reading: Reading, parent: number): ScalarNode {
  const { text, at: start } = reading;
  const header = matched(reading, BLOCK) ?? '';
  const body = reading.at;
  const indent = afterSpaces(text, body) - body;
  if (header === '' || indent <= parent || text[body + indent] === '\n') throw NOT_PLAIN;
  const lines: string[] = [];
  let count = 0;
  for (let line = body; line < text.length; ) {
    const at = afterSpaces(text, line);
    const end = text.indexOf('\n', at);
    const isBlank = at === end;
    if (!isBlank && at - line < indent) break;
    if (end === -1 || (isBlank && at - line > indent)) throw NOT_PLAIN;
    lines.push(isBlank ? '' : text.slice(line + indent, end));
    line = end + 1;
    if (isBlank) continue;
    count = lines.length;
    reading.end = line;
  }
  const isFolded = header.startsWith('>');
  const content = isFolded ? folded(text.slice(body, reading.end)) : lines.slice(0, count).join('\n');
  const value = content + (header.includes('-') ? '' : '\n');
  return { value, kind: 'scalar', range: { start, end: reading.end } };
}

/** What lines come to where blanks part them; how, the library knows. */
function folded(source: string): string {
  const header: CST.SourceToken = { type: 'block-scalar-header', offset: 0, indent: 0, source: '>-' };
  return CST.resolveAsScalar({ type: 'block-scalar', offset: 0, indent: 0, props: [header], source }).value;
}

/** The key that a short call stands for, and where its tag is. */
function readTag(reading: Reading): Omit<MapEntry, 'value'> | undefined {
  const { text, tags, at: start } = reading;
  if (text[start] !== '!') return undefined;
  const key = tags.get(matched(reading, TAG) ?? '');
  if (key === undefined) throw NOT_PLAIN;
  const keyRange = { start, end: reading.at };
  reading.at = afterSpaces(text, reading.at);
  return { key, keyRange };
}

/** Turns `!Name value` into the long form. */
function called(tag: Omit<MapEntry, 'value'> | undefined, value: Node): Node {
  if (tag === undefined) return value;
  const { start, end } = tag.keyRange;
  const range = { start, end: Math.max(value.range.end, end) };
  return { kind: 'map', entries: [{ ...tag, value }], short: true, range };
}

/** What of a text is here and matches; goes on behind it. */
function matched(reading: Reading, pattern: RegExp): string | undefined {
  pattern.lastIndex = reading.at;
  const [source] = pattern.exec(reading.text) ?? [];
  reading.at += source?.length ?? 0;
  return source;
}

function isDash({ text, at }: Reading): boolean {
  return text[at] === '-' && isFollowed(text, at + 1);
}

/** Whether a blank or the end follows on an indicator: else it is none. */
function isFollowed(text: string, at: number): boolean {
  const char = text[at];
  return char === ' ' || char === '\n' || char === undefined;
}

/** Whether there is nothing more on a line than a comment. */
function isLineEnd(text: string, at: number): boolean {
  const char = text[at];
  return char === '\n' || char === undefined || (char === '#' && text[at - 1] === ' ');
}

function lineAfter(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}

function afterSpaces(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ') at += 1;
  return at;
}
