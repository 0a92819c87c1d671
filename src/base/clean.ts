/**
 * Everything that moves the cursor, hides or reorders text: control and format characters (bidirectional marks, zero
 * widths), line and paragraph separators, unusual blanks, lone surrogates.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|(?! )\p{Zs}/gu;

/** Where some of that may be: all that is not printable ASCII. It is the faster search. */
const SUSPECT = /[^\x20-\x7e]+/g;

const NAMED: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A text that is safe to print in one line of a terminal: whatever can't be seen is written as an escape. */
export function clean(text: string): string {
  return text.replace(SUSPECT, (characters) =>
    characters.replace(UNSAFE, (character) => NAMED[character] ?? escapeCharacter(character)),
  );
}

/**
 * The same for a message of several lines: it keeps its line breaks. No line of it is a command to the runner of a
 * pipeline, which reads `::` where a line begins, and `##[` anywhere
 * (https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs).
 */
export function cleanLines(message: string): string {
  return message
    .split(/\r?\n/)
    .map((line) =>
      clean(line)
        .replace(/^( *):(?=:)/, '$1\\x3a')
        .replaceAll('##[', '#\\x23['),
    )
    .join('\n');
}

/** The same in one line of at most about `most` characters. */
export function cleanShort(text: string, most: number): string {
  const shown = text.length > most ? `${head(text, most)}…` : text;
  return clean(shown.includes('\n') ? shown.replace(/\s+/g, (blank) => (blank.includes('\n') ? ' ' : blank)) : shown);
}

/** The text with every character outside ASCII as an escape, to tell lookalikes apart. */
export function escapeNonAscii(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, escapeCharacter);
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
}

/** The first `length` UTF-16 units, less one where that would cut a character in two. */
export function head(text: string, length: number): string {
  const at = text.charCodeAt(length - 1);
  return text.slice(0, at >= 0xd800 && at <= 0xdbff ? length - 1 : length);
}

/** The last `length` UTF-16 units, less one where that would cut a character in two. */
export function tail(text: string, length: number): string {
  const from = Math.max(0, text.length - length);
  const at = text.charCodeAt(from);
  return text.slice(from > 0 && at >= 0xdc00 && at <= 0xdfff ? from + 1 : from);
}
