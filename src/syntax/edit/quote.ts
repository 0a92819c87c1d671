import { readPlain } from '../literal.js';

export type Quotes = 'single' | 'double';

/**
 * What readers of YAML 1.1 (https://yaml.org/type/) take for something other than text beyond what CloudFormation does:
 * single-letter booleans in any case, floats, dates, merge and default keys.
 */
const TYPED: readonly RegExp[] = [
  /^(?:y|n|yes|no|on|off|true|false|null)$/i,
  /^[-+]?(?:\d[\d_]*)?\.[\d_]*(?:[eE][-+]?\d+)?$/,
  // Some readers take a lone exponent (`e8`) for a number, too.
  /^[-+]?(?:\d[\d_]*)?(?:\.[\d_]*)?[eE][-+]?\d+$/,
  /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/,
  /^[-+]?0(?:[0-7_]+|o[0-7_]+|x[\da-fA-F_]+|b[01_]+)$/,
  /^[-+]?\.(?:inf|nan)$/i,
  /^\d{4}-\d\d?-\d\d?(?:$|[Tt \t])/,
  /^(?:=|<<)$/,
];

/** Control characters, the line breaks of YAML 1.1, the byte order mark, and what turns the direction of text around. */
const UNPRINTABLE = /[\p{Cc}\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\p{Surrogate}]/u;

/** Indicators and what only looks like one; a dash may begin an option such as `-Xmx1g` or `--verbose`. */
const BEGINS_ODDLY = /^(?:[?:,[\]{}#&*!|>'"%@`=~<]|-(?!-?[A-Za-z]))/;

/** Whether a text can stand without quotes so that readers of YAML 1.1 and 1.2 and CloudFormation read just that text. */
export function isPlainSafe(text: string, inFlow: boolean): boolean {
  if (text === '' || BEGINS_ODDLY.test(text) || /^\s|\s$|:(?:\s|$)|\s#|^(?:---|\.\.\.)/.test(text)) return false;
  // Some readers have trouble with characters outside of the basic plane and with spaces that are not seen.
  if (UNPRINTABLE.test(text) || /[\u00a0\u{10000}-\u{10ffff}]/u.test(text)) return false;
  if (inFlow && /[,[\]{}?]/.test(text)) return false;
  const read = readPlain(text);
  return read.value === text && read.text === undefined && !TYPED.some((pattern) => pattern.test(text));
}

/** Writes a text as YAML on one line: as it is preferred where that is safe, else in the given quotes, else with escapes. */
export function quoteYaml(text: string, preferred: Quotes | 'plain', fallback: Quotes, inFlow: boolean): string {
  if (preferred === 'plain' && isPlainSafe(text, inFlow)) return text;
  const quotes = preferred === 'plain' ? fallback : preferred;
  if (UNPRINTABLE.test(text)) return doubleQuoted(text);
  // What would need escapes in one kind of quotes goes into the other, unless the literal had these.
  const single = preferred === 'plain' && /["\\]/.test(text) && !text.includes("'");
  const double = preferred === 'plain' && text.includes("'") && !/["\\]/.test(text);
  if (single || (quotes === 'single' && !double)) return `'${text.replaceAll("'", "''")}'`;
  return doubleQuoted(text);
}

/** JSON's escapes are YAML's too. */
export function doubleQuoted(text: string): string {
  return JSON.stringify(text).replace(new RegExp(UNPRINTABLE, 'gu'), escapeCharacter);
}

/** Only characters of the basic plane. */
export function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Whether a literal block can hold the text without an indentation indicator and without loss. */
export function fitsLiteral(text: string): boolean {
  const lines = text.replace(/(?<!\n)\n+$/, '').split('\n');
  const first = lines.find((line) => line !== '') ?? '';
  if (/^\s*$/.test(first) || /^[ \t]/.test(first) || /^\s+$/.test(lines.at(-1) ?? '')) return false;
  return !UNPRINTABLE.test(text.replace(/[\n\t]/g, ''));
}
