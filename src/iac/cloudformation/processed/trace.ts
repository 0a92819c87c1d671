import { contentText } from '../../../base/content.js';
import type { Json } from '../../../base/json.js';
import type { Location } from '../../../syntax/location.js';
import { effectiveEntries, get, type Node, section, stringOf } from '../../../syntax/node.js';
import type { Range, Source } from '../../../syntax/source.js';
import { locateRange, type Trace } from '../../../value/locate.js';
import { resourceEntries } from '../template/declared-resources.js';
import { intrinsicName } from '../template/dialect.js';
import type { Template } from '../template/parse.js';
import { sectionNode } from './compose.js';
import { type Owners, serverlessKind } from './owners.js';
import { saidBy } from './said.js';

/** A value, and the keys that lead to it; indices are left out. */
interface Place {
  node: Node;
  keys: readonly string[];
}

/**
 * Says where a person finds what stands at a range of a source, or of what was made of it: there the place in the owner
 * that says the same under the most alike keys, where that is one alone, else the owner as a whole.
 */
export function traceOf(source: Template, made: Template, owners: Owners, nodes: ReadonlyMap<string, Node>): Trace {
  return (at, range) => {
    if (at !== made.source) return { ...locateRange(at, range), origin: 'exact' };
    const entry = resourceEntries(made).find(
      ({ keyRange, value }) => keyRange.start <= range.start && range.end <= value.range.end,
    );
    const shared = entry === undefined ? sharedPlace(source, made, range) : undefined;
    if (shared !== undefined) return { ...locateRange(source.source, shared), origin: 'exact' };
    const owner = owners.get(entry?.key ?? '');
    const node = nodes.get(owner ?? '');
    if (entry === undefined || owner === undefined || node === undefined) return owned(source.source, top(source));
    const all = placesIn(entry.value, []);
    const place = all.find((each) => isAt(each.node, range));
    const own = [node, globalsOf(source, node)];
    const near = isShared(entry.key, owner, node) ? [own, [...nodes.values(), sectionNode(source, 'Globals')]] : [own];
    const same =
      place &&
      firstOf(near, (each) => {
        const found = sameSaid(
          place,
          each.flatMap((one) => (one ? placesIn(one, []) : [])),
        );
        // As much may say the same in what is made, and only one of it is what was written.
        return found && sameSaid(found, all)?.node === place.node ? found.node : undefined;
      });
    if (same !== undefined) return { ...locateRange(source.source, same.range), origin: 'exact' };
    return owned(source.source, keyOf(source, owner, node));
  };
}

/**
 * Whether others than its owner have a part in what is made: in a resource that the source has as such (what a bucket is to
 * notify stands at functions), and in what is made once for several.
 */
function isShared(logicalId: string, owner: string, node: Node): boolean {
  if (logicalId === owner) return serverlessKind(stringOf(get(node, 'Type'))) === undefined;
  return !logicalId.startsWith(owner);
}

function owned(source: Source, range: Range): Location {
  return { ...locateRange(source, range), origin: 'owner' };
}

/** Where a parameter's default, a mapping's value or a condition stands in the source, by its place in what was made. */
function sharedPlace(source: Template, made: Template, range: Range): Range | undefined {
  for (const { key, value } of effectiveEntries(made.root)) {
    const place = placesIn(value, []).find(({ node }) => isAt(node, range));
    if (place === undefined) continue;
    return [key, ...place.keys].reduce<Node | undefined>((node, name) => get(node, name), source.root)?.range;
  }
  return undefined;
}

function top({ root }: Template): Range {
  const [first] = effectiveEntries(section(root, 'Resources'));
  return first?.keyRange ?? root.range;
}

function keyOf({ root }: Template, owner: string, node: Node): Range {
  return effectiveEntries(section(root, 'Resources')).find(({ key }) => key === owner)?.keyRange ?? node.range;
}

function globalsOf(source: Template, resource: Node): Node | undefined {
  const type = get(resource, 'Type');
  const kind = serverlessKind(type?.kind === 'scalar' ? String(type.value) : undefined);
  return kind === undefined ? undefined : sectionNode(source, 'Globals', kind);
}

function isAt({ range }: Node, { start, end }: Range): boolean {
  return range.start === start && range.end === end;
}

/** All values in a node, calls as a whole. */
function placesIn(node: Node, keys: readonly string[]): Place[] {
  const own = { node, keys };
  if (node.kind === 'scalar' || intrinsicName(node) !== undefined) return [own];
  if (node.kind === 'list') return [own, ...node.items.flatMap((item) => placesIn(item, keys))];
  return [own, ...effectiveEntries(node).flatMap(({ key, value }) => placesIn(value, [...keys, key]))];
}

/** The one place that says the same, of all the one under the most alike keys; undefined where there is none, or several. */
function sameSaid(place: Place, places: readonly Place[]): Place | undefined {
  const said = contentText(saidBy(place.node));
  const alike = places
    .filter(({ node }) => node.kind === place.node.kind && contentText(saidBy(node)) === said)
    .map((each) => ({ each, tail: commonTail(each.keys, place.keys), shared: sharedKeys(each.keys, place.keys) }));
  const longest = Math.max(0, ...alike.map(({ tail }) => tail));
  if (longest === 0 && !isTelling(saidBy(place.node))) return undefined;
  const near = alike.filter(({ tail }) => tail === longest);
  const most = Math.max(0, ...near.map(({ shared }) => shared));
  const best = near.filter(({ shared }) => shared === most);
  return best.length === 1 ? best[0]?.each : undefined;
}

function commonTail(one: readonly string[], other: readonly string[]): number {
  let length = 0;
  while (length < Math.min(one.length, other.length) && one.at(-1 - length) === other.at(-1 - length)) length += 1;
  return length;
}

function sharedKeys(one: readonly string[], other: readonly string[]): number {
  return one.filter((key) => other.includes(key)).length;
}

/** Whether a value is so particular that the same one elsewhere is no chance. */
function isTelling(value: Json): boolean {
  return typeof value === 'string' ? value.length > 5 : typeof value === 'object' && contentText(value).length > 8;
}

function firstOf<From, To>(each: readonly From[], find: (one: From) => To | undefined): To | undefined {
  for (const one of each) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}
