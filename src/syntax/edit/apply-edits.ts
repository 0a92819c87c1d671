/** Replaces [start, end) (UTF-16 offsets of the source's text) by text. */
export interface TextEdit {
  start: number;
  end: number;
  text: string;
}

/** Applies edits to the text that their offsets index, in any order. Throws a `RangeError` where they overlap or lie outside. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const edit of sortEdits(edits)) {
    if (edit.start < at || edit.end < edit.start || edit.end > text.length)
      throw new RangeError(`edits overlap or lie outside of the text at offset ${edit.start}`);
    pieces.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  return pieces.join('') + text.slice(at);
}

/** Sorts edits by place; those at the same place keep their order, insertions before what they precede. */
export function sortEdits(edits: readonly TextEdit[]): TextEdit[] {
  return [...edits].sort((left, right) => left.start - right.start || left.end - right.end);
}
