import { groupBy } from '../../base/group.js';
import { child } from '../../base/json-pointer.js';
import type { Range } from '../../syntax/source.js';
import type { EvaluatedResource } from '../../value/evaluated.js';
import type { Value } from '../../value/value.js';
import type { Spot } from './ports.js';

/**
 * Finds what the places where comments stand are in an evaluated resource, as JSON Pointers; places that it does not have
 * are missing.
 */
export function pathsOf(resource: EvaluatedResource, spots: readonly Spot[]): Map<Spot, string[]> {
  const own = spots.filter(({ owners }) => owners.includes(resource.keyRange.start));
  const found = new Map<Spot, string[]>();
  if (own.length === 0) return found;
  const [keys, values] = (['key', 'value'] as const).map((kind) => byStart(own.filter((spot) => spot.kind === kind)));
  function note(spots: readonly Spot[] | undefined, path: string): void {
    for (const spot of spots ?? []) {
      const paths = found.get(spot);
      if (paths) paths.push(path);
      else found.set(spot, [path]);
    }
  }
  function visit(value: Value, path: string): void {
    for (const start of startsOf(value, resource)) note(values?.get(start), path);
    const inner = value.kind === 'list' ? value.items.entries() : value.kind === 'map' ? value.entries : [];
    for (const [key, each] of inner) {
      const at = child(path, key);
      const range = value.kind === 'map' ? value.keyRanges?.get(String(key)) : undefined;
      if (range) note(keys?.get(range.start), at);
      visit(each, at);
    }
  }
  visit(resource.properties, '');
  if (resource.partRange) note(keys?.get(resource.partRange.start), '');
  for (const spot of own) if (spot.kind === 'resource') found.set(spot, ['']);
  return found;
}

/** Of a loop, the keys that it makes begin in several places. */
function byStart(spots: readonly Spot[]): Map<number, Spot[]> {
  const pairs = spots.flatMap((spot) => spot.starts.map((start) => ({ start, spot })));
  const groups = [...groupBy(pairs, ({ start }) => start)];
  return new Map(groups.map(([start, same]) => [start, same.map(({ spot }) => spot)]));
}

/** Where a value is written in the template: its use, its literal (in a branch), and the calls that it comes through. */
function startsOf({ origin }: Value, { source }: EvaluatedResource): Set<number> {
  const places: { source?: unknown; range?: Range }[] = [origin.use, origin, ...origin.via];
  return new Set(places.flatMap((place) => (place.source === source && place.range ? [place.range.start] : [])));
}
