/** How far reading a text has come. */
export interface Reading {
  readonly text: string;
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

/** Thrown where a text is not plain YAML, or may not be. */
export const NOT_PLAIN = new Error('not plain YAML');

/** What of a text is here and matches; goes on behind it. */
export function matched(reading: Reading, pattern: RegExp): string | undefined {
  pattern.lastIndex = reading.at;
  const [source] = pattern.exec(reading.text) ?? [];
  reading.at += source?.length ?? 0;
  return source;
}

/** Whether a blank or the end follows on an indicator: else it is none. */
export function isFollowed(text: string, at: number): boolean {
  const char = text[at];
  return char === ' ' || char === '\n' || char === undefined;
}

/** Whether there is nothing more on a line than a comment. */
export function isLineEnd(text: string, at: number): boolean {
  const char = text[at];
  return char === '\n' || char === undefined || (char === '#' && text[at - 1] === ' ');
}

export function lineAfter(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}

export function afterSpaces(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ') at += 1;
  return at;
}
