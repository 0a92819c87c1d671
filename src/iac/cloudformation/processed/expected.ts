import type { Range } from '../../../syntax/source.js';
import type { EvaluatedResource } from '../../../value/evaluated.js';
import { type ListValue, type MapValue, memberOf, type Origin, type Value } from '../../../value/value.js';
import type { EvaluatedTemplate } from '../template/evaluate.js';
import { isLocalArtifact } from './artifacts.js';
import { serverlessKind } from './owners.js';
import { NOT_PASSED, PARTS, RENAMES, SWITCH, SWITCHED } from './places.js';

/** What stands for no place: of a map that no text has, since it was put together from several. */
const NOWHERE: Origin = {
  use: { source: { path: '', text: '', lineStarts: [0] }, range: { start: 0, end: 0 } },
  via: [],
};

/** Whether a value was put together here, so that nothing can be written into it. */
export function isNowhere({ origin }: Value): boolean {
  return origin === NOWHERE;
}

/**
 * What a source says of a resource that was made of one of its own, in the places of the made one: names are those of
 * CloudFormation, and what is written once for all (`Globals`) is put beneath. Undefined where it says nothing of it.
 * It may say more than was made of it, and the values decide whether they are the same.
 */
export function expectedOf(
  said: EvaluatedTemplate,
  owner: string | undefined,
  made: Pick<EvaluatedResource, 'logicalId' | 'type'>,
): MapValue | undefined {
  const source = said.resources.get(owner ?? '');
  if (source === undefined || source.presence === 'absent') return undefined;
  if (source.type === made.type && source.logicalId === made.logicalId) return source.properties;
  const kind = serverlessKind(source.type);
  if (kind === undefined) return undefined;
  const own = wholeOf(said, source);
  const expected = renamed(partOf(own, source.logicalId, made), made.type);
  // Other code is published as another version, whose logical ID has a hash of it.
  if (own.entries.has('AutoPublishAlias')) expected.entries.delete('Code');
  return expected;
}

/** The properties of a SAM resource, with those that it has from `Globals`. */
export function wholeOf(said: EvaluatedTemplate, { type, properties }: EvaluatedResource): MapValue {
  const globals = said.globals?.entries.get(serverlessKind(type) ?? '');
  return globals?.kind === 'map' ? (merged(globals, properties) as MapValue) : properties;
}

/**
 * The resource's own words win; maps merge, lists are joined with the global ones first
 * (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html).
 */
function merged(global: Value, own: Value): Value {
  if (global.kind === 'list' && own.kind === 'list')
    return { ...own, items: [...global.items, ...own.items] } satisfies ListValue;
  if (global.kind !== 'map' || own.kind !== 'map') return own;
  const entries = new Map(global.entries);
  for (const [key, value] of own.entries) {
    const under = global.entries.get(key);
    entries.set(key, under === undefined ? value : merged(under, value));
  }
  const keyRanges = new Map([...(global.keyRanges ?? []), ...(own.keyRanges ?? [])]);
  return { ...own, entries, keyRanges };
}

/** The part of an owner's properties that a made resource has: those of an event, or of what is named by its type. */
function partOf(own: MapValue, owner: string, made: Pick<EvaluatedResource, 'logicalId' | 'type'>): MapValue {
  const part = eventOf(own, owner, made)?.properties ?? own.entries.get(PARTS.get(made.type) ?? '');
  return part?.kind === 'map' ? part : own;
}

/** An event of an owner. */
interface Event {
  properties: Value | undefined;
  /** Of its name in the source. */
  keyRange: Range | undefined;
}

/** The event of an owner that a made resource's name goes on with. */
export function eventOf(
  own: MapValue,
  owner: string,
  { logicalId }: Pick<EvaluatedResource, 'logicalId'>,
): Event | undefined {
  const events = own.entries.get('Events');
  const rest = logicalId.slice(owner.length);
  if (events?.kind !== 'map' || rest === '') return undefined;
  const [key] = [...events.entries.keys()].filter((name) => rest.startsWith(name)).sort((a, b) => b.length - a.length);
  if (key === undefined) return undefined;
  const properties = memberOf(events.entries.get(key) ?? events, 'Properties');
  return { properties, keyRange: events.keyRanges?.get(key) };
}

function renamed(own: MapValue, type: string): MapValue {
  const entries = new Map(own.entries);
  for (const name of NOT_PASSED) if (!name.includes('/')) entries.delete(name);
  const result = { ...own, entries };
  for (const [from, to] of RENAMES.get(type) ?? []) {
    const [head = ''] = from.split('/');
    const file = own.entries.get(head);
    if (file?.kind === 'scalar' && isLocalArtifact(head, file.value)) {
      // Packaging names its place in parts.
      put(result, to.split('/').slice(0, 1), file);
      continue;
    }
    const value = from.split('/').reduce<Value | undefined>((holder, key) => holder && memberOf(holder, key), own);
    if (value !== undefined) put(result, to.split('/'), value);
  }
  const isOn = SWITCHED.has(type) && !entries.has(SWITCH.to) ? own.entries.get(SWITCH.from) : undefined;
  if (isOn?.kind === 'scalar' && typeof isOn.value === 'boolean')
    put(result, [SWITCH.to], { ...isOn, value: isOn.value ? SWITCH.on : SWITCH.off });
  for (const name of NOT_PASSED) take(result, name.split('/'));
  return result;
}

function put(holder: MapValue, [key = '', ...rest]: readonly string[], value: Value): void {
  if (rest.length === 0) {
    holder.entries.set(key, value);
    return;
  }
  const known = holder.entries.get(key);
  const isList = rest[0] === '0';
  const inner: MapValue = { kind: 'map', entries: new Map(), origin: NOWHERE };
  if (isList) {
    const first = known?.kind === 'list' ? known.items[0] : undefined;
    const item: MapValue = first?.kind === 'map' ? { ...first, entries: new Map(first.entries) } : inner;
    holder.entries.set(key, { kind: 'list', items: [item], origin: NOWHERE });
    put(item, rest.slice(1), value);
    return;
  }
  const own: MapValue = known?.kind === 'map' ? { ...known, entries: new Map(known.entries) } : inner;
  holder.entries.set(key, own);
  put(own, rest, value);
}

/** Takes out what stands at a place, without changing what it stood in for others. */
function take(holder: MapValue, [key = '', ...rest]: readonly string[]): void {
  const known = holder.entries.get(key);
  if (known === undefined) return;
  if (rest.length === 0) {
    holder.entries.delete(key);
    return;
  }
  if (known.kind !== 'map') return;
  const own = { ...known, entries: new Map(known.entries) };
  holder.entries.set(key, own);
  take(own, rest);
}
