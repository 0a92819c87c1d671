import type { Template } from '../iac/cloudformation/template/parse.js';
import type { TextEdit } from '../syntax/edit/apply-edits.js';
import type { EditableDocument, EditResult } from '../syntax/edit/document.js';
import type { Written } from '../syntax/edit/written.js';
import type { Range, Source } from '../syntax/source.js';
import type { MapValue } from '../value/value.js';
import type { Intent } from './intent.js';
import type { PatchStack } from './model.js';
import type { Terms } from './terms.js';
/** A way to make a change: a candidate, or why this way is closed. */
export type Attempt = Candidate | { refused: string };

/** An edit that may be the right one: its proof decides. */
export interface Candidate {
  source: Source;
  edits: TextEdit[];
  /** What a reader should know of it. */
  note?: string;
  /** What it does to the properties, where that is more than the difference asks for. */
  intent?: Intent;
  refused?: undefined;
}

/** What candidates are made from: one stack at one state of the files. */
export interface Editing {
  stack: PatchStack;
  template: Template;
  logicalId: string;
  /** Of the resource. */
  properties: MapValue;
  terms: Terms;
  documentOf(source: Source): EditableDocument;
}

export function attempt(source: Source, result: EditResult, note?: string): Attempt {
  if (result.refused !== undefined) return result;
  return { source, edits: result.edits, ...(note === undefined ? {} : { note }) };
}

/** A candidate that writes a value at a place. */
export function set(source: Source, range: Range, value: Written, editing: Editing, note?: string): Attempt {
  return attempt(source, editing.documentOf(source).set(range, value), note);
}
