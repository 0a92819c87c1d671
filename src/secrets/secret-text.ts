import { secretArguments } from './command-lines.js';
import {
  ASSIGNMENT,
  CREDENTIALS,
  ELEMENT,
  EMBEDDED,
  INTRODUCTIONS,
  PAIR_NAME,
  PAIR_VALUE,
  SINKS,
} from './secret-forms.js';
import { isSecretName } from './secret-name.js';

/** What stands in a report in place of a secret; CloudFormation shows NoEcho parameters like this too. */
export const MASK = '****';

/** What is as long as this, and all of these characters, may be Base64. */
export const BASE64 = /[A-Za-z0-9+/]{16,}={0,2}/g;
/** Shorter texts have no room for a name and a secret. */
const SHORTEST_TEXT = 8;
/** How long a command may be whose output is a password. */
const LONGEST_COMMAND = 1000;
/** How far the name and the value of a pair are apart, at most. */
const PAIR_REACH = 300;
/** What names a secret in a text is parted from it by one of these; a text without them is one word. */
const SEPARATOR = /[\s:=/<|?&;]/;

/** Values that no secret has: ARNs, switches, units, nothing at all. */
const HARMLESS = /^(?:arn:aws[\w-]*:.*|true|false|seconds|minutes|hours|days|none|null|\*{4,}|[{[]|)$/is;
/** References to a variable or a command, and nothing else that could be the secret. */
const REFERENCES = /^[^\w$]*(?:\$(?:\{[^{}]*\}|\([^()\n]*\))[^\w$]*)+$/;
/** In a script or a template: a variable, or a function of CloudFormation. */
const WRITTEN_REFERENCE =
  /^(?:!(?:Ref|GetAtt|ImportValue|FindInMap|If|Select|Join|Split|Sub|Base64|Transform)|\$(?:[A-Za-z_]\w*|\d|\(.*)|%\w+%|\$env:\w+)$/s;

/** Whether the value of a secret-named property can be shown all the same: an ARN, a switch, a unit or a reference. */
export function isHarmless(value: string): boolean {
  return HARMLESS.test(value) || REFERENCES.test(value);
}

interface Span {
  start: number;
  end: number;
}

/**
 * Masks what a text shows to be secret by form or name, and leaves the rest: dynamic references to secrets, private keys,
 * tokens, passwords in URLs, assignments to secret names, arguments of programs, pairs, elements. What is inside of
 * Base64 or JSON in a text is for `maskText`.
 */
export function maskForms(text: string): string {
  if (text.length < SHORTEST_TEXT) return text;
  let masked = text;
  for (const pattern of CREDENTIALS) masked = masked.replace(pattern, MASK);
  if (!SEPARATOR.test(masked)) return masked;
  for (const pattern of EMBEDDED) masked = masked.replace(pattern, `$1${MASK}`);
  for (const find of [assigned, introduced, echoed, inElements, inPairs]) masked = without(masked, find(masked));
  return masked;
}

function without(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text;
  let masked = '';
  let done = 0;
  for (const { start, end } of [...spans].sort((left, right) => left.start - right.start)) {
    if (start < done) continue;
    masked += text.slice(done, start) + MASK;
    done = end;
  }
  return masked + text.slice(done);
}

function assigned(text: string): Span[] {
  return followed(text, ASSIGNMENT);
}

function introduced(text: string): Span[] {
  const named = INTRODUCTIONS.flatMap((pattern) => followed(text, pattern));
  return [...named, ...secretArguments(text).flatMap((at) => spanAt(text, at))];
}

/** All matches; most patterns have none in most texts, and searching is quicker than beginning to iterate. */
function matches(text: string, pattern: RegExp): RegExpExecArray[] {
  return text.search(pattern) === -1 ? [] : [...text.matchAll(pattern)];
}

/** The values after all places where a pattern matches whose name, if it has one, is a secret's. */
function followed(text: string, pattern: RegExp): Span[] {
  const spans: Span[] = [];
  let done = 0;
  for (const match of matches(text, pattern)) {
    const start = match.index + match[0].length;
    if (start < done || (match[1] !== undefined && !isSecretName(match[1]))) continue;
    const found = spanAt(text, start);
    spans.push(...found);
    done = found[0]?.end ?? done;
  }
  return spans;
}

function spanAt(text: string, at: number): Span[] {
  const value = valueAt(text, at);
  if (isHarmless(value.text) || WRITTEN_REFERENCE.test(value.text)) return [];
  return [{ start: value.start, end: value.start + value.text.length }];
}

/** The value at a place: up to the closing quote, a block of YAML, or unquoted up to a blank or separator. */
function valueAt(text: string, start: number): { start: number; text: string } {
  const quote = matchAt(/\\{0,8}["']/y, text, start);
  if (quote === '') return blockAt(text, start) ?? { start, text: matchAt(/[^\s"'&;,<>}\])\\]*/y, text, start) };
  const from = start + quote.length;
  let end = text.indexOf(quote, from);
  // A quote after a backslash is part of the value, unless every quote of this text is escaped (JSON in JSON).
  while (quote.length === 1 && end !== -1 && text[end - 1] === '\\') end = text.indexOf(quote, end + 1);
  return { start: from, text: text.slice(from, end === -1 ? undefined : end) };
}

/** The lines of a block scalar, or of a value below its key: all that are indented more than the line before them. */
function blockAt(text: string, start: number): { start: number; text: string } | undefined {
  const opening = matchAt(/(?:[|>][-+0-9]{0,2})?[ \t]{0,8}\r?\n/y, text, start);
  if (opening === '') return undefined;
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const indentation = matchAt(/[ \t]{0,200}(?:- {1,4})?/y, line, 0).length;
  const first = start + opening.length;
  const from = first + matchAt(/[ \t]{0,200}/y, text, first).length;
  if (from - first <= indentation || matchAt(/[-\w."']{1,80}:(?:\s|$)|- /y, text, from) !== '') return undefined;
  let end = from;
  for (let at = first; at < text.length; ) {
    const next = text.indexOf('\n', at);
    const stop = next === -1 ? text.length : next;
    const depth = matchAt(/[ \t]{0,200}/y, text, at).length;
    if (depth <= indentation && text.slice(at, stop).trim() !== '') break;
    if (text.slice(at, stop).trim() !== '') end = stop;
    at = stop + 1;
  }
  return { start: from, text: text.slice(from, end) };
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

/** What is echoed into a program that takes a password. */
function echoed(text: string): Span[] {
  return matches(text, SINKS).flatMap(({ index }) => {
    const reach = text.slice(Math.max(0, index - LONGEST_COMMAND), index);
    const before = reach.slice(reach.lastIndexOf('\n') + 1);
    const from = index - before.length;
    const command = /\b(?:echo|printf)[ \t]{1,8}(?:-[a-zA-Z]{1,3}[ \t]{1,8})?/.exec(before);
    if (command === null) return [];
    const start = from + command.index + command[0].length;
    const value = text.slice(start, index).trimEnd();
    const bare = value.replace(/^["']|["']$/g, '');
    if (isHarmless(bare) || WRITTEN_REFERENCE.test(bare)) return [];
    return [{ start, end: start + value.length }];
  });
}

function inElements(text: string): Span[] {
  return matches(text, ELEMENT).flatMap(({ index, 0: tag, 1: name = '' }) => {
    if (!isSecretName(name)) return [];
    const opened = index + tag.length;
    const start = opened + matchAt(/<!\[CDATA\[/y, text, opened).length;
    const end = start === opened ? text.indexOf('<', start) : text.indexOf(']]>', start);
    return end === -1 || isHarmless(text.slice(start, end).trim()) ? [] : [{ start, end }];
  });
}

/** Values beside a secret's name: `{"value": "x", "name": "DB_PASSWORD"}`, `<add key="ApiKey" value="x"/>`. */
function inPairs(text: string): Span[] {
  return matches(text, PAIR_NAME).flatMap(({ index, 0: match, 1: name = '' }) => {
    if (!isSecretName(name)) return [];
    const before = text.slice(Math.max(0, index - PAIR_REACH), index);
    const from =
      index - before.length + 1 + Math.max(...['{', '<', '- '].map((opening) => before.lastIndexOf(opening)));
    const after = text.slice(index + match.length, index + match.length + PAIR_REACH);
    const to = index + match.length + (/[}>]|\n\s{0,80}- |\n\s{0,8}\n/.exec(after)?.index ?? after.length);
    return followed(text.slice(from, to), PAIR_VALUE).map(({ start, end }) => ({
      start: from + start,
      end: from + end,
    }));
  });
}
