import type { Attempt, Editing as EngineEditing } from '../../../patch/ports.js';
import type { EditResult } from '../../../syntax/edit/document.js';
import type { Written } from '../../../syntax/edit/written.js';
import type { Range, Source } from '../../../syntax/source.js';
import type { Terms } from './terms.js';

/** What candidates are made from, with the template's own terms. */
export interface Editing extends EngineEditing {
  terms: Terms;
}

export function attempt(source: Source, result: EditResult, note?: string): Attempt {
  if (result.refused !== undefined) return result;
  return { source, edits: result.edits, ...(note === undefined ? {} : { note }) };
}

/** A candidate that writes a value at a place. */
export function set(source: Source, range: Range, value: Written, editing: Editing, note?: string): Attempt {
  return attempt(source, editing.documentOf(source).set(range, value), note);
}
