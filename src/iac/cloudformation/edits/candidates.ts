import type { Json } from '../../../base/json.js';
import type { Difference } from '../../../model/comparison.js';
import type { Change } from '../../../patch/intent.js';
import type { Attempt } from '../../../patch/ports.js';
import type { Node } from '../../../syntax/node.js';
import type { Range, Source } from '../../../syntax/source.js';
import type { Value } from '../../../value/value.js';
import { additions } from './add.js';
import { asParameter } from './as-parameter.js';
import { asWritten } from './as-written.js';
import { attempt, type Editing, set } from './attempt.js';
import { recompositions } from './composed.js';
import { documentRewrite } from './document-text.js';
import { listTexts } from './list-text.js';
import { isReference, narrower } from './narrower.js';
import { nodeAt } from './node-at.js';
import { parameterAdditions } from './parameter.js';
import { partRewrites } from './text-part.js';

/**
 * The edits that may bring a live value into Git, the one that a careful engineer would choose first: at the literal
 * that determines the value, wherever that stands, then narrower ones that turn references into literals.
 */
export function* candidates(change: Change, difference: Difference, editing: Editing): Generator<Attempt> {
  const encoded = change.kind === 'set' && change.value.origin.via.some(({ kind }) => kind === 'Fn::Base64');
  const live = encoded ? decoded(difference.live) : difference.live;
  if (encoded && live === undefined) return;
  yield* atOrigin(change, live === undefined ? difference : { ...difference, live }, editing);
  yield* narrower(change, live, editing);
  if (change.kind === 'set' && live !== undefined && !encoded) yield* asParameter(change, live, editing);
}

/** What `Fn::Base64` encodes is edited as the text that it is; what is no text can't be. */
function decoded(live: Json | undefined): string | undefined {
  if (typeof live !== 'string') return undefined;
  const text = Buffer.from(live, 'base64').toString('utf8');
  return Buffer.from(text, 'utf8').toString('base64') === live ? text : undefined;
}

function* atOrigin(change: Change, difference: Difference, editing: Editing): Generator<Attempt> {
  const { live } = difference;
  switch (change.kind) {
    case 'remove':
      yield* listTexts(change, undefined, editing);
      yield* removals(change, editing);
      return;
    case 'add-item':
    case 'add-entry':
      if (live !== undefined) yield* additions(change, live, editing);
      return;
    case 'widen': {
      const { value } = change;
      const { source, range } = value.origin.use;
      const node = nodeAt(editing.template.root, range);
      if (live === undefined || !node || source.path !== editing.template.source.path) return;
      if (hasComments(node, source))
        yield { refused: 'a list would have to be made of it, in which its comments are lost' };
      else yield set(source, range, [asWritten(node), editing.terms.write(live, [value])], editing);
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

function hasComments({ kind, range }: Node, { text }: Source): boolean {
  return kind !== 'scalar' && /\s#/.test(text.slice(range.start, range.end));
}

/** Writes another value in place of one. */
export function* replacements(value: Value, live: Json, editing: Editing, near: readonly Value[]): Generator<Attempt> {
  const { origin } = value;
  const written = editing.terms.write(live, near);
  const isPlain = isPlainLiteral(value);
  if (isReference(written) && !isPlain) yield set(origin.use.source, origin.use.range, written, editing);
  if (typeof live === 'string' && origin.parts && origin.source && origin.range) {
    const text = editing.documentOf(origin.source).textOf(origin.range);
    for (const rewrite of recompositions(value, live, text))
      yield set(rewrite.source, rewrite.range, rewrite.value, editing, rewrite.note);
  } else if (origin.source && origin.range && isWholeNode(origin.source, origin.range, value, editing)) {
    yield set(origin.source, origin.range, isPlain || stands(value, editing) ? written : live, editing);
  } else if (typeof live === 'string') yield* partRewrites(value, live, editing);
  if (!isPlain) yield* parameterAdditions(value, live, editing);
}

function* removals({ value, parent, keys }: Extract<Change, { kind: 'remove' }>, editing: Editing): Generator<Attempt> {
  const { origin } = value;
  const { source } = editing.template;
  const [outermost] = origin.via;
  if (outermost?.kind === 'Fn::If' && origin.source && origin.range && origin.parts === undefined) {
    const isBranch = outermost.range?.start === origin.use.range.start;
    if (isBranch && origin.source.path === source.path)
      yield set(origin.source, origin.range, { Ref: 'AWS::NoValue' }, editing);
  }
  const document = editing.documentOf(source);
  yield attempt(source, document.remove(origin.use.range));
  const outer = keys.slice(0, -1);
  const isSole = parent.kind === 'list' ? parent.items.length === 1 : parent.entries.size === 1;
  // An empty list may say that there is to be nothing, where none at all leaves the rest to AWS.
  if (!isSole || outer.length === 0) return;
  const whole = attempt(source, document.remove(parent.origin.use.range));
  yield whole.refused === undefined ? { ...whole, intent: { kind: 'remove', keys: outer } } : whole;
}

/** Whether a value is written right where it is used. */
function isPlainLiteral({ origin }: Value): boolean {
  return origin.range !== undefined && origin.parts === undefined && origin.range === origin.use.range;
}

/** Whether the literal stands among the resources, where it may call functions; a parameter's or a mapping's can't. */
function stands({ origin }: Value, { template }: Editing): boolean {
  if (origin.source?.path !== template.source.path) return false;
  return !origin.via.some(({ role }) => role === 'parameter' || role === 'table');
}

/** Whether the range is that of a node, not of a part of a text (an element of a comma-joined list). */
function isWholeNode(source: Source, range: Range, value: Value, editing: Editing): boolean {
  return value.kind !== 'scalar' || editing.documentOf(source).textOf(range) !== undefined;
}
