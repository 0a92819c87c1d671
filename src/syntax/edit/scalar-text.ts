import { readNumber, readPlain } from '../literal.js';
import { doubleQuoted, escapeCharacter, isPlainSafe, type Quotes, quoteYaml } from './quote.js';
import type { Leaf } from './tree.js';
import type { WrittenScalar } from './written.js';

/** How scalars are written at a place. */
export interface ScalarPlace {
  json: boolean;
  inFlow: boolean;
  /** The literal replaced or the one it is written like; its type and its quotes are kept. */
  like?: Leaf | undefined;
  isReplaced: boolean;
  /** What texts are written in where nothing else is known. */
  preferred: Quotes | 'plain';
  /** What is used where a plain text would be read as something else. */
  fallback: Quotes;
  /** The source, to see how the literal is written. */
  text: string;
}

/** Writes a scalar on one line. A number that replaces a quoted one is quoted, a text that replaces a number is not. */
export function scalarText(value: WrittenScalar, place: ScalarPlace): string {
  const { like, json } = place;
  if (value === null) return 'null';
  const style = like?.style;
  const quotes = style === 'single' || style === 'double' ? style : undefined;
  const text = typeof value === 'number' ? numberText(value) : String(value);
  if (typeof value !== 'string' && (quotes === undefined || !isNumberLike(like))) {
    return typeof value === 'boolean' ? cased(text, like) : text;
  }
  if (typeof value === 'string' && quotes === undefined && isTyped(like) && isCanonical(text)) return cased(text, like);
  if (json) return jsonString(text, place);
  const isFollowed = place.isReplaced || (like !== undefined && isPlainSafe(like.text, false));
  const folded = place.isReplaced && (style === 'folded' || style === 'literal') ? 'double' : undefined;
  const fromPlain = style === 'plain' ? 'plain' : undefined;
  const preferred = (isFollowed ? (quotes ?? folded ?? fromPlain) : undefined) ?? place.preferred;
  return quoteYaml(text, preferred, quotes ?? place.fallback, place.inFlow);
}

/** Without an exponent, on which readers of YAML disagree. */
function numberText(value: number): string {
  const text = Object.is(value, -0) ? '0' : String(value);
  if (!text.includes('e')) return text;
  if (Number.isInteger(value)) return BigInt(value).toString();
  const [, sign = '', digits = '', exponent] = /^(-?)([\d.]+)e-(\d+)$/.exec(text) ?? [];
  return `${sign}0.${'0'.repeat(Number(exponent) - 1)}${digits.replace('.', '')}`;
}

/** Whether a literal is a number or a boolean. */
function isTyped(leaf: Leaf | undefined): boolean {
  if (leaf?.style !== 'plain') return false;
  const { value } = readPlain(leaf.text);
  return typeof value === 'number' || typeof value === 'boolean';
}

/** Whether a quoted text would be read as something else without its quotes. */
function isNumberLike(leaf: Leaf | undefined): boolean {
  if (leaf === undefined) return false;
  const { value, text } = readPlain(leaf.text);
  return value !== null && (value !== leaf.text || text !== undefined);
}

/** Whether a text is a number or a boolean in the one form that all readers agree on. */
function isCanonical(text: string): boolean {
  if (text === 'true' || text === 'false') return true;
  const read = readNumber(text);
  return /^-?\d/.test(text) && typeof read.value === 'number' && read.text === undefined;
}

/** `False` where `True` is replaced. */
function cased(text: string, like: Leaf | undefined): string {
  if (like?.style !== 'plain' || !/^(?:true|false)$/i.test(like.text) || !/^(?:true|false)$/.test(text)) return text;
  if (like.text === like.text.toUpperCase()) return text.toUpperCase();
  return /^[TF]/.test(like.text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** A JSON string; in a literal that escapes all but ASCII so does the new one. */
function jsonString(value: string, { like, text }: ScalarPlace): string {
  const quoted = doubleQuoted(value);
  const raw = like ? text.slice(like.range.start, like.range.end) : '';
  const escapes = /\\u00[89a-f]|\\u0[1-9a-f]|\\u[1-9a-f]/i.test(raw);
  return escapes ? quoted.replace(/[^\p{ASCII}]/gu, escapePair) : quoted;
}

function escapePair(character: string): string {
  return character.split('').map(escapeCharacter).join('');
}
