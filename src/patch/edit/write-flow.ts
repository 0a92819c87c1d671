import { branchOf, keyQuotesOf, type Like, leafOf, likeEntry, likeItem } from './like.js';
import { lineBreakAt } from './lines.js';
import { doubleQuoted, quoteYaml } from './quote.js';
import { scalarText } from './scalar-text.js';
import { layoutOf, type Style } from './style.js';
import { type Branch, isCall } from './tree.js';
import { callOf, isScalar, shortCallOf, type Written, type WrittenScalar } from './written.js';

/** What writing into a document needs to know. */
export interface Context {
  text: string;
  json: boolean;
  style: Style;
}

/** Where a value in brackets begins. */
export interface FlowPlace {
  /** Indentation of the line it begins on. */
  indent: string;
  /** Offset near which it is written, for line breaks as they are there. */
  offset: number;
  /** Whether it may take several lines. */
  breaks: boolean;
  /** Whether brackets stand around it already. */
  inFlow: boolean;
}

/** Writes a value in brackets, or as a scalar on one line. */
export function flowText(value: Written, like: Like, place: FlowPlace, context: Context): string {
  if (isScalar(value)) return scalarAt(value, like, place.inFlow, context);
  const call = context.style.tags ? shortCallOf(value) : undefined;
  if (call) return `${call.tag} ${flowText(call.argument, likeArgument(like, call.tag), place, context)}`;
  const kind = Array.isArray(value) ? 'list' : 'map';
  const followed = branchOf(like, kind);
  const [open, close] = kind === 'list' ? ['[', ']'] : ['{', '}'];
  const entries = Array.isArray(value) ? [...value.entries()] : orderedEntries(value, followed);
  if (entries.length === 0) return open + close;
  const lines = place.breaks && takesLines(value, followed, context);
  const indent = place.indent + context.style.unit;
  const inner = { ...place, indent: lines ? indent : place.indent, breaks: lines, inFlow: true };
  const members = entries.map(([key, each]) =>
    typeof key === 'number'
      ? flowText(each, likeItem(followed, each, key), inner, context)
      : flowEntry(key, each, likeEntry(followed, key), followed, inner, context),
  );
  const lineBreak = lineBreakAt(context.text, place.offset);
  if (lines) {
    const separator = `,${lineBreak}${indent}`;
    return `${open}${lineBreak}${indent}${members.join(separator)}${lineBreak}${place.indent}${close}`;
  }
  const padding = context.style.padding[kind];
  return open + padding + members.join(context.style.comma) + padding + close;
}

/** Writes `key: value` in brackets; keys are quoted as those of the map that is followed. */
export function flowEntry(
  key: string,
  value: Written,
  like: Like,
  followed: Branch | undefined,
  place: FlowPlace,
  context: Context,
): string {
  const name = keyText(key, followed, true, context);
  const { colon } = context.style;
  // Without a space YAML reads a colon as a part of the key, unless quotes end it.
  const separator = name.endsWith('"') || colon.endsWith(' ') ? colon : ': ';
  return name + separator + flowText(value, like, { ...place, inFlow: true }, context);
}

/** Writes a scalar on one line. */
export function scalarAt(value: WrittenScalar, like: Like, inFlow: boolean, { text, json, style }: Context): string {
  const preferred = like.quotes ?? 'plain';
  return scalarText(value, { json, inFlow, like: leafOf(like), preferred, fallback: style.quotes, text });
}

export function keyText(key: string, followed: Branch | undefined, inFlow: boolean, context: Context): string {
  if (context.json) return doubleQuoted(key);
  return quoteYaml(key, keyQuotesOf(followed) ?? 'plain', context.style.quotes, inFlow);
}

/** A call's argument is written like that of the same call. */
export function likeArgument({ tree }: Like, tag: string): Like {
  return { tree: tree && isCall(tree) && tree.tag?.text === tag ? tree : undefined };
}

/** The entries in the order of the map that is followed, then those that it has not. */
export function orderedEntries(value: { [key: string]: Written }, followed: Branch | undefined): [string, Written][] {
  const order = new Map(followed?.members.map(({ key }, index) => [key?.text ?? '', index]));
  const rank = (key: string) => order.get(key) ?? order.size;
  return Object.entries(value).sort(([left], [right]) => rank(left) - rank(right));
}

/** Whether a collection goes over several lines: as the one that is followed, else as most of the document's do. */
function takesLines(value: Written, followed: Branch | undefined, { text, json, style }: Context): boolean {
  if (followed?.flow) return layoutOf(followed, text) === 'lines';
  const { layouts } = style;
  if (callOf(value)) return layouts.call === 'lines';
  const isLeaf = Object.values(value ?? {}).every((each) => isScalar(each) || callOf(each) !== undefined);
  if (isLeaf) return layouts[Array.isArray(value) ? 'list' : 'map'] === 'lines';
  return json && (layouts.list === 'lines' || layouts.map === 'lines' || text.includes('\n'));
}
