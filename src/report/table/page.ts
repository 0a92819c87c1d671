import type { ChalkInstance } from 'chalk';
import { head } from '../../base/clean.js';
import { textWidth } from '../../base/width.js';

/** What the parts of a table report are written for. */
export interface Page {
  chalk: ChalkInstance;
  /** Terminal columns to fit in. */
  width: number;
  explain: boolean;
  verbose: boolean;
}

/** Where a word longer than the line is broken: after a slash, or else after any separator or before a capital. */
const BREAKS = [/(?<=\/)/, /(?<=[:,._=;|@&?-])|(?<=[a-z0-9])(?=[A-Z])/];
/** No name or value that AWS has is longer; what comes from elsewhere must not take forever to break up. */
const LONGEST = 10_000;
/** Made when it is needed: loading its data takes 30 ms, and hardly a word is that long. */
let graphemes: Intl.Segmenter | undefined;

/**
 * Breaks a text (plain, its own `\n` kept) into lines of at most `width` terminal columns; nothing is cut off. What is
 * broken off an indented line is indented as well.
 */
export function wrap(text: string, width: number): string[] {
  const left = text.length - LONGEST;
  const shown = left > 0 ? `${head(text, LONGEST)}… (+${left} characters)` : text;
  return shown.split('\n').flatMap((line) => {
    const [indent = ''] = /^ */.exec(line) ?? [];
    return wrapLine(line.slice(indent.length), Math.max(1, width - indent.length)).map((part) => indent + part);
  });
}

function wrapLine(text: string, width: number): string[] {
  if (textWidth(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (const piece of text.split(/(?<=\s)/).flatMap((word) => breakUp(word, width))) {
    if (textWidth(line + piece.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  }
  return [...lines, line.trimEnd()];
}

/** A word that fits on a line is one piece; a longer one is broken at the coarsest places, or at last between characters. */
function breakUp(word: string, width: number, breaks: readonly RegExp[] = BREAKS): string[] {
  if (textWidth(word.trimEnd()) <= width) return [word];
  const [coarsest, ...finer] = breaks;
  if (coarsest === undefined) {
    graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
    return [...graphemes.segment(word)].map(({ segment }) => segment);
  }
  return word.split(coarsest).flatMap((part) => breakUp(part, width, finer));
}

/** A wrapped paragraph, every line indented by `indent` columns and painted. */
export function paragraph(text: string, page: Page, indent = 0, paint: (line: string) => string = String): string {
  const lines = wrap(text, Math.max(16, page.width - indent));
  return lines.map((line) => ' '.repeat(indent) + paint(line)).join('\n');
}
