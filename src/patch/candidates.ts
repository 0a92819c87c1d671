import type { Difference } from '../drift/comparison.js';
import type { Json } from '../json.js';
import type { Template } from '../template/parse.js';
import type { Source } from '../template/source.js';
import type { Range, Value } from '../template/value.js';
import { additions } from './add.js';
import { recompositions } from './composed.js';
import { documentRewrite } from './document-text.js';
import type { TextEdit } from './edit/apply-edits.js';
import type { EditableDocument, EditResult } from './edit/document.js';
import type { Written } from './edit/written.js';
import type { Change } from './intent.js';
import { listTexts } from './list-text.js';
import type { PatchStack } from './model.js';
import { parameterAdditions } from './parameter.js';
import type { Terms } from './terms.js';

/** An edit that may be the right one: its proof decides. */
export interface Candidate {
  source: Source;
  edits: TextEdit[];
  /** What a reader should know of it. */
  note?: string;
  refused?: undefined;
}

/** A way to make a change: a candidate, or why this way is closed. */
export type Attempt = Candidate | { refused: string };

/** What candidates are made from: one stack at one state of the files. */
export interface Editing {
  stack: PatchStack;
  template: Template;
  terms: Terms;
  documentOf(source: Source): EditableDocument;
}

/**
 * The edits that may bring a live value into Git, the one that a careful engineer would choose first: at the literal
 * that determines the value, wherever that stands, then narrower ones that turn references into literals.
 */
export function* candidates(change: Change, difference: Difference, editing: Editing): Generator<Attempt> {
  const { live } = difference;
  switch (change.kind) {
    case 'remove':
      yield* listTexts(change, undefined, editing);
      yield* removals(change.value, editing);
      return;
    case 'add-item':
    case 'add-entry':
      if (live !== undefined) yield* additions(change, live, editing);
      return;
    case 'widen': {
      const { value } = change;
      if (live !== undefined && value.kind === 'scalar')
        yield* replacements(value, [value.value, live], editing, [value]);
      return;
    }
    case 'set': {
      if (live === undefined) return;
      const near = [change.value, ...(change.parent.kind === 'list' ? change.parent.items : [])];
      if (difference.inner) yield* documentRewrite(change.value, difference.inner, editing);
      yield* listTexts(change, live, editing);
      yield* replacements(change.value, live, editing, near);
    }
  }
}

/** Writes another value in place of one. */
export function* replacements(value: Value, live: Json, editing: Editing, near: readonly Value[]): Generator<Attempt> {
  const { origin } = value;
  const written = editing.terms.write(live, near);
  const isPlain = isPlainLiteral(value);
  if (isReference(written) && !isPlain) yield set(origin.use.source, origin.use.range, written, editing);
  if (typeof live === 'string' && origin.parts && origin.source && origin.range) {
    const text = editing.documentOf(origin.source).textOf(origin.range);
    for (const { source, range, value: text_ } of recompositions(value, live, text))
      yield set(source, range, text_, editing);
  } else if (origin.source && origin.range && isWholeNode(origin.source, origin.range, value, editing)) {
    yield set(origin.source, origin.range, isPlain || stands(value, editing) ? written : live, editing);
  }
  if (!isPlain) yield* parameterAdditions(value, live, editing);
  yield* narrowed(value, written, editing);
}

/** Replaces the reference that leads to a shared or outside value, the innermost first, by what it shall give here. */
export function* narrowed(value: Value, written: Written, editing: Editing): Generator<Attempt> {
  const { origin } = value;
  const { source } = editing.template;
  const tried = new Set<number>();
  const steps = origin.via.filter(
    (step) => step.range && step.source?.path === source.path && REPLACEABLE.test(step.kind),
  );
  for (const { range, kind, name } of steps.reverse()) {
    if (!range || tried.has(range.start)) continue;
    tried.add(range.start);
    const what = kind === 'Alias' ? `the alias *${name}` : kind === 'Ref' ? `the reference to ${name}` : kind;
    yield set(source, range, written, editing, `${what} becomes ${isReference(written) ? 'another one' : 'a literal'}`);
  }
}

/** Calls that a literal may stand in for; a choice (`Fn::If`) is kept, and so is a loop. */
const REPLACEABLE = /^(?:Ref|Alias|Fn::(?!If$|ForEach).+)$/;

function* removals({ origin }: Value, editing: Editing): Generator<Attempt> {
  const { source } = editing.template;
  const [outermost] = origin.via;
  if (outermost?.kind === 'Fn::If' && origin.source && origin.range && origin.parts === undefined) {
    const isBranch = outermost.range?.start === origin.use.range.start;
    if (isBranch && origin.source.path === source.path)
      yield set(origin.source, origin.range, { Ref: 'AWS::NoValue' }, editing);
  }
  yield attempt(source, editing.documentOf(source).remove(origin.use.range));
}

/** A candidate that writes a value at a place. */
export function set(source: Source, range: Range, value: Written, editing: Editing, note?: string): Attempt {
  return attempt(source, editing.documentOf(source).set(range, value), note);
}

export function attempt(source: Source, result: EditResult, note?: string): Attempt {
  if (result.refused !== undefined) return result;
  return { source, edits: result.edits, ...(note === undefined ? {} : { note }) };
}

/** Whether a value is written right where it is used. */
function isPlainLiteral({ origin }: Value): boolean {
  return origin.range !== undefined && origin.parts === undefined && origin.range === origin.use.range;
}

/** Whether the literal stands among the resources, where it may call functions; a parameter's or a mapping's can't. */
function stands({ origin }: Value, { template }: Editing): boolean {
  if (origin.source?.path !== template.source.path) return false;
  return !origin.via.some(({ kind }) => kind === 'Parameter' || kind === 'Mapping');
}

/** Whether the range is that of a node, not of a part of a text (an element of a comma-joined list). */
function isWholeNode(source: Source, range: Range, value: Value, editing: Editing): boolean {
  return value.kind !== 'scalar' || editing.documentOf(source).textOf(range) !== undefined;
}

function isReference(written: Written): boolean {
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return false;
  return 'Ref' in written || 'Fn::GetAtt' in written;
}
