import { CST } from 'yaml';
import type { Leaf, LeafStyle } from '../edit/tree.js';
import type { Range } from '../source.js';
import { afterSpaces, isFollowed, matched, NOT_PLAIN, type Reading } from './reading.js';

/** A plain scalar begins with none of these; with a dash where more follows. */
const INDICATOR = /[!&*|>'"%@`#,[\]{}?:-]/;
const FLOW_INDICATOR = /[,[\]{}]/;
/** As JSON has it: of these escapes both have the same notion. */
const DOUBLE_QUOTED = /"(?:[^"\\\n]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SINGLE_QUOTED = /'(?:[^'\n]|'')*'/y;
const BLOCK = /[|>]-?\n/y;

/** What a key and a value have in common. */
export interface Scalar {
  text: string;
  range: Range;
  style: LeafStyle;
}

/** A scalar of one line. */
export function readScalar(reading: Reading, inFlow: boolean): Scalar {
  const { text, at: start } = reading;
  const char = text[start];
  if (char !== '"' && char !== "'") {
    reading.at = endOfPlain(text, start, inFlow);
    return { text: text.slice(start, reading.at), range: { start, end: reading.at }, style: 'plain' };
  }
  const source = matched(reading, char === '"' ? DOUBLE_QUOTED : SINGLE_QUOTED);
  if (source === undefined) throw NOT_PLAIN;
  return { text: unquoted(source), range: { start, end: reading.at }, style: char === '"' ? 'double' : 'single' };
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
export function readBlock(reading: Reading, parent: number): Leaf {
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
  const style = isFolded ? 'folded' : 'literal';
  const range = { start, end: reading.end };
  return { kind: 'scalar', style, text: value, end: range.end - 1, header: header.trimEnd(), range };
}

/** What lines come to where blanks part them; how, the library knows. */
function folded(source: string): string {
  const header: CST.SourceToken = { type: 'block-scalar-header', offset: 0, indent: 0, source: '>-' };
  return CST.resolveAsScalar({ type: 'block-scalar', offset: 0, indent: 0, props: [header], source }).value;
}
