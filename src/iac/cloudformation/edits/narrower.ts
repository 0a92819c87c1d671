import { sameContent } from '../../../base/content.js';
import { isObject, type Json } from '../../../base/json.js';
import type { Change } from '../../../patch/intent.js';
import type { Attempt } from '../../../patch/ports.js';
import { maskValue } from '../../../secrets/mask.js';
import type { Written } from '../../../syntax/edit/written.js';
import { holdsSecret, isKnown, type OriginStep, type Plain, toPlain, type Value } from '../../../value/value.js';
import { attempt, type Editing, set } from './attempt.js';

/** A value on the way from a resource's properties to the place of a change. */
interface Level {
  value: Value;
  /** What leads from the template to it, but not yet to what it stands in: the innermost last. */
  steps: OriginStep[];
  /** The keys from it to the change. */
  rest: string[];
}

/**
 * Writes a value out where it is used, in place of the reference that leads to a shared or outside one; the narrowest
 * edit comes first. Of a list or map that comes from elsewhere as a whole all is written, with the change in it.
 */
export function* narrower(change: Change, live: Json | undefined, editing: Editing): Generator<Attempt> {
  const { source } = editing.template;
  const levels = levelsOf(change, editing);
  for (const [index, { value, steps, rest }] of [...levels.entries()].reverse()) {
    const content = contentOf(value, rest, change, live);
    if (content === undefined) continue;
    const holder = levels[index - 1]?.value;
    const written = editing.terms.write(content, [value, ...siblingsOf(value, holder)]);
    for (const step of [...steps].reverse()) {
      if (step.range) yield set(source, step.range, written, editing, noteOf(step, written));
    }
    if (steps.some(({ role }) => role === 'alias')) yield* overMerged(holder, change.keys[index - 1], written, editing);
  }
}

/** Calls that a literal may stand in for; a choice (`Fn::If`) is kept, and so are a loop and a text that is encoded. */
const REPLACEABLE = /^(?:Ref|Alias|Attribute|Import|Fn::(?!If$|Base64$|ForEach).+)$/;

function levelsOf({ keys }: Change, { properties, template }: Editing): Level[] {
  const levels: Level[] = [];
  const passed = new Set<number>();
  let value: Value | undefined = properties;
  for (let depth = 0; value !== undefined; depth += 1) {
    const { via } = value.origin;
    const own = via.filter(({ range, source }) => range && source?.path === template.source.path);
    // The text of `Fn::Sub` is no place for a literal by itself.
    const steps = own.filter(
      ({ kind, range }, at) =>
        REPLACEABLE.test(kind) && own[at - 1]?.kind !== 'Fn::Sub' && range && !passed.has(range.start),
    );
    for (const { range } of via) if (range) passed.add(range.start);
    levels.push({ value, steps: distinct(steps), rest: keys.slice(depth) });
    const key: string | undefined = keys[depth];
    if (key === undefined) break;
    value =
      value.kind === 'map' ? value.entries.get(key) : value.kind === 'list' ? value.items[Number(key)] : undefined;
  }
  return levels;
}

function distinct(steps: readonly OriginStep[]): OriginStep[] {
  return [...new Map(steps.map((step) => [step.range?.start, step])).values()];
}

/** What is to stand in place of a value; undefined where that can't be written without loss. */
function contentOf(value: Value, rest: readonly string[], change: Change, live: Json | undefined): Json | undefined {
  if (rest.length === 0 && change.kind === 'set') return live;
  const plain = toPlain(value);
  if (!isKnown(plain) || holdsSecret(value) || !isFromOnePlace(value, value.origin.via)) return undefined;
  const content = changed(plain, rest, change, live);
  return sameContent(maskValue(content, ''), content) ? content : undefined;
}

/** Whether nothing inside is taken from yet somewhere else. */
function isFromOnePlace(value: Value, outer: readonly OriginStep[]): boolean {
  const { via, parts } = value.origin;
  if (parts || via.some(({ kind, range }) => !outer.some((step) => step.kind === kind && step.range === range)))
    return false;
  if (value.kind === 'list') return value.items.every((item) => isFromOnePlace(item, outer));
  return value.kind !== 'map' || [...value.entries.values()].every((item) => isFromOnePlace(item, outer));
}

function changed(value: Json, [key, ...rest]: readonly string[], change: Change, live: Json | undefined): Json {
  if (key === undefined) {
    if (change.kind === 'add-item' && Array.isArray(value) && live !== undefined)
      return [...value.slice(0, change.index), live, ...value.slice(change.index)];
    if (change.kind === 'add-entry' && isObject(value) && live !== undefined) return { ...value, [change.key]: live };
    return change.kind === 'widen' && live !== undefined ? [value, live] : (live ?? value);
  }
  const isGone = rest.length === 0 && change.kind === 'remove';
  if (Array.isArray(value)) {
    const at = Number(key);
    return value.flatMap((item, index) => (index !== at ? [item] : isGone ? [] : [changed(item, rest, change, live)]));
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]): [string, Json][] =>
      name !== key ? [[name, item]] : isGone ? [] : [[name, changed(item, rest, change, live)]],
    ),
  );
}

/** A key that a merge (`<<: *alias`) brings in is overridden by one of the map's own. */
function* overMerged(
  map: Value | undefined,
  key: string | undefined,
  written: Written,
  editing: Editing,
): Generator<Attempt> {
  const { source, range } = map?.origin ?? {};
  if (map?.kind !== 'map' || key === undefined || !source || !range) return;
  yield attempt(source, editing.documentOf(source).insertEntry(range, key, written), `${key} gets a value of its own`);
}

function siblingsOf(value: Value, holder: Value | undefined): Value[] {
  if (value.kind === 'list') return value.items;
  return holder?.kind === 'list' ? holder.items : [];
}

function noteOf({ kind, name }: OriginStep, written: Plain | Written): string {
  return `${whatOf(kind, name)} becomes ${isReference(written) ? 'another one' : 'a literal'}`;
}

function whatOf(kind: OriginStep['kind'], name: string | undefined): string {
  if (kind === 'Alias') return `the alias *${name}`;
  if (kind === 'Ref' || kind === 'Attribute') return `the reference to ${name}`;
  return kind === 'Import' ? `the import of ${name}` : kind;
}

/** Whether a reference is to be written. */
export function isReference(written: Plain | Written): boolean {
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return false;
  return 'Ref' in written || 'Fn::GetAtt' in written;
}
