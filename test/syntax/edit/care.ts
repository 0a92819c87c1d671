import { keepLast } from '../../../src/base/keep-last.js';
import type { TextEdit } from '../../../src/syntax/edit/apply-edits.js';
import { LenientLexer } from '../../../src/syntax/yaml-lexer.js';
import type { Change } from './model.js';

/** Throws where comments went that should stay, or where a scalar that replaces a scalar touches other lines. */
export function checkCare(before: string, wanted: Change, edits: readonly TextEdit[], after: string): void {
  const isScalar =
    wanted.kind === 'set' && wanted.isScalar && (typeof wanted.value !== 'object' || wanted.value === null);
  if ((isScalar || wanted.kind.startsWith('insert')) && commentsOf(before) !== commentsOf(after))
    throw new Error(`comments of\n${before}\nare not those of\n${after}`);
  if (!isScalar || String(wanted.value).trimEnd().includes('\n')) return;
  if (before.slice(wanted.at.start, wanted.at.end).includes('\n')) return;
  if (edits.length > 1) throw new Error(`more than one place of\n${before}\nis touched in\n${after}`);
  if (edits.some(({ text }) => text.includes('\n'))) throw new Error(`more than one line comes into\n${after}`);
}

/** A document is changed at every place in turn. */
const remembered = keepLast<string, string>(2);

/** The comments of YAML, in order; JSON has none. */
function commentsOf(text: string): string {
  return remembered(text, () => readComments(text));
}

function readComments(text: string): string {
  const comments: string[] = [];
  let isText = false;
  for (const token of new LenientLexer().lex(text)) {
    if (!isText && token.startsWith('#')) comments.push(token);
    isText = token === '\u001f';
  }
  return comments.join('\n');
}
