import type { Context } from './context.js';
import { branchOf, type Like, leafOf, likeArgument, likeEntry, likeItem } from './like.js';
import { lineBreakAt } from './lines.js';
import { doubleQuoted, quoteYaml } from './quote.js';
import { scalarText } from './scalar-text.js';
import { keySet, layoutOf } from './style.js';
import type { Branch } from './tree.js';
import { callOf, isScalar, shortCallOf, type Written, type WrittenScalar } from './written.js';

/** Where a value in brackets begins. */
export interface FlowPlace {
  /** Indentation of the line it begins on, and what one level adds to it. */
  indent: string;
  unit: string;
  /** Offset near which it is written, for line breaks as they are there. */
  offset: number;
  /** Whether it may take several lines. */
  breaks: boolean;
  /** Whether brackets stand around it already. */
  inFlow: boolean;
  /** A tag stands before it already, of which YAML allows one. */
  isTagged?: boolean;
}

/** Writes a value in brackets, or as a scalar on one line. */
export function flowText(value: Written, like: Like, place: FlowPlace, context: Context): string {
  if (isScalar(value)) return scalarAt(value, like, place.inFlow, context);
  const call = context.style.tags && !place.isTagged ? shortCallOf(value, context.dialect) : undefined;
  if (call) return `${call.tag} ${flowText(call.argument, likeArgument(like, call.tag), place, context)}`;
  const kind = Array.isArray(value) ? 'list' : 'map';
  const followed = branchOf(like, kind);
  const [open, close] = kind === 'list' ? ['[', ']'] : ['{', '}'];
  const entries = Array.isArray(value) ? [...value.entries()] : orderedEntries(value, followed, context);
  if (entries.length === 0) return open + close;
  const lines = place.breaks && takesLines(value, followed, context);
  const indent = place.indent + place.unit;
  const inner = { ...place, indent: lines ? indent : place.indent, breaks: lines, inFlow: true, isTagged: false };
  const members = entries.map(([key, each]) =>
    typeof key === 'number'
      ? flowText(each, likeItem(followed, each, key, like), inner, context)
      : flowEntry(key, each, likeEntry(followed, key, like), inner, context),
  );
  const lineBreak = lineBreakAt(context.text, place.offset);
  if (lines) {
    const separator = `,${lineBreak}${indent}`;
    return `${open}${lineBreak}${indent}${members.join(separator)}${lineBreak}${place.indent}${close}`;
  }
  const padding = context.style.padding[kind];
  return open + padding + members.join(context.style.comma) + padding + close;
}

/** Writes `key: value` in brackets; keys are quoted as those around it. */
export function flowEntry(key: string, value: Written, like: Like, place: FlowPlace, context: Context): string {
  const name = keyText(key, like, true, context);
  const { colon } = context.style;
  // Without a space YAML reads a colon as a part of the key, unless quotes end it.
  const separator = name.endsWith('"') || colon.endsWith(' ') ? colon : ': ';
  return name + separator + flowText(value, like, { ...place, inFlow: true }, context);
}

/** Writes a scalar on one line. */
export function scalarAt(value: WrittenScalar, like: Like, inFlow: boolean, { text, json, style }: Context): string {
  const { quotes: preferred = 'plain', isReplaced = false } = like;
  return scalarText(value, { json, inFlow, like: leafOf(like), isReplaced, preferred, fallback: style.quotes, text });
}

export function keyText(key: string, { keyQuotes = 'plain' }: Like, inFlow: boolean, context: Context): string {
  if (context.json) return doubleQuoted(key);
  return quoteYaml(key, keyQuotes, context.style.quotes, inFlow);
}

/** The entries in the order of the map that is followed, then those that it has not; else as maps with the same keys. */
export function orderedEntries(
  value: { [key: string]: Written },
  followed: Branch | undefined,
  { style }: Context,
): [string, Written][] {
  // Tags are written `Key` first everywhere, though some services answer the other way round.
  const keys = followed?.members.map(({ key }) => key?.text ?? '') ??
    style.orders.get(keySet(Object.keys(value))) ?? ['Key'];
  const order = new Map(keys.map((key, index) => [key, index]));
  const rank = (key: string) => order.get(key) ?? order.size;
  return Object.entries(value).sort(([left], [right]) => rank(left) - rank(right));
}

/** Whether a collection goes over several lines: as the one that is followed, else as most of the document's do. */
function takesLines(value: Written, followed: Branch | undefined, { text, json, style, dialect }: Context): boolean {
  if (followed?.flow) return layoutOf(followed, text) === 'lines';
  const { layouts } = style;
  if (callOf(value, dialect)) return layouts.call === 'lines';
  const isLeaf = Object.values(value ?? {}).every((each) => isScalar(each) || callOf(each, dialect) !== undefined);
  if (isLeaf) return layouts[Array.isArray(value) ? 'list' : 'map'] === 'lines';
  return json && (layouts.list === 'lines' || layouts.map === 'lines' || text.includes('\n'));
}
