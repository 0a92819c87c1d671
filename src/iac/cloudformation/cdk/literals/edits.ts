import type { Json } from '../../../../base/json.js';
import type { Change, Intent } from '../../../../patch/intent.js';
import type { Candidate } from '../../../../patch/ports.js';
import { isKnown, type ListValue, toPlain, type Value } from '../../../../value/value.js';
import type { Found, Literal, LiteralList } from './found.js';
import { literalText } from './literal-text.js';
import { byName } from './names.js';
import { inUnit, unitOf } from './units.js';

/** The edits of literals that may make a change, the likeliest first: what goes by another name is none of them. */
export function literalEdits(change: Change, live: Json | undefined, found: readonly Found[]): Candidate[] {
  switch (change.kind) {
    case 'set':
      return live === undefined ? [] : valueEdits(change, live, found);
    case 'add-item':
      return listEdits(change.list, change.keys, found, (list) => added(list, live));
    case 'remove': {
      const { parent, value } = change;
      const was = toPlain(value);
      return parent.kind === 'list'
        ? listEdits(parent, change.keys.slice(0, -1), found, (list) => removed(list, was))
        : [];
    }
    case 'widen': {
      const { value, keys } = change;
      return listEdits([value], keys, found, (list) => added(list, live));
    }
    default:
      return [];
  }
}

function valueEdits(
  { keys, value }: Extract<Change, { kind: 'set' }>,
  live: Json,
  found: readonly Found[],
): Candidate[] {
  const was = toPlain(value);
  if (typeof was === 'object' || typeof live === 'object') return [];
  const equal = found.flatMap((each) => {
    if (each.kind === 'list') return [];
    const edit = valueEdit(each, was, live);
    return edit === undefined ? [] : [{ ...each, edit }];
  });
  return once(byName(equal, keys).map(({ source, edit }) => ({ source, edits: [edit] })));
}

/** A literal can go by several names. */
function once(candidates: readonly Candidate[]): Candidate[] {
  const keyOf = ({ source, edits }: Candidate) => JSON.stringify([source.path, edits]);
  return [...new Map(candidates.map((each) => [keyOf(each), each])).values()];
}

function valueEdit({ source, node, value, unit }: Literal, was: unknown, live: Json) {
  const [start, end] = [node.start ?? 0, node.end ?? 0];
  if (unit !== undefined && typeof value === 'number') {
    const [before, after] = [Number(was), Number(live)];
    const told = unitOf(value, unit.name, before);
    if (told === undefined || !Number.isFinite(after)) return undefined;
    const now = inUnit(after, told, unit.name);
    if (now.unit === unit.name) return { start, end, text: String(now.amount) };
    const between = source.text.slice(unit.end, start);
    return { start: unit.start, end, text: `${now.unit}${between}${now.amount}` };
  }
  if (String(value) !== String(was)) return undefined;
  const text = literalText(live, value, source.text.slice(start, end));
  return text === undefined ? undefined : { start, end, text };
}

/** Edits of the lists that hold just what the template's list does, in whatever order. */
function listEdits(
  list: ListValue | readonly Value[],
  keys: readonly string[],
  found: readonly Found[],
  edit: (list: LiteralList) => Candidate['edits'] | undefined,
): Candidate[] {
  const values = 'items' in list ? list.items : list;
  const plain = values.map((value) => toPlain(value));
  if (!plain.every(isKnown)) return [];
  const items = bag(plain);
  const equal = found.flatMap((each) =>
    each.kind === 'list' && bag(each.items.map(({ value }) => value)) === items ? [each] : [],
  );
  // What the app makes of a list may be in an order of its own.
  const intent: Intent = { kind: 'set', keys: [...keys] };
  return byName(equal, keys).flatMap((each) => {
    const edits = edit(each);
    return edits === undefined ? [] : [{ source: each.source, edits, intent }];
  });
}

function bag(values: readonly unknown[]): string {
  return JSON.stringify(values.map((value) => String(value)).sort());
}

function added({ source, items }: LiteralList, live: Json | undefined): Candidate['edits'] | undefined {
  const last = items.at(-1);
  if (last === undefined) return undefined;
  const end = last.node.end ?? 0;
  const text = literalText(live, last.value, source.text.slice(last.node.start ?? 0, end));
  return text === undefined ? undefined : [{ start: end, end, text: `, ${text}` }];
}

function removed({ items }: LiteralList, was: unknown): Candidate['edits'] | undefined {
  const index = items.findIndex(({ value }) => String(value) === String(was));
  const item = items[index];
  if (item === undefined || items.length === 1) return undefined;
  const [before, after] = [items[index - 1], items[index + 1]];
  const start = after === undefined ? before?.node.end : item.node.start;
  const end = after === undefined ? item.node.end : after.node.start;
  return start == null || end == null ? undefined : [{ start, end, text: '' }];
}
