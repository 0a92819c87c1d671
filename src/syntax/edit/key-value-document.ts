import type { Range, Source } from '../source.js';
import type { EditableDocument, EditResult } from './document.js';
import { isScalar, type Written } from './written.js';

/** Opens a file of `Key=Value` lines for editing: values are replaced as they stand, new lines come at the end. */
export function openKeyValues({ text }: Source): EditableDocument {
  const refused = { refused: 'a line of Key=Value is for a person to remove' };
  return {
    set: ({ start, end }, value) => lineValue(value, (written) => ({ start, end, text: written })),
    remove: () => refused,
    insertItem: () => refused,
    insertEntry: (_, key, value) =>
      lineValue(value, (written) => {
        const before = text === '' || text.endsWith('\n') ? '' : '\n';
        return { start: text.length, end: text.length, text: `${before}${key}=${written}\n` };
      }),
    textOf: ({ start, end }: Range) => text.slice(start, end),
  };
}

/** One edit with a value as it stands in a line; what no line can hold is refused. */
function lineValue(
  value: Written,
  edit: (written: string) => { start: number; end: number; text: string },
): EditResult {
  if (!isScalar(value) || value === null) return { refused: 'a line of Key=Value holds a text alone' };
  const written = String(value);
  if (/[\r\n]/.test(written) || written !== written.trim())
    return { refused: 'a line of Key=Value can not hold this text' };
  return { edits: [edit(written)] };
}
