import type { ListValue, MapValue, Value } from '../../../value/value.js';
import { maskedText } from '../template/deployed-text.js';
import { isLocalArtifact } from './artifacts.js';
import { isNowhere } from './expected.js';

/** What is laid over what was made. */
export interface Overlay {
  /** Made of the deployed source, and what that source says: where they are equal, the one was passed on as the other. */
  base: { made: Value | undefined; said: Value | undefined };
  /** What the source says now; absent where it says nothing (any more). */
  said: Value | undefined;
  /** Whether a key that the source has gained here is passed on as well. */
  mayGain: (key: string) => boolean;
  /** Noted here: all of the source's own values that stand in the result, or no longer stand there. */
  taken: Set<Value>;
}

/**
 * What is made of a source now: where the deployed source says what was made of it, the value of the source as it is now,
 * with its origin; else what was made. Undefined where the source no longer says it.
 */
export function overlay(made: Value, at: Overlay): Value | undefined {
  const { base, said } = at;
  if (base.made === undefined || base.said === undefined) return made;
  if (base.made.kind === 'map' && base.said.kind === 'map' && made.kind === 'map')
    return overlayMap(made, base.made, base.said, at);
  if (base.made.kind === 'list' && made.kind === 'list') {
    if (base.said.kind === 'list') return overlayList(made, base.made, base.said, at);
    if (base.said.kind === 'map') return overlayTags(made, base.said, at);
  }
  if (!isSame(base.made, base.said)) return made;
  takeAll(base.said, at.taken);
  if (said !== undefined) takeAll(said, at.taken);
  return said;
}

function overlayMap(made: MapValue, baseMade: MapValue, baseSaid: MapValue, at: Overlay): Value {
  const said = at.said?.kind === 'map' ? at.said : undefined;
  const isWhole = isSame(baseMade, baseSaid);
  if (said === undefined) return isWhole ? replaced(at) : made;
  if (isWhole) at.taken.add(baseSaid).add(said);
  const entries = new Map<string, Value>();
  for (const [key, value] of made.entries) {
    const was = baseSaid.entries.get(key);
    const is = said.entries.get(key);
    if (isFile(key, is)) entries.set(key, value);
    else if (was === undefined && is !== undefined && at.mayGain(key)) entries.set(key, taken(is, at));
    else {
      const base = { made: baseMade.entries.get(key), said: was };
      const inner = overlay(value, { ...at, base, said: is, mayGain: () => isPassedOn(base) });
      if (inner !== undefined) entries.set(key, inner);
    }
  }
  for (const [key, value] of said.entries) {
    if (made.entries.has(key) || baseSaid.entries.has(key) || !at.mayGain(key)) continue;
    entries.set(key, taken(value, at));
  }
  const { origin, keyRanges } = isNowhere(said) ? made : said;
  return { kind: 'map', entries, origin, ...(keyRanges === undefined ? {} : { keyRanges }) };
}

/** Whether all that a map says came through under its keys: a policy template becomes something else. */
function isPassedOn({ made, said }: Overlay['base']): boolean {
  if (made?.kind !== 'map' || said?.kind !== 'map') return false;
  return [...said.entries.keys()].every((key) => made.entries.has(key));
}

/** Of a map that is no map any more, as by `Fn::If`. */
function replaced(at: Overlay): Value {
  const { said, base, taken: noted } = at;
  if (base.said !== undefined) takeAll(base.said, noted);
  if (said !== undefined) takeAll(said, noted);
  return said ?? { kind: 'map', entries: new Map(), origin: (base.said as MapValue).origin };
}

function overlayList(made: ListValue, baseMade: ListValue, baseSaid: ListValue, at: Overlay): Value | undefined {
  const said = at.said?.kind === 'list' ? at.said : undefined;
  if (baseMade.items.length !== baseSaid.items.length || made.items.length !== baseMade.items.length) return made;
  const isWhole = isSame(baseMade, baseSaid);
  if (said?.items.length === baseSaid.items.length) {
    if (isWhole) at.taken.add(baseSaid).add(said);
    const items = made.items.flatMap((item, index) => {
      const base = { made: baseMade.items[index], said: baseSaid.items[index] };
      return overlay(item, { ...at, base, said: said.items[index], mayGain: () => isPassedOn(base) }) ?? [];
    });
    return { kind: 'list', items, origin: isNowhere(said) ? made.origin : said.origin };
  }
  if (!isWhole) return made;
  takeAll(baseSaid, at.taken);
  return at.said && taken(at.said, at);
}

/** Tags, which SAM takes as a map and makes a list of pairs of. */
function overlayTags(made: ListValue, baseSaid: MapValue, at: Overlay): Value {
  const said = at.said?.kind === 'map' ? at.said : undefined;
  const pairs = made.items.map((item) => ({ item, key: keyOf(item) }));
  const items = pairs.flatMap(({ item, key }) => {
    const was = baseSaid.entries.get(key ?? '');
    if (key === undefined || was === undefined || item.kind !== 'map') return [item];
    takeAll(was, at.taken);
    const is = said?.entries.get(key);
    return is === undefined ? [] : [pair(item.entries.get('Key') ?? item, taken(is, at))];
  });
  const known = new Set(pairs.map(({ key }) => key));
  const gained = [...(said?.entries ?? [])].filter(([key]) => !known.has(key) && !baseSaid.entries.has(key));
  const added = gained.map(([key, value]) =>
    pair({ kind: 'scalar', value: key, origin: value.origin }, taken(value, at)),
  );
  return { kind: 'list', items: [...items, ...added], origin: said?.origin ?? made.origin };
}

function pair(key: Value, value: Value): MapValue {
  return {
    kind: 'map',
    entries: new Map([
      ['Key', key],
      ['Value', value],
    ]),
    origin: value.origin,
  };
}

function keyOf(item: Value): string | undefined {
  const key = item.kind === 'map' && item.entries.has('Value') ? item.entries.get('Key') : undefined;
  return key?.kind === 'scalar' ? String(key.value) : undefined;
}

/** A local path says where a file was, not what is deployed; but for that of a nested stack, by which it is found. */
function isFile(key: string, value: Value | undefined): boolean {
  return key !== 'TemplateURL' && value?.kind === 'scalar' && isLocalArtifact(key, value.value);
}

function taken(value: Value, at: Overlay): Value {
  takeAll(value, at.taken);
  return value;
}

function takeAll(value: Value, noted: Set<Value>): void {
  for (const each of allValues(value)) noted.add(each);
}

/** A value, and all in it. */
export function allValues(value: Value | undefined): Value[] {
  if (value?.kind === 'list') return [value, ...value.items.flatMap(allValues)];
  if (value?.kind === 'map') return [value, ...[...value.entries.values()].flatMap(allValues)];
  return value === undefined ? [] : [value];
}

/** Whether two values are the same, as far as CloudFormation keeps texts; what is not known is the same as nothing. */
function isSame(one: Value, other: Value): boolean {
  if (one.kind === 'scalar' && other.kind === 'scalar') return sameScalar(one.value, other.value);
  if (one.kind === 'list' && other.kind === 'list')
    return (
      one.items.length === other.items.length && one.items.every((item, at) => isSame(item, other.items[at] as Value))
    );
  if (one.kind !== 'map' || other.kind !== 'map' || one.entries.size !== other.entries.size) return false;
  return [...one.entries].every(([key, value]) => {
    const counterpart = other.entries.get(key);
    return counterpart !== undefined && isSame(value, counterpart);
  });
}

function sameScalar(one: string | number | boolean, other: string | number | boolean): boolean {
  if (one === other) return true;
  return (
    typeof one === 'string' && typeof other === 'string' && one.includes('?') && maskedText(one) === maskedText(other)
  );
}
