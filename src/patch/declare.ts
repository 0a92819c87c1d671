import { isObject, type Json } from '../base/json.js';
import { pointerOf, segments } from '../base/json-pointer.js';
import type { Difference } from '../model/comparison.js';
import type { MapValue, Value } from '../value/value.js';
import { type Change, intentOf } from './intent.js';
import type { DriftedResource, Wanted } from './model.js';
import { obstacleTo } from './obstacles.js';
import type { Attempt, Editing, Editor } from './ports.js';
import { writable } from './writable.js';

/** What Git is to declare: an entry of the innermost map on the way to an undeclared value that is declared. */
export interface Declaration {
  change: Extract<Change, { kind: 'add-entry' }>;
  /** The entry's value: what is undeclared, in the maps that are missing around it. */
  live: Json;
}

/** How an undeclared value becomes a declared one; undefined where Git's side has no such place, or has it already. */
export function declarationOf({ difference, whole }: Wanted, properties: MapValue): Declaration | undefined {
  if (difference?.live === undefined) return undefined;
  const keys = segments(difference.path).slice(0, whole?.depth);
  let value: Value | undefined = properties;
  for (const [depth, key] of keys.entries()) {
    if (value?.kind === 'list') value = value.items[Number(key)];
    else if (value?.kind !== 'map') return undefined;
    else if (value.entries.has(key)) value = value.entries.get(key);
    else {
      const change = { kind: 'add-entry' as const, keys: keys.slice(0, depth), map: value, key };
      return { change, live: within(keys.slice(depth + 1), whole?.live ?? difference.live) };
    }
  }
  return undefined;
}

function within([key, ...rest]: readonly string[], value: Json): Json {
  return key === undefined ? value : { [key]: within(rest, value) };
}

/**
 * The ways to declare an undeclared value, the best first. What else is wanted in the same list, or in the same map that
 * is missing, is declared by the same edit.
 */
export function* declarations(
  wanted: Wanted,
  resource: DriftedResource,
  editing: Editing,
  editor: Pick<Editor, 'edits'>,
): Generator<Attempt> {
  const own = declarationOf(wanted, editing.properties);
  if (own === undefined || wanted.difference === undefined) return;
  const place = placeOf(own);
  const group = resource.wanted.flatMap((each) => {
    const isOwn = each.finding === wanted.finding;
    const declaration = isOwn ? own : beside(each, editing);
    return declaration !== undefined && placeOf(declaration) === place ? [{ ...declaration, of: each, isOwn }] : [];
  });
  const live = group.reduce<Json>((sofar, each) => merged(sofar, each.live), {});
  const others = group.flatMap(({ of, isOwn }) => (isOwn ? [] : [of]));
  yield* entries({ ...own, live }, wanted.difference, editing, editor, noteOf(wanted, others));
  if (others.length > 0) yield* entries(own, wanted.difference, editing, editor, noteOf(wanted, []));
}

/** What another finding wants to be declared, where it may be. */
function beside(other: Wanted, { stack, properties }: Editing): Declaration | undefined {
  if (!other.finding.undeclared || obstacleTo(other, stack, { includeDeletions: false }) !== undefined)
    return undefined;
  return declarationOf(other, properties);
}

function placeOf({ change: { keys, key } }: Declaration): string {
  return pointerOf([...keys, key]);
}

function merged(one: Json, other: Json): Json {
  if (!isObject(one) || !isObject(other)) return other;
  const both = Object.entries(other).map(([key, value]) => {
    return [key, Object.hasOwn(one, key) ? merged(one[key] ?? null, value) : value] as const;
  });
  // `fromEntries` defines properties, so that a `__proto__` key stays data.
  return Object.fromEntries([...Object.entries(one), ...both]);
}

function noteOf({ difference, whole }: Wanted, others: readonly Wanted[]): string | undefined {
  if (whole !== undefined) {
    const place = pointerOf(segments(difference?.path ?? '').slice(0, whole.depth));
    const size = typeof whole.live === 'object' && whole.live !== null ? Object.keys(whole.live).length : 1;
    const parts = Array.isArray(whole.live) ? 'elements' : 'entries';
    return size < 2 ? undefined : `declares all ${size} ${parts} of ${place}, which is compared as a whole`;
  }
  const named = others.map((other) => other.difference?.path ?? '');
  return named.length === 0 ? undefined : `one edit declares it together with ${named.join(', ')}`;
}

function* entries(
  { change, live }: Declaration,
  difference: Difference,
  editing: Editing,
  editor: Pick<Editor, 'edits'>,
  note: string | undefined,
): Generator<Attempt> {
  const { keys, key } = change;
  const readOnly = editing.stack.known.get(editing.logicalId)?.attributes ?? [];
  const value = writable(live, pointerOf([...keys, key]), readOnly);
  const intent = intentOf(change);
  for (const each of editor.edits(change, { ...difference, live: value }, editing)) {
    if (each.refused !== undefined) yield each;
    else yield { ...each, intent, ...withNotes(note, each.note) };
  }
}

function withNotes(...notes: (string | undefined)[]): { note?: string } {
  const known = notes.filter((note) => note !== undefined);
  return known.length === 0 ? {} : { note: known.join('; ') };
}
