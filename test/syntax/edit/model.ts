import type { Written } from '../../../src/syntax/edit/written.js';
import { readPlain } from '../../../src/syntax/literal.js';
import type { MapNode, Node } from '../../../src/syntax/node.js';
import type { Range } from '../../../src/syntax/source.js';

/** What a document means, as far as editing it goes: maps without order, number-like text apart from text. */
export type Meaning = string | number | boolean | null | { odd: string } | Meaning[] | Map<string, Meaning>;

/** A change of meaning, told by the range of the node that it is made at. */
export type Change =
  | { kind: 'set'; at: Range; value: Written; quoted?: boolean; isText?: boolean; isScalar?: boolean; keys?: Range[] }
  | { kind: 'remove'; at: Range }
  | { kind: 'insertItem'; at: Range; index: number; value: Written }
  | { kind: 'insertEntry'; at: Range; key: string; value: Written; keys?: Range[] };

/** The meaning of a node, after a change where one is given; where aliases repeat the changed node it changes, too. */
export function meaningOf(node: Node, change?: Change, inShort = false): Meaning {
  if (change?.kind === 'set' && isAt(node, change.at)) return changedMeaning(node, change, inShort);
  if (node.kind === 'scalar')
    return node.text !== undefined && node.value === node.text ? { odd: node.text } : node.value;
  if (node.kind === 'list') return listMeaning(node.items, isSame(node.range, change?.at) ? change : undefined, change);
  return mapMeaning(node, change);
}

export function meaningOfWritten(value: Written): Meaning {
  if (Array.isArray(value)) return value.map(meaningOfWritten);
  if (typeof value !== 'object' || value === null) return value;
  return split(new Map(Object.entries(value).map(([key, each]) => [key, meaningOfWritten(each)])));
}

function listMeaning(items: readonly Node[], own: Change | undefined, change: Change | undefined): Meaning {
  const kept = items.filter((item) => change?.kind !== 'remove' || !isAt(item, change.at));
  const list = kept.map((item) => meaningOf(item, change));
  if (own?.kind === 'insertItem') list.splice(own.index, 0, meaningOfWritten(own.value));
  return list;
}

function mapMeaning({ entries, range, short }: MapNode, change: Change | undefined): Meaning {
  const map = new Map<string, Meaning>();
  const changed = (keyRange: Range) => change && 'keys' in change && change.keys?.some((key) => isSame(key, keyRange));
  // Another map may have merged what the changed one has.
  const merges = !isSame(range, change?.at) && entries.some(({ keyRange }) => changed(keyRange));
  const kept = entries.filter(({ value, keyRange }) => {
    if (change?.kind === 'set') return !merges || !changed(keyRange);
    return change?.kind !== 'remove' || !isAt(value, change.at);
  });
  for (const { key, value } of kept) map.set(key, meaningOf(value, change, short));
  if (change?.kind === 'insertEntry' && (isSame(range, change.at) || (merges && !map.has(change.key))))
    map.set(change.key, meaningOfWritten(change.value));
  if (change?.kind === 'set' && merges)
    for (const [key, value] of Object.entries(change.value ?? {}))
      if (!map.has(key)) map.set(key, meaningOfWritten(value));
  return split(map);
}

/** A value's type follows the literal that it replaces; a short intrinsic's text is text. */
function changedMeaning(
  node: Node,
  { at, value, quoted, isText }: Change & { kind: 'set' },
  inShort: boolean,
): Meaning {
  if (value === null && inShort) return 'null';
  if (value === null || typeof value === 'object') return meaningOfWritten(value);
  if (inShort || isText) return String(value);
  if (node.kind !== 'scalar' || isSame(node.alias?.range, at)) return value;
  const isTyped = typeof node.value === 'number' || typeof node.value === 'boolean';
  if (quoted && typeof value !== 'string' && isOddWithoutQuotes(String(node.value))) return String(value);
  if (typeof value !== 'string' || !isTyped || !isNumberLike(value)) return value;
  return /^[tf]/.test(value) ? value === 'true' : Number(value);
}

function isOddWithoutQuotes(text: string): boolean {
  const read = readPlain(text);
  return read.value !== null && (read.value !== text || read.text !== undefined);
}

/** Texts of the tests that are numbers or booleans in one form for all readers. */
function isNumberLike(text: string): boolean {
  return /^(?:true|false|yes|no|on|off|-?[1-9]\d{0,9}|0)$/i.test(text);
}

/** `GetAtt: A.B` as `GetAtt: [A, B]`. */
function split(map: Map<string, Meaning>): Meaning {
  const argument = map.get('Fn::GetAtt');
  const at = typeof argument === 'string' ? argument.indexOf('.') : -1;
  if (typeof argument === 'string' && at > 0) map.set('Fn::GetAtt', [argument.slice(0, at), argument.slice(at + 1)]);
  return map;
}

function isAt(node: Node, range: Range): boolean {
  return isSame(node.range, range) || isSame(node.alias?.range, range);
}

function isSame(left: Range | undefined, right: Range | undefined): boolean {
  return left !== undefined && left.start === right?.start && left.end === right.end;
}
