import { CST } from 'yaml';
import type { Range } from './source.js';
import { LenientLexer } from './yaml-lexer.js';

/** A comment in YAML. */
export interface Comment {
  range: Range;
  /** What stands there, `#` included. */
  text: string;
  /** What it stands above, or behind on the same line; absent where there is nothing. */
  at?: CommentPlace;
}

export interface CommentPlace {
  /** Where the key or value begins. */
  offset: number;
  /** It stands above a list item, before its dash. */
  isItem: boolean;
}

/** A comment on a line of its own, until it shows what it stands above. */
interface Waiting {
  comment: Comment;
  column: number;
  isItem: boolean;
}

/** What neither is a key or value nor begins one. */
const BETWEEN = new Set(['space', 'newline', 'byte-order-mark', 'anchor', 'comma', 'explicit-key-ind']);

/**
 * The real comments of a YAML text: none of what looks like one in a quoted text or a block scalar. A comment behind
 * something belongs to what begins its line; one on a line of its own to the next key or list item, unless that is
 * indented less, so that the comment ends a block instead of standing above something.
 */
export function commentsIn(text: string): Comment[] {
  const comments: Comment[] = [];
  let waiting: Waiting[] = [];
  let line: { start: number; first?: number; hasDash?: boolean } = { start: 0 };
  function settle(offset: number): void {
    for (const { comment, column, isItem } of waiting) {
      if (isItem || column <= offset - line.start) comment.at = { offset, isItem };
    }
    waiting = [];
  }
  for (const { type, source, offset } of lexemes(text)) {
    const end = offset + source.length;
    if (type === 'comment') {
      const comment: Comment = { range: { start: offset, end }, text: source };
      comments.push(comment);
      if (line.first !== undefined) comment.at = { offset: line.first, isItem: false };
      else waiting.push({ comment, column: offset - line.start, isItem: line.hasDash ?? false });
    } else if (type === 'seq-item-ind') {
      line.hasDash = true;
      // A list in a list begins with its own first dash.
      const inner = waiting.filter(({ isItem }) => isItem);
      for (const { comment } of inner) comment.at = { offset, isItem: true };
      waiting = waiting
        .filter(({ isItem, column }) => !isItem && column <= offset - line.start)
        .map((each) => ({ ...each, isItem: true }));
    } else if (!BETWEEN.has(type)) {
      settle(offset);
      line.first ??= offset;
    }
    // Within a text of several lines, what begins its first line goes on; a block scalar ends with its last line.
    const isNext = type === 'newline' || type === 'byte-order-mark' || (type === 'scalar' && source.endsWith('\n'));
    if (isNext) line = { start: end };
    else if (source.includes('\n')) line.start = offset + source.lastIndexOf('\n') + 1;
  }
  return comments;
}

/** Marks that the lexer adds to the text. */
const MARKS = new Set([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);

function* lexemes(text: string): Generator<{ type: string; source: string; offset: number }> {
  let offset = 0;
  let isScalar = false;
  for (const source of new LenientLexer().lex(text)) {
    if (!isScalar && MARKS.has(source)) {
      isScalar = source === CST.SCALAR;
      continue;
    }
    yield { type: isScalar ? 'scalar' : (CST.tokenType(source) ?? 'unknown'), source, offset };
    offset += source.length;
    isScalar = false;
  }
}
