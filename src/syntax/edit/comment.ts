import type { Source } from '../source.js';
import type { EditResult } from './document.js';
import { indentOf, isFirstOnLine, lineBreakAt, lineStart } from './lines.js';

/**
 * Puts a comment on a line of its own above the key or value that begins at an offset, as far indented as that is. Only what
 * begins its line in a text that is no JSON has room for one.
 */
export function commentAbove({ path, text }: Source, offset: number, comment: string): EditResult {
  if (path.endsWith('.json') || /^\uFEFF?\s*[{[]/.test(text)) return { refused: 'JSON has no comments' };
  if (!isFirstOnLine(text, offset)) return { refused: 'it shares its line with something else' };
  const start = lineStart(text, offset);
  const line = `${indentOf(text, offset)}# ${comment}${lineBreakAt(text, offset)}`;
  return { edits: [{ start, end: start, text: line }] };
}
